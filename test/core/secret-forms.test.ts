import { TOKEN_PATTERNS } from '../../src/core/secrets/secret-baseline';
import { findSecret, findToken, namesSecret, wordsOf } from '../../src/core/secrets/secret-findings';

const DIGITS = '0123456789';
const mixed = (length: number): string => 'aZ09bY18cX27'.repeat(12).slice(0, length);
const hex = (length: number): string => 'a0f9b1e8c2d7'.repeat(12).slice(0, length);
const upper = (length: number): string => 'A0Z9B1Y8C2X7'.repeat(12).slice(0, length);

/** What it is, the shortest text of the form, and whether it may follow a letter. */
const FORMS = ([
  ...['ABIA', 'ACCA', 'AKIA', 'ASIA'].map((kind) => ['an AWS access key id', `${kind}${upper(16)}`] as const),
  ['an Amazon Bedrock API key', `ABSK${mixed(96)}+/09`],
  ['a private key', '-----BEGIN PRIVATE KEY-----', 'after letters'],
  ['a private key', '-----BEGIN RSA PRIVATE KEY-----', 'after letters'],
  ['a private key', '-----BEGIN PGP PRIVATE KEY BLOCK-----', 'after letters'],
  ['a private key', '-----BEGIN A B ENCRYPTED256 PRIVATE KEY-----', 'after letters'],
  ['a private key', 'PuTTY-User-Key-File-2:', 'after letters'],
  ['a private key', 'PuTTY-User-Key-File-3:', 'after letters'],
  ['a private key', `AGE-SECRET-KEY-1${upper(20)}`, 'after letters'],
  ...['o', 'p', 'r', 's', 'u'].map((kind) => ['a GitHub token', `gh${kind}_${mixed(30)}`] as const),
  ['a GitHub token', `github_pat_${mixed(21)}_`],
  ...['agent', 'cbt', 'dt', 'ffct', 'ft', 'imt', 'oas', 'pat', 'ptt', 'rt', 'soat'].map((kind) => ['a GitLab token', `gl${kind}-${mixed(18)}_-`] as const),
  ...['xapp', 'xoxa', 'xoxb', 'xoxe', 'xoxo', 'xoxp', 'xoxr', 'xoxs'].map((kind) => ['a Slack token', `${kind}-${mixed(9)}-`] as const),
  ...['services', 'triggers', 'workflows'].map((kind) => ['a Slack webhook', `hooks.slack.com/${kind}/${mixed(17)}/_-`, 'after letters'] as const),
  ['a Discord webhook', `discord.com/api/webhooks/${DIGITS}/${mixed(18)}_-`, 'after letters'],
  ['a Discord webhook', `discordapp.com/api/webhooks/${DIGITS}${DIGITS}01234/${mixed(20)}`, 'after letters'],
  ...['rk_live', 'rk_test', 'sk_live', 'sk_test', 'whsec'].map((kind) => ['a Stripe key', `${kind}_${mixed(16)}`] as const),
  ['a Google API key', `AIza${mixed(28)}_-`],
  ['a Google OAuth secret', `GOCSPX-${mixed(22)}_-`],
  ['a Google OAuth secret', `ya29.${mixed(18)}_-`],
  ['a Twilio key', `SK${hex(32)}`],
  ['a SendGrid key', `SG.${mixed(14)}_-.${mixed(14)}_-`],
  ['an npm token', `npm_${mixed(30)}`],
  ['an npm token', ':_authToken=a!b?c.d;', 'after letters'],
  ['a PyPI token', `pypi-AgEI${mixed(18)}_-`],
  ...['admin', 'ant', 'or', 'proj', 'svcacct'].map((kind) => ['a key of a language model provider', `sk-${kind}-${mixed(18)}_-`] as const),
  ['a key of a language model provider', `sk-${mixed(32)}`],
  ['an Azure storage or service key', `AccountKey=${mixed(38)}+/`, 'after letters'],
  ['an Azure storage or service key', `sharedaccesskey=${mixed(40)}`, 'after letters'],
  ['an Azure shared access signature', `?sig=${mixed(25)}%+/_-`, 'after letters'],
  ['an Azure shared access signature', `&sig=${mixed(30)}`, 'after letters'],
  ['a Mailgun key', `key-${hex(32)}`],
  ['a Mailchimp key', `${hex(32)}-us1`],
  ['a Telegram bot token', `${DIGITS}:AA${mixed(31)}_-`],
  ...['o', 'p', 'r'].map((kind) => ['a DigitalOcean token', `do${kind}_v1_${hex(64)}`] as const),
  ...['at', 'ca', 'pa', 'ss'].map((kind) => ['a Shopify token', `shp${kind}_${hex(31)}F`] as const),
  ...['b', 's'].map((kind) => ['a Vault or Terraform token', `hv${kind}.${mixed(22)}_-`] as const),
  ['a Vault or Terraform token', `.atlasv1.${mixed(38)}_-`, 'after letters'],
  ['a Databricks token', `dapi${hex(32)}`],
  ...['ATT', 'BBT', 'CTT'].map((kind) => ['an Atlassian token', `AT${kind}${mixed(30)}_-`] as const),
  ...['oat', 'pat'].map((kind) => ['a Docker Hub token', `dckr_${kind}_${mixed(18)}_-`] as const),
  ['a Hugging Face token', `hf_${mixed(34)}`],
  ['a New Relic key', `NRAK-${upper(27)}`],
  ['a Grafana token', `glc_${mixed(30)}+/`],
  ['a Grafana token', `glsa_${mixed(32)}`],
  ['a JSON web token', `eyJ${mixed(8)}_-.eyJ${mixed(8)}_-`],
  ['a connection string with a password', 'ab://:abc@a', 'after letters'],
] as const).map(([name, shortest, after]): [name: string, shortest: string, afterLetters: boolean] => [name, shortest, after !== undefined]);

