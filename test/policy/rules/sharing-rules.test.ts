import { findings, Resources } from '../support';

const PARAMETER = { Ref: 'SetAtDeployment' };
const FOREIGN = '999988887777';
const statement = (Principal: unknown, more = {}) => ({ Effect: 'Allow', Principal, Action: 'sqs:SendMessage', Resource: '*', ...more });
const queuePolicy = (...Statement: unknown[]): Resources => ({
  Q: { Type: 'AWS::SQS::Queue' }, P: { Type: 'AWS::SQS::QueuePolicy', Properties: { Queues: [{ Ref: 'Q' }], PolicyDocument: { Statement } } },
});
const everybody = (Condition?: unknown) => queuePolicy(statement('*', { Condition }));
const service = (Service: unknown, Condition?: unknown) => queuePolicy(statement({ Service }, { Condition }));
const key = (...Statement: unknown[]): Resources => ({ K: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: { Statement } } } });
const one = (Type: string, Properties: unknown): Resources => ({ X: { Type, Properties } });
const OPEN = { Statement: { Effect: 'Allow', Principal: '*', Action: 'x:Read', Resource: '*' } };
const root = { AWS: { 'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:root' } };
const trusting = (...Statement: unknown[]): Resources => one('AWS::IAM::Role', { AssumeRolePolicyDocument: { Statement } });
const trust = (Principal: unknown, Condition?: unknown, Action: unknown = 'sts:AssumeRole') => trusting({ Effect: 'Allow', Principal, Action, Condition });
const OTHERS = { StringNotEquals: { 'aws:PrincipalAccount': { Ref: 'AWS::AccountId' } } };
const OWN = { F: { Type: 'AWS::Lambda::Function', Properties: { Role: 'arn:aws:iam::111122223333:role/print' } } };

