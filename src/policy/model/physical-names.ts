import { Resource } from './resource';
import { alternatives, Reference, Text, Unresolved, Value } from './values';

/** How the ARNs of a type are built: the service, and what stands before the name. */
interface Naming {
  readonly property: string;
  readonly service: string;
  readonly prefix: string;
}

/** The property that holds the name of a resource, and the form of its ARN. */
const NAMING: { readonly [type: string]: Naming } = {
  'AWS::CloudWatch::Alarm': { property: 'AlarmName', service: 'cloudwatch', prefix: 'alarm:' },
  'AWS::CodeBuild::Project': { property: 'Name', service: 'codebuild', prefix: 'project/' },
  'AWS::DynamoDB::GlobalTable': { property: 'TableName', service: 'dynamodb', prefix: 'table/' },
  'AWS::DynamoDB::Table': { property: 'TableName', service: 'dynamodb', prefix: 'table/' },
  'AWS::ECR::Repository': { property: 'RepositoryName', service: 'ecr', prefix: 'repository/' },
  'AWS::Events::EventBus': { property: 'Name', service: 'events', prefix: 'event-bus/' },
  'AWS::Events::Rule': { property: 'Name', service: 'events', prefix: 'rule/' },
  'AWS::IAM::Group': { property: 'GroupName', service: 'iam', prefix: 'group/' },
  'AWS::IAM::ManagedPolicy': { property: 'ManagedPolicyName', service: 'iam', prefix: 'policy/' },
  'AWS::IAM::Role': { property: 'RoleName', service: 'iam', prefix: 'role/' },
  'AWS::IAM::User': { property: 'UserName', service: 'iam', prefix: 'user/' },
  'AWS::KMS::Alias': { property: 'AliasName', service: 'kms', prefix: '' },
  'AWS::Kinesis::Stream': { property: 'Name', service: 'kinesis', prefix: 'stream/' },
  'AWS::KinesisFirehose::DeliveryStream': { property: 'DeliveryStreamName', service: 'firehose', prefix: 'deliverystream/' },
  'AWS::Lambda::Function': { property: 'FunctionName', service: 'lambda', prefix: 'function:' },
  'AWS::Lambda::LayerVersion': { property: 'LayerName', service: 'lambda', prefix: 'layer:' },
  'AWS::Logs::LogGroup': { property: 'LogGroupName', service: 'logs', prefix: 'log-group:' },
  'AWS::Pipes::Pipe': { property: 'Name', service: 'pipes', prefix: 'pipe/' },
  'AWS::S3::Bucket': { property: 'BucketName', service: 's3', prefix: '' },
  'AWS::SNS::Topic': { property: 'TopicName', service: 'sns', prefix: '' },
  'AWS::SQS::Queue': { property: 'QueueName', service: 'sqs', prefix: '' },
  'AWS::SSM::Parameter': { property: 'Name', service: 'ssm', prefix: 'parameter' },
  'AWS::SecretsManager::Secret': { property: 'Name', service: 'secretsmanager', prefix: 'secret:' },
  'AWS::StepFunctions::Activity': { property: 'Name', service: 'states', prefix: 'activity:' },
  'AWS::StepFunctions::StateMachine': { property: 'StateMachineName', service: 'states', prefix: 'stateMachine:' },
};

/** Names that contain what ends the name of other types. */
const SLASHES_BELONG = new Set(['ecr', 'kms', 'logs', 'secretsmanager', 'ssm']);

/** Before the name stands a path, or the bus of a rule. */
const WITH_PATH = new Set(['group/', 'policy/', 'role/', 'rule/', 'user/']);

const PREFIXES = Object.values(NAMING).filter(({ prefix }) => prefix !== '');

/** API Gateway calls a function through an ARN of its own, in which that of the function stands. */
const INVOCATION = /\/functions\/(arn:.*)\/invocations$/s;

/** The six characters that Secrets Manager adds to a name in an ARN, or the wildcard that stands for them. */
const SECRET_SUFFIX = /-([A-Za-z0-9]{6}|\?{6}|\*)$/;

/** A name or an ARN, taken apart. */
interface Named {
  readonly name: string;
  readonly service?: string;
  readonly region?: string;
  readonly account?: string;
  /** The text is the whole resource, and not something in it: an object, an index, a version. */
  readonly whole: boolean;
}

