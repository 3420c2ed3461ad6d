import { readFileSync } from 'fs';
import { CfnParameter, Fn, Lazy, SecretValue, Stack } from 'aws-cdk-lib';
import { AccessKey, User } from 'aws-cdk-lib/aws-iam';
import { Code, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import * as fc from 'fast-check';
import { ConfigurationError } from '../../src/core/configuration-error';
import { SecurityProfile } from '../../src/core/profile/security-profile';
import { findSecret } from '../../src/core/secrets/secret-findings';
import { DEPRECATED_RUNTIMES, NODEJS_RUNTIME } from '../../src/function/function-baseline';
import { findDebugSwitch } from '../../src/function/guards/environment-findings';
import { checkVariable } from '../../src/function/guards/environment-guard';
import { SecureFunction } from '../../src/function/secure-function';
import { RECOMMENDED_FLAGS, templateOf, testStack } from '../support/apps';

/** Joined at run time, so that no scanner takes this file for a leak. */
const join = (...pieces: string[]): string => pieces.join('');
const HEX32 = '3f9a1c7e5b2d8064af13579bce02468d';
const ALNUM36 = 'aB3dE5fG7hJ9kL1mN2pQ4rS6tU8vW0xY1zA2';
const ALNUM40 = `${ALNUM36}bC4d`;

const SECRETS: [string, string, string][] = [
  ['KEY', join('AKIA', 'IOSFODNN7EXAMPLE'), 'an AWS access key id'],
  ['TEMPORARY', join('ASIA', 'IOSFODNN7EXAMPLE'), 'an AWS access key id'],
  ['CONFIG', `{"key": "${join('AKIA', 'IOSFODNN7EXAMPLE')}"}`, 'an AWS access key id'],
  ['ANYTHING', join('wJalrXUtnFEMI/K7MDENG/', 'bPxRfiCYEXAMPLEKEY'), 'an AWS secret access key'],
  ['BEDROCK', join('ABSK', ALNUM40, ALNUM40, ALNUM40), 'an Amazon Bedrock API key'],
  ['PEM', join('-----BEGIN RSA ', 'PRIVATE KEY-----\nMIIEow'), 'a private key'],
  ['PEM', join('-----BEGIN ', 'PRIVATE KEY-----'), 'a private key'],
  ['PEM', join('-----BEGIN OPENSSH ', 'PRIVATE KEY-----'), 'a private key'],
  ['PGP', join('-----BEGIN PGP ', 'PRIVATE KEY BLOCK-----'), 'a private key'],
  ['PUTTY', join('PuTTY-User-', 'Key-File-2: ssh-rsa'), 'a private key'],
  ['GH', join('ghp_', ALNUM36), 'a GitHub token'],
  ['GH', join('gho_', ALNUM36), 'a GitHub token'],
  ['GH', join('github_pat_', ALNUM36), 'a GitHub token'],
  ['GL', join('glpat-', 'aB3dE5fG7hJ9kL1mN2pQ'), 'a GitLab token'],
  ['SLACK', join('xoxb-', '123456789012-abcdef'), 'a Slack token'],
  ['SLACK', join('xapp-', '1-A0123456789-abc'), 'a Slack token'],
  ['HOOK', join('https://hooks.slack.com/', 'services/T00000000/B00000000/aB3dE5fG7hJ9kL1m'), 'a Slack webhook'],
  ['HOOK', join('https://discord.com/api/', 'webhooks/123456789012345678/aB3dE5fG7hJ9kL1mN2pQ'), 'a Discord webhook'],
  ['PAY', join('sk_live_', 'aB3dE5fG7hJ9kL1mN2pQ'), 'a Stripe key'],
  ['PAY', join('rk_test_', 'aB3dE5fG7hJ9kL1mN2pQ'), 'a Stripe key'],
  ['PAY', join('whsec_', 'aB3dE5fG7hJ9kL1mN2pQ'), 'a Stripe key'],
  ['MAPS', join('AIza', 'SyA1234567890abcdefghijklmnopqrstuv'), 'a Google API key'],
  ['OAUTH', join('GOCSPX-', 'aB3dE5fG7hJ9kL1mN2pQ4rS6'), 'a Google OAuth secret'],
  ['OAUTH', join('ya29.', 'aB3dE5fG7hJ9kL1mN2pQ4rS6'), 'a Google OAuth secret'],
  ['SMS', join('SK', HEX32), 'a Twilio key'],
  ['MAIL', join('SG.', 'aB3dE5fG7hJ9kL1mN2pQ4r.aB3dE5fG7hJ9kL1mN2pQ4r'), 'a SendGrid key'],
  ['NPM', join('npm_', ALNUM36), 'an npm token'],
  ['NPMRC', join('//npm.example.com/:_auth', 'Token=abcdefgh12345678'), 'an npm token'],
  ['PYPI', join('pypi-AgEI', 'cHlwaS5vcmcCJGFiY2RlZg'), 'a PyPI token'],
  ['LLM', join('sk-proj-', ALNUM36), 'a key of a language model provider'],
  ['LLM', join('sk-ant-', ALNUM36), 'a key of a language model provider'],
  ['STORE', join('DefaultEndpointsProtocol=https;AccountName=shop;Account', `Key=${ALNUM40}${ALNUM40}aB3dEf==`), 'an Azure storage or service key'],
  ['BUS', join('Endpoint=sb://shop.example.com/;SharedAccess', `Key=${ALNUM40}=`), 'an Azure storage or service key'],
  ['SAS', join('https://shop.example.com/c?sv=2024&si', `g=${ALNUM40}`), 'an Azure shared access signature'],
  ['MAIL', join('key-', HEX32), 'a Mailgun key'],
  ['MAIL', join(HEX32, '-us12'), 'a Mailchimp key'],
  ['BOT', join('123456789:AA', 'aB3dE5fG7hJ9kL1mN2pQ4rS6tU8vW0xY1'), 'a Telegram bot token'],
  ['DO', join('dop_v1_', HEX32, HEX32), 'a DigitalOcean token'],
  ['SHOP', join('shpat_', HEX32), 'a Shopify token'],
  ['VAULT', join('hvs.', 'aB3dE5fG7hJ9kL1mN2pQ4rS6'), 'a Vault or Terraform token'],
  ['DATA', join('dapi', HEX32), 'a Databricks token'],
  ['JIRA', join('ATATT', ALNUM36), 'an Atlassian token'],
  ['DOCKER', join('dckr_pat_', 'aB3dE5fG7hJ9kL1mN2pQ'), 'a Docker Hub token'],
  ['HF', join('hf_', 'aBcDeFgHiJkLmNoPqRsTuVwXyZaBcDeFgH'), 'a Hugging Face token'],
  ['NR', join('NRAK-', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ1'), 'a New Relic key'],
  ['GRAFANA', join('glsa_', ALNUM36), 'a Grafana token'],
  ['SESSION', join('eyJhbGciOiJIUzI1NiJ9', '.eyJzdWIiOiIxMjM0In0', '.dozjgNryP4J3jVmN'), 'a JSON web token'],
  ['HEADER', join('Basic ', 'dXNlcjpwYXNzd29yZA=='), 'an authorization header'],
  ['HEADER', join('Bearer ', 'abcdefghijklmnopqrstuv'), 'an authorization header'],
  ['DATABASE_URL', join('postgres://app:', 'hunter2@db.example.com:5432/shop'), 'a connection string with a password'],
  ['REDIS', join('rediss://:', 'hunter2@cache.example.com:6379'), 'a connection string with a password'],
  ['MONGO', join('mongodb+srv://app:', 'p%40ss@cluster.example.com'), 'a connection string with a password'],
  ['SQL', join('Server=db.example.com;User Id=app;Pass', 'word=hunter2;'), 'a connection string with a password'],
  ['CONFIG', join('{"user":"app","pass', 'word":"hunter2x"}'), 'a JSON document with a password or key'],
  ['DB_PASSWORD', 'changeme', 'a password'],
  ['dbPassword', 'hunter2', 'a password'],
  ['API_KEY', HEX32, 'a random value under the name of a secret'],
  ['CLIENT_SECRET', 'Zx8Q~pL2vN7.tR4wY9uK1sM3', 'a random value under the name of a secret'],
  ['SESSION_TOKEN_V2', 'b6f0c1de-7a43-4d5b-9c11-2f8e6a7d9031', 'a random value under the name of a secret'],
  ['SIGNING_KEY', '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08', 'a random value under the name of a secret'],
  ['DB', '{{resolve:secretsmanager:prod/db:SecretString:password}}', 'a reference that CloudFormation replaces by a secret'],
  ['DB', 'postgres://{{resolve:ssm-secure:/prod/db:1}}', 'a reference that CloudFormation replaces by a secret'],
];

const HARMLESS: [string, string][] = [
  ['TABLE_NAME', 'orders-prod'],
  ['BUCKET', 'shop-receipts-111122223333-eu-west-1'],
  ['QUEUE_URL', 'https://sqs.eu-west-1.amazonaws.com/111122223333/Shop-Orders-1AB2CD3EF4'],
  ['API_URL', 'https://api.example.com:8443/v1/orders?limit=10&sort=asc'],
  ['SECRET_ARN', 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/db-AbCdEf'],
  ['DB_SECRET', 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/db-AbCdEf'],
  ['SECRET_NAME', 'prod/orders/Database7-credentials-2024'],
  ['DB_PASSWORD_PARAMETER', '/prod/orders/db/password'],
  ['DB_PASSWORD', '/prod/orders/db/password'],
  ['API_KEY_ID', 'a1b2c3d4e5f6a7b8'],
  ['TOKEN_TTL_SECONDS', '3600'],
  ['PASSWORD_MIN_LENGTH', '12'],
  ['TOKEN_TABLE', 'Tokens-1A2B3C4D5E6F7G8H9'],
  ['TOKEN_ISSUER', 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEf123'],
  ['SIGNING_KEY', 'alias/orders-signing'],
  ['USE_SECRET_CACHE', 'true'],
  ['PASSWORD', ''],
  ['CORRELATION', 'b6f0c1de-7a43-4d5b-9c11-2f8e6a7d9031'],
  ['COMMIT', '2fd4e1c67a2d28fced849ee1bb76e7391b93eb12'],
  ['DIGEST', '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'],
  ['INTEGRITY', 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='],
  ['LOG_LEVEL', 'INFO'],
  ['NODE_OPTIONS', '--enable-source-maps'],
  ['DEBUG', 'false'],
  ['FEATURES', '{"newCheckout":true,"limits":{"items":20},"hosts":["a.example.com"]}'],
  ['USER_POOL_ID', 'eu-west-1_AbCdEf123'],
  ['KEY_ARN', 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab'],
  ['STATE_MACHINE', 'arn:aws:states:eu-west-1:111122223333:stateMachine:PlaceOrderWorkflow7F3A'],
  ['SENDER', 'Shop <orders@example.com>'],
  ['TEMPLATE', 'Dear {{name}}, your order {{id}} was sent at {{time}}.'],
  ['PATH_PATTERN', 'Shop/Receipts/Invoices2024/Archive/EuWes'],
  ['POWERTOOLS_SERVICE_NAME', 'orders'],
  ['TZ', 'Europe/Berlin'],
  ['PUBLIC_KEY', '-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A'],
  ['DATABASE_URL', 'postgres://db.example.com:5432/shop'],
];

describe('findSecret', () => {
  test.each(SECRETS)('finds %s: %s to be %s', (name, value, kind) => {
    expect(findSecret(name, value)).toBe(kind);
  });

  test.each(HARMLESS)('finds nothing in %s: %s', (name, value) => {
    expect(findSecret(name, value)).toBeUndefined();
    expect(findDebugSwitch(name, value)).toBeUndefined();
  });

  test('takes linear time, whatever the value', () => {
    const units = ['a', 'aB1+/', 'eyJ', `eyJ${'a'.repeat(4000)}.eyJ${'b'.repeat(8000)}.`, 'x://a:', ' password = ', '"secret":"', '-----BEGIN ', 'SG.aB3', '\n'];
    const started = process.hrtime.bigint();
    for (const unit of units) findSecret('API_KEY', unit.repeat(Math.ceil(100_000 / unit.length)));
    expect(Number(process.hrtime.bigint() - started) / 1e6).toBeLessThan(1500);
  });
});

describe('findDebugSwitch', () => {
  test.each([
    ['NODE_OPTIONS', '--inspect', 'opens a debugger'],
    ['NODE_OPTIONS', '--enable-source-maps --inspect-brk=0.0.0.0:9229', 'opens a debugger'],
    ['JAVA_TOOL_OPTIONS', '-agentlib:jdwp=transport=dt_socket,server=y', 'opens a debugger'],
    ['DEBUG', '*', 'logs everything'],
    ['DEBUG', 'express:*', 'logs everything'],
    ['DEBUG', 'true', 'logs everything'],
    ['DEBUG', 'express', 'logs everything'],
    ['NODE_DEBUG', 'http,tls', 'logs everything'],
    ['LOG_LEVEL', 'debug', 'logs everything'],
    ['LOG_LEVEL', 'TRACE', 'logs everything'],
    ['POWERTOOLS_LOG_LEVEL', 'DEBUG', 'logs everything'],
    ['logLevel', 'silly', 'logs everything'],
    ['POWERTOOLS_LOGGER_LOG_EVENT', 'true', 'logs every event'],
    ['FLASK_DEBUG', '1', 'shows errors to callers'],
    ['NODE_TLS_REJECT_UNAUTHORIZED', '0', 'accepts any TLS certificate'],
  ])('finds that %s=%s %s', (name, value, what) => {
    expect(findDebugSwitch(name, value)?.name).toBe(what);
  });
});

describe('the environment guard', () => {
  const refusal = (name: string, kind: string) => `'environment.${name}' must not hold a secret, and this looks like ${kind}; keep it in AWS Secrets Manager `
    + `and pass { secrets: { ${name}: secret } }, which gives the function its ARN and the right to read it [SecureFunction.SecretInEnvironment, at 'Shop/Orders']`;
  const make = (stack: Stack, environment: { [name: string]: string }) => new SecureFunction(stack, 'Orders', {
    code: Code.fromInline('exports.handler = () => {}'), handler: 'index.handler', runtime: Runtime.NODEJS_24_X, environment,
  });
  const DYNAMIC = 'a reference that CloudFormation replaces by a secret';

  test('fails on a secret in the props, before anything is made', () => {
    const stack = testStack();
    expect(() => make(stack, { GH: join('ghp_', ALNUM36) })).toThrow(refusal('GH', 'a GitHub token'));
    expect(stack.node.children).toStrictEqual([]);
  });

  test('fails on a secret that is added later', () => {
    const fn = make(testStack(), {});
    expect(() => fn.addEnvironment('GH', join('ghp_', ALNUM36))).toThrow(refusal('GH', 'a GitHub token'));
  });

  const tokens: [string, (stack: Stack) => string, string][] = [
    ['the value of a secret', (stack) => new Secret(stack, 'S').secretValue.unsafeUnwrap(), DYNAMIC],
    ['the checked value of a secret', (stack) => new Secret(stack, 'S').secretValue.toString(), DYNAMIC],
    ['a secure parameter', () => SecretValue.ssmSecure('/prod/db', '1').unsafeUnwrap(), DYNAMIC],
    ['a secret inside of a string', (stack) => `postgres://app:${new Secret(stack, 'S').secretValue.unsafeUnwrap()}@db.example.com`, DYNAMIC],
    ['a reference beside a token', (stack) => `${stack.region}-{{resolve:secretsmanager:prod/db}}`, DYNAMIC],
    ['a reference built by Fn::Join', (stack) => Fn.join('', ['{{resolve:secretsmanager:', stack.region, '}}']), DYNAMIC],
    ['a lazy value', () => Lazy.string({ produce: () => join('ghp_', ALNUM36) }), 'a GitHub token'],
    ['a parameter with NoEcho', (stack) => new CfnParameter(stack, 'P', { noEcho: true }).valueAsString, DYNAMIC],
    ['a password from a parameter in a connection string', (stack) => `postgres://app:${new CfnParameter(stack, 'P').valueAsString}@db.example.com`, 'a connection string with a password'],
    ['the secret of an access key', (stack) => new AccessKey(stack, 'K', { user: new User(stack, 'U') }).secretAccessKey.unsafeUnwrap(), 'the secret of an access key or client'],
  ];
  test.each(tokens)('fails on %s, with and without feature flags', (_, value, kind) => {
    for (const flags of [{}, RECOMMENDED_FLAGS]) {
      const stack = testStack({ flags });
      expect(() => make(stack, { DB: value(stack) })).toThrow(refusal('DB', kind));
    }
  });

  test('lets references to resources be', () => {
    const stack = testStack();
    make(stack, { DB_SECRET: new Secret(stack, 'S').secretArn, REGION: stack.region, URL: `https://${Fn.importValue('Host')}/v1` });
    templateOf(stack).hasResourceProperties('AWS::Lambda::Function', { Environment: { Variables: { DB_SECRET: { Ref: 'S509448A1' } } } });
  });

  test('lets a lazy value be that is not known yet', () => {
    expect(() => make(testStack(), { LATER: Lazy.string({ produce: () => { throw new Error('not yet'); } }) })).not.toThrow();
  });

  test('fails on debug switches in production', () => {
    expect(() => make(testStack(), { LOG_LEVEL: 'debug' })).toThrow("'environment.LOG_LEVEL' must not be turned on, because it logs everything; leave it out, "
      + "or choose SecurityProfile.sandbox() for the stack in which you experiment [SecureFunction.DebugSwitch, at 'Shop/Orders']");
  });

  test('lets the sandbox debug, but not accept any certificate', () => {
    const stack = testStack({ profile: SecurityProfile.sandbox() });
    const fn = make(stack, { LOG_LEVEL: 'debug', DEBUG: '*', NODE_OPTIONS: '--inspect' });
    expect(() => fn.addEnvironment('NODE_TLS_REJECT_UNAUTHORIZED', '0')).toThrow("'environment.NODE_TLS_REJECT_UNAUTHORIZED' must not be turned on, "
      + "because it accepts any TLS certificate; leave it out [SecureFunction.DebugSwitch, at 'Shop/Orders']");
  });

  test('throws nothing but its own error and never tells the value', () => {
    const stack = testStack();
    const secretLike = fc.constantFrom(...SECRETS.map(([, value]) => value));
    const values = fc.oneof(fc.string({ unit: 'binary' }), fc.tuple(fc.string(), secretLike, fc.string()).map((pieces) => pieces.join('')), fc.base64String({ minLength: 20 }));
    const names = fc.oneof(fc.string({ minLength: 1 }), fc.constantFrom('API_KEY', 'DB_PASSWORD', 'DEBUG', 'NODE_OPTIONS', '__proto__', 'constructor'));
    fc.assert(fc.property(names, values, (name, value) => {
      try {
        checkVariable(stack, stack, name, value);
      } catch (error) {
        expect(error).toBeInstanceOf(ConfigurationError);
        if (value.length > 12) expect((error as Error).message).not.toContain(value);
      }
    }), { numRuns: 500 });
  });

  test('finds known secrets wherever they stand in a value', () => {
    const known = fc.constantFrom(...SECRETS.filter(([, , kind]) => !/random|password$|secret access key/.test(kind)).map(([, value]) => value));
    fc.assert(fc.property(known, fc.constantFrom('', ' ', '\n', '"', ';'), (value, edge) => {
      expect(findSecret('ANYTHING', `${edge}${value}${edge}`)).toBeDefined();
    }));
  });
});

describe('the baseline', () => {
  test('refuses at least what aws-cdk-lib marks as deprecated', () => {
    const declarations = readFileSync(require.resolve('aws-cdk-lib/aws-lambda').replace(/index\.js$/, 'lib/runtime.d.ts'), 'utf8');
    const members = [...declarations.matchAll(/\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*static readonly (\w+): Runtime;/g)];
    const deprecated = members.filter(([, comment]) => comment.includes('@deprecated')).map(([, , name]) => (Runtime as unknown as Record<string, Runtime>)[name].name);
    expect(deprecated.length).toBeGreaterThan(20);
    expect(DEPRECATED_RUNTIMES).toEqual(expect.arrayContaining(deprecated));
  });

  test('names a Node.js runtime that aws-cdk-lib knows', () => {
    expect(Runtime.ALL.map((runtime) => runtime.name)).toContain(NODEJS_RUNTIME);
  });
});
