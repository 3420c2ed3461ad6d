import { arnOf, Expansion, list, make, record } from './sam-support';
import { own, wordOf } from './template-source';

const TABLE = [
  ['Read', ['dynamodb:BatchGetItem', 'dynamodb:ConditionCheckItem', 'dynamodb:GetItem', 'dynamodb:PartiQLSelect', 'dynamodb:Query', 'dynamodb:Scan']],
  ['Write', ['dynamodb:BatchWriteItem', 'dynamodb:DeleteItem', 'dynamodb:PartiQLDelete', 'dynamodb:PartiQLInsert', 'dynamodb:PartiQLUpdate', 'dynamodb:PutItem', 'dynamodb:UpdateItem']],
] as const;

/** What a connector allows its source on a destination, by the type of the destination and by permission. */
const RIGHTS: { readonly [type: string]: readonly (readonly [permission: string, actions: readonly string[]])[] } = {
  'AWS::DynamoDB::Table': TABLE,
  'AWS::Events::EventBus': [['Write', ['events:PutEvents']]],
  'AWS::Lambda::Function': [['Write', ['lambda:InvokeAsync', 'lambda:InvokeFunction']]],
  'AWS::S3::Bucket': [
    ['Read', ['s3:GetObject', 's3:GetObjectAcl', 's3:GetObjectVersion', 's3:ListBucket']],
    ['Write', ['s3:AbortMultipartUpload', 's3:DeleteObject', 's3:DeleteObjectVersion', 's3:PutObject', 's3:RestoreObject']],
  ],
  'AWS::Serverless::Function': [['Write', ['lambda:InvokeAsync', 'lambda:InvokeFunction']]],
  'AWS::Serverless::SimpleTable': TABLE,
  'AWS::Serverless::StateMachine': [['Read', ['states:DescribeExecution']], ['Write', ['states:StartExecution']]],
  'AWS::SNS::Topic': [['Write', ['sns:Publish']]],
  'AWS::SQS::Queue': [['Read', ['sqs:ReceiveMessage', 'sqs:GetQueueAttributes']], ['Write', ['sqs:SendMessage', 'sqs:ChangeMessageVisibility']]],
  'AWS::StepFunctions::StateMachine': [['Read', ['states:DescribeExecution']], ['Write', ['states:StartExecution']]],
};

/** Types whose `Ref` is the ARN. */
const NAMED_BY_ARN = new Set(['AWS::SNS::Topic', 'AWS::Serverless::StateMachine', 'AWS::StepFunctions::StateMachine']);

/**
 * Writes out the connectors of a SAM template, alone or below their source: a managed policy for the role of a source that is a function or a
 * state machine. What connectors do besides, in policies of queues and permissions of functions, is not written out.
 *
 * @see https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/reference-sam-connector.html
 */
export function makeConnectors(expansion: Expansion): void {
  for (const [logicalId, resource] of Object.entries(expansion.resources)) {
    if (resource.Type === 'AWS::Serverless::Connector') {
      const { Source, Destination, Permissions } = record(resource.Properties);
      makePolicies(expansion, logicalId, logicalId, wordOf(own(Source, 'Id')), Destination, Permissions);
    }
    for (const [name, connector] of Object.entries(record(resource.Connectors))) {
      const { Destination, Permissions } = record(own(connector, 'Properties'));
      makePolicies(expansion, logicalId, `${logicalId}${name}`, logicalId, Destination, Permissions);
    }
  }
}

function makePolicies(expansion: Expansion, origin: string, prefix: string, source: string, destinations: unknown, permissions: unknown): void {
  const role = roleOf(expansion, source);
  if (role === undefined) return;
  list(destinations).forEach((destination, index) => {
    const id = wordOf(own(destination, 'Id'));
    const type = wordOf(expansion.resources[id]?.Type);
    const Action = (RIGHTS[type] ?? []).filter(([permission]) => list(permissions).includes(permission)).flatMap(([, actions]) => actions);
    if (Action.length === 0) return;
    const arn = NAMED_BY_ARN.has(type) ? { Ref: id } : arnOf(id);
    const Resource: readonly unknown[] = [arn, ...type === 'AWS::S3::Bucket' ? [{ 'Fn::Sub': `\${${id}.Arn}/*` }] : []]; // indexes of tables are let be
    make(expansion, origin, `${prefix}Policy${index === 0 ? '' : index}`, 'AWS::IAM::ManagedPolicy', {
      PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource }] }, Roles: [role],
    });
  });
}

/** The role that SAM made for the source, or the one that the source names. */
function roleOf(expansion: Expansion, source: string): unknown {
  const { Type, Properties } = expansion.resources[source] ?? {};
  if (!/^AWS::(Serverless|Lambda|StepFunctions)::(Function|StateMachine)$/.test(wordOf(Type))) return undefined;
  const given = own(Properties, 'Role') ?? own(Properties, 'RoleArn');
  if (given === undefined) return { Ref: `${source}Role` };
  const pointed = own(given, 'Fn::GetAtt') as unknown;
  const id = Array.isArray(pointed) ? pointed[0] as unknown : typeof pointed === 'string' ? pointed.split('.')[0] : undefined;
  return typeof id === 'string' ? { Ref: id } : undefined;
}
