import { ArnFormat, Stack } from 'aws-cdk-lib';
import { Certificate, ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import { IUserPool, UserPool } from 'aws-cdk-lib/aws-cognito';
import { IVpc, Vpc } from 'aws-cdk-lib/aws-ec2';
import { AccountPrincipal, AnyPrincipal, ArnPrincipal, IGrantable, IManagedPolicy, ManagedPolicy, OrganizationPrincipal, PolicyStatement, Role, ServicePrincipal, StarPrincipal } from 'aws-cdk-lib/aws-iam';
import { IKey, Key } from 'aws-cdk-lib/aws-kms';
import { CodeSigningConfig, Function, ICodeSigningConfig, IFunction, UntrustedArtifactOnDeployment } from 'aws-cdk-lib/aws-lambda';
import { IBucket, Bucket } from 'aws-cdk-lib/aws-s3';
import { Platform, SigningProfile } from 'aws-cdk-lib/aws-signer';
import { IQueue, Queue } from 'aws-cdk-lib/aws-sqs';
import { DefinitionBody, IStateMachine, Pass } from 'aws-cdk-lib/aws-stepfunctions';
import { SecurityProfile } from '../../../src/core/profile/security-profile';
import { StackEdgeLogBucket } from '../../../src/edge/stack-edge-log-bucket';
import { CodeSigning } from '../../../src/function/code/code-signing';
import { SecureFunction } from '../../../src/function/secure-function';
import { ServiceRole } from '../../../src/iam/service-role';
import { SecureEventBus } from '../../../src/messaging/event-bus/secure-event-bus';
import { QueueDeadLetter } from '../../../src/messaging/queue/queue-dead-letter';
import { SecureQueue } from '../../../src/messaging/queue/secure-queue';
import { SecureTopic } from '../../../src/messaging/topic/secure-topic';
import { KeyRemoval } from '../../../src/secrets/key/key-removal';
import { SecureKey } from '../../../src/secrets/key/secure-key';
import { SecureBucket } from '../../../src/storage/secure-bucket';
import { SecureWebAcl } from '../../../src/waf/secure-web-acl';
import { WebAclScope } from '../../../src/waf/web-acl-scope';
import { SecureStateMachine } from '../../../src/workflow/secure-state-machine';
import { aFunction } from '../../support/self-audit';

export const PARTNER = '444455556666';

/** What a construct meets in a stack: made on first use, and the same one for each recipe of a sample that asks for it. */
export class Kit {
  private readonly parts = new Map<string, unknown>();
  private count = 0;

  /** @param stack Where the parts stand. The sample itself may stand below it. */
  constructor(public readonly stack: Stack) {}

  public part<T>(id: string, make: (stack: Stack, id: string) => T): T {
    if (!this.parts.has(id)) this.parts.set(id, make(this.stack, `Kit${id}`));
    return this.parts.get(id) as T;
  }

  public get isRegulated(): boolean {
    return SecurityProfile.of(this.stack).name === 'regulated';
  }

  public fn(id = 'Function'): SecureFunction {
    return this.part(id, (stack, kitId) => aFunction(stack, kitId));
  }

  public role(): ServiceRole {
    return this.part('Role', (stack, id) => new ServiceRole(stack, id, { service: 'lambda.amazonaws.com', description: 'Works' }));
  }

  public webAcl(): SecureWebAcl {
    return this.part('WebAcl', (stack, id) => new SecureWebAcl(stack, id));
  }

  /** A web ACL for CloudFront, which us-east-1 alone can have. */
  public edgeWebAcl(): SecureWebAcl {
    return this.part('EdgeWebAcl', (stack, id) => new SecureWebAcl(stack, id, { webAclScope: WebAclScope.CLOUDFRONT }));
  }

  /** An id that nothing has yet. */
  public fresh(id: string): string {
    this.count += 1;
    return `${id}${this.stack.node.children.length}-${this.count}`;
  }

  public vpc(): IVpc {
    return this.part('Vpc', (stack, id) => Vpc.fromVpcAttributes(stack, id, {
      vpcId: 'vpc-0123456789abcdef0',
      availabilityZones: ['a', 'b'],
      privateSubnetIds: ['subnet-0123456789abcdef1', 'subnet-0123456789abcdef2'],
      privateSubnetRouteTableIds: ['rtb-0123456789abcdef1', 'rtb-0123456789abcdef2'],
    }));
  }

  public signing(): ICodeSigningConfig {
    return this.part('Signing', (stack, id) => new CodeSigningConfig(stack, id, {
      signingProfiles: [new SigningProfile(stack, `${id}Profile`, { platform: Platform.AWS_LAMBDA_SHA384_ECDSA })],
      untrustedArtifactOnDeployment: UntrustedArtifactOnDeployment.ENFORCE,
    }));
  }

  public codeSigning(): CodeSigning {
    return this.part('CodeSigning', () => CodeSigning.byConfig(this.signing()));
  }

  public certificate(region = this.stack.region): ICertificate {
    return this.part(region === 'us-east-1' ? 'EdgeCertificate' : 'Certificate', (stack, id) => (
      Certificate.fromCertificateArn(stack, id, `arn:aws:acm:${region}:${stack.account}:certificate/11111111-2222-3333-4444-555555555555`)));
  }

  public key(): IKey {
    return this.part('Key', (stack, id) => new SecureKey(stack, id));
  }

  /** A key that goes with its stack. */
  public lostKey(): IKey {
    return this.part('LostKey', (stack, id) => new SecureKey(stack, id, { removal: KeyRemoval.destroy('nothing that is kept uses it, says its author') }));
  }

  public importedKey(): IKey {
    return this.part('ImportedKey', (stack, id) => Key.fromKeyArn(stack, id, stack.formatArn({ service: 'kms', resource: 'key', resourceName: '1234abcd-12ab-34cd-56ef-1234567890ab' })));
  }

  public foreignKey(): IKey {
    return this.part('ForeignKey', (stack, id) => Key.fromKeyArn(stack, id, `arn:aws:kms:eu-central-1:${PARTNER}:key/1234abcd-12ab-34cd-56ef-1234567890ab`));
  }

  public queue(): SecureQueue {
    return this.part('Queue', (stack, id) => new SecureQueue(stack, id));
  }

  public lastStop(fifo = false): SecureQueue {
    return this.part(`LastStop${fifo}`, (stack, id) => new SecureQueue(stack, id, { deadLetter: QueueDeadLetter.lastStop(), ...fifo && { fifo: {} } }));
  }

  public fifoQueue(): SecureQueue {
    return this.part('FifoQueue', (stack, id) => new SecureQueue(stack, id, { fifo: { contentBasedDeduplication: true } }));
  }

  public importedQueue(): IQueue {
    return this.part('ImportedQueue', (stack, id) => Queue.fromQueueArn(stack, id, stack.formatArn({ service: 'sqs', resource: 'elsewhere' })));
  }

  public foreignQueue(): IQueue {
    return this.part('ForeignQueue', (stack, id) => Queue.fromQueueArn(stack, id, `arn:aws:sqs:eu-west-1:${PARTNER}:elsewhere`));
  }

  /** A bucket in which CloudFront can write its logs, for which it needs an access control list. */
  public edgeLogBucket(): IBucket {
    return this.part('EdgeLogs', (stack) => StackEdgeLogBucket.of(stack));
  }

  public bucket(): SecureBucket {
    return this.part('Bucket', (stack, id) => new SecureBucket(stack, id));
  }

  public importedBucket(): IBucket {
    return this.part('ImportedBucket', (stack, id) => Bucket.fromBucketName(stack, id, 'elsewhere-111122223333'));
  }

  public foreignBucket(): IBucket {
    return this.part('ForeignBucket', (stack, id) => Bucket.fromBucketAttributes(stack, id, { bucketName: 'partner', account: PARTNER, region: 'eu-central-1' }));
  }

  public topic(): SecureTopic {
    return this.part('Topic', (stack, id) => new SecureTopic(stack, id));
  }

  public bus(): SecureEventBus {
    return this.part('Bus', (stack, id) => new SecureEventBus(stack, id));
  }

  public machine(): IStateMachine {
    return this.part('OwnMachine', (stack, id) => new SecureStateMachine(stack, id, { definitionBody: DefinitionBody.fromChainable(new Pass(stack, `${id}Pass`)) }));
  }

  public pool(): IUserPool {
    return this.part('Pool', (stack, id) => UserPool.fromUserPoolArn(stack, id, stack.formatArn({ service: 'cognito-idp', resource: 'userpool', resourceName: 'eu-west-1_abcdefghi' })));
  }

  public boundary(): IManagedPolicy {
    return this.part('Boundary', (stack, id) => ManagedPolicy.fromManagedPolicyName(stack, id, 'boundary'));
  }

  public importedFunction(): IFunction {
    return this.part('ImportedFunction', (stack, id) => Function.fromFunctionArn(stack, id, stack.formatArn({ service: 'lambda', resource: 'function', resourceName: 'elsewhere', arnFormat: ArnFormat.COLON_RESOURCE_NAME })));
  }

  public foreignFunction(): IFunction {
    return this.part('ForeignFunction', (stack, id) => Function.fromFunctionArn(stack, id, `arn:aws:lambda:eu-west-1:${PARTNER}:function:elsewhere`));
  }

  public importedRole(account = this.stack.account): IGrantable {
    return this.part(`Role${account === PARTNER ? 'Foreign' : 'Imported'}`, (stack, id) => Role.fromRoleArn(stack, id, `arn:aws:iam::${account}:role/worker`));
  }
}

/** Whoever may be given a right. */
export const GRANTEES: readonly [string, (kit: Kit) => IGrantable, weight: number][] = [
  ['aFunction', (kit) => kit.fn(), 8],
  ['anotherFunction', (kit) => kit.fn('OtherFunction'), 4],
  ['aRole', (kit) => kit.role(), 4],
  ['Role.fromRoleArn()', (kit) => kit.importedRole(), 2],
  ['Role.fromRoleArn(of a partner)', (kit) => kit.importedRole(PARTNER), 2],
  ['Function.fromFunctionArn()', (kit) => kit.importedFunction(), 1],
  ['new AccountPrincipal(of a partner)', () => new AccountPrincipal(PARTNER), 2],
  ['new ArnPrincipal(of a partner)', () => new ArnPrincipal(`arn:aws:iam::${PARTNER}:role/partner`), 2],
  ['new OrganizationPrincipal()', () => new OrganizationPrincipal('o-a1b2c3d4e5'), 1],
];

/** Whoever must not be given one. */
export const NOBODY: readonly [string, (kit: Kit) => IGrantable, weight: number][] = [
  ['new ServicePrincipal()', () => new ServicePrincipal('sns.amazonaws.com'), 1],
  ['new AnyPrincipal()', () => new AnyPrincipal(), 1],
  ['new StarPrincipal()', () => new StarPrincipal(), 1],
  ["new ArnPrincipal('*')", () => new ArnPrincipal('*'), 1],
];

type StatementOf = (actions: string[], resource: string) => PolicyStatement;

/** Statements that a resource policy may hold. */
export const STATEMENTS: readonly [string, StatementOf][] = [
  ['allow an account', (actions, resource) => new PolicyStatement({ actions, resources: [resource], principals: [new AccountPrincipal(PARTNER)] })],
  ['allow a service of this account', (actions, resource) => new PolicyStatement({
    actions, resources: [resource], principals: [new ServicePrincipal('s3.amazonaws.com')], conditions: { StringEquals: { 'aws:SourceAccount': '111122223333' } },
  })],
  ['allow anybody of an organisation', (actions, resource) => new PolicyStatement({
    actions, resources: [resource], principals: [new AnyPrincipal()], conditions: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } },
  })],
];

/** Statements that would open a resource to everybody, or to everybody through a service. */
export const OPEN_STATEMENTS: readonly [string, StatementOf][] = [
  ['allow anybody', (actions, resource) => new PolicyStatement({ actions, resources: [resource], principals: [new AnyPrincipal()] })],
  ['allow a service', (actions, resource) => new PolicyStatement({ actions, resources: [resource], principals: [new ServicePrincipal('s3.amazonaws.com')] })],
  ['allow anybody from addresses', (actions, resource) => new PolicyStatement({
    actions, resources: [resource], principals: [new AnyPrincipal()], conditions: { IpAddress: { 'aws:SourceIp': '0.0.0.0/0' } },
  })],
  ['allow anybody unless in a rage', (actions, resource) => new PolicyStatement({
    actions, resources: [resource], principals: [new AnyPrincipal()], conditions: { StringNotEquals: { 'aws:PrincipalAccount': PARTNER } },
  })],
];
