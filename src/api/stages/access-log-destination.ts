import { ArnFormat } from 'aws-cdk-lib';
import { AccessLogDestinationConfig } from 'aws-cdk-lib/aws-apigateway';
import { LogGroup } from 'aws-cdk-lib/aws-logs';

/** The same for REST, HTTP and WebSocket APIs, whose interfaces differ in what they hand over. */
export interface AccessLogDestination {
  bind(): AccessLogDestinationConfig;
}

/** API Gateway takes the ARN of the group without the `:*` in which the attribute Arn ends, whatever the feature flags. */
export function accessLogDestination(group: LogGroup): AccessLogDestination {
  const destinationArn = group.stack.formatArn({
    service: 'logs', resource: 'log-group', resourceName: group.logGroupName, arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  return { bind: () => ({ destinationArn }) };
}
