import { readFileSync } from 'fs';
import { join } from 'path';
import { App, Stack } from 'aws-cdk-lib';
import { CfnEventBus } from 'aws-cdk-lib/aws-events';
import { AccountPrincipal, CfnRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Code, Function as LambdaFunction, LayerVersion, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Bucket, CfnBucketPolicy } from 'aws-cdk-lib/aws-s3';
import { auditPath } from '../../src/app/audit-path';
import { ServerlessSecurity } from '../../src/app/serverless-security';
import { TrustedAccountOptions, TrustedAccounts } from '../../src/app/trusted-accounts';
import { AccountUse } from '../../src/core/third-party/trusted-account';
import { SecureFunction } from '../../src/function/secure-function';
import { SecureEventBus } from '../../src/messaging/event-bus/secure-event-bus';
import { Posture } from '../../src/report/form/posture-form';
import { SecretRotation } from '../../src/secrets/secret/secret-rotation';
import { ThirdPartyApi } from '../../src/third-party/third-party-api';
import { ThirdPartyCredential } from '../../src/third-party/third-party-credential';

const VENDOR = '444455556666';
const REASON = 'publishes the layer that sends traces';
const FOREIGN = /^(ForeignCodeSource|PolicyForeignAccount|ForeignAccountAgreed|RoleTrustForeign|FunctionForeign)/;

function appWith(make: (stack: Stack, app: App) => void): App {
  const app = new App({ context: { '@aws-cdk/core:failSynthOnValidationErrors': false } });
  ServerlessSecurity.of(app).enforce({ packs: [] });
  make(new Stack(app, 'Shop', { env: { account: '111122223333', region: 'eu-west-1' } }), app);
  return app;
}

function postureOf(make: (stack: Stack, app: App) => void): Posture {
  return JSON.parse(readFileSync(join(appWith(make).synth().directory, 'security/report.json'), 'utf8')) as Posture;
}

function foreignFindings(posture: Posture): string[] {
  return posture.findings.filter(({ id }) => FOREIGN.test(id)).map(({ id, at }) => `${id} at ${at}`).sort();
}

/** The vendor's layer runs, the vendor may assume a role, and reads a bucket. */
function vendorEverywhere(stack: Stack): void {
  new LambdaFunction(stack, 'Orders', {
    runtime: Runtime.NODEJS_24_X,
    handler: 'index.handler',
    code: Code.fromInline('exports.handler = async () => 1'),
    layers: [LayerVersion.fromLayerVersionArn(stack, 'Traces', `arn:aws:lambda:eu-west-1:${VENDOR}:layer:traces:7`)],
  });
  new CfnRole(stack, 'Role', {
    assumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${VENDOR}:root` }, Action: 'sts:AssumeRole' }] },
  });
  const bucket = new Bucket(stack, 'Bucket');
  new CfnBucketPolicy(stack, 'Policy', {
    bucket: bucket.bucketName,
    policyDocument: { Statement: [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${VENDOR}:root` }, Action: 's3:GetObject', Resource: bucket.arnForObjects('*') }] },
  });
}

const CODE = [`ForeignCodeSource[Layers ${VENDOR}] at Shop/Orders`];
const DATA = [`PolicyForeignAccount[${VENDOR}] at Shop/Policy`];
const ROLES = [`PolicyForeignAccount[${VENDOR}] at Shop/Role`, `RoleTrustForeign[${VENDOR}] at Shop/Role`];

test.each<[string, AccountUse[], string[]]>([
  ['code', [AccountUse.CODE], [...DATA, ...ROLES]],
  ['data', [AccountUse.DATA], [...CODE, ...ROLES]],
  ['roles', [AccountUse.ROLES], [...CODE, ...DATA]],
  ['events', [AccountUse.EVENTS], [...CODE, ...DATA, ...ROLES]],
  ['all of it', [AccountUse.CODE, AccountUse.DATA, AccountUse.ROLES], []],
])('An account that is trusted with %s stays a finding with anything else', (_, uses, left) => {
  const posture = postureOf((stack, app) => {
    vendorEverywhere(stack);
    TrustedAccounts.of(app).add(VENDOR, { name: 'telemetry vendor', reason: REASON, uses });
  });
  expect(foreignFindings(posture)).toEqual(left);
});

test('An account that nobody named is a finding with each use, and not trusted in the report', () => {
  const posture = postureOf(vendorEverywhere);
  expect(foreignFindings(posture)).toEqual([...CODE, ...DATA, ...ROLES]);
  expect(posture.thirdParties.map(({ id, trusted, reason }) => [id, trusted, reason])).toEqual([
    [`account ${VENDOR}`, false, undefined], [`layer arn:aws:lambda:eu-west-1:${VENDOR}:layer:traces:7`, false, undefined],
  ]);
});

