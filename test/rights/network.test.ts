import { Stack } from 'aws-cdk-lib';
import { Role } from 'aws-cdk-lib/aws-iam';
import { ACCOUNT, Deployed, deployed } from './support/deployed';
import { decide, RequestContext, Statement } from './support/iam-to-cedar';
import { allowed, denied, rights } from './support/rights';
import { StackDataKey } from '../../src/core/keys/stack-data-key';
import { NetworkEndpoint } from '../../src/network/network-endpoint';
import { SecureNetwork } from '../../src/network/secure-network';
import { SecureNetworkProps } from '../../src/network/secure-network-props';
import { testStack } from '../support/apps';

const FOREIGN = '444455556666';
const TRUSTED = '777788889999';
const FUNCTION = `arn:aws:iam::${ACCOUNT}:role/function`;
const STRANGER = `arn:aws:iam::${FOREIGN}:role/stranger`;

/** Who signed, for whose resource. */
const signed = (account: string, owner: string, more: RequestContext = {}): RequestContext => ({ 'aws:PrincipalAccount': account, 'aws:ResourceAccount': owner, ...more });

function network(props: SecureNetworkProps): Deployed {
  const stack = testStack({ env: { account: ACCOUNT, region: 'eu-west-1' } });
  new SecureNetwork(stack, 'Network', { endpoints: [NetworkEndpoint.SQS, NetworkEndpoint.XRAY, NetworkEndpoint.EXECUTE_API], ...props });
  return deployed(stack);
}

/** Whether the endpoint of a service lets a request pass; the rights of the caller are judged elsewhere. */
function passes(made: Deployed, service: string, caller: string | undefined, action: string, resource: string, context: RequestContext): boolean {
  const endpoint = Object.values(made.resources).find(({ type, properties }) => type === 'AWS::EC2::VPCEndpoint' && String(properties.ServiceName).endsWith(`.${service}`));
  const { Statement: statements } = endpoint!.properties.PolicyDocument as { Statement: Statement[] };
  return decide(statements, { principals: [caller ?? 'anonymous'], action, resource, context });
}

type Passage = readonly [boolean, string, string | undefined, string, string, RequestContext];

const through = (title: string, props: SecureNetworkProps, passages: readonly Passage[]) => describe(title, () => {
  const made = network(props);
  test.each(passages)('lets pass (%s) to %s: %s %s on %s with %j', (expected, ...passage) => {
    expect(passes(made, ...passage)).toBe(expected);
  });
});

const QUEUE = `arn:aws:sqs:eu-west-1:${ACCOUNT}:jobs`;
const API = (account: string) => `arn:aws:execute-api:eu-west-1:${account}:abc/prod/GET/orders`;

through('the endpoints of a network', {}, [
  [true, 'sqs', FUNCTION, 'sqs:SendMessage', QUEUE, signed(ACCOUNT, ACCOUNT)],
  [false, 'sqs', FUNCTION, 'sqs:SendMessage', `arn:aws:sqs:eu-west-1:${FOREIGN}:loot`, signed(ACCOUNT, FOREIGN)],
  [false, 'sqs', STRANGER, 'sqs:SendMessage', `arn:aws:sqs:eu-west-1:${FOREIGN}:loot`, signed(FOREIGN, FOREIGN)],
  [false, 'sqs', STRANGER, 'sqs:SendMessage', QUEUE, signed(FOREIGN, ACCOUNT)],
  [false, 'sqs', undefined, 'sqs:SendMessage', QUEUE, { 'aws:ResourceAccount': ACCOUNT }],
  [true, 's3', FUNCTION, 's3:PutObject', 'arn:aws:s3:::shop/a', signed(ACCOUNT, ACCOUNT)],
  [false, 's3', FUNCTION, 's3:PutObject', 'arn:aws:s3:::loot/a', signed(ACCOUNT, FOREIGN)],
  [false, 's3', STRANGER, 's3:PutObject', 'arn:aws:s3:::loot/a', signed(FOREIGN, FOREIGN)], // a presigned URL
  [false, 's3', undefined, 's3:GetObject', 'arn:aws:s3:::public/tool', { 'aws:ResourceAccount': FOREIGN }],
  [true, 'dynamodb', FUNCTION, 'dynamodb:PutItem', `arn:aws:dynamodb:eu-west-1:${ACCOUNT}:table/orders`, signed(ACCOUNT, ACCOUNT)],
  [false, 'dynamodb', FUNCTION, 'dynamodb:PutItem', `arn:aws:dynamodb:eu-west-1:${FOREIGN}:table/loot`, signed(ACCOUNT, FOREIGN)],
  [true, 'xray', FUNCTION, 'xray:PutTraceSegments', '*', signed(ACCOUNT, ACCOUNT)], // without a resource the account is the caller's
  [false, 'xray', STRANGER, 'xray:PutTraceSegments', '*', signed(FOREIGN, FOREIGN)],
]);

