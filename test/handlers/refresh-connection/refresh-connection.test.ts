import { EventBridgeClient, UpdateConnectionCommand } from '@aws-sdk/client-eventbridge';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { mockClient } from 'aws-sdk-client-mock';
import { handler } from '../../../handlers/refresh-connection';
import { updateOf } from '../../../handlers/refresh-connection/authorization';

const secrets = mockClient(SecretsManagerClient);
const events = mockClient(EventBridgeClient);
const ENVIRONMENT = process.env;

beforeEach(() => {
  secrets.reset();
  events.reset();
  process.env = { ...ENVIRONMENT, CONNECTION_NAME: 'Payments', CREDENTIAL_ARN: 'arn:secret', AUTHORIZATION_TYPE: 'API_KEY', API_KEY_HEADER: 'x-api-key' };
});

afterEach(() => {
  process.env = ENVIRONMENT;
});

test('gives the connection the current value, and logs nothing of it', async () => {
  const written = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  secrets.on(GetSecretValueCommand).resolves({ SecretString: 'new-key', VersionId: 'v2' });
  await handler();
  const lines = written.mock.calls.map(([text]) => String(text));
  written.mockRestore();
  expect(secrets.commandCalls(GetSecretValueCommand).map(({ args: [{ input }] }) => input)).toEqual([{ SecretId: 'arn:secret', VersionStage: 'AWSCURRENT' }]);
  expect(events.commandCalls(UpdateConnectionCommand).map(({ args: [{ input }] }) => input)).toEqual([{
    Name: 'Payments', AuthorizationType: 'API_KEY', AuthParameters: { ApiKeyAuthParameters: { ApiKeyName: 'x-api-key', ApiKeyValue: 'new-key' } },
  }]);
  expect(lines.map((text) => JSON.parse(text))).toEqual([{ level: 'INFO', message: 'the connection has the current credential', connection: 'Payments', version: 'v2' }]);
});

test('fails where the secret holds no text', async () => {
  secrets.on(GetSecretValueCommand).resolves({});
  await expect(handler()).rejects.toThrow('the secret must hold text');
  expect(events.calls()).toHaveLength(0);
});

test('fails with what EventBridge says, so that the event is tried again and kept', async () => {
  secrets.on(GetSecretValueCommand).resolves({ SecretString: 'new-key' });
  events.on(UpdateConnectionCommand).rejects(new Error('ThrottlingException'));
  await expect(handler()).rejects.toThrow('ThrottlingException');
});

test('fails where the construct gave no name', async () => {
  delete process.env.CONNECTION_NAME;
  await expect(handler()).rejects.toThrow('the environment variable CONNECTION_NAME is missing: deploy the construct again');
});

describe('a credential', () => {
  test('of name and password has both', () => {
    expect(updateOf({ name: 'Payments', type: 'BASIC' }, '{"username":"shop","password":"geheim"}')).toEqual({
      Name: 'Payments', AuthorizationType: 'BASIC', AuthParameters: { BasicAuthParameters: { Username: 'shop', Password: 'geheim' } },
    });
  });

  test.each([['charge', [{ Key: 'grant_type', Value: 'client_credentials', IsValueSecret: false }, { Key: 'scope', Value: 'charge', IsValueSecret: false }]],
    [undefined, [{ Key: 'grant_type', Value: 'client_credentials', IsValueSecret: false }]]])('of a client asks for tokens with the scope %s', (scope, BodyParameters) => {
    expect(updateOf({ name: 'Payments', type: 'OAUTH_CLIENT_CREDENTIALS', tokenUrl: 'https://auth.example.com', scope }, '{"clientId":"shop","clientSecret":"geheim"}')).toEqual({
      Name: 'Payments',
      AuthorizationType: 'OAUTH_CLIENT_CREDENTIALS',
      AuthParameters: {
        OAuthParameters: {
          AuthorizationEndpoint: 'https://auth.example.com', HttpMethod: 'POST', ClientParameters: { ClientID: 'shop', ClientSecret: 'geheim' }, OAuthHttpParameters: { BodyParameters },
        },
      },
    });
  });

  test.each([
    ['BASIC', 'geheim', "the secret must be a JSON document with a text in 'username'"],
    ['BASIC', '{"username":"shop"}', "the secret must be a JSON document with a text in 'password'"],
    ['BASIC', 'null', "the secret must be a JSON document with a text in 'username'"],
    ['OAUTH_CLIENT_CREDENTIALS', '{"clientId":"","clientSecret":"geheim"}', "the secret must be a JSON document with a text in 'clientId'"],
    ['OTHER', '{}', 'the authorization type OTHER is not known: deploy the construct again'],
  ])('fails for %s with another form, without its value', (type, secret, message) => {
    expect(() => updateOf({ name: 'Payments', type }, secret)).toThrow(new Error(message));
  });
});
