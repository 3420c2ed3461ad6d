import { InterfaceVpcEndpointAwsService } from 'aws-cdk-lib/aws-ec2';

/**
 * An AWS service that functions of a network call without a way to the internet, through a private address in each zone.
 *
 * Each costs about 7.30 USD a month for each zone, and 0.01 USD for each GB. The logs and traces that Lambda sends for a function need none:
 * Lambda sends them from its own network. Amazon S3 and DynamoDB are reached for free and need none either.
 *
 * @see https://aws.amazon.com/privatelink/pricing/
 */
export class NetworkEndpoint {
  /** AWS AppConfig, for configuration and feature flags. */
  public static readonly APPCONFIG_DATA = new NetworkEndpoint('AppConfigData', 'appconfigdata', ['appconfigdata']);
  /** Amazon Bedrock, for calls to models. */
  public static readonly BEDROCK_RUNTIME = new NetworkEndpoint('BedrockRuntime', 'bedrock-runtime', ['bedrock-runtime']);
  /** Amazon EventBridge, to put events on a bus. */
  public static readonly EVENTS = new NetworkEndpoint('Events', 'events', ['events']);
  /**
   * Private APIs of Amazon API Gateway. With it, the public APIs of API Gateway can no longer be called from the network by their default
   * names.
   */
  public static readonly EXECUTE_API = new NetworkEndpoint('ExecuteApi', 'execute-api', ['*.execute-api'], true);
  /** Amazon Data Firehose. */
  public static readonly FIREHOSE = new NetworkEndpoint('Firehose', 'kinesis-firehose', ['firehose']);
  /** Amazon Kinesis Data Streams, by the name of the region and by those of accounts. */
  public static readonly KINESIS = new NetworkEndpoint('Kinesis', 'kinesis-streams', ['kinesis', '*.control-kinesis', '*.data-kinesis']);
  /** AWS KMS, for functions that encrypt by themselves. What services encrypt for a function needs none. */
  public static readonly KMS = new NetworkEndpoint('Kms', 'kms', ['kms']);
  /** AWS Lambda, to call other functions. */
  public static readonly LAMBDA = new NetworkEndpoint('Lambda', 'lambda', ['lambda']);
  /** Amazon CloudWatch Logs, for functions that read logs, or write to other groups than their own. */
  public static readonly LOGS = new NetworkEndpoint('Logs', 'logs', ['logs']);
  /** Amazon CloudWatch, to put metrics; those in the embedded metric format of a log need none. */
  public static readonly MONITORING = new NetworkEndpoint('Monitoring', 'monitoring', ['monitoring']);
  /** The Data API of Amazon RDS. */
  public static readonly RDS_DATA = new NetworkEndpoint('RdsData', 'rds-data', ['rds-data']);
  /** AWS Secrets Manager, which functions with `secrets` read at run time. */
  public static readonly SECRETS_MANAGER = new NetworkEndpoint('SecretsManager', 'secretsmanager', ['secretsmanager']);
  /** Amazon SNS, to publish. */
  public static readonly SNS = new NetworkEndpoint('Sns', 'sns', ['sns']);
  /** Amazon SQS, to send. Queues that call a function need none. */
  public static readonly SQS = new NetworkEndpoint('Sqs', 'sqs', ['sqs']);
  /** AWS Systems Manager, for parameters. */
  public static readonly SSM = new NetworkEndpoint('Ssm', 'ssm', ['ssm']);
  /** AWS Step Functions, to start executions. */
  public static readonly STATES = new NetworkEndpoint('States', 'states', ['states']);
  /** AWS Step Functions, to start express executions and wait for their end. */
  public static readonly STATES_SYNC = new NetworkEndpoint('StatesSync', 'sync-states', ['sync-states']);
  /** AWS STS, by the name of the region, to assume roles. */
  public static readonly STS = new NetworkEndpoint('Sts', 'sts', ['sts']);
  /** AWS X-Ray, for functions that send traces with OpenTelemetry by themselves. Those of `FunctionTracing.active()` need none. */
  public static readonly XRAY = new NetworkEndpoint('Xray', 'xray', ['xray']);

  /**
   * Any other service that takes VPC endpoint policies; the deployment fails for one that does not.
   * @param service its name in `com.amazonaws.<region>.<name>`, for example `textract`
   * @param hosts its host names, without `.<region>.amazonaws.com` (left out: the name of the service)
   * @throws ConfigurationError [SecureNetwork.EndpointName] when the name holds more than letters, digits, dots and hyphens, once the network is made
   * @see https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html
   */
  public static of(service: string, hosts?: string[]): NetworkEndpoint {
    const id = service.split(/[^A-Za-z0-9]+/).map((word) => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`).join('');
    return new NetworkEndpoint(id, service, hosts ?? [service]);
  }

  private constructor(
    /** @internal */ public readonly _id: string,
    /** @internal */ public readonly _name: string,
    /** @internal Names before `.<region>.<suffix>`. */ public readonly _hosts: readonly string[],
    /** @internal Callers need not sign their requests, so that only the resource can be limited. */ public readonly _unsigned = false,
  ) {}

  /** @internal */
  public get _service(): InterfaceVpcEndpointAwsService {
    return new InterfaceVpcEndpointAwsService(this._name);
  }
}