through('the endpoint of private APIs', { trustedAccounts: [TRUSTED] }, [
  [true, 'execute-api', undefined, 'execute-api:Invoke', API(ACCOUNT), {}],
  [true, 'execute-api', undefined, 'execute-api:Invoke', API(TRUSTED), {}],
  [false, 'execute-api', undefined, 'execute-api:Invoke', API(FOREIGN), {}],
  [false, 'execute-api', FUNCTION, 'execute-api:Invoke', API(FOREIGN), signed(ACCOUNT, FOREIGN)],
  [false, 'execute-api', FUNCTION, 'execute-api:ManageConnections', API(ACCOUNT), signed(ACCOUNT, ACCOUNT)],
]);

through('the endpoints of a network with trusted accounts', { trustedAccounts: [TRUSTED] }, [
  [true, 'sqs', FUNCTION, 'sqs:SendMessage', QUEUE, signed(ACCOUNT, ACCOUNT)],
  [true, 'sqs', FUNCTION, 'sqs:SendMessage', `arn:aws:sqs:eu-west-1:${TRUSTED}:jobs`, signed(ACCOUNT, TRUSTED)],
  [false, 'sqs', STRANGER, 'sqs:SendMessage', `arn:aws:sqs:eu-west-1:${TRUSTED}:jobs`, signed(TRUSTED, TRUSTED)],
  [false, 'sqs', FUNCTION, 'sqs:SendMessage', `arn:aws:sqs:eu-west-1:${FOREIGN}:loot`, signed(ACCOUNT, FOREIGN)],
]);

const ORG = { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5', 'aws:ResourceOrgID': 'o-a1b2c3d4e5' };

through('the endpoints of a network of an organization', { organizationId: 'o-a1b2c3d4e5' }, [
  [true, 'sqs', FUNCTION, 'sqs:SendMessage', QUEUE, signed(ACCOUNT, TRUSTED, ORG)],
  [false, 'sqs', FUNCTION, 'sqs:SendMessage', QUEUE, signed(ACCOUNT, FOREIGN, { ...ORG, 'aws:ResourceOrgID': 'o-9z9z9z9z9z' })],
  [false, 'sqs', STRANGER, 'sqs:SendMessage', QUEUE, signed(FOREIGN, ACCOUNT, { ...ORG, 'aws:PrincipalOrgID': 'o-9z9z9z9z9z' })],
  [false, 'sqs', FUNCTION, 'sqs:SendMessage', QUEUE, signed(ACCOUNT, ACCOUNT, { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' })],
]);

function logs(stack: Stack) {
  const made = new SecureNetwork(stack, 'Network');
  const role = made.node.findChild('FlowLogRole') as Role;
  const groups = { flows: made.flowLogGroup.logGroupArn, queries: made.queryLogGroup.logGroupArn };
  return { role, names: { ...groups, role: role.roleArn, key: StackDataKey.of(stack).keyArn } };
}

const FLOW_LOG = `arn:aws:ec2:eu-west-1:${ACCOUNT}:vpc-flow-log/fl-1`;

rights('the flow log service', (stack) => ({ ...logs(stack).names, who: 'vpc-flow-logs.amazonaws.com' }), [
  allowed('sts:AssumeRole', '{role}', { 'aws:SourceAccount': ACCOUNT, 'aws:SourceArn': FLOW_LOG }),
  denied('sts:AssumeRole', '{role}', { 'aws:SourceAccount': FOREIGN, 'aws:SourceArn': `arn:aws:ec2:eu-west-1:${FOREIGN}:vpc-flow-log/fl-1` }),
  denied('sts:AssumeRole', '{role}'),
]);

rights('the role of the flow log', (stack) => {
  const { role, names } = logs(stack);
  return { ...names, who: role };
}, [
  allowed('logs:CreateLogStream', '{flows}'),
  allowed('logs:PutLogEvents', '{flows}'),
  denied('logs:PutLogEvents', '{queries}'),
  denied('logs:CreateLogGroup', '{flows}'),
  denied('logs:DeleteLogGroup', '{flows}'),
  denied('iam:PassRole', '{role}'),
]);

const LOG_CONTEXT = (account: string) => ({ 'kms:EncryptionContext:aws:logs:arn': `arn:aws:logs:eu-west-1:${account}:log-group:x` });

rights('CloudWatch Logs and the key of the logs', (stack) => ({ ...logs(stack).names, who: 'logs.eu-west-1.amazonaws.com' }), [
  allowed('kms:GenerateDataKey', '{key}', LOG_CONTEXT(ACCOUNT)),
  denied('kms:GenerateDataKey', '{key}', LOG_CONTEXT(FOREIGN)),
  denied('kms:GenerateDataKey', '{key}'),
]);
