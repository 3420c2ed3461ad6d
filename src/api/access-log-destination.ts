import { ArnFormat } from 'aws-cdk-lib';
import { IAccessLogDestination } from 'aws-cdk-lib/aws-apigateway';
import { LogGroup } from 'aws-cdk-lib/aws-logs';

/** API Gateway takes the ARN of the group without the `:*` in which the attribute Arn ends, whatever the feature flags. */
export function accessLogDestination(group: LogGroup): IAccessLogDestination {
  const destinationArn = group.stack.formatArn({
    service: 'logs', resource: 'log-group', resourceName: group.logGroupName, arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  return { bind: () => ({ destinationArn }) };
}
