import { AppModel } from '../../../src/model/resources/app-model';
import { modelOf, modelOfStacks } from '../../policy/support';

const named = (Type: string, Properties: unknown) => ({ Type, Properties });

/** What the property `V` of the resource `R` leads to. */
function found(V: unknown, resources: { readonly [logicalId: string]: unknown }, rest = {}): [target: string | undefined, parts: string[]] {
  const app = modelOf({ ...resources, R: { Type: 'X', Properties: { V } } }, rest);
  const value = app.ofType('X')[0].property('V');
  return [app.target(value)?.logicalId, app.targets(value).map(({ logicalId }) => logicalId)];
}

const ORDERS = {
  Bucket: named('AWS::S3::Bucket', { BucketName: 'orders-receipts' }),
  Queue: named('AWS::SQS::Queue', { QueueName: 'orders-queue' }),
  Table: named('AWS::DynamoDB::Table', { TableName: 'orders' }),
  Topic: named('AWS::SNS::Topic', { TopicName: { 'Fn::Sub': '${AWS::StackName}-news' } }),
  Fn: named('AWS::Lambda::Function', { FunctionName: { 'Fn::Join': ['-', [{ Ref: 'Stage' }, 'handler']] } }),
  Role: named('AWS::IAM::Role', { RoleName: 'orders-role', Path: '/app/' }),
  Secret: named('AWS::SecretsManager::Secret', { Name: 'orders/db' }),
  Group: named('AWS::Logs::LogGroup', { LogGroupName: '/aws/lambda/orders' }),
  Machine: named('AWS::StepFunctions::StateMachine', { StateMachineName: 'orders-flow' }),
  Bus: named('AWS::Events::EventBus', { Name: 'orders-bus' }),
  Alias: named('AWS::KMS::Alias', { AliasName: 'alias/orders' }),
};
const rest = { Parameters: { Stage: { Type: 'String' } } };

describe('A resource that is called by its name', () => {
  test.each([
    ['a name', 'orders-receipts', 'Bucket'],
    ['the ARN of a bucket', 'arn:aws:s3:::orders-receipts', 'Bucket'],
    ['an ARN with pseudo parameters', { 'Fn::Sub': 'arn:${AWS::Partition}:sqs:${AWS::Region}:${AWS::AccountId}:orders-queue' }, 'Queue'],
    ['the URL of a queue', { 'Fn::Sub': 'https://sqs.${AWS::Region}.amazonaws.com/${AWS::AccountId}/orders-queue' }, 'Queue'],
    ['the ARN of a table', 'arn:aws:dynamodb:eu-west-1:111122223333:table/orders', 'Table'],
    ['a name with a pseudo parameter', { 'Fn::Sub': 'arn:aws:sns:${AWS::Region}:${AWS::AccountId}:${AWS::StackName}-news' }, 'Topic'],
    ['a name with the same parameter', { 'Fn::Sub': 'arn:aws:lambda:${AWS::Region}:${AWS::AccountId}:function:${Stage}-handler' }, 'Fn'],
    ['the ARN that API Gateway calls', {
      'Fn::Sub': 'arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/arn:aws:lambda:${AWS::Region}:${AWS::AccountId}:function:${Stage}-handler/invocations',
    }, 'Fn'],
    ['the ARN of a role with a path', 'arn:aws:iam::111122223333:role/app/orders-role', 'Role'],
    ['the ARN of a secret', 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:orders/db-a1B2c3', 'Secret'],
    ['the ARN of a secret with a wildcard', 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:orders/db-??????', 'Secret'],
    ['the ARN of a log group', 'arn:aws:logs:eu-west-1:111122223333:log-group:/aws/lambda/orders:*', 'Group'],
    ['the ARN of a state machine', 'arn:aws:states:eu-west-1:111122223333:stateMachine:orders-flow', 'Machine'],
    ['the ARN of a bus', 'arn:aws:events:eu-west-1:111122223333:event-bus/orders-bus', 'Bus'],
    ['an alias of a key', 'alias/orders', 'Alias'],
    ['nothing of the app', 'arn:aws:sqs:eu-west-1:111122223333:other', undefined],
    ['a managed policy of AWS', 'arn:aws:iam::aws:policy/orders-role', undefined],
    ['the name of another service', 'arn:aws:sns:eu-west-1:111122223333:orders-queue', undefined],
  ])('%s', (_name, value, logicalId) => {
    expect(found(value, ORDERS, rest)[0]).toBe(logicalId);
  });

  test.each([
    ['objects', 'arn:aws:s3:::orders-receipts/*', 'Bucket'],
    ['an index', { 'Fn::Sub': 'arn:aws:dynamodb:${AWS::Region}:${AWS::AccountId}:table/orders/index/*' }, 'Table'],
    ['an alias of a function', { 'Fn::Sub': 'arn:aws:lambda:${AWS::Region}:${AWS::AccountId}:function:${Stage}-handler:live' }, 'Fn'],
  ])('%s in it: they are not the resource, and lead to it', (_name, value, logicalId) => {
    expect(found(value, ORDERS, rest)).toEqual([undefined, [logicalId]]);
  });

  test('is told apart by type where two share a name', () => {
    const app = modelOf({ Q: named('AWS::SQS::Queue', { QueueName: 'orders' }), T: named('AWS::SNS::Topic', { TopicName: 'orders' }) });
    expect(app.target('orders')).toBeUndefined();
    expect(app.named('orders', 'AWS::SNS::Topic')?.logicalId).toBe('T');
  });

  test.each([
    ['another account', 'arn:aws:sqs:eu-west-1:444455556666:orders', undefined],
    ['another region', 'arn:aws:sqs:us-east-1:111122223333:orders', undefined],
    ['the same place', 'arn:aws:sqs:eu-west-1:111122223333:orders', 'Q'],
  ])('in %s', (_name, arn, logicalId) => {
    const app: AppModel = modelOfStacks({
      id: 'S', region: 'eu-west-1', account: '111122223333', template: { Resources: { Q: named('AWS::SQS::Queue', { QueueName: 'orders' }) } },
    });
    expect(app.target(arn)?.logicalId).toBe(logicalId);
  });

  test('is found behind the default of a parameter', () => {
    expect(found({ Ref: 'P' }, ORDERS, { Parameters: { ...rest.Parameters, P: { Type: 'String', Default: 'orders-receipts' } } })[0]).toBe('Bucket');
  });
});
