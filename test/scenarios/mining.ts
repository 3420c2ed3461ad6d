import { join } from 'path';
import { Duration, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Code, Function as LambdaFunction, FunctionUrlAuthType, Runtime } from 'aws-cdk-lib/aws-lambda';
import { alarm, denied, granted, notice, refused, rule, setting, settingOfAll, settingOfOne } from './support/layers';
import { Scenario } from './support/scenario';
import { World, worldOf } from './support/world';
import { normalise } from '../../handlers/normalise-finding/normalise';
import { Containment } from '../../src/containment/containment';
import { CONTAINMENT_TAG } from '../../src/containment/containment-baseline';
import { ContainmentMode } from '../../src/containment/containment-mode';
import { ContainmentTarget } from '../../src/containment/containment-target';
import { ThreatDetection } from '../../src/detection/threat-detection';
import { SecureFunctionProps, SecureFunction } from '../../src/function/secure-function';
import { NetworkEgress } from '../../src/network/egress/network-egress';
import { NetworkEndpoint } from '../../src/network/network-endpoint';
import { SecureNetwork } from '../../src/network/secure-network';
import { SecretRotation } from '../../src/secrets/secret/secret-rotation';
import { SecureSecret } from '../../src/secrets/secret/secure-secret';
import { GUARD_DUTY_LAMBDA } from '../handlers/normalise-finding/events';

const POOL = 'pool.example.net';
const PARTNER = 'api.example.com';
const FUNCTION = 'AWS::Lambda::Function';

