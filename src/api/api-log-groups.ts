import { ArnFormat, RemovalPolicy } from 'aws-cdk-lib';
import { IAccessLogDestination } from 'aws-cdk-lib/aws-apigateway';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { SecurityProfile } from '../core/security-profile';
import { DataKeyService, dataKeyFor, StackDataKey } from '../core/stack-data-key';
import { LogMasking } from '../function/log-masking';

/** A log group with the key, masking, retention and end that the profile asks for. */
export function apiLogGroup(scope: Construct, id: string, givenKey: IKey | undefined, logGroupName?: string): LogGroup {
  const { controls } = SecurityProfile.of(scope);
  const encryptionKey = dataKeyFor(scope, givenKey);
  if (encryptionKey !== undefined) StackDataKey.allowService(scope, encryptionKey, DataKeyService.LOGS);
  return new LogGroup(scope, id, {
    logGroupName,
    encryptionKey,
    dataProtectionPolicy: controls.logMasking ? LogMasking.standard()._policy : undefined,
    retention: controls.logRetention,
    removalPolicy: controls.retainData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
  });
}

/** API Gateway takes the ARN of the group without the `:*` in which the attribute Arn ends, whatever the feature flags. */
export function accessLogDestination(group: LogGroup): IAccessLogDestination {
  const destinationArn = group.stack.formatArn({
    service: 'logs', resource: 'log-group', resourceName: group.logGroupName, arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  return { bind: () => ({ destinationArn }) };
}
