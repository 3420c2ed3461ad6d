import { isCustomary } from '../../src/iam/rules/service-grant-rules';
import { Statement } from '../../src/model/rights/iam';
import { PolicyKind } from '../../src/model/rights/policy-places';
import { findings, Resources } from '../policy/support';

/**
 * The lists that rules on rights go by, once more by hand: an action that falls out of a list makes its rule silent, and no other test would notice.
 */
const allow = (Action: unknown, Resource: unknown, more = {}) => ({ Effect: 'Allow', Action, Resource, ...more });
const ofFunction = (...statements: unknown[]): Resources => ({
  F: { Type: 'AWS::Lambda::Function', Properties: { Role: { 'Fn::GetAtt': ['R', 'Arn'] } } },
  R: { Type: 'AWS::IAM::Role', Properties: { RoleName: 'print-role' } },
  P: { Type: 'AWS::IAM::Policy', Properties: { Roles: [{ Ref: 'R' }], PolicyDocument: { Statement: statements } } },
});
const listed = (text: string): string[] => text.trim().split(/\s+/);

test.each(listed(`
  AddUserToGroup AttachGroupPolicy AttachRolePolicy AttachUserPolicy CreateAccessKey CreateLoginProfile CreatePolicyVersion
  DeleteRolePermissionsBoundary DeleteUserPermissionsBoundary PutGroupPolicy PutRolePermissionsBoundary PutRolePolicy PutUserPolicy
  SetDefaultPolicyVersion UpdateAssumeRolePolicy UpdateLoginProfile
`))('iam:%s gives more rights', (name) => {
  expect(findings('IamPrivilegeEscalation', ofFunction(allow(`iam:${name}`, '*')))).toEqual([`IamPrivilegeEscalation[iam:${name}] at P`]);
});

test.each(listed(`
  AddLayerVersionPermission AddPermission CreateEventSourceMapping CreateFunction CreateFunctionUrlConfig PublishLayerVersion UpdateAlias
  UpdateFunctionCode UpdateFunctionConfiguration UpdateFunctionUrlConfig
`))('lambda:%s changes code, settings or callers', (name) => {
  expect(findings('FunctionCodeRights', ofFunction(allow(`lambda:${name}`, 'x')))).toEqual([`FunctionCodeRights[lambda:${name}] at P`]);
});

test.each(listed('CreateGrant DisableKey PutKeyPolicy ReplicateKey ScheduleKeyDeletion UpdatePrimaryRegion'))('kms:%s controls a key', (name) => {
  expect(findings('KeyControlRights', ofFunction(allow(`kms:${name}`, 'x')))).toEqual([`KeyControlRights[kms:${name}] at P`]);
});

test.each(listed(`
  dynamodb:DeleteBackup dynamodb:DeleteResourcePolicy dynamodb:DeleteTable dynamodb:PutResourcePolicy dynamodb:UpdateContinuousBackups
  events:DeleteEventBus events:PutPermission events:RemovePermission kinesis:DeleteStream kinesis:PutResourcePolicy kinesis:StopStreamEncryption
  s3:DeleteBucket s3:DeleteBucketPolicy s3:PutBucketAcl s3:PutBucketPolicy s3:PutBucketPublicAccessBlock s3:PutBucketVersioning
  s3:PutEncryptionConfiguration s3:PutLifecycleConfiguration s3:PutObjectAcl secretsmanager:DeleteResourcePolicy secretsmanager:DeleteSecret
  secretsmanager:PutResourcePolicy secretsmanager:ReplicateSecretToRegions sns:AddPermission sns:DeleteTopic sns:SetTopicAttributes
  sqs:AddPermission sqs:DeleteQueue sqs:SetQueueAttributes
`))('%s controls a store', (action) => {
  expect(findings('StoreControlRights', ofFunction(allow(action, 'x')))).toEqual([`StoreControlRights[${action}] at P`]);
});

