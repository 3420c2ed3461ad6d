import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { IKey, Key } from 'aws-cdk-lib/aws-kms';
import { Construct, IConstruct } from 'constructs';
import { Place } from '../configuration-error';
import { checkDataKey, checkSymmetric, NamedKey } from './data-key-check';
import { grantsOnlyForServices } from './key-grants';
import { allowServiceToUseKey, KeyService } from './key-service';
import { SecurityProfile } from '../profile/security-profile';
import { outermostStack, SharedPart } from '../stacks/shared-part';

/** Services that use the key in their own name, not in the name of a caller, and so must stand in its policy. */
export enum DataKeyService {
  /** CloudWatch Logs, for the encrypted log groups of this account and region. */
  LOGS = 'logs',
  /** CloudWatch, for alarms of this account and region that publish to an encrypted topic. */
  ALARMS = 'cloudwatch',
}

const part = new SharedPart<IKey>('DataKey', makeKey);

/**
 * The customer-managed key that the constructs of a stack share.
 *
 * It is made on first need (about 1 USD a month), rotated each year, kept when the stack goes unless the profile lets data go,
 * and its policy learns each service as it is needed, with the account as a condition.
 *
 * @see https://docs.aws.amazon.com/securityhub/latest/userguide/kms-controls.html#kms-4
 */
export class StackDataKey {
  /** The key that serves a construct. */
  public static of(scope: IConstruct): IKey {
    return part.of(scope);
  }

  /**
   * Makes an existing key serve `scope` and everything below it.
   * An imported key cannot be changed: its policy must already allow the services, and a warning at synth names them.
   * A key of a nested stack cannot serve the stack around it when the nested stack has constructs of this library too: each would wait for the other.
   * @throws ConfigurationError [DataKey.AlreadyInUse] when a construct below already uses another key; [StackCircle.Key] where a nested stack with the
   * key uses what the key encrypts, such as the topic for alarms; [DataKey.KeySpec] with a key that signs; [DataKey.Region] once a construct of
   * another region than that of the key needs it
   */
  public static use(scope: IConstruct, key: IKey): void {
    checkSymmetric(scope, key, { prop: 'key', fix: 'make a key without keySpec' });
    part.use(scope, key);
  }

  /** Lets a service use a key, once per service and stack. */
  public static allowService(scope: IConstruct, key: IKey, service: DataKeyService): void {
    allowServiceToUseKey(scope, key, serviceUse(outermostStack(scope), service));
  }

  private constructor() {}
}

const SHARED: NamedKey = { prop: 'key of StackDataKey.use()', fix: 'call StackDataKey.use for each stack with a key of its region' };

/**
 * The key that encrypts a construct's data: the one given, the stack's, or none where the profile settles for AWS-owned keys.
 * @param place the construct, where it is not made yet
 */
export function dataKeyFor(scope: IConstruct, given?: IKey, place: Place = scope): IKey | undefined {
  if (given === undefined && !SecurityProfile.of(scope).controls.customerKeys) return undefined;
  const key = given ?? StackDataKey.of(scope);
  checkDataKey(place, Stack.of(scope), key, given === undefined ? SHARED : undefined);
  return key;
}

function makeKey(scope: Construct, id: string): IKey {
  const key = new Key(scope, id, {
    description: `Data of ${Stack.of(scope).stackName}`,
    enableKeyRotation: true,
    rotationPeriod: Duration.days(365),
    pendingWindow: Duration.days(30),
    removalPolicy: SecurityProfile.of(scope).controls.retainData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
  });
  key.addToResourcePolicy(grantsOnlyForServices('GrantsOnlyForAwsServices'));
  return key;
}

/** The conditions are written only when they are read: all log groups ask, and the first one's statement serves them all. */
function serviceUse(stack: Stack, service: DataKeyService): KeyService {
  switch (service) {
    case DataKeyService.LOGS:
      return {
        sid: 'CloudWatchLogs',
        service: `logs.${stack.region}.amazonaws.com`,
        actions: ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:GenerateDataKeyWithoutPlaintext', 'kms:ReEncryptFrom', 'kms:ReEncryptTo'],
        get conditions() {
          return { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': stack.formatArn({ service: 'logs', resource: 'log-group:*' }) } };
        },
      };
    case DataKeyService.ALARMS:
      return {
        sid: 'CloudWatchAlarms',
        service: 'cloudwatch.amazonaws.com',
        actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
        get conditions() {
          return {
            StringEquals: { 'aws:SourceAccount': stack.account },
            ArnLike: { 'aws:SourceArn': stack.formatArn({ service: 'cloudwatch', resource: 'alarm:*' }) },
          };
        },
      };
  }
}
