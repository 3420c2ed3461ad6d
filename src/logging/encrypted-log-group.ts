import { RemovalPolicy } from 'aws-cdk-lib';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { CfnLogGroup, DataIdentifier, LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct, IConstruct } from 'constructs';
import { findingsDestinationOf } from './findings-destination';
import { checkIdentifiers } from './log-checks';
import { LogMasking } from './log-masking';
import { acknowledgeInPacks, NagPackId } from '../core/exceptions/acknowledgement';
import { DataKeyService, dataKeyFor, StackDataKey } from '../core/keys/stack-data-key';
import { SecurityProfile } from '../core/profile/security-profile';

const MASKING = Symbol.for('cdk-secure-serverless.log-masking');

const RETENTION_PACKS = [NagPackId.SERVERLESS, NagPackId.HIPAA, NagPackId.NIST_R4, NagPackId.NIST_R5, NagPackId.PCI];
const KEPT_FOR_EVER = 'Its author, or the profile, keeps these logs for ever (logRetention): no end is longer than any that a standard asks for.';

type Masked = IConstruct & { [MASKING]?: LogMasking };

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
  const retention = props.retention ?? controls.logRetention;
  const logGroup = new LogGroup(scope, id, {
    logGroupName: props.logGroupName,
    encryptionKey,
    retention,
    removalPolicy: controls.retainData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
  });
  if (masking !== undefined) maskLogGroup(logGroup, masking);
  if (retention === RetentionDays.INFINITE) acknowledgeInPacks(logGroup.node.defaultChild!, RETENTION_PACKS, 'CloudWatchLogGroupRetentionPeriod', KEPT_FOR_EVER);
  return logGroup;
}

/** Has CloudWatch Logs hide sensitive values in a log group. */
export function maskLogGroup(logGroup: LogGroup, masking: LogMasking): void {
  checkIdentifiers(logGroup, masking._identifiers);
  (logGroup as Masked)[MASKING] = masking;
  renderMasking(logGroup);
}

/** Has CloudWatch Logs hide these values as well. Says whether it does: what somebody switched off for a reason stays off. */
export function maskMore(logGroup: LogGroup, identifiers: readonly DataIdentifier[]): boolean {
  const masking = (logGroup as Masked)[MASKING] ?? LogMasking.standard();
  if (masking._offReason !== undefined) return false;
  maskLogGroup(logGroup, masking._plus(identifiers));
  return true;
}

/** Writes the policies of all log groups at or below a construct anew, once it is known where findings go. */
export function renderMaskingBelow(scope: IConstruct): void {
  for (const node of scope.node.findAll()) if ((node as Masked)[MASKING] !== undefined) renderMasking(node as LogGroup);
}

function renderMasking(logGroup: LogGroup): void {
  const masking = (logGroup as Masked)[MASKING]!;
  const findings = masking._offReason === undefined ? findingsDestinationOf(logGroup) : {};
  (logGroup.node.defaultChild as CfnLogGroup).dataProtectionPolicy = masking._policyTo(findings, logGroup.stack);
}