/** rule, what is shown, the resources, and what the rule must say. */
const CASES: readonly [rule: string, name: string, resources: Resources, expected: string[]][] = [
  ['PolicyOpenEveryone', 'a queue for everybody', everybody(), ['PolicyOpenEveryone[queue] at P']],
  ['PolicyOpenEveryone', 'a queue for everybody, in a list', queuePolicy(statement({ AWS: ['*'] })), ['PolicyOpenEveryone[queue] at P']],
  ['PolicyOpenEveryone', 'all but one', queuePolicy({ Effect: 'Allow', NotPrincipal: root, Action: 'sqs:*', Resource: '*' }), ['PolicyOpenEveryone[queue] at P']],
  ['PolicyOpenEveryone', 'nobody', queuePolicy({ ...statement('*'), Effect: 'Deny' }), []],
  ...([
    ['all others are kept out', [{ Ref: 'Q' }, '*'], []],
    ['all others are kept out of the same queue, by its ARN', ['*', { 'Fn::GetAtt': ['Q', 'Arn'] }], []],
    ['all others are kept out of another queue', ['*', { 'Fn::GetAtt': ['Other', 'Arn'] }], ['PolicyOpenEveryone[queue] at P']],
    ['all others are kept out of another queue, which is named', [{ 'Fn::GetAtt': ['Q', 'Arn'] }, 'arn:aws:sqs:eu-west-1:111122223333:other'], ['PolicyOpenEveryone[queue] at P']],
    ['all others are kept out of queues of one name', [{ 'Fn::GetAtt': ['Q', 'Arn'] }, 'arn:aws:sqs:*:*:other-*'], ['PolicyOpenEveryone[queue] at P']],
  ] as const).map(([name, [allowed, denied], expected]): typeof CASES[number] => ['PolicyOpenEveryone', `a queue for everybody, from which ${name}`, {
    ...queuePolicy(statement('*', { Resource: allowed }), { ...statement('*', { Resource: denied, Condition: OTHERS }), Effect: 'Deny' }),
    Other: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'other' } },
  }, [...expected]]),
  ...([
    ['/*', []], ['/private/*', ['ServiceGrantSource[s3] at P']],
  ] as const).map(([path, expected]): typeof CASES[number] => ['ServiceGrantSource', `a bucket that takes from others nowhere but outside of ${path}`, {
    B: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'films' } },
    P: {
      Type: 'AWS::S3::BucketPolicy',
      Properties: {
        Bucket: { Ref: 'B' },
        PolicyDocument: {
          Statement: [
            { Effect: 'Allow', Principal: { Service: 's3.amazonaws.com' }, Action: 's3:PutObject', Resource: 'arn:aws:s3:::films/*' },
            { Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: { 'Fn::Sub': `\${B.Arn}${path}` }, Condition: { StringNotEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } } },
          ],
        },
      },
    },
  }, [...expected]]),
  ['PolicyOpenEveryone', 'an organization', everybody({ StringEquals: { 'aws:PrincipalOrgID': 'o-abcdefghij' } }), []],
  ['PolicyOpenEveryone', 'the same in other letters', everybody({ stringequals: { 'AWS:principalorgid': ['o-abcdefghij'] } }), []],
  ['PolicyOpenEveryone', 'an organization that may be missing', everybody({ StringEqualsIfExists: { 'aws:PrincipalOrgID': 'o-a' } }), ['PolicyOpenEveryone[queue] at P']],
  ['PolicyOpenEveryone', 'all of no values', everybody({ 'ForAllValues:StringEquals': { 'aws:PrincipalOrgID': 'o-a' } }), ['PolicyOpenEveryone[queue] at P']],
  ['PolicyOpenEveryone', 'all other organizations', everybody({ StringNotEquals: { 'aws:PrincipalOrgID': 'o-a' } }), ['PolicyOpenEveryone[queue] at P']],
  ['PolicyOpenEveryone', 'any organization', everybody({ StringLike: { 'aws:PrincipalOrgID': 'o-*' } }), ['PolicyOpenEveryone[queue] at P']],
  ['PolicyOpenEveryone', 'somebody in an organization', everybody({ Null: { 'aws:PrincipalOrgID': 'false' } }), ['PolicyOpenEveryone[queue] at P']],
  ['PolicyOpenEveryone', 'a policy variable', everybody({ StringEquals: { 'aws:PrincipalAccount': '${aws:PrincipalAccount}' } }), ['PolicyOpenEveryone[queue] at P']],
  ['PolicyOpenEveryone', 'half of the internet', everybody({ IpAddress: { 'aws:SourceIp': ['0.0.0.0/1', '128.0.0.0/1'] } }), ['PolicyOpenEveryone[queue] at P']],
  ['PolicyOpenEveryone', 'one network', everybody({ IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } }), []],
  ['PolicyOpenEveryone', 'encrypted requests only', everybody({ Bool: { 'aws:SecureTransport': 'true' } }), ['PolicyOpenEveryone[queue] at P']],
  ['PolicyOpenEveryone', 'a topic of any account', everybody({ ArnLike: { 'aws:SourceArn': 'arn:aws:sns:*:*:orders' } }), ['PolicyOpenEveryone[queue] at P']],
  ['PolicyOpenEveryone', 'a topic of one account', everybody({ ArnLike: { 'aws:SourceArn': 'arn:aws:sns:*:111122223333:orders' } }), []],
  ['PolicyOpenEveryone', 'a pointer to a topic', {
    ...everybody({ ArnEquals: { 'aws:SourceArn': { Ref: 'T' } } }), T: { Type: 'AWS::SNS::Topic' },
  }, []],
  ['PolicyOpenEveryone', 'a value that is set at deployment', everybody({ StringEquals: { 'aws:PrincipalOrgID': PARAMETER } }),
    ['PolicyOpenEveryone[undecided queue] at P']],
  ['PolicyOpenEveryone', 'a condition that may be missing', everybody({ 'Fn::If': ['C', { StringEquals: { 'aws:PrincipalOrgID': 'o-a' } }, { Ref: 'AWS::NoValue' }] }),
    ['PolicyOpenEveryone[queue] at P']],
  ['PolicyOpenEveryone', 'a fence around it', queuePolicy(statement('*'), {
    Effect: 'Deny', Principal: '*', Action: 'sqs:*', Resource: '*', Condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-abcdefghij' }, BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' } },
  }), []],
  ['PolicyOpenEveryone', 'a fence with a gap', queuePolicy(statement('*'), {
    Effect: 'Deny', Principal: '*', Action: 'sqs:DeleteMessage', Resource: '*', Condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-abcdefghij' } },
  }), ['PolicyOpenEveryone[queue] at P']],
  ['PolicyOpenEveryone', 'an inline policy', one('AWS::SQS::QueueInlinePolicy', { Queue: 'q', PolicyDocument: OPEN }), ['PolicyOpenEveryone[queue] at X']],
  ['PolicyOpenEveryone', 'a topic', one('AWS::SNS::TopicInlinePolicy', { TopicArn: 't', PolicyDocument: OPEN }), ['PolicyOpenEveryone[topic] at X']],
  ['PolicyOpenEveryone', 'a secret', one('AWS::SecretsManager::ResourcePolicy', { ResourcePolicy: OPEN }), ['PolicyOpenEveryone[secret] at X']],
  ['PolicyOpenEveryone', 'a table', one('AWS::DynamoDB::Table', { ResourcePolicy: { PolicyDocument: OPEN } }), ['PolicyOpenEveryone[table] at X']],
  ['PolicyOpenEveryone', 'the stream of a table', one('AWS::DynamoDB::Table', { StreamSpecification: { ResourcePolicy: { PolicyDocument: OPEN } } }),
    ['PolicyOpenEveryone[stream] at X']],
  ['PolicyOpenEveryone', 'a replica', one('AWS::DynamoDB::GlobalTable', { Replicas: [{}, { ResourcePolicy: { PolicyDocument: OPEN } }] }),
    ['PolicyOpenEveryone[table] at X']],
  ['PolicyOpenEveryone', 'a bus, in parts', one('AWS::Events::EventBusPolicy', { StatementId: 'all', Action: 'events:PutEvents', Principal: '*' }),
    ['PolicyOpenEveryone[event bus] at X']],
  ['PolicyOpenEveryone', 'a bus for an organization, in parts',
    one('AWS::Events::EventBusPolicy', { Action: 'events:PutEvents', Principal: '*', Condition: { Type: 'StringEquals', Key: 'aws:PrincipalOrgID', Value: 'o-abcdefghij' } }), []],
  ['PolicyOpenEveryone', 'a bus, as a statement', one('AWS::Events::EventBusPolicy', { Statement: OPEN.Statement }), ['PolicyOpenEveryone[event bus] at X']],
  ['PolicyOpenEveryone', 'the policy of a bus', one('AWS::Events::EventBus', { Policy: OPEN }), ['PolicyOpenEveryone[event bus] at X']],
  ['PolicyOpenEveryone', 'log groups, as a text', one('AWS::Logs::ResourcePolicy', { PolicyDocument: JSON.stringify(OPEN) }), ['PolicyOpenEveryone[log group] at X']],
  ['PolicyOpenEveryone', 'log groups, as a text in pieces', one('AWS::Logs::ResourcePolicy', {
    PolicyDocument: { 'Fn::Sub': '{"Statement":[{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"logs:PutLogEvents","Resource":"arn:aws:logs:${AWS::Region}:1:*"}]}' },
  }), ['PolicyOpenEveryone[log group] at X']],
  ['PolicyOpenEveryone', 'a log group', one('AWS::Logs::LogGroup', { ResourcePolicyDocument: OPEN }), ['PolicyOpenEveryone[log group] at X']],
  ['PolicyOpenEveryone', 'a log destination', one('AWS::Logs::Destination', { DestinationPolicy: JSON.stringify(OPEN) }), ['PolicyOpenEveryone[log destination] at X']],
  ['PolicyOpenEveryone', 'an access point', one('AWS::S3::AccessPoint', { Bucket: 'b', Policy: OPEN }), ['PolicyOpenEveryone[bucket] at X']],
  ['PolicyOpenEveryone', 'an access point of a network', one('AWS::S3::AccessPoint', { Bucket: 'b', Policy: OPEN, VpcConfiguration: { VpcId: 'vpc-1' } }), []],
  ['PolicyOpenEveryone', 'a stream', one('AWS::Kinesis::ResourcePolicy', { ResourceArn: 's', ResourcePolicy: OPEN }), ['PolicyOpenEveryone[stream] at X']],
  ['PolicyOpenEveryone', 'a key for the callers of one account', key({
    Effect: 'Allow',
    Principal: { AWS: '*' },
    Action: 'kms:Decrypt',
    Resource: '*',
    Condition: { StringEquals: { 'kms:CallerAccount': { Ref: 'AWS::AccountId' }, 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } },
  }), []],
  ['PolicyOpenEveryone', 'a key for everybody who comes through S3', key({
    Effect: 'Allow', Principal: { AWS: '*' }, Action: 'kms:Decrypt', Resource: '*', Condition: { StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } },
  }), ['PolicyOpenEveryone[key] at K']],
  ['PolicyOpenEveryone', 'a file system through its mount targets', one('AWS::EFS::FileSystem', {
    FileSystemPolicy: { Statement: { Effect: 'Allow', Principal: { AWS: '*' }, Action: 'elasticfilesystem:ClientMount', Condition: { Bool: { 'elasticfilesystem:AccessedViaMountTarget': 'true' } } } },
  }), []],
  ['PolicyOpenEveryone', 'a policy that is set at deployment', one('AWS::SQS::QueuePolicy', { PolicyDocument: PARAMETER }), ['PolicyOpenEveryone[undecided] at X']],

  ['PolicyForeignAccount', 'another account', queuePolicy(statement({ AWS: `arn:aws:iam::${FOREIGN}:root` })), [`PolicyForeignAccount[${FOREIGN}] at P`]],
  ['PolicyForeignAccount', 'its id', queuePolicy(statement({ AWS: [FOREIGN] })), [`PolicyForeignAccount[${FOREIGN}] at P`]],
  ['PolicyForeignAccount', 'everybody of another account', everybody({ StringEquals: { 'aws:PrincipalAccount': FOREIGN } }), [`PolicyForeignAccount[${FOREIGN}] at P`]],
  ['PolicyForeignAccount', 'the own account', queuePolicy(statement(root)), []],
  ['PolicyForeignAccount', 'the own account by its number', {
    ...queuePolicy(statement({ AWS: 'arn:aws:iam::111122223333:role/sender' })), ...OWN,
  }, []],
  ['PolicyForeignAccount', 'the own account in a converted template',
    queuePolicy(statement({ AWS: '111122223333' }, { Resource: 'arn:aws:sqs:eu-west-1:111122223333:orders' })), []],
  ['PolicyForeignAccount', 'another account of the organization', queuePolicy(statement({ AWS: FOREIGN }, { Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a' } } })), []],
  ['PolicyForeignAccount', 'the log account of Elastic Load Balancing', one('AWS::S3::BucketPolicy', {
    PolicyDocument: { Statement: statement({ AWS: 'arn:aws:iam::127311923021:root' }) },
  }), []],
  ['PolicyForeignAccount', 'a function for another account', one('AWS::Lambda::Permission', { Action: 'lambda:InvokeFunction', FunctionName: 'f', Principal: FOREIGN }),
    [`PolicyForeignAccount[${FOREIGN}] at X`]],
  ['ForeignAccountAgreed', 'another account of the organization', queuePolicy(statement({ AWS: FOREIGN }, { Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a' } } })),
    [`ForeignAccountAgreed[${FOREIGN}] at P`]],
  ['ForeignAccountAgreed', 'a topic of another account', { ...service('sns.amazonaws.com', { ArnLike: { 'aws:SourceArn': `arn:aws:sns:eu-west-1:${FOREIGN}:t` } }), ...OWN },
    [`ForeignAccountAgreed[${FOREIGN}] at P`]],
  ['ForeignAccountAgreed', 'a topic of an account that may be the own one', service('sns.amazonaws.com', { ArnLike: { 'aws:SourceArn': `arn:aws:sns:eu-west-1:${FOREIGN}:t` } }), []],
  ['ForeignAccountAgreed', 'a layer for another account', one('AWS::Lambda::LayerVersionPermission', { Action: 'lambda:GetLayerVersion', LayerVersionArn: 'l', Principal: FOREIGN }),
    [`ForeignAccountAgreed[${FOREIGN}] at X`]],

  ['LayerOpenEveryone', 'everybody', one('AWS::Lambda::LayerVersionPermission', { Principal: '*' }), ['LayerOpenEveryone at X']],
  ['LayerOpenEveryone', 'an organization', one('AWS::Lambda::LayerVersionPermission', { Principal: '*', OrganizationId: 'o-abcdefghij' }), []],
  ['LayerOpenEveryone', 'an account', one('AWS::Lambda::LayerVersionPermission', { Principal: { Ref: 'AWS::AccountId' } }), []],

  ['SecretPolicyBlock', 'nothing said', one('AWS::SecretsManager::ResourcePolicy', { ResourcePolicy: OPEN }), ['SecretPolicyBlock at X']],
  ['SecretPolicyBlock', 'as a text', one('AWS::SecretsManager::ResourcePolicy', { BlockPublicPolicy: 'true' }), []],

  ...['AWS::OpenSearchService::Domain', 'AWS::Elasticsearch::Domain'].flatMap((type): [string, string, Resources, string[]][] => [
    ['PolicyOpenEveryone', `a search domain: ${type}`, one(type, { AccessPolicies: { Statement: statement('*') } }), ['PolicyOpenEveryone[resource] at X']],
    ['PolicyOpenEveryone', `a search domain in a network: ${type}`, one(type, { AccessPolicies: { Statement: statement('*') }, VPCOptions: { SubnetIds: ['s'] } }), []],
  ]),
  ['ServiceGrantSource', 'a service for everybody', service('sns.amazonaws.com'), ['ServiceGrantSource[sns] at P']],
  ['ServiceGrantSource', 'a service of a region', service({ 'Fn::Sub': 'logs.${AWS::Region}.${AWS::URLSuffix}' }), ['ServiceGrantSource[logs] at P']],
  ['ServiceGrantSource', 'two services', service(['sns.amazonaws.com', 's3.amazonaws.com'], { Bool: { 'aws:SecureTransport': true } }),
    ['ServiceGrantSource[s3] at P', 'ServiceGrantSource[sns] at P']],
  ['ServiceGrantSource', 'a source', service('sns.amazonaws.com', { ArnEquals: { 'AWS:SourceArn': 'arn:aws:sns:eu-west-1:111122223333:orders' } }), []],
  ['ServiceGrantSource', 'a bucket by its name', service('s3.amazonaws.com', { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::receipts' } }), []],
  ['ServiceGrantSource', 'buckets of everybody', service('s3.amazonaws.com', { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:*:*:*' } }), ['ServiceGrantSource[s3] at P']],
  ['ServiceGrantSource', 'the own account', service('sns.amazonaws.com', { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } }), []],
  ['ServiceGrantSource', 'an account if it is told', service('sns.amazonaws.com', { StringEqualsIfExists: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } }),
    ['ServiceGrantSource[sns] at P']],
  ['ServiceGrantSource', 'an account that is set at deployment', service('sns.amazonaws.com', { StringEquals: { 'aws:SourceAccount': PARAMETER } }),
    ['ServiceGrantSource[undecided sns] at P']],
  ['ServiceGrantSource', 'a key with a context', key({
    Effect: 'Allow',
    Principal: { Service: 'logs.eu-west-1.amazonaws.com' },
    Action: 'kms:Decrypt',
    Condition: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': { 'Fn::Sub': 'arn:aws:logs:${AWS::Region}:${AWS::AccountId}:*' } } },
  }), []],
  ['ServiceGrantSource', 'a key without, for more than its use', key({ Effect: 'Allow', Principal: { Service: 'sns.amazonaws.com' }, Action: ['kms:Decrypt', 'kms:CreateGrant'] }),
    ['ServiceGrantSource[sns] at K']],
  ...['ServiceGrantSource', 'ServiceGrantCustomary'].map((rule): [string, string, Resources, string[]] => [rule, 'a key that a service may use', key({
    Effect: 'Allow', Principal: { Service: 'sns.amazonaws.com' }, Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
  }), rule === 'ServiceGrantSource' ? [] : ['ServiceGrantCustomary[sns] at K']]),
  ['ServiceGrantCustomary', 'a topic that rules write to', one('AWS::SNS::TopicPolicy', {
    PolicyDocument: { Statement: { Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sns:Publish', Resource: '*' } },
  }), ['ServiceGrantCustomary[events] at X']],
  ['ServiceGrantCustomary', 'a rotation that calls', one('AWS::Lambda::Permission', { Action: 'lambda:InvokeFunction', Principal: 'secretsmanager.amazonaws.com', FunctionName: 'f' }),
    ['ServiceGrantCustomary[secretsmanager] at X']],
  ['ServiceGrantCustomary', 'a rotation of this account', one('AWS::Lambda::Permission', {
    Action: 'lambda:InvokeFunction', Principal: 'secretsmanager.amazonaws.com', FunctionName: 'f', SourceAccount: { Ref: 'AWS::AccountId' },
  }), []],
  ['ServiceGrantCustomary', 'an account that is set at deployment', one('AWS::Lambda::Permission', {
    Action: 'lambda:InvokeFunction', Principal: 'secretsmanager.amazonaws.com', FunctionName: 'f', SourceAccount: PARAMETER,
  }), ['ServiceGrantCustomary[undecided secretsmanager] at X']],
  ['ServiceGrantCustomary', 'a queue, which another rule judges', service('sns.amazonaws.com'), []],
  ['ServiceGrantSource', 'a principal of the account', queuePolicy(statement(root)), []],
  ['ServiceGrantSource', 'logs of load balancers, which name no source', one('AWS::S3::BucketPolicy', {
    PolicyDocument: { Statement: statement({ Service: 'logdelivery.elasticloadbalancing.amazonaws.com' }) },
  }), []],

  ['PolicyActionWildcard', 'every action', queuePolicy(statement(root, { Action: 'sqs:*' })), ['PolicyActionWildcard[sqs:*] at P']],
  ['PolicyActionWildcard', 'every action, in other letters', queuePolicy(statement(root, { Action: ['SQS:*'] })), ['PolicyActionWildcard[SQS:*] at P']],
  ['PolicyActionWildcard', 'all but one', queuePolicy({ Effect: 'Allow', Principal: root, NotAction: 'sqs:DeleteQueue' }), ['PolicyActionWildcard[NotAction] at P']],
  ['PolicyActionWildcard', 'some by a pattern', queuePolicy(statement(root, { Action: 'sqs:Get*' })), []],
  ['PolicyActionWildcard', 'the default statement of a key', key({ Effect: 'Allow', Principal: root, Action: 'kms:*', Resource: '*' }), []],
  ['PolicyActionWildcard', 'a key for a role', key({ Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::111122223333:role/a' }, Action: 'kms:*' }), ['PolicyActionWildcard[kms:*] at K']],
  ['PolicyActionWildcard', 'a denial', queuePolicy({ Effect: 'Deny', Principal: '*', Action: 'sqs:*' }), []],
  ['PolicyActionWildcard', 'a role that may be assumed in any way', trust({ Service: 'lambda.amazonaws.com' }, undefined, 'sts:*'), ['PolicyActionWildcard[sts:*] at X']],

  ['EndpointPolicyOpen', 'no policy', one('AWS::EC2::VPCEndpoint', { ServiceName: 'com.amazonaws.eu-west-1.s3' }), ['EndpointPolicyOpen at X']],
  ['EndpointPolicyOpen', 'everything', one('AWS::EC2::VPCEndpoint', { PolicyDocument: { Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }] } }), ['EndpointPolicyOpen at X']],
  ['EndpointPolicyOpen', 'own resources', one('AWS::EC2::VPCEndpoint', {
    PolicyDocument: { Statement: { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*', Condition: { StringEquals: { 'aws:ResourceOrgID': 'o-abcdefghij' } } } },
  }), []],
  ...(['*', 'execute-api:Invoke'] as const).flatMap((Action) => [
    { StringLike: { 'aws:PrincipalOrgID': '*' } }, { StringLike: { 'aws:PrincipalOrgID': ['o-abcdefghij', '**'] } }, { ArnLike: { 'aws:PrincipalArn': '*' } },
  ].map((Condition): [string, string, Resources, string[]] => ['EndpointPolicyOpen', `${Action} under a condition that closes nothing: ${JSON.stringify(Condition)}`,
    one('AWS::EC2::VPCEndpoint', { PolicyDocument: { Statement: { Effect: 'Allow', Principal: '*', Action, Resource: '*', Condition } } }), ['EndpointPolicyOpen at X']])),
  ['EndpointPolicyOpen', 'calls of the own organization', one('AWS::EC2::VPCEndpoint', {
    PolicyDocument: {
      Statement: {
        Effect: 'Allow', Principal: '*', Action: 'execute-api:Invoke', Resource: '*', Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-abcdefghij' } },
      },
    },
  }), []],
  ['EndpointPolicyOpen', 'one bucket', one('AWS::EC2::VPCEndpoint', { PolicyDocument: { Statement: { Effect: 'Allow', Principal: '*', Action: 's3:*', Resource: 'arn:aws:s3:::b/*' } } }), []],
  ['EndpointPolicyOpen', 'a service that takes no policy', one('AWS::EC2::VPCEndpoint', { ServiceName: 'com.amazonaws.vpce.eu-west-1.vpce-svc-1' }), []],

  ['RoleTrustEveryone', 'everybody', trust({ AWS: '*' }), ['RoleTrustEveryone at X']],
  ['RoleTrustEveryone', 'everybody who knows an id', trust('*', { StringEquals: { 'sts:ExternalId': 'x' } }), ['RoleTrustEveryone at X']],
  ['RoleTrustEveryone', 'an organization', trust('*', { StringEquals: { 'aws:PrincipalOrgID': 'o-abcdefghij' } }), []],
  ['RoleTrustEveryone', 'any account', trust({ AWS: 'arn:aws:iam::*:root' }), ['RoleTrustEveryone at X']],
  ['RoleTrustEveryone', 'a service', trust({ Service: 'lambda.amazonaws.com' }), []],
  ['RoleTrustForeign', 'another account', trust({ AWS: `arn:aws:iam::${FOREIGN}:root` }), [`RoleTrustForeign[${FOREIGN}] at X`]],
  ['RoleTrustForeign', 'another account that knows an id', trust({ AWS: FOREIGN }, { StringEquals: { 'sts:ExternalId': 'agreed' } }), []],
  ['RoleTrustForeign', 'the own account', trust(root), []],
  ['RoleTrustServices', 'two services', trust({ Service: ['lambda.amazonaws.com', 'states.amazonaws.com'] }), ['RoleTrustServices[lambda and states] at X']],
  ['RoleTrustServices', 'two services in two statements', trusting(
    { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
    { Effect: 'Allow', Principal: { AWS: { 'Fn::Join': ['', ['arn:aws:iam::', { Ref: 'AWS::AccountId' }, ':root']] } }, Action: 'sts:AssumeRole' },
  ), ['RoleTrustServices[lambda and account] at X']],
  ['RoleTrustServices', 'a function at the edge', trust({ Service: ['lambda.amazonaws.com', 'edgelambda.amazonaws.com'] }), []],
  ['RoleTrustServices', 'one service in two regions', trust({ Service: ['logs.eu-west-1.amazonaws.com', 'logs.amazonaws.com'] }), []],
  ['RoleTrustSource', 'a schedule of anybody', trust({ Service: 'scheduler.amazonaws.com' }), ['RoleTrustSource[scheduler] at X']],
  ['RoleTrustSource', 'a schedule of the own account', trust({ Service: 'scheduler.amazonaws.com' }, { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } }), []],
  ['RoleTrustSource', 'Lambda, which names no source', trust({ Service: 'lambda.amazonaws.com' }), []],
  ['RoleTrustSource', 'the log role of API Gateway', {
    ...trust({ Service: 'apigateway.amazonaws.com' }), A: { Type: 'AWS::ApiGateway::Account', Properties: { CloudWatchRoleArn: { 'Fn::GetAtt': ['X', 'Arn'] } } },
  }, []],
  ['RoleTrustSource', 'a policy that is set at deployment', one('AWS::IAM::Role', { AssumeRolePolicyDocument: PARAMETER }), ['RoleTrustSource[undecided] at X']],
];

test.each(CASES)('%s: %s', (rule, _name, resources, expected) => {
  expect(findings(rule, resources)).toEqual(expected);
});

describe('RoleTrustForeign: an account that a parameter names', () => {
  const PARAMETERS = {
    Parameters: {
      Partner: { Type: 'String' },
      Number: { Type: 'String', AllowedPattern: '^\\d{12}$' },
      VendorAccounts: { Type: 'CommaDelimitedList' },
      AccountId: { Type: 'String' },
      Usual: { Type: 'String', Default: '111122223333' },
      Stored: { Type: 'AWS::SSM::Parameter::Value<String>' },
      Principal: { Type: 'String' },
    },
  };
  const arnOf = (account: unknown) => ({ AWS: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::', account, ':root']] } });

  test.each<[string, unknown, unknown, string[]]>([
    ['in an ARN', arnOf({ Ref: 'Partner' }), undefined, ['RoleTrustForeign[parameter Partner] at X']],
    ['in the ARN of a role', { AWS: [{ 'Fn::Sub': 'arn:aws:iam::${Partner}:role/${Principal}' }] }, undefined, ['RoleTrustForeign[parameter Partner] at X']],
    ['by what it accepts', { AWS: { Ref: 'Number' } }, undefined, ['RoleTrustForeign[parameter Number] at X']],
    ['in a list', { AWS: { Ref: 'VendorAccounts' } }, undefined, ['RoleTrustForeign[parameter VendorAccounts] at X']],
    ['the first of a list', arnOf({ 'Fn::Select': ['0', { Ref: 'VendorAccounts' }] }), undefined, ['RoleTrustForeign[parameter VendorAccounts] at X']],
    ['under an id that may be any', arnOf({ Ref: 'Partner' }), { StringLike: { 'sts:ExternalId': '*' } }, ['RoleTrustForeign[parameter Partner] at X']],
    ['under an id that was agreed upon', arnOf({ Ref: 'Partner' }), { StringEquals: { 'sts:ExternalId': { Ref: 'Principal' } } }, []],
    ['the own one, by its name', arnOf({ Ref: 'AccountId' }), undefined, []],
    ['the own one, by its default', arnOf({ Ref: 'Usual' }), undefined, []],
    ['one that is stored elsewhere', arnOf({ Ref: 'Stored' }), undefined, []],
    ['any principal', { AWS: { Ref: 'Principal' } }, undefined, []],
  ])('%s', (_name, principal, condition, expected) => {
    expect(findings('RoleTrustForeign', { ...OWN, ...trust(principal, condition) }, undefined, PARAMETERS)).toEqual(expected);
  });
});
