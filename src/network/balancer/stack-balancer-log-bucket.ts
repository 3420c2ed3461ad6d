import { ArnFormat, Aws, CfnCondition, CfnResource, Fn, Stack, Token } from 'aws-cdk-lib';
import { AccountPrincipal, IPrincipal, PolicyStatement, PrincipalBase, PrincipalPolicyFragment, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Bucket, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { RegionInfo } from 'aws-cdk-lib/region-info';
import { Construct, IConstruct } from 'constructs';
import { APPLICATION_LOG_WRITER, CHINA, NETWORK_LOG_WRITER } from './balancer-baseline';
import { SharedPart } from '../../core/stacks/shared-part';
import { sourceConditions } from '../../iam/exact-access';
import { makeLogBucket } from '../../storage/log-bucket';

const part = new SharedPart<Bucket>('BalancerLogBucket', makeBucket);
const inChina = new SharedPart<CfnCondition>('InChina', (scope, id) => (
  new CfnCondition(scope, id, { expression: Fn.conditionEquals(Aws.PARTITION, CHINA) })));

/**
 * The bucket into which the load balancers of a stack write their access logs: the name of each file says of which.
 *
 * It costs only the storage of the logs, which expire with the profile's log retention. It is not the bucket for the logs of other buckets: a load
 * balancer must wait for the policy of its bucket, since Elastic Load Balancing tries to write when it is told to. The policy of that one names
 * buckets, which may wait for a load balancer themselves. This one names nothing but its bucket and the account.
 */
export class StackBalancerLogBucket {
  /** The bucket that serves a load balancer, which its type may write to. */
  public static of(balancer: IConstruct, type: string): Bucket {
    const bucket = part.of(balancer);
    if (type === 'network') letNetworkWrite(bucket);
    return bucket;
  }

  /** What a load balancer must wait for before it writes. */
  public static policyOf(bucket: Bucket): CfnResource {
    return bucket.policy!.node.defaultChild as CfnResource;
  }

  private constructor() {}
}

function makeBucket(scope: Construct, id: string): Bucket {
  const bucket = makeLogBucket(scope, id, {
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED, ownLogReason: OWN_LOG_REASON, keyReason: KEY_REASON, lockReason: LOCK_REASON,
  });
  bucket.addToResourcePolicy(new PolicyStatement({
    sid: 'ApplicationLoadBalancers', principals: applicationWriters(bucket), actions: ['s3:PutObject'], resources: [logsIn(bucket)],
  }));
  return bucket;
}

/** Load balancers of other accounts write below other numbers. */
function logsIn(bucket: Bucket): string {
  return bucket.arnForObjects(`AWSLogs/${Stack.of(bucket).account}/*`);
}

/**
 * A policy that names somebody whom its partition does not know is refused.
 *
 * | region of the stack | who may write |
 * |---|---|
 * | in China | the accounts of Elastic Load Balancing there |
 * | elsewhere | its service |
 * | not known | one of both, decided by the deployment |
 */
function applicationWriters(bucket: Bucket): IPrincipal[] {
  const { region } = Stack.of(bucket);
  const { accountsInChina, service } = APPLICATION_LOG_WRITER;
  if (Token.isUnresolved(region)) return [new WriterOfPartition(bucket)];
  const isInChina = RegionInfo.get(region).partition === CHINA;
  return isInChina ? accountsInChina.map((account) => new AccountPrincipal(account)) : [new ServicePrincipal(service)];
}

class WriterOfPartition extends PrincipalBase {
  constructor(private readonly bucket: Bucket) {
    super();
  }

  public get policyFragment(): PrincipalPolicyFragment {
    const { accountsInChina, service } = APPLICATION_LOG_WRITER;
    const accounts = accountsInChina.map((account) => Stack.of(this.bucket).formatArn({ service: 'iam', region: '', account, resource: 'root' }));
    const choice = [inChina.of(this.bucket).logicalId, { AWS: accounts }, { Service: service }];
    return new PrincipalPolicyFragment({ 'Fn::If': choice as string[] });
  }

  /** Like no other one. */
  public dedupeString(): string | undefined {
    return undefined;
  }
}

/** Network load balancers write in the name of CloudWatch Logs, which tells for which account. CDK writes a statement once that is added twice. */
function letNetworkWrite(bucket: Bucket): void {
  const principals = [new ServicePrincipal(NETWORK_LOG_WRITER)];
  const source = Stack.of(bucket).formatArn({ service: 'logs', resource: '*', arnFormat: ArnFormat.NO_RESOURCE_NAME });
  const { StringEquals, ArnLike } = sourceConditions(bucket, source);
  bucket.addToResourcePolicy(new PolicyStatement({
    sid: 'NetworkLoadBalancers', principals, actions: ['s3:GetBucketAcl'], resources: [bucket.bucketArn], conditions: { StringEquals, ArnLike },
  }));
  bucket.addToResourcePolicy(new PolicyStatement({
    sid: 'NetworkLoadBalancerLogs',
    principals,
    actions: ['s3:PutObject'],
    resources: [logsIn(bucket)],
    conditions: { StringEquals: { ...StringEquals, 's3:x-amz-acl': 'bucket-owner-full-control' }, ArnLike },
  }));
}

const OWN_LOG_REASON = 'A log of the delivery of logs would only tell of Elastic Load Balancing, which writes a file every five minutes.';

const KEY_REASON = 'Elastic Load Balancing writes access logs only into buckets that S3 encrypts with its own key: '
  + 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html.';

const LOCK_REASON = 'AWS documents no delivery of these logs into a bucket with a default lock, and a log that does not arrive protects nobody.';