test.each(listed('dynamodb events iam kms lambda logs rds-data s3 secretsmanager ses sns sqs ssm states sts'))('guests have no business with %s', (service) => {
  expect(findings('GuestRoleRights', {
    R: { Type: 'AWS::IAM::Role', Properties: { Policies: [{ PolicyDocument: { Statement: allow(`${service}:Something`, '*') } }] } },
    A: { Type: 'AWS::Cognito::IdentityPoolRoleAttachment', Properties: { Roles: { unauthenticated: { 'Fn::GetAtt': ['R', 'Arn'] } } } },
  })).toEqual([`GuestRoleRights[${service}:Something] at R`]);
});

const trust = (Federated: string, aud: string): Resources => ({
  X: {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: {
        Statement: { Effect: 'Allow', Principal: { Federated }, Action: 'sts:AssumeRoleWithWebIdentity', Condition: { StringEquals: { [aud]: 'shop' } } },
      },
    },
  },
});

test.each(listed('agent.buildkite.com app.terraform.io gitlab.com token.actions.githubusercontent.com'))('everybody has an identity with %s, so that the audience is not enough', (host) => {
  expect(findings('FederatedTrustSubject', trust(`arn:aws:iam::111122223333:oidc-provider/${host}`, `${host}:aud`))).toEqual([`FederatedTrustSubject[${host}] at X`]);
});

test.each(listed('accounts.google.com graph.facebook.com www.amazon.com'))('%s gives each app an audience of its own', (host) => {
  const audience = host === 'accounts.google.com' ? 'aud' : 'app_id';
  expect(findings('FederatedTrustSubject', trust(host, `${host}:${audience}`))).toStrictEqual([]);
  expect(findings('FederatedTrustSubject', trust(host, `${host}:user_id`))).toEqual([`FederatedTrustSubject[${host}] at X`]);
});

test.each(listed(`
  apigateway appsync bedrock cloudtrail codebuild datasync dms events firehose glue iot kinesisanalytics logs osis-pipelines pipes scheduler ses ssm
  states transcribe vpc-flow-logs
`))('%s says for whom it assumes a role', (service) => {
  const role = (Condition?: unknown): Resources => ({
    X: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: { Statement: { Effect: 'Allow', Principal: { Service: `${service}.amazonaws.com` }, Action: 'sts:AssumeRole', Condition } } } },
  });
  expect(findings('RoleTrustSource', role())).toEqual([`RoleTrustSource[${service}] at X`]);
  expect(findings('RoleTrustSource', role({ StringEquals: { 'aws:SourceAccount': '111122223333' } }))).toStrictEqual([]);
});

test.each(listed(`
  000010852771 012438385374 015030872274 017000801446 027255383542 033019950311 039592058896 044395824272 066549572091 066940009817 070087711984
  080788657173 122132214140 127562683043 129776340158 133256977650 133490724326 145023102084 158895979263 176022468876 177933569100 187925254637
  194566237122 198461476570 200266452380 203683718741 282860088358 285320876703 287114880934 287310001119 307021474294 317013901791 325218067255
  336392948345 339249233099 345057560386 352183217350 359756378197 418787028745 421114256042 427196147048 434848589818 439286490199 459530977127
  488211338238 489524808438 490737872127 493207061005 519774774795 524103009944 554480029851 559955524753 574348263942 576959938190 580247275435
  586093569114 590183865173 590474943231 605207715842 615057806174 615084187847 630222743974 646970417810 662846165436 665172237481 706869817123
  727646510379 728743619870 732604637566 738900069198 751350123760 758369105281 761018874580 761377655185 768336418462 772501565639 780235371811
  826293736237 832021897121 858974508948 879381266642 891564319516 901920570463 933737806257 946466191631 946561847325 946746059096 958113053741
  980059726660 997803712105
`))('layers of account %s are those of AWS', (account) => {
  const fn = (Layers: string[]): Resources => ({ F: { Type: 'AWS::Lambda::Function', Properties: { Layers } } });
  expect(findings('ForeignCodeSource', fn([`arn:aws:lambda:eu-west-1:${account}:layer:x:1`]))).toStrictEqual([]);
});

