import { EventBridgeClient, UpdateConnectionCommand } from '@aws-sdk/client-eventbridge';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { updateOf } from './authorization';
import { log } from '../common/log';
import { setting } from '../common/settings';

const secrets = new SecretsManagerClient({});
const events = new EventBridgeClient({});

/**
 * Gives a connection the current value of its secret. What the event says is not looked at: whoever could forge it makes the connection no
 * other than it should be, and events that come twice, late or out of order do no harm.
 */
export async function handler(): Promise<void> {
  const name = setting('CONNECTION_NAME');
  const { SecretString, VersionId } = await secrets.send(new GetSecretValueCommand({ SecretId: setting('CREDENTIAL_ARN'), VersionStage: 'AWSCURRENT' }));
  if (SecretString === undefined) throw new Error('the secret must hold text');
  const settings = {
    name,
    type: setting('AUTHORIZATION_TYPE'),
    header: process.env.API_KEY_HEADER,
    tokenUrl: process.env.TOKEN_URL,
    scope: process.env.TOKEN_SCOPE,
  };
  await events.send(new UpdateConnectionCommand(updateOf(settings, SecretString)));
  log('INFO', 'the connection has the current credential', { connection: name, version: VersionId });
}