/** Where a stack goes, as far as that is known. */
interface Place {
  readonly region?: string;
  readonly account?: string;
}

/** Resources by the names that the templates give them. */
export class PhysicalNames {
  private readonly byName = new Map<string, Resource[]>();

  constructor(resources: readonly Resource[], private readonly placeOf: (stackId: string) => Place) {
    for (const resource of resources) {
      if (!Object.prototype.hasOwnProperty.call(NAMING, resource.type)) continue;
      const naming = NAMING[resource.type];
      for (const name of new Set(alternatives(resource.property(naming.property)).map(readable))) {
        if (name !== undefined && name !== '') this.add(name, resource);
      }
    }
  }

  /** The resources that a name, an ARN or the URL of a queue means; `inside` takes those too of which it names a part. */
  public find(value: Value, types: readonly string[], inside: boolean): readonly Resource[] {
    if (this.byName.size === 0 || !(typeof value === 'string' || value instanceof Text)) return [];
    const text = readable(value);
    const named = text === undefined ? undefined : parse(text);
    if (named === undefined || (!named.whole && !inside)) return [];
    return (this.byName.get(named.name) ?? []).filter((resource) => (types.length === 0 || types.includes(resource.type))
      && (named.service === undefined || NAMING[resource.type].service === named.service)
      && this.isThere(resource, named));
  }

  private add(name: string, resource: Resource): void {
    const same = this.byName.get(name);
    if (same === undefined) this.byName.set(name, [resource]);
    else same.push(resource);
  }

  /** Another account or another region holds another resource of the same name. */
  private isThere(resource: Resource, { account, region }: Named): boolean {
    const place = this.placeOf(resource.stackId);
    return agree(account, place.account) && agree(region, place.region);
  }
}

function agree(written: string | undefined, known: string | undefined): boolean {
  return written === undefined || written === '' || known === undefined || !/^[a-z0-9-]+$/.test(written) || written === known;
}

/** A text in which unknown pieces are named after the parameter that they come from; undefined where a piece cannot be told. */
function readable(value: Value): string | undefined {
  if (typeof value === 'string') return value;
  if (!(value instanceof Text)) return undefined;
  const parts = value.parts.map((part) => {
    if (typeof part === 'string') return part.replace(/<AWS::(\w+)>/g, '<$1>');
    if (part instanceof Reference) return `<${part.stackId}/${part.logicalId}>`.replaceAll(':', '_');
    return part instanceof Unresolved && part.because.startsWith('the parameter ') ? `<${part.because}>` : undefined;
  });
  return parts.includes(undefined) ? undefined : parts.join('');
}

function parse(text: string): Named | undefined {
  if (text.startsWith('https://')) return queueUrl(text);
  if (!text.startsWith('arn:')) return { name: text, whole: true };
  const invoked = INVOCATION.exec(text);
  if (invoked !== null) return parse(invoked[1]);
  const [, , service, region, account, ...rest] = text.split(':');
  if (rest.length === 0 || account === 'aws') return undefined;
  return { service, region, account, ...nameIn(service, rest.join(':')) };
}

function queueUrl(url: string): Named | undefined {
  const [, , host = '', account, name] = url.split('/');
  return name !== undefined && host.startsWith('sqs.') ? { name, service: 'sqs', region: host.split('.')[1], account, whole: true } : undefined;
}

/** The name in the last piece of an ARN, without what the types put before and behind it. */
function nameIn(service: string, resource: string): { readonly name: string; readonly whole: boolean } {
  const prefix = PREFIXES.find((one) => one.service === service && resource.startsWith(one.prefix))?.prefix ?? '';
  const bare = resource.slice(prefix.length);
  if (WITH_PATH.has(prefix)) return { name: bare.slice(bare.lastIndexOf('/') + 1), whole: true };
  if (service === 'secretsmanager') return { name: bare.replace(SECRET_SUFFIX, ''), whole: true };
  if (service === 'logs') return { name: bare.split(':')[0], whole: /^[^:]*(:\*)?$/.test(bare) };
  const end = bare.search(SLASHES_BELONG.has(service) ? /:/ : /[:/]/);
  return end < 0 ? { name: bare, whole: true } : { name: bare.slice(0, end), whole: false };
}
