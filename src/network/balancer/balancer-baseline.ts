export const LOAD_BALANCER = 'AWS::ElasticLoadBalancingV2::LoadBalancer';
export const BALANCER_LISTENER = 'AWS::ElasticLoadBalancingV2::Listener';

/** The property of a load balancer in which its settings stand, each with a name. */
export const BALANCER_ATTRIBUTES = 'LoadBalancerAttributes';

/** What a load balancer is that names no type. */
export const STANDARD_BALANCER = 'application';

/** The protocol of listeners whose connections a network load balancer writes down. It knows no log of others. */
export const LOGGED_PROTOCOL = 'TLS';

/** Attributes of load balancers, and what is safe. */
export const ACCESS_LOG_ATTRIBUTE = 'access_logs.s3.enabled';
export const LOG_BUCKET_ATTRIBUTE = 'access_logs.s3.bucket';
export const DELETION_ATTRIBUTE = 'deletion_protection.enabled';
export const HEADER_ATTRIBUTE = 'routing.http.drop_invalid_header_fields.enabled';
export const ON = 'true';

/** What CloudWatch Logs calls the same records where it delivers them. */
export const DELIVERED_ACCESS_LOGS = ['ALB_ACCESS_LOGS', 'NLB_ACCESS_LOGS'];

/**
 * Who writes the access logs of application load balancers into buckets: in China the accounts of its two regions, as everywhere before August 2022; in all
 * other partitions a service, which China does not know.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html#attach-bucket-policy
 * @see https://docs.amazonaws.cn/en_us/elasticloadbalancing/latest/application/enable-access-logging.html#attach-bucket-policy
 */
export const APPLICATION_LOG_WRITER = {
  service: 'logdelivery.elasticloadbalancing.amazonaws.com',
  accountsInChina: ['037604701340', '638102146993'],
};
export const CHINA = 'aws-cn';

/**
 * Who writes those of network load balancers, everywhere.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/enable-access-logs.html
 */
export const NETWORK_LOG_WRITER = 'delivery.logs.amazonaws.com';

/** Protocols of listeners that have a policy for TLS. */
export const TLS_PROTOCOLS: readonly string[] = ['HTTPS', LOGGED_PROTOCOL];

/** What CDK calls the recommended policy for TLS: 1.2 and 1.3 with forward secrecy. */
export const SECURE_TLS_POLICY = 'ELBSecurityPolicy-TLS13-1-2-2021-06';

/**
 * Policies that take TLS 1.0 or 1.1. Where none is named, CloudFormation and CDK get `ELBSecurityPolicy-2016-08`, one of them.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html
 */
export const OLD_TLS_POLICY = /^ELBSecurityPolicy-(?:2015-05|2016-08|FS-2018-06|FS-1-1-|TLS-1-[01]-|TLS13-1-[01]-)/;