/** The documentation of AWS uses this pair of keys. Nothing accepts it. */
const EXAMPLE_KEY = { AWS_KEY_OF_DEPLOYER: 'AKIAIOSFODNN7EXAMPLE', AWS_SECRET_OF_DEPLOYER: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' };

/** What is protected bears the tag of its containment. */
const TAGGED = { [`aws:ResourceTag/${CONTAINMENT_TAG}`]: '{containment}' };

const code = (): Pick<SecureFunctionProps, 'code' | 'handler' | 'runtime'> => (
  { code: Code.fromAsset(join(__dirname, '../support/handler')), handler: 'index.handler', runtime: Runtime.NODEJS_24_X });

/** A function that deploys other functions, with the keys for that in its environment, and a URL for everybody. */
function careless(stack: Stack): { readonly [name: string]: unknown } {
  const fn = new LambdaFunction(stack, 'Orders', { ...code(), memorySize: 3008, timeout: Duration.minutes(15), environment: EXAMPLE_KEY });
  fn.addToRolePolicy(new PolicyStatement({ actions: ['lambda:*', 'iam:PassRole', 'secretsmanager:GetSecretValue'], resources: ['*'] }));
  fn.addFunctionUrl({ authType: FunctionUrlAuthType.NONE });
  return { credential: fn.role!.roleArn, fn: fn.functionArn };
}

/** The same work: the key in a secret, what the function needs and no more, a bound, a network that leads to the partner alone. */
function secure(stack: Stack): { readonly [name: string]: unknown } {
  const network = new SecureNetwork(stack, 'Network', {
    egress: NetworkEgress.domains([PARTNER]), endpoints: [NetworkEndpoint.SECRETS_MANAGER],
  });
  const token = new SecureSecret(stack, 'Token', { rotation: SecretRotation.off('the partner issues a token once a year, by mail') });
  const fn = new SecureFunction(stack, 'Orders', {
    ...code(), secrets: { TOKEN: token }, network: network.forFunctions(), reservedConcurrentExecutions: 20,
  });
  fn.addFunctionUrl();
  const detection = new ThreatDetection(stack, 'Detection');
  const containment = new Containment(stack, 'Containment', { bus: detection.bus, mode: ContainmentMode.automatic() });
  containment.protect(ContainmentTarget.function(fn));
  const { containmentName, responder } = containment;
  return { credential: fn.role!.roleArn, fn: fn.functionArn, responder: responder.role!.roleArn, containment: containmentName };
}

const isSecure = (app: World): boolean => app.all('AWS::GuardDuty::Detector').length > 0;

/** What GuardDuty says of a function that talks to a pool, in the shape that all who act agree on, reaches who responds. */
function reachesResponse(app: World): boolean {
  const event = { ...GUARD_DUTY_LAMBDA, detail: { ...GUARD_DUTY_LAMBDA.detail as object, type: 'CryptoCurrency:Lambda/BitcoinTool.B!DNS' } };
  const [{ finding, known }] = normalise(event, { account: '111122223333', region: 'eu-west-1', now: new Date('2026-11-26T06:31:02Z') });
  return known && finding.resources.some(({ kind }) => kind === 'function') && app.all('AWS::Events::Rule')
    .some(({ EventPattern }) => (EventPattern?.detail?.severity as string[] | undefined)?.includes(finding.severity) === true);
}

/** A stolen credential is used to mine crypto currency on serverless compute. */
export const MINING: Scenario = {
  id: 'mining',
  title: 'A stolen credential mines crypto currency on serverless compute',
  careless: () => worldOf(careless),
  secure: () => worldOf(secure),
  steps: [
    {
      does: 'reads keys in the configuration of a function',
      layers: [
        refused('a secret in the environment is refused', 'SecureFunction.SecretInEnvironment', isSecure,
          (stack) => new SecureFunction(stack, 'Orders', { ...code(), environment: EXAMPLE_KEY })),
        rule('EnvironmentSecret'),
        settingOfAll('no variable holds a key', FUNCTION, ({ Environment }) => !JSON.stringify(Environment ?? {}).includes(EXAMPLE_KEY.AWS_SECRET_OF_DEPLOYER)),
      ],
    },
    {
      does: 'makes functions of its own, with a role of the account',
      layers: [
        denied('the function may not make functions', '{credential}', 'lambda:CreateFunction', 'arn:aws:lambda:eu-west-1:111122223333:function:miner'),
        denied('nor hand roles on', '{credential}', 'iam:PassRole', 'arn:aws:iam::111122223333:role/admin'),
        rule('IamActionWildcard'),
      ],
    },
    {
      does: 'puts a miner into a function that is there',
      layers: [
        denied('the function may not change code', '{credential}', 'lambda:UpdateFunctionCode', '{fn}'),
        rule('IamResourceWildcard'),
      ],
    },
    {
      does: 'starts it thousands of times at once',
      layers: [
        denied('the function may not start functions', '{credential}', 'lambda:InvokeFunction', '{fn}'),
        settingOfOne('fn', 'executions at once are bounded', ({ ReservedConcurrentExecutions }) => ReservedConcurrentExecutions > 0),
        settingOfAll('its URL answers nobody who did not sign', 'AWS::Lambda::Url', ({ AuthType }) => AuthType === 'AWS_IAM'),
        rule('FunctionUrlAuth'),
        alarm('an alarm on executions at once', 'ConcurrentExecutions'),
      ],
    },
    {
      does: 'connects to a mining pool',
      layers: [
        setting('the name of the pool does not resolve', 'AWS::Route53Resolver::FirewallRuleGroup', ({ FirewallRules }, app) => (
          (FirewallRules as { Action: string }[]).some(({ Action }) => Action === 'BLOCK')
          && !app.all('AWS::Route53Resolver::FirewallDomainList').some(({ Domains }) => (Domains as string[]).includes(POOL)))),
        alarm('an alarm on names that were blocked', 'BlockedQueries'),
        notice('GuardDuty watches the network of functions', (app) => app.all('AWS::GuardDuty::Detector')
          .some(({ Features }) => (Features as { Name: string; Status: string }[]).some(({ Name, Status }) => Name === 'LAMBDA_NETWORK_LOGS' && Status === 'ENABLED'))),
        notice('its finding reaches the containment', reachesResponse),
      ],
    },
    {
      does: 'goes on for weeks',
      layers: [
        settingOfOne('fn', 'an execution ends after seconds', ({ Timeout = 3 }) => Timeout <= 60),
        notice('GuardDuty tells of each finding', (app) => app.all('AWS::GuardDuty::Detector').some(({ FindingPublishingFrequency }) => FindingPublishingFrequency === 'FIFTEEN_MINUTES')),
        alarm('an alarm on findings that are high', 'Findings'),
        granted('the containment may stop this function', '{responder}', 'lambda:PutFunctionConcurrency', '{fn}', TAGGED),
        denied('and the function may not start itself again', '{credential}', 'lambda:DeleteFunctionConcurrency', '{fn}'),
      ],
    },
  ],
};