test('The report shows why an account is accepted, for its layers too', () => {
  const posture = postureOf((stack, app) => {
    vendorEverywhere(stack);
    TrustedAccounts.of(app).add(VENDOR, { name: 'telemetry vendor', reason: REASON, uses: [AccountUse.CODE] });
  });
  const why = `telemetry vendor: ${REASON}`;
  expect(posture.thirdParties.map(({ id, trusted, reason }) => [id, trusted, reason])).toEqual([
    [`account ${VENDOR}`, false, why], [`layer arn:aws:lambda:eu-west-1:${VENDOR}:layer:traces:7`, true, why],
  ]);
});

test('A function takes layers of accounts that are trusted with code, and of no others', () => {
  const app = new App();
  const stack = new Stack(app, 'Shop', { env: { account: '111122223333', region: 'eu-west-1' } });
  const layers = [LayerVersion.fromLayerVersionArn(stack, 'Traces', `arn:aws:lambda:eu-west-1:${VENDOR}:layer:traces:7`)];
  const make = (id: string) => new SecureFunction(stack, id, {
    code: Code.fromAsset(join(__dirname, '../support/handler')), handler: 'index.handler', runtime: Runtime.NODEJS_24_X, layers,
  });
  expect(() => make('Before')).toThrow('[SecureFunction.ForeignLayer');
  TrustedAccounts.of(stack).add(VENDOR, { name: 'telemetry vendor', reason: REASON, uses: [AccountUse.CODE] });
  expect(make('Orders').functionArn).toBeDefined();
});

test('The URL of a third party is named in the report with its purpose', () => {
  const posture = postureOf((stack) => {
    const payments = new ThirdPartyApi(stack, 'Payments', {
      url: 'https://api.example.com',
      purpose: 'charges the cards of customers',
      credential: ThirdPartyCredential.apiKey('x-api-key', { rotation: SecretRotation.off('the partner issues a key once a year, by mail') }),
    });
    new LambdaFunction(stack, 'Orders', {
      runtime: Runtime.NODEJS_24_X,
      handler: 'index.handler',
      code: Code.fromInline('exports.handler = async () => 1'),
      environment: { PARTNER: `https://${payments.host}`, OTHER: 'https://api.example.org' },
    });
  });
  expect(posture.thirdParties.map(({ id, trusted, reason }) => [id, trusted, reason])).toEqual([
    ['domain api.example.com', true, 'charges the cards of customers'], ['domain api.example.org', false, undefined],
  ]);
});

test('The report lists whom the app trusts, and an audit of its assembly judges and tells as the synthesis did', () => {
  const app = appWith((stack) => {
    vendorEverywhere(stack);
    new ThirdPartyApi(stack, 'Payments', {
      url: 'https://api.example.com',
      purpose: 'charges the cards of customers',
      credential: ThirdPartyCredential.apiKey('x-api-key', { rotation: SecretRotation.off('the partner issues a key once a year, by mail') }),
    }).routeEvents('Charge', new SecureEventBus(stack, 'Bus'), { source: ['shop.orders'] });
    TrustedAccounts.of(stack).add(VENDOR, { name: 'telemetry vendor', reason: REASON, uses: [AccountUse.CODE] });
  });
  const { directory } = app.synth();
  const synthesized = JSON.parse(readFileSync(join(directory, 'security/report.json'), 'utf8')) as Posture;
  expect(synthesized.trustedAccounts).toEqual([{ account: VENDOR, name: 'telemetry vendor', reason: REASON, uses: ['code'] }]);
  expect(synthesized.thirdParties.find(({ kind }) => kind === 'domain')).toMatchObject({ name: 'api.example.com', trusted: true, reason: 'charges the cards of customers' });
  const audited = auditPath(directory, true);
  expect(audited.trustedAccounts).toEqual(synthesized.trustedAccounts);
  expect(audited.thirdParties).toEqual(synthesized.thirdParties);
  expect(foreignFindings(audited)).toEqual(foreignFindings(synthesized));
});

test('Accounts that were named without a word are trusted with everything', () => {
  const app = new App({ context: { '@aws-cdk/core:failSynthOnValidationErrors': false } });
  ServerlessSecurity.of(app).enforce({ packs: [], trustedAccounts: [VENDOR] });
  vendorEverywhere(new Stack(app, 'Shop', { env: { account: '111122223333', region: 'eu-west-1' } }));
  const posture = JSON.parse(readFileSync(join(app.synth().directory, 'security/report.json'), 'utf8')) as Posture;
  expect(posture.trustedAccounts).toEqual([{ account: VENDOR, uses: ['code', 'data', 'events', 'roles'] }]);
  expect(foreignFindings(posture)).toStrictEqual([]);
});

