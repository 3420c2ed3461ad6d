import { PlainValue } from '../../core/values/plain-value';
import { ApiCors, corsAnswerHeaders } from '../access/api-cors';
import { GATEWAY_MESSAGES, SECURITY_HEADERS } from '../api-baseline';

/**
 * What callers get when API Gateway answers by itself: a fixed message and the request id that stands in the logs. They are part
 * of the API's body and cost no resource.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-gatewayResponse-definition.html
 */
export function gatewayResponses(cors: ApiCors | undefined): object {
  return cors === undefined ? new PlainValue(() => render(undefined)) : render(cors); // origins may be known later
}

function render(cors: ApiCors | undefined): object {
  const headers = { ...SECURITY_HEADERS, ...corsAnswerHeaders(cors) };
  const responseParameters = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [`gatewayresponse.header.${name}`, `'${value}'`]));
  return Object.fromEntries(Object.entries(GATEWAY_MESSAGES).map(([type, message]) => [type, {
    responseParameters,
    responseTemplates: { 'application/json': `{"message":"${message}","requestId":"$context.requestId"}` },
  }]));
}