describe('A credential is told from its form', () => {
  test.each(FORMS)('%s: %s', (name, text) => {
    expect(findToken(text)).toBe(name);
    expect(findToken(`code = "${text}";`)).toBe(name);
  });

  test.each(FORMS)('and a text that is shorter by one letter is none: %s: %s', (_, text) => {
    expect(findToken(text.slice(0, -1))).toBeUndefined();
  });

  test.each(FORMS.filter(([, , afterLetters]) => !afterLetters))('and what goes on before it is another word: %s: %s', (_, text) => {
    expect([`a${text}`, `Z${text}`, `0${text}`].map(findToken)).toEqual([undefined, undefined, undefined]);
  });

  test('a bot may have a number of 8 digits', () => {
    expect(findToken(`01234567:AA${mixed(33)}`)).toBe('a Telegram bot token');
    expect(findToken(`1234567:AA${mixed(33)}`)).toBeUndefined();
  });

  test('every form has an example here', () => {
    expect([...new Set(FORMS.map(([name]) => name))].sort()).toEqual([...new Set(TOKEN_PATTERNS.map(({ name }) => name))].sort());
  });

  test.each([
    ['an access key id that goes on', `AKIA${upper(17)}`],
    ['an access key id in small letters', `akia${upper(16)}`],
    ['a public key', '-----BEGIN PUBLIC KEY-----'],
    ['a certificate', '-----BEGIN CERTIFICATE-----'],
    ['a Twilio key that goes on', `SK${hex(32)}Z`],
    ['a Mailgun key that goes on', `key-${hex(33)}`],
    ['a Mailgun key inside of a word', `my-key-${hex(32)}`],
    ['a Mailchimp key that goes on', `${hex(32)}-us1z`],
    ['a Google key inside of a word', `_AIza${mixed(30)}`],
    ['a web token inside of a word', `-eyJ${mixed(10)}.eyJ${mixed(10)}`],
    ['a variable of npm', ':_authToken=$NPM_TOKEN'],
    ['a token of npm with a blank', ':_authToken=abcd efgh'],
    ['a connection string without a password', 'postgres://orders:@db.shop.test'],
    ['a connection string whose password is a variable', 'postgres://orders:$PASSWORD@db.shop.test'],
    ['a connection string whose password is a reference', 'postgres://orders:<Password>@db.shop.test'],
    ['a connection string whose password is a template', 'postgres://orders:{password}@db.shop.test'],
    ['a connection string whose password is a format', 'postgres://orders:%s-word@db.shop.test'],
    ['a connection string whose password is masked', 'postgres://orders:****@db.shop.test'],
    ['a connection string with a short password', 'postgres://orders:ab@db.shop.test'],
    ['a connection string with no host', 'postgres://orders:secret@/shop'],
    ['an address with a port', 'https://shop.test:8443/path@2'],
  ])('but not %s', (_, text) => {
    expect(findToken(text)).toBeUndefined();
  });
});

