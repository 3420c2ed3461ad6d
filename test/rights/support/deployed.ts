import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';

export const ACCOUNT = '111122223333';
export const REGION = 'eu-west-1';

/** A stack as CloudFormation would make it: every reference replaced by a name or an ARN in the service's own form. */
export interface Deployed {
  readonly resources: { readonly [logicalId: string]: DeployedResource };
  /** What a value of the app, a reference for the most part, is after deployment. */
  readonly valueOf: (value: unknown) => string;
}

export interface DeployedResource {
  readonly type: string;
  readonly properties: { readonly [name: string]: unknown };
  readonly arn: string;
  readonly ref: string;
}

interface Raw {
  readonly Type: string;
  readonly Properties?: { readonly [name: string]: unknown };
}

const regional = (service: string, rest: string) => `arn:aws:${service}:${REGION}:${ACCOUNT}:${rest}`;

/** What `Ref` and `Fn::GetAtt Arn` give, by type; `name` is the name in the template or one made of the logical id. */
const FORMS: { readonly [type: string]: (name: string, raw: Raw, value: (raw: unknown) => string) => { ref: string; arn: string } } = {
  'AWS::S3::Bucket': (name) => ({ ref: name, arn: `arn:aws:s3:::${name}` }),
  'AWS::Lambda::Function': (name) => ({ ref: name, arn: regional('lambda', `function:${name}`) }),
  'AWS::Lambda::Alias': (_, raw, value) => {
    const arn = `${asFunctionArn(value(raw.Properties!.FunctionName))}:${value(raw.Properties!.Name)}`;
    return { ref: arn, arn };
  },
  'AWS::Lambda::Version': (_, raw, value) => {
    const arn = `${asFunctionArn(value(raw.Properties!.FunctionName))}:1`;
    return { ref: arn, arn };
  },
  'AWS::DynamoDB::GlobalTable': (name) => ({ ref: name, arn: regional('dynamodb', `table/${name}`) }),
  'AWS::DynamoDB::Table': (name) => ({ ref: name, arn: regional('dynamodb', `table/${name}`) }),
  'AWS::SQS::Queue': (name) => ({ ref: `https://sqs.${REGION}.amazonaws.com/${ACCOUNT}/${name}`, arn: regional('sqs', name) }),
  'AWS::SNS::Topic': (name) => ({ ref: regional('sns', name), arn: regional('sns', name) }),
  'AWS::Events::EventBus': (name) => ({ ref: name, arn: regional('events', `event-bus/${name}`) }),
  'AWS::Events::Rule': (name) => ({ ref: name, arn: regional('events', `rule/${name}`) }),
  'AWS::Kinesis::Stream': (name) => ({ ref: name, arn: regional('kinesis', `stream/${name}`) }),
  'AWS::KMS::Key': (name) => ({ ref: name, arn: regional('kms', `key/${name}`) }),
  'AWS::StepFunctions::StateMachine': (name) => {
    const arn = regional('states', `stateMachine:${name}`);
    return { ref: arn, arn };
  },
  'AWS::Pipes::Pipe': (name) => ({ ref: name, arn: regional('pipes', `pipe/${name}`) }),
  'AWS::Scheduler::ScheduleGroup': (name) => ({ ref: name, arn: regional('scheduler', `schedule-group/${name}`) }),
  'AWS::Scheduler::Schedule': (name, raw, value) => ({ ref: name, arn: regional('scheduler', `schedule/${value(raw.Properties!.GroupName)}/${name}`) }),
  'AWS::SecretsManager::Secret': (name) => {
    const arn = regional('secretsmanager', `secret:${name}-AbCdEf`);
    return { ref: arn, arn };
  },
  'AWS::SSM::Parameter': (name) => ({ ref: name, arn: regional('ssm', `parameter/${name.replace(/^\//, '')}`) }),
  'AWS::Logs::LogGroup': (name) => ({ ref: name, arn: regional('logs', `log-group:${name}:*`) }),
  'AWS::IAM::Role': (name) => ({ ref: name, arn: `arn:aws:iam::${ACCOUNT}:role/${name}` }),
  'AWS::IAM::ManagedPolicy': (name) => ({ ref: `arn:aws:iam::${ACCOUNT}:policy/${name}`, arn: `arn:aws:iam::${ACCOUNT}:policy/${name}` }),
  'AWS::Cognito::UserPool': (name) => ({ ref: `${REGION}_${name}`, arn: regional('cognito-idp', `userpool/${REGION}_${name}`) }),
  'AWS::CloudFront::Distribution': (name) => ({ ref: name, arn: `arn:aws:cloudfront::${ACCOUNT}:distribution/${name}` }),
  'AWS::ApiGateway::RestApi': (name) => ({ ref: name, arn: regional('execute-api', name) }),
  'AWS::ApiGatewayV2::Api': (name) => ({ ref: name, arn: regional('execute-api', name) }),
  'AWS::ApiGateway::Stage': (_, raw, value) => ({ ref: value(raw.Properties!.StageName), arn: '' }),
};

