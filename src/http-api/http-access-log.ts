import { Names } from 'aws-cdk-lib';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { stackInstance } from '../core/stacks/stack-instance';
import { encryptedLogGroup } from '../logging/encrypted-log-group';

/**
 * The log group of an HTTP API's access log. API Gateway writes into it through CloudWatch's delivery of vended logs, which needs a
 * resource policy that has room for a few groups by name, and for any number under this prefix.
 *
 * The name tells two lives of one stack apart, so that a group kept from the first does not stand in the way of the second.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-and-resource-policy.html
 */
export function httpAccessLogGroup(scope: Construct, id: string, encryptionKey: IKey | undefined): LogGroup {
  return encryptedLogGroup(scope, id, {
    logGroupName: `/aws/vendedlogs/http-api/${Names.uniqueResourceName(scope, { maxLength: 128, separator: '-' })}-${stackInstance()}`, encryptionKey,
  });
}
