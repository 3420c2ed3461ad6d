import { RemovalPolicy } from 'aws-cdk-lib';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { CfnLogGroup, LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { LogMasking } from './log-masking';
import { SecurityProfile } from '../core/security-profile';
import { DataKeyService, dataKeyFor, StackDataKey } from '../core/stack-data-key';

/** Where a log group differs from what the profile asks for. */
export interface EncryptedLogGroupProps {
  /** The name, where a service demands one; else CloudFormation makes it. */
  readonly logGroupName?: string;
  /** The key, instead of the stack's. */
  readonly encryptionKey?: IKey;
  /** How long entries are kept. */
  readonly retention?: RetentionDays;
  /** What is hidden. */
  readonly masking?: LogMasking;
}

/** A log group with the key, masking, retention and end that the profile asks for. CloudWatch Logs learns to use the key. */
export function encryptedLogGroup(scope: Construct, id: string, props: EncryptedLogGroupProps = {}): LogGroup {
  const { controls } = SecurityProfile.of(scope);
  const encryptionKey = dataKeyFor(scope, props.encryptionKey);
  if (encryptionKey !== undefined) StackDataKey.allowService(scope, encryptionKey, DataKeyService.LOGS);
  const masking = props.masking ?? (controls.logMasking ? LogMasking.standard() : undefined);
  const logGroup = new LogGroup(scope, id, {
    logGroupName: props.logGroupName,
    encryptionKey,
    retention: props.retention ?? controls.logRetention,
    removalPolicy: controls.retainData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
  });
  if (masking !== undefined) maskLogGroup(logGroup, masking);
  return logGroup;
}

/** Has CloudWatch Logs hide sensitive values in a log group. */
export function maskLogGroup(logGroup: LogGroup, masking: LogMasking): void {
  const resource = logGroup.node.defaultChild as CfnLogGroup;
  resource.dataProtectionPolicy = masking._policy;
}