const NAME_PROPERTIES = [
  'BucketName', 'FunctionName', 'TableName', 'QueueName', 'TopicName', 'Name', 'RoleName', 'LogGroupName', 'StateMachineName', 'ManagedPolicyName',
];

const asFunctionArn = (nameOrArn: string) => (nameOrArn.startsWith('arn:') ? nameOrArn : regional('lambda', `function:${nameOrArn}`));

/** Reads the synthesized template of a stack that is made for `ACCOUNT` and `REGION`, and gives every reference its value. */
export function deployed(stack: Stack): Deployed {
  const raws = Template.fromStack(stack).toJSON().Resources as Record<string, Raw>;
  const value = (raw: unknown): string => {
    const found = concrete(raw);
    return typeof found === 'string' ? found : JSON.stringify(found);
  };

  const identity = (logicalId: string): { ref: string; arn: string } => {
    const raw = raws[logicalId] ?? { Type: 'AWS::Unknown' };
    const given = NAME_PROPERTIES.map((property) => raw.Properties?.[property]).find((one) => one !== undefined);
    const name = raw.Type === 'AWS::Lambda::Alias' || given === undefined ? logicalId.toLowerCase() : value(given);
    return FORMS[raw.Type]?.(name, raw, value) ?? { ref: name, arn: regional(raw.Type.split('::')[1].toLowerCase(), name) };
  };

  const attribute = (logicalId: string, name: string): string => {
    const { ref, arn } = identity(logicalId);
    if (name === 'StreamArn') return `${arn}/stream/2026-01-01T00:00:00.000`;
    if (name === 'SecretArn') return regional('secretsmanager', `secret:events!connection/${ref}/0a1b2c3d-AbCdEf`);
    if (/Arn(ForPolicy)?$/.test(name)) return arn;
    if (name === 'QueueName' || name === 'Name' || name === 'TopicName') return arn.split(/[:/]/).pop()!;
    return `${ref}.${name}`;
  };

  const PSEUDO: Record<string, string> = {
    'AWS::AccountId': ACCOUNT,
    'AWS::Region': REGION,
    'AWS::Partition': 'aws',
    'AWS::URLSuffix': 'amazonaws.com',
    'AWS::StackName': stack.stackName,
    'AWS::StackId': regional('cloudformation', `stack/${stack.stackName}/0a1b2c3d-0000-1111-2222-333344445555`),
  };

  const intrinsics: Record<string, (argument: any) => unknown> = {
    'Ref': (name: string) => PSEUDO[name] ?? identity(name).ref,
    'Fn::GetAtt': ([logicalId, name]: [string, string]) => attribute(logicalId, name),
    'Fn::Join': ([separator, parts]: [string, unknown[]]) => parts.map(value).join(separator),
    'Fn::Select': ([index, parts]: [number, unknown]) => (concrete(parts) as unknown[])[Number(index)],
    'Fn::Split': ([separator, text]: [string, unknown]) => value(text).split(separator),
    'Fn::Sub': (text: string) => text.replace(/\$\{([^}]+)\}/g, (_, name: string) => PSEUDO[name] ?? identity(name).ref),
  };

  function concrete(raw: unknown): unknown {
    if (Array.isArray(raw)) return raw.map(concrete);
    if (typeof raw !== 'object' || raw === null) return raw;
    const [[name, argument] = ['', undefined], ...more] = Object.entries(raw);
    if (more.length === 0 && name in intrinsics) return intrinsics[name](argument);
    return Object.fromEntries(Object.entries(raw).map(([key, one]) => [key, concrete(one)]));
  }

  return {
    resources: Object.fromEntries(Object.entries(raws).map(([logicalId, raw]) => [logicalId, {
      type: raw.Type, properties: concrete(raw.Properties ?? {}) as Record<string, unknown>, ...identity(logicalId),
    }])),
    valueOf: (one) => value(stack.resolve(one)),
  };
}