describe('A secret is told from its value and its name', () => {
  const RANDOM = 'q8Zt4LmX0vBn7Rk2';
  const AWS_KEY = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYzD9kQ2hTs4';

  test.each([
    ['ANYTHING', '{{resolve:secretsmanager:db:SecretString:password}}', 'a reference that CloudFormation replaces by a secret'],
    ['ANYTHING', '{{resolve:ssm-secure:/shop/db}}', 'a reference that CloudFormation replaces by a secret'],
    ['ANYTHING', '<Client.UserPoolClient.ClientSecret>', 'the secret of an access key or client'],
    ['ANYTHING', '<Key.SecretAccessKey>', 'the secret of an access key or client'],
    ['ANYTHING', `Basic ${mixed(14)}+/`, 'an authorization header'],
    ['ANYTHING', `Bearer ${mixed(14)}._~+/-`, 'an authorization header'],
    ['ANYTHING', 'postgres://orders:x@', 'a connection string with a password'],
    ['ANYTHING', 'Server=db; Password = abc', 'a connection string with a password'],
    ['ANYTHING', 'pwd=abc', 'a connection string with a password'],
    ['ANYTHING', 'x&passwd=abc', 'a connection string with a password'],
    ['ANYTHING', '{"apiKey" : "abcdef"}', 'a JSON document with a password or key'],
    ['ANYTHING', '{"client_secret":"abcdef"}', 'a JSON document with a password or key'],
    ['ANYTHING', AWS_KEY, 'an AWS secret access key'],
    ['ANYTHING', ` ${AWS_KEY} `, 'an AWS secret access key'],
    ['DB_PASSWORD', '1234', 'a password'],
    ['DB_PASSWORD', 'abcd', 'a password'],
    ['PASS', 'correct horse', 'a password'],
    ['dbPassphrase', 'tree', 'a password'],
    ['USER_PWD', 'tree', 'a password'],
    ['SESSION_SECRET_SALT', RANDOM, 'a random value under the name of a secret'],
    ['SECRET_SALT', 'a0f9b1e8-c2d7-4a5b', 'a random value under the name of a secret'],
    ['SECRET_SALT', 'abcdef01abcdef01', 'a random value under the name of a secret'],
    ['API_KEY', 'abcdefgh', 'a key'],
    ['API_KEY', 'abc123', 'a key'],
    ['stripeToken', 'live-12', 'a key'],
  ])('%s=%s', (name, value, kind) => {
    expect(findSecret(name, value)).toBe(kind);
  });

  test.each([
    ['ANYTHING', RANDOM],
    ['ANYTHING', '{{resolve:ssm:/shop/db}}'],
    ['ANYTHING', '<Client.UserPoolClientId>'],
    ['ANYTHING', `Basic ${mixed(15)}`],
    ['ANYTHING', `Bearer ${mixed(19)}`],
    ['ANYTHING', 'nopwd=abc'],
    ['ANYTHING', 'pwd=ab'],
    ['ANYTHING', '{"password":"abcde"}'],
    ['ANYTHING', '{"secret":"arn:aws:secretsmanager:x"}'],
    ['ANYTHING', AWS_KEY.slice(1)],
    ['ANYTHING', `${AWS_KEY}A`],
    ['ANYTHING', hex(40)],
    ['ANYTHING', 'a1'.repeat(20)],
    ['DB_PASSWORD', '123'],
    ['DB_PASSWORD', 'abc'],
    ['DB_PASSWORD', 'true'],
    ['DB_PASSWORD', 'NONE'],
    ['DB_PASSWORD', 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:db'],
    ['DB_PASSWORD', 'https://shop.test/password'],
    ['DB_PASSWORD', 'http://localhost:2773/password'],
    ['DB_PASSWORD', 's3://shop/password'],
    ['DB_PASSWORD', '/shop/password'],
    ['DB_PASSWORD', './password'],
    ['DB_PASSWORD', '../password'],
    ['DB_PASSWORD', '<Db.Name>'],
    ['DB_PASSWORD', '${password}'],
    ['DB_PASSWORD_FILE', RANDOM],
    ['SECRET_ARN', RANDOM],
    ['SECRET_NAMES', RANDOM],
    ['SECRET_SALT', RANDOM.slice(1)],
    ['SECRET_SALT', `${RANDOM.slice(0, 8)} ${RANDOM.slice(8)}`],
    ['SECRET_SALT', 'abababababababab1'],
    ['SECRET_SALT', '11111111-1111-1111-2222'],
    ['SECRET_SALT', 'orders-table-feed'],
    ['API_KEY', 'abcde'],
    ['API_KEY', 'abcdefg'],
    ['API_KEY', 'some words'],
    ['API_KEY', 'some/path'],
    ['API_KEY', 'required'],
    ['API_KEY', 'x-api-key'],
    ['API_KEY', 'same-origin'],
    ['API_KEY', 'api-key.json'],
    ['API_KEY', 'api-key.yml'],
    ['API_KEY', '12.5'],
    ['PUBLIC_API_KEY', 'abcdefgh'],
    ['NEXT_TOKEN', 'abcdefgh'],
    ['ALLOW_CREDENTIALS', 'abcdefgh'],
  ])('%s=%s is no secret', (name, value) => {
    expect(findSecret(name, value)).toBeUndefined();
  });

  test.each(['API_KEY', 'dbPassword', 'DB-Password', 'AUTH_TOKEN', 'CREDENTIAL', 'MY_PW', 'PASSCODE', 'DSN', 'DB_CONN_STR', 'ConnectionString', 'clientSecret'])('%s names a secret', (name) => {
    expect(namesSecret(name)).toBe(true);
  });

  test.each(['API_KEY_ARN', 'PASSWORD_PARAMETER', 'SECRETS_PATH', 'NO_CREDENTIAL', 'TOKENIZER', 'SECRETARY', 'COMPASS', 'PWDX', 'DSNX', 'TABLE', 'MONKEY'])('%s names none', (name) => {
    expect(namesSecret(name)).toBe(false);
  });

  test.each([['dbPassword', 'db_password'], ['DB-Password', 'db_password'], ['DBPassword', 'db_password'], ['db2Key', 'db2_key'], ['APIKey2', 'api_key2'], ['a b', 'a_b']])('%s has the words %s', (name, words) => {
    expect(wordsOf(name)).toBe(words);
  });
});

describe('A user name and a password in the form of HTTP', () => {
  const basic = (pair: string): string => `Basic ${Buffer.from(pair).toString('base64')}`;

  test.each([
    ['in code of the edge', `function handler(event) { var expected = '${basic('admin:S3same!')}'; return event.request; }`],
    ['alone', basic('a:b')],
    ['without padding', basic('admin:secret').replace(/=+$/, '')],
    ['of a name that is empty', basic(':token')],
    ['after another that is none', `Basic authentication; ${basic('admin:S3same!')}`],
  ])('is found %s', (_name, text) => {
    expect(findToken(text)).toBe('a user name and password');
  });

  test.each([
    ['a sentence', 'Basic authentication with a user pool'],
    ['what has no colon', `Basic ${Buffer.from('adminpassword').toString('base64')}`],
    ['what is no text', `Basic ${Buffer.from([1, 58, 2, 58, 3, 250]).toString('base64')}`],
    ['a placeholder', 'Basic ${TOKEN}'],
    ['the end of another word', `NonBasic ${Buffer.from('admin:S3same!').toString('base64')}`],
  ])('is not %s', (_name, text) => {
    expect(findToken(text)).toBeUndefined();
  });
});