test.each(listed(`
  009996457667 027434742980 033677994240 037604701340 048591011584 054676820928 076674570225 091100254016 098369216593 114774131450 121062877647
  127311923021 156460612806 190560391635 383597477331 412137745753 507241528517 582318560864 589379963580 600734575887 635631232127 638102146993
  652711504416 718504428378 740734521339 754344448648 770363063475 783225319266 797873946194 897822967062 985666609251
`))('account %s is that of a load balancer', (account) => {
  expect(findings('PolicyForeignAccount', {
    B: {
      Type: 'AWS::S3::BucketPolicy',
      Properties: { Bucket: 'logs', PolicyDocument: { Statement: allow('s3:PutObject', 'arn:aws:s3:::logs/*', { Principal: { AWS: `arn:aws:iam::${account}:root` } }) } },
    },
  })).toStrictEqual([]);
});

describe('A grant that CDK writes without a source', () => {
  const says = (kind: PolicyKind, service: string, actions: string[], notActions: string[] = []): boolean =>
    isCustomary(kind, { actions, notActions } as unknown as Statement, service);

  test.each<[PolicyKind, string, string]>([
    ...['s3:GetBucketAcl', 's3:ListBucket', 's3:PutObject'].flatMap((action) => ['cloudtrail', 'delivery.logs'].map((service): [PolicyKind, string, string] => [PolicyKind.BUCKET, service, action])),
    ...['elasticloadbalancing', 'secretsmanager'].map((service): [PolicyKind, string, string] => [PolicyKind.FUNCTION, service, 'lambda:InvokeFunction']),
    ...['Decrypt', 'DescribeKey', 'Encrypt', 'GenerateDataKey', 'GenerateDataKey*', 'GenerateDataKeyWithoutPlaintext', 'ReEncryptFrom', 'ReEncryptTo', 'ReEncrypt*']
      .map((name): [PolicyKind, string, string] => [PolicyKind.KEY, 's3', `kms:${name}`]),
    ...['CreateLogStream', 'PutLogEvents'].map((name): [PolicyKind, string, string] => [PolicyKind.LOGS, 'events', `logs:${name}`]),
    ...['cloudwatch', 'codestar-notifications', 'events'].map((service): [PolicyKind, string, string] => [PolicyKind.TOPIC, service, 'sns:Publish']),
  ])('of a %s: %s, %s', (kind, service, action) => {
    expect(says(kind, service, [action])).toBe(true);
    expect(says(kind, service, [action, action.toUpperCase()])).toBe(true);
    expect([says(kind, service, [`x${action}`]), says(kind, service, [`${action}x`])].slice(action === 'kms:GenerateDataKey' || action.endsWith('Plaintext') ? 2 : 0).filter(Boolean)).toStrictEqual([]);
    expect([says(kind, service, []), says(kind, service, [action, '*']), says(kind, service, [action], ['x:Y'])]).toEqual([false, false, false]);
  });

  test.each<[PolicyKind, string, string]>([
    [PolicyKind.BUCKET, 'sns', 's3:PutObject'], [PolicyKind.BUCKET, 'cloudtrail', 's3:GetObject'], [PolicyKind.FUNCTION, 's3', 'lambda:InvokeFunction'],
    [PolicyKind.KEY, 's3', 'kms:CreateGrant'], [PolicyKind.KEY, 's3', 'kms:*'], [PolicyKind.KEY, 's3', 'kms:ReEncrypt'], [PolicyKind.TOPIC, 's3', 'sns:Publish'],
    [PolicyKind.QUEUE, 'events', 'sqs:SendMessage'], [PolicyKind.LOGS, 'events', 'logs:DeleteLogGroup'],
  ])('is not this one, of a %s: %s, %s', (kind, service, action) => {
    expect(says(kind, service, [action])).toBe(false);
  });
});
