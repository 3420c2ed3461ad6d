import { join } from 'path';
import { CreateConnectionCommand, EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { CreateSecretCommand, PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { BUNDLES } from '../../scripts/handlers/bundle';

/*
 * moto takes the update of a connection, and shows its parameters as they were given: AWS shows none of the secret ones. That EventBridge puts them
 * into the connection's own secret is taken from its documentation.
 */

const secrets = new SecretsManagerClient();
const events = new EventBridgeClient();

let handler: () => Promise<void>;

beforeAll(async () => {
  const { ARN } = await secrets.send(new CreateSecretCommand({ Name: 'credential', SecretString: '{"clientId":"shop","clientSecret":"old"}' }));
  await events.send(new CreateConnectionCommand({
    Name: 'Payments',
    AuthorizationType: 'OAUTH_CLIENT_CREDENTIALS',
    AuthParameters: {
      OAuthParameters: {
        AuthorizationEndpoint: 'https://auth.example.com/token', HttpMethod: 'POST', ClientParameters: { ClientID: 'shop', ClientSecret: 'old' },
      },
    },
  }));
  Object.assign(process.env, {
    CONNECTION_NAME: 'Payments',
    CREDENTIAL_ARN: ARN,
    AUTHORIZATION_TYPE: 'OAUTH_CLIENT_CREDENTIALS',
    TOKEN_URL: 'https://auth.example.com/token',
    TOKEN_SCOPE: 'charge',
  });
  ({ handler } = jest.requireActual<{ handler: typeof handler }>(join(BUNDLES, 'refresh-connection', 'index.js')));
});

beforeEach(() => { jest.spyOn(process.stdout, 'write').mockReturnValue(true); });

afterEach(() => jest.restoreAllMocks());

/** Asked without the SDK, whose answers leave out what AWS does not show. */
async function parameters(): Promise<object> {
  const response = await fetch(process.env.AWS_ENDPOINT_URL!, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/x-amz-json-1.1',
      'X-Amz-Target': 'AWSEvents.DescribeConnection',
      'Authorization': `AWS4-HMAC-SHA256 Credential=emulator/20261126/${process.env.AWS_REGION}/events/aws4_request, SignedHeaders=host, Signature=0`,
    },
    body: JSON.stringify({ Name: 'Payments' }),
  });
  return (await response.json() as { AuthParameters: { OAuthParameters: object } }).AuthParameters.OAuthParameters;
}

test('the connection gets the current value, and not one that waits to become it', async () => {
  await secrets.send(new PutSecretValueCommand({ SecretId: 'credential', SecretString: '{"clientId":"shop","clientSecret":"new"}' }));
  await secrets.send(new PutSecretValueCommand({ SecretId: 'credential', SecretString: '{"clientId":"shop","clientSecret":"next"}', VersionStages: ['AWSPENDING'] }));
  await handler();
  expect(await parameters()).toMatchObject({
    AuthorizationEndpoint: 'https://auth.example.com/token',
    ClientParameters: { ClientID: 'shop', ClientSecret: 'new' },
    OAuthHttpParameters: { BodyParameters: [{ Key: 'grant_type', Value: 'client_credentials' }, { Key: 'scope', Value: 'charge' }] },
  });
});

test('a value of another form is refused, and the connection keeps what it has', async () => {
  const before = await parameters();
  await secrets.send(new PutSecretValueCommand({ SecretId: 'credential', SecretString: 'no document' }));
  await expect(handler()).rejects.toThrow("the secret must be a JSON document with a text in 'clientId'");
  expect(await parameters()).toEqual(before);
});
