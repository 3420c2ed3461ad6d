import { CfnResource, Duration, RemovalPolicy, Resource, Stack } from 'aws-cdk-lib';
import { AddToResourcePolicyResult, Grant, IGrantable, ManagedPolicy, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { IKey, IKeyRef } from 'aws-cdk-lib/aws-kms';
import { IFunction } from 'aws-cdk-lib/aws-lambda';
import {
  CfnResourcePolicy, CfnRotationSchedule, CfnSecret, ISecret, ISecretAttachmentTarget, ResourcePolicy, RotationSchedule, RotationScheduleOptions,
  Secret,
} from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { SecretAccess } from './secret-access';
import { DESCRIBE_ACTIONS, READ_VALUE_ACTIONS, ROTATE_ACTIONS, SECRET_ROTATION_DAYS, SECRETS_MANAGER, WRITE_ACTIONS } from './secret-baseline';
import { checkReplica, checkReplicaRegion, checkSecret } from './secret-checks';
import { SecretContent } from './secret-content';
import { SECRET_EVENTS } from './secret-events';
import { SecretRotation } from './secret-rotation';
import { SecureSecretProps } from './secure-secret-props';
import { checkRemovalPolicy } from '../../core/checks';
import { placeOf, refuse } from '../../core/configuration-error';
import { acknowledge, acknowledgeInPacks, acknowledgeRule, NagPackId } from '../../core/exceptions/acknowledgement';
import { recordWaiver, REMOVAL_POLICY_FINDINGS } from '../../core/exceptions/waiver';
import { dataKeyFor } from '../../core/keys/stack-data-key';
import { markOwn } from '../../core/own-part';
import { SecurityControls } from '../../core/profile/security-controls';
import { SecurityProfile } from '../../core/profile/security-profile';
import { KEY_READ_ACTIONS, KEY_WRITE_ACTIONS } from '../../iam/iam-baseline';
import { checkStatement } from '../policy-checks';
import { noticeEvents } from '../trail-notices';

/** Which versions of a secret somebody may read. */
export interface SecretReadOptions {
  /**
   * The only versions that may be read, by their staging labels, like `AWSCURRENT`. Readers then have to name one in each request.
   * @default - all versions, also the one before the last rotation
   */
  readonly versionStages?: string[];
}

/**
 * A secret that its own account can reach, and only over TLS; encrypted with a customer-managed key, rotated, and kept when its stack goes.
 * Its value never stands in code.
 *
 * ```ts
 * const token = new SecureSecret(this, 'PartnerToken', { rotation: SecretRotation.off('the partner issues a token once a year, by mail') });
 * token.allowRead(placeOrder);
 * ```
 *
 * It costs 0.40 USD a month, and a share of the stack's data key. A principal of another account is let in by the verbs as well, and by
 * nothing else: they open the policies of secret and key, and its own account has to give it the same rights.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/best-practices.html
 */
export class SecureSecret extends Secret {
  /** The key that encrypts the secret. */
  public declare readonly encryptionKey?: IKey;
  private readonly access: SecretAccess;
  private readonly keeps: boolean;
  private schedule?: CfnRotationSchedule;
  private attached = false;
  private readonly regions: string[];

  /**
   * @throws ConfigurationError [SecureSecret.PlainText] when the value stands in code
   * @throws ConfigurationError [SecureSecret.Length] or [SecureSecret.Characters] when a generated value could be guessed
   * @throws ConfigurationError [SecureSecret.RotationInterval] when the value would live for more than 90 days, or no whole number of hours
   * @throws ConfigurationError [SecureSecret.Replica] when a copy would have no key, or lie where the secret or another copy is
   * @throws ConfigurationError [SecureSecret.Description] when it has more than 2,048 characters
   * @throws ConfigurationError [SecureSecret.Reason] or [ChangeNotices.Reason] when a control is weakened with a reason that nobody can judge
   */
  constructor(scope: Construct, id: string, props: SecureSecretProps) {
    const { controls } = SecurityProfile.of(scope);
    const content = props.content ?? SecretContent.generated();
    const keeps = props.removal === undefined ? controls.retainData : props.removal._destroyReason === undefined;
    checkSecret(placeOf(scope, id), Stack.of(scope), props, props.encryptionKey !== undefined || controls.customerKeys);
    super(scope, id, {
      description: props.description,
      secretName: props.secretName,
      generateSecretString: content._generator,
      secretStringValue: content._value,
      secretObjectValue: content._fields,
      replicaRegions: props.replicas,
      removalPolicy: keeps ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    markOwn(this);
    this.keeps = keeps;
    this.regions = (props.replicas ?? []).map(({ region }) => region);
    this.encrypt(dataKeyFor(scope, props.encryptionKey, placeOf(scope, id)));
    this.access = new SecretAccess(this);
    this.close();
    this.rotate(props.rotation);
    this.recordWaivers(props, controls);
    this.failWithoutKey();
    noticeEvents(this, props.changeNotices, SECRET_EVENTS, this.secretArn);
  }

  /**
   * Lets somebody read the secret: `secretsmanager:GetSecretValue`, `secretsmanager:DescribeSecret`, and decryption through Secrets Manager
   * for this secret.
   * @throws ConfigurationError [SecureSecret.VersionStages] when no version may be read
   * @throws ConfigurationError [SecureSecret.ServicePrincipal] when the grantee is a service
   * @throws ConfigurationError [SecureSecret.CrossAccountKey] when the grantee belongs to another account, and no key can open the secret there
   */
  public allowRead(grantee: IGrantable, options: SecretReadOptions = {}): Grant {
    const stages = options.versionStages;
    if (stages?.length === 0) {
      refuse(this, {
        code: 'SecureSecret.VersionStages', prop: 'versionStages', must: 'must name at least one staging label', got: stages, fix: "write ['AWSCURRENT'], or leave it out",
      });
    }
    const conditions = stages === undefined ? undefined : { 'ForAnyValue:StringEquals': { 'secretsmanager:VersionStage': stages } };
    const grant = stages === undefined
      ? this.access.allow(grantee, [...DESCRIBE_ACTIONS, ...READ_VALUE_ACTIONS])
      : this.access.allow(grantee, READ_VALUE_ACTIONS, conditions).combine(this.access.allow(grantee, DESCRIBE_ACTIONS));
    return this.withKey(grant, grantee, KEY_READ_ACTIONS);
  }

  /**
   * Lets somebody give the secret a new value: `secretsmanager:PutSecretValue`, and encryption through Secrets Manager for this secret.
   * Not read, delete, or change its key or policy.
   * @throws ConfigurationError [SecureSecret.ServicePrincipal] or [SecureSecret.CrossAccountKey]
   */
  public allowWrite(grantee: IGrantable): Grant {
    return this.withKey(this.access.allow(grantee, WRITE_ACTIONS), grantee, KEY_WRITE_ACTIONS);
  }

  /**
   * Lets somebody rotate the secret: read it, write it, and move its staging labels. The function of `SecretRotation.by` has this right already.
   * @throws ConfigurationError [SecureSecret.ServicePrincipal] or [SecureSecret.CrossAccountKey]
   */
  public allowRotate(grantee: IGrantable): Grant {
    return this.withKey(this.access.allow(grantee, ROTATE_ACTIONS), grantee, KEY_WRITE_ACTIONS);
  }

  /** The same as `allowRead`. */
  public grantRead(grantee: IGrantable, versionStages?: string[]): Grant {
    return this.allowRead(grantee, { versionStages });
  }

  /** The same as `allowWrite`. CDK's own gives `secretsmanager:UpdateSecret` as well, with which the key of a secret can be changed. */
  public grantWrite(grantee: IGrantable): Grant {
    return this.allowWrite(grantee);
  }

  /**
   * Adds a statement to the resource policy of the secret. It lets nobody of another account in: the verbs do, which also open the gate.
   * @throws ConfigurationError [SecureSecret.Statement] when it names no principals, actions or resources
   * @throws ConfigurationError [SecureSecret.PublicStatement] when it lets everybody in without a condition that binds it to somebody
   * @throws ConfigurationError [SecureSecret.ServicePrincipal] when it lets a service in for whatever account
   */
  public addToResourcePolicy(statement: PolicyStatement): AddToResourcePolicyResult {
    checkStatement(this, 'SecureSecret', statement);
    return super.addToResourcePolicy(statement);
  }

  /**
   * Always refuses: how the secret rotates is decided when it is made.
   * @throws ConfigurationError [SecureSecret.Rotation]
   */
  public addRotationSchedule(_id: string, _options: RotationScheduleOptions): RotationSchedule {
    return refuse(this, {
      code: 'SecureSecret.Rotation', prop: 'addRotationSchedule', must: 'must not be called: a secret has one rotation', fix: 'pass rotation: SecretRotation.by(function)',
    });
  }

  /**
   * Adds a copy in another region.
   * @throws ConfigurationError [SecureSecret.Replica] when the copy would have no key, or lie where the secret or another copy is
   */
  public addReplicaRegion(region: string, encryptionKey?: IKeyRef): void {
    if (this.regions === undefined) return super.addReplicaRegion(region, encryptionKey); // from CDK's constructor: judged already
    checkReplicaRegion(this, this.stack, this.regions, region);
    checkReplica(this, region, this.encryptionKey !== undefined, encryptionKey);
    super.addReplicaRegion(region, encryptionKey);
    this.regions.push(region);
  }

  /**
   * Ties the secret to a database, whose address is added to it. Rotation waits for that.
   * @throws ConfigurationError [SecureSecret.Attached] when it is tied to one already
   */
  public attach(target: ISecretAttachmentTarget): ISecret {
    if (this.attached) {
      refuse(this, { code: 'SecureSecret.Attached', prop: 'attach', must: 'must be called once: a secret holds the address of one database', fix: 'make a secret for each database' });
    }
    this.attached = true;
    const attached = super.attach(target);
    this.schedule?.node.addDependency(attached);
    return attached;
  }

  /**
   * Sets what happens when the secret leaves its stack.
   * @throws ConfigurationError [SecureSecret.Removal] when a secret that was to be kept shall be deleted, or asked for a snapshot
   */
  public applyRemovalPolicy(policy: RemovalPolicy): void {
    checkRemovalPolicy(this, policy, this.keeps, { code: 'SecureSecret.Removal', what: 'a secret that is kept', fix: 'pass removal: SecretRemoval.destroy(reason)' });
    super.applyRemovalPolicy(policy);
  }

  private get resource(): CfnSecret {
    return this.node.defaultChild as CfnSecret;
  }

  private withKey(grant: Grant, grantee: IGrantable, actions: readonly string[]): Grant {
    const onKey = this.access.allowKey(grantee, actions);
    return onKey === undefined ? grant : grant.combine(onKey);
  }

  /** Set on the L1: CDK's own prop lets everybody in the account use the key through Secrets Manager, with wildcards, and so other secrets too. */
  private encrypt(key: IKey | undefined): void {
    if (key === undefined) return;
    Object.assign(this, { encryptionKey: key });
    this.resource.kmsKeyId = key.keyArn;
  }

  private close(): void {
    for (const statement of this.access.denials()) super.addToResourcePolicy(statement);
    const policy = this.node.findChild('Policy') as ResourcePolicy;
    (policy.node.defaultChild as CfnResourcePolicy).blockPublicPolicy = true;
    policy.applyRemovalPolicy(this.keeps ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY);
  }

  /** A secret that is kept without its key can be read no more. Only the end shows what became of the key. */
  private failWithoutKey(): void {
    this.node.addValidation({
      validate: () => {
        const key = this.encryptionKey?.node.defaultChild;
        const lost = this.keeps && key !== undefined && CfnResource.isCfnResource(key) && key.cfnResourceType === 'AWS::KMS::Key'
          && key.cfnOptions.deletionPolicy === 'Delete';
        return lost ? [`The secret is kept, but its key ${this.encryptionKey!.node.path} is deleted with its stack: keep the key, `
          + 'or pass removal: SecretRemoval.destroy(reason) [SecureSecret.Key]'] : [];
      },
    });
  }

  private rotate(rotation: SecretRotation): void {
    if (rotation._offReason !== undefined) {
      acknowledge(this.resource, NagPackId.AWS_SOLUTIONS, 'SMG4', rotation._offReason);
      acknowledgeRule(this.resource, 'SecretRotation', rotation._offReason);
      acknowledgeInPacks(this.resource, [NagPackId.HIPAA, NagPackId.NIST_R5], 'SecretsManagerRotationEnabled', rotation._offReason);
      return recordWaiver(this, { control: 'Secret.rotation', reason: rotation._offReason });
    }
    const automaticallyAfter = rotation._every ?? Duration.days(SECRET_ROTATION_DAYS.standard);
    if (rotation._hosted !== undefined) {
      const hosted = super.addRotationSchedule('Rotation', { hostedRotation: rotation._hosted, automaticallyAfter });
      this.schedule = hosted.node.defaultChild as CfnRotationSchedule;
      return;
    }
    const rotator = rotation._rotator!;
    const rights = this.rightsOfRotator(rotator);
    this.allowRotate(rights ?? rotator);
    rotator.addPermission('RotatorPermission', {
      scope: this,
      principal: new ServicePrincipal(SECRETS_MANAGER),
      sourceAccount: Stack.of(this).account,
      sourceArn: this.secretArn,
    });
    this.schedule = new CfnRotationSchedule(this, 'Rotation', {
      secretId: this.secretArn,
      rotationLambdaArn: rotator.functionArn,
      rotateImmediatelyOnUpdate: true,
      rotationRules: { scheduleExpression: `rate(${rate(automaticallyAfter)})` },
    });
    const needed = [this.node.tryFindChild('RotatorPermission'), rights].filter((one) => one !== undefined);
    this.schedule.node.addDependency(...needed);
  }

  /** The rotation names the function: if that of another stack had its rights there, where they name the secret, the stacks would wait for each other. */
  private rightsOfRotator(rotator: IFunction): ManagedPolicy | undefined {
    if (!Resource.isOwnedResource(rotator) || rotator.role === undefined || Stack.of(rotator) === this.stack) return undefined;
    return new ManagedPolicy(this, 'RotatorRights', { description: 'Rotates a secret of another stack', roles: [rotator.role] });
  }

  private recordWaivers({ removal }: SecureSecretProps, { retainData }: SecurityControls): void {
    if (removal?._destroyReason === undefined || !retainData) return;
    recordWaiver(this, { control: 'Secret.removal', reason: removal._destroyReason }, REMOVAL_POLICY_FINDINGS);
  }
}

/** Secrets Manager counts in whole hours below a day, and in whole days above. */
function rate(every: Duration): string {
  const hours = every.toHours();
  return hours % 24 === 0 ? plural(hours / 24, 'day') : plural(hours, 'hour');
}

function plural(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