test('The bus of a partner is accepted by its name', () => {
  const name = 'aws.partner/example.com/orders';
  const posture = postureOf((stack, app) => {
    new CfnEventBus(stack, 'Bus', { name, eventSourceName: name });
    TrustedAccounts.of(app).addPartnerBus(name, 'our shop sends its orders by this partner');
  });
  expect(posture.thirdParties.map(({ id, trusted, reason }) => [id, trusted, reason])).toEqual([
    [`partner-bus ${name}`, true, 'our shop sends its orders by this partner'],
  ]);
});

test('Trust that no template needs is warned of', () => {
  const posture = postureOf((stack, app) => {
    new Bucket(stack, 'Bucket');
    TrustedAccounts.of(app).add(VENDOR, { name: 'telemetry vendor', reason: REASON, uses: [AccountUse.CODE] })
      .addPartnerBus('aws.partner/example.com/orders', 'our shop sends its orders by this partner');
  });
  expect(posture.findings.filter(({ rule }) => rule === 'TrustedAccountUnused').map(({ id, level, title }) => [id, level, title])).toEqual([
    [`TrustedAccountUnused[${VENDOR}]`, 'warning', `The account ${VENDOR} (telemetry vendor) is trusted, and no template names it.`],
    ['TrustedAccountUnused[aws.partner/example.com/orders]', 'warning', 'The bus aws.partner/example.com/orders is trusted, and no template names it.'],
  ]);
});

test('A grant of CDK to a trusted account is accepted', () => {
  const posture = postureOf((stack, app) => {
    const bucket = new Bucket(stack, 'Bucket');
    bucket.addToResourcePolicy(new PolicyStatement({ principals: [new AccountPrincipal(VENDOR)], actions: ['s3:GetObject'], resources: [bucket.arnForObjects('*')] }));
    TrustedAccounts.of(app).add(VENDOR, { name: 'auditor', reason: 'our auditor reads the receipts once a year', uses: [AccountUse.DATA] });
  });
  expect(foreignFindings(posture)).toStrictEqual([]);
  expect(posture.findings.map(({ rule }) => rule)).not.toContain('TrustedAccountUnused');
});

const GOOD: TrustedAccountOptions = { name: 'auditor', reason: 'our auditor reads the receipts once a year', uses: [AccountUse.DATA] };

test.each<[string, string, Partial<TrustedAccountOptions>, string]>([
  ['a short id', '1234', {}, "'account' must be the id of an account, 12 digits, got \"1234\"; give the id as a text, with its leading zeros [TrustedAccounts.Account, at 'Shop']"],
  ['an account twice', '777788889999', {}, "'account' must be named once, got \"777788889999\"; name all its uses in one call [TrustedAccounts.Account, at 'Shop']"],
  ['no name', VENDOR, { name: ' ' }, "'name' must say whose account it is, got \" \"; write it like 'log archive' [TrustedAccounts.Name, at 'Shop']"],
  ['no reason', VENDOR, { reason: 'todo' }, "'reason' must be a sentence of at least 12 characters that a reviewer can judge, got \"todo\"; say why the app accepts this account [TrustedAccounts.Reason, at 'Shop']"],
  ['no use', VENDOR, { uses: [] }, "'uses' must name at least one use, got []; write [AccountUse.CODE], or leave the account out [TrustedAccounts.Uses, at 'Shop']"],
])('fails for %s', (_, account, options, message) => {
  const stack = new Stack(new App(), 'Shop');
  const accounts = TrustedAccounts.of(stack).add('777788889999', GOOD);
  expect(() => accounts.add(account, { ...GOOD, ...options })).toThrow(new Error(message));
});

test.each([
  ['orders', "'name' must be of the form 'aws.partner/…/…', got \"orders\"; read it with aws events list-event-sources [TrustedAccounts.PartnerBus, at 'Shop']", 'our shop sends its orders by this partner'],
  ['aws.partner/example.com/orders', "'reason' must be a sentence of at least 12 characters that a reviewer can judge, got \"tbd\"; say why the app accepts this partner [TrustedAccounts.Reason, at 'Shop']", 'tbd'],
])('fails for the bus %s', (name, message, reason) => {
  expect(() => TrustedAccounts.of(new Stack(new App(), 'Shop')).addPartnerBus(name, reason)).toThrow(new Error(message));
});
