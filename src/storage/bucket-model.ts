import { LOG_DELIVERERS } from './bucket-baseline';
import { AppModel } from '../model/resources/app-model';
import { Resource } from '../model/resources/resource';
import { statementsOf } from '../model/rights/iam';
import { at, elements, isUnresolved, textOf, Value } from '../model/values/values';

/** The type that most rules of this room judge. */
export const BUCKET = 'AWS::S3::Bucket';

/** What is delivered into buckets, and what the deliverer can do without: access logs know no key, and those of CloudFront need ACLs. */
interface LogBuckets {
  /** Keys of all buckets that receive logs. */
  readonly all: ReadonlySet<string>;
  /** Keys of the buckets into which a service delivers that knows no KMS key: server access logs, CloudFront, load balancers. */
  readonly withoutKey: ReadonlySet<string>;
  /** Keys of the buckets in which trails keep their records: who read them is worth a log. */
  readonly ofTrails: ReadonlySet<string>;
  /** Keys of the buckets into which CloudFront delivers, which writes by an access control list. */
  readonly withAcl: ReadonlySet<string>;
}

/** The buckets that receive logs. Rules ask less of them: a log of the delivery of logs would log itself for ever. */
export function logBuckets(app: AppModel): LogBuckets {
  return app.index('buckets for logs', () => {
    const keys = (values: readonly Value[]) => values.flatMap((value) => bucketsBehind(value, app)).map(({ key }) => key);
    const from = (type: string, path: string) => keys(app.ofType(type).map((resource) => resource.property(path)));
    const accessLogs = app.ofType(BUCKET).flatMap((bucket) => bucketsBehind(bucket.property('LoggingConfiguration.DestinationBucketName'), app)
      .filter((destination) => destination !== bucket)).map(({ key }) => key);
    const distributions = from('AWS::CloudFront::Distribution', 'DistributionConfig.Logging.Bucket');
    const balancers = keys(app.ofType('AWS::ElasticLoadBalancingV2::LoadBalancer').flatMap((balancer) => balancer.items('LoadBalancerAttributes'))
      .filter((attribute) => textOf(at(attribute, 'Key'))?.endsWith('.s3.bucket') === true).map((attribute) => at(attribute, 'Value')));
    const { keyed, keyless } = byPolicy(app);
    const trails = from('AWS::CloudTrail::Trail', 'S3BucketName');
    const others = [
      ...keyed,
      ...trails,
      ...from('AWS::Config::DeliveryChannel', 'S3BucketName'),
      ...from('AWS::EC2::FlowLog', 'LogDestination'),
      ...from('AWS::Logs::DeliveryDestination', 'DestinationResourceArn'),
      ...keys(app.ofType('AWS::WAFv2::LoggingConfiguration').flatMap((logging) => logging.items('LogDestinationConfigs'))),
    ];
    return {
      all: new Set([...accessLogs, ...distributions, ...balancers, ...keyless, ...others]),
      withoutKey: new Set([...accessLogs, ...distributions, ...balancers, ...keyless]),
      ofTrails: new Set(trails),
      withAcl: new Set(distributions),
    };
  });
}

/** The buckets that a value leads to. */
export function bucketsBehind(value: Value, app: AppModel): readonly Resource[] {
  return app.targets(value).filter(({ type }) => type === BUCKET);
}

/** Who delivers logs from elsewhere stands in the policy of the bucket. */
function byPolicy(app: AppModel): { readonly keyed: readonly string[]; readonly keyless: readonly string[] } {
  const receiving = app.ofType('AWS::S3::BucketPolicy').flatMap((policy) => {
    const services = statementsOf(policy.property('PolicyDocument'), '').filter(({ allows }) => allows)
      .flatMap(({ principals }) => elements(at(principals, 'Service'))).map((service) => textOf(service) ?? '');
    return policy.alternatives('Bucket').flatMap((bucket) => bucketsBehind(bucket, app)).map(({ key }) => ({ key, services }));
  });
  const of = (deliverers: readonly string[]) => receiving
    .filter(({ services }) => services.some((service) => deliverers.includes(service))).map(({ key }) => key);
  return { keyed: of(LOG_DELIVERERS.withKey), keyless: of(LOG_DELIVERERS.withoutKey) };
}

/** The policies of each bucket, and whether one belongs to a bucket that only the deployment knows. */
export function bucketPolicies(app: AppModel): { readonly byBucket: ReadonlyMap<string, readonly Resource[]>; readonly open: boolean } {
  return app.index('bucket policies', () => {
    const byBucket = new Map<string, Resource[]>();
    let open = false;
    for (const policy of app.ofType('AWS::S3::BucketPolicy')) {
      const named = policy.alternatives('Bucket');
      open ||= named.some(isUnresolved);
      for (const { key } of named.flatMap((bucket) => bucketsBehind(bucket, app))) byBucket.set(key, [...byBucket.get(key) ?? [], policy]);
    }
    return { byBucket, open };
  });
}

/** The entries of the encryption of a bucket. */
export function encryptionRules(bucket: Resource): readonly Value[] {
  return elements(bucket.property('BucketEncryption.ServerSideEncryptionConfiguration'));
}
