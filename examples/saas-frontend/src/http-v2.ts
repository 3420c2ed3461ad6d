import { APIGatewayProxyEventV2WithJWTAuthorizer, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { z } from 'zod';
import { logError, logInfo } from '../../common/log';

export type Event = APIGatewayProxyEventV2WithJWTAuthorizer;
export type Answer = APIGatewayProxyStructuredResultV2;

/** An answer other than success, with a message that the caller may read. */
export class Refusal extends Error {
  constructor(readonly statusCode: number, message: string) {
    super(message);
  }
}

export function answer(statusCode: number, body?: unknown): Answer {
  const headers = { 'cache-control': 'no-store', 'content-type': 'application/json; charset=utf-8' };
  return body === undefined ? { statusCode, headers } : { statusCode, headers, body: JSON.stringify(body) };
}

/** Runs a route of an HTTP API and turns what it throws into an answer that tells nothing of the inside. */
export function route(name: string, handle: (event: Event) => Promise<Answer>): (event: Event) => Promise<Answer> {
  return async (event) => {
    const { requestId } = event.requestContext;
    try {
      const result = await handle(event);
      logInfo('request', { route: name, requestId, statusCode: result.statusCode });
      return result;
    } catch (error) {
      const statusCode = error instanceof Refusal ? error.statusCode : 500;
      if (statusCode === 500) logError('request', error, { route: name, requestId, statusCode });
      else logInfo('request', { route: name, requestId, statusCode });
      return answer(statusCode, { message: error instanceof Refusal ? error.message : 'Something went wrong on our side.', requestId });
    }
  };
}

/** Whose data this is. The claim is written by the service when a user is created; users cannot change it. */
export function tenantOf(event: Event): string {
  const tenant = event.requestContext.authorizer?.jwt.claims['custom:tenant'];
  if (typeof tenant !== 'string' || tenant === '') throw new Refusal(403, 'Your account belongs to no organization yet.');
  return tenant;
}

/** HTTP APIs check no bodies: this is the only check. */
export function parseBody<T>(event: Event, schema: z.ZodType<T>): T {
  const text = event.isBase64Encoded === true ? Buffer.from(event.body ?? '', 'base64').toString('utf8') : event.body ?? '';
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new Refusal(400, 'The body is not JSON.');
  }
  const result = schema.safeParse(json);
  if (!result.success) throw new Refusal(400, `The body is not valid: ${result.error.issues.map(({ path }) => path.join('.') || '(root)').join(', ')}`);
  return result.data;
}
