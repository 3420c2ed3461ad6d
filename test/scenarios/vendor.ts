import { join } from 'path';
import { SecretValue, Stack } from 'aws-cdk-lib';
import { ApiDestination, Authorization, Connection, EventBus, EventField, Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { ApiDestination as ApiDestinationTarget } from 'aws-cdk-lib/aws-events-targets';
import { AccountPrincipal, Role } from 'aws-cdk-lib/aws-iam';
import { Code, Function as LambdaFunction, LayerVersion, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { denied, notice, refused, rule, setting, settingOfAll } from './support/layers';
import { Scenario } from './support/scenario';
import { World, worldOf } from './support/world';
import { normalise } from '../../handlers/normalise-finding/normalise';
import { FindingSeverity } from '../../src/detection/findings/finding-severity';
import { FindingTarget } from '../../src/detection/findings/finding-target';
import { ThreatDetection } from '../../src/detection/threat-detection';
import { SecureFunction, SecureFunctionProps } from '../../src/function/secure-function';
import { SecureEventBus } from '../../src/messaging/event-bus/secure-event-bus';
import { SecureQueue } from '../../src/messaging/queue/secure-queue';
import { SecretRotation } from '../../src/secrets/secret/secret-rotation';
import { SecureBucket } from '../../src/storage/secure-bucket';
import { ThirdPartyApi } from '../../src/third-party/third-party-api';
import { ThirdPartyCredential } from '../../src/third-party/third-party-credential';
import { EXTERNAL_ACCESS } from '../handlers/normalise-finding/events';

const VENDOR = '444455556666';
const VENDOR_ROLE = `arn:aws:iam::${VENDOR}:role/analytics`;
const LAYER = `arn:aws:lambda:eu-west-1:${VENDOR}:layer:analytics:7`;
const URL = 'https://api.example.com/v2/orders';
const EXAMPLE_TOKEN = 'sk_live_51ExAmPlEkEy0000000000000000';

const code = (): Pick<SecureFunctionProps, 'code' | 'handler' | 'runtime'> => ({
  code: Code.fromAsset(join(__dirname, '../support/handler')), handler: 'index.handler', runtime: Runtime.NODEJS_24_X,
});

/** The vendor's account may read all customers, its layer runs in the function, and each order is sent to it as it is. */
function careless(stack: Stack): { readonly [name: string]: unknown } {
  const vendor = new AccountPrincipal(VENDOR);
  const customers = new Bucket(stack, 'Customers');
  const access = new Role(stack, 'VendorAccess', { assumedBy: vendor });
  customers.grantReadWrite(access);
  customers.grantRead(vendor);
  const fn = new LambdaFunction(stack, 'Orders', { ...code(), layers: [LayerVersion.fromLayerVersionArn(stack, 'Analytics', LAYER)] });
  customers.grantRead(fn);
  const bus = new EventBus(stack, 'Bus');
  const connection = new Connection(stack, 'Connection', { authorization: Authorization.apiKey('x-api-key', SecretValue.unsafePlainText(EXAMPLE_TOKEN)) });
  const destination = new ApiDestination(stack, 'Destination', { connection, endpoint: URL });
  new Rule(stack, 'Rule', { eventBus: bus, eventPattern: { source: ['shop.orders'] }, targets: [new ApiDestinationTarget(destination)] });
  return { access: access.roleArn, customers: customers.bucketArn };
}

/** The vendor has no way in: what it needs is sent to it, and that is little. */
function secure(stack: Stack): { readonly [name: string]: unknown } {
  const customers = new SecureBucket(stack, 'Customers');
  const fn = new SecureFunction(stack, 'Orders', code());
  customers.allowRead(fn, { prefix: 'orders/' });
  const vendor = new ThirdPartyApi(stack, 'Analytics', {
    url: URL,
    purpose: 'counts orders by region for our reports',
    credential: ThirdPartyCredential.apiKey('x-api-key', { rotation: SecretRotation.off('the vendor issues a key once a year, by mail') }),
  });
  vendor.routeEvents('Count', new SecureEventBus(stack, 'Bus'), { source: ['shop.orders'], detailType: ['OrderPlaced'] }, {
    input: RuleTargetInput.fromObject({ region: EventField.fromPath('$.detail.region'), total: EventField.fromPath('$.detail.total') }),
  });
  const detection = new ThreatDetection(stack, 'Detection');
  detection.onFinding('Respond', FindingTarget.queue(new SecureQueue(stack, 'Response')), { severities: [FindingSeverity.CRITICAL, FindingSeverity.HIGH] });
  return { access: fn.role!.roleArn, customers: customers.bucketArn };
}

const isSecure = (app: World): boolean => app.all('AWS::GuardDuty::Detector').length > 0;

/** What Access Analyzer says of a bucket that another account reads is understood, and its events are listened to. */
function isAnalysed(app: World): boolean {
  const [{ known }] = normalise(EXTERNAL_ACCESS, { account: '111122223333', region: 'eu-west-1', now: new Date('2026-11-26T06:31:02Z') });
  return known && app.all('AWS::AccessAnalyzer::Analyzer').some(({ Type }) => Type === 'ACCOUNT')
    && app.all('AWS::Events::Rule').some(({ EventPattern }) => (EventPattern?.source as string[] | undefined)?.includes('aws.access-analyzer') === true);
}

/** The account of a vendor leaks what it could read. */
export const VENDOR_LEAK: Scenario = {
  id: 'vendor',
  title: 'The account of a vendor leaks data',
  careless: () => worldOf(careless),
  secure: () => worldOf(secure),
  steps: [
    {
      does: 'takes over an identity of the vendor, and assumes the role that was made for it',
      layers: [
        denied('no role lets the vendor in', VENDOR_ROLE, 'sts:AssumeRole', '{access}'),
        rule('RoleTrustForeign'),
        notice('IAM Access Analyzer looks for ways in from outside, and its findings are heard', isAnalysed),
      ],
    },
    {
      does: 'reads all customers from the vendor\'s account',
      layers: [
        denied('the bucket lets the vendor read nothing', VENDOR_ROLE, 's3:GetObject', '{customers}/orders/1.json'),
        setting('objects are encrypted with a key that the vendor may not use', 'AWS::S3::Bucket', ({ BucketEncryption }) => (
          JSON.stringify(BucketEncryption ?? '').includes('aws:kms'))),
        rule('PolicyForeignAccount'),
      ],
    },
    {
      does: 'ships a new version of the layer, which sends away what the function reads',
      layers: [
        refused('a layer of another account is refused', 'SecureFunction.ForeignLayer', isSecure, (stack) => new SecureFunction(stack, 'Orders', {
          ...code(), layers: [LayerVersion.fromLayerVersionArn(stack, 'Analytics', LAYER)],
        })),
        rule('ForeignCodeSource'),
        denied('the function may read orders, and no other data', '{access}', 's3:GetObject', '{customers}/passports/1.jpg'),
      ],
    },
    {
      does: 'keeps all that was ever sent to it, and loses it',
      layers: [
        settingOfAll('region and total of an order are sent, and nothing else', 'AWS::Events::Rule', ({ EventPattern, Targets }) => (
          EventPattern?.source?.[0] !== 'shop.orders' || (Targets as { InputTransformer?: unknown }[]).every(({ InputTransformer }) => InputTransformer !== undefined))),
        notice('the report lists the vendor with its purpose, so that somebody asks', (app) => app.parties.includes('api.example.com')),
      ],
    },
    {
      does: 'finds the key to the vendor\'s API, and sends orders of its own',
      layers: [
        settingOfAll('the template holds a reference, and no key', 'AWS::Events::Connection', ({ AuthParameters }) => !JSON.stringify(AuthParameters).includes(EXAMPLE_TOKEN)),
        rule('ConnectionSecret'),
        setting('requests in a second are limited', 'AWS::Events::ApiDestination', ({ InvocationRateLimitPerSecond }) => InvocationRateLimitPerSecond <= 10),
      ],
    },
  ],
};
