import { Annotations, CfnResource, Tags } from 'aws-cdk-lib';
import { CfnConnection, Connection, EventBus, EventPattern } from 'aws-cdk-lib/aws-events';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { Runtime, RuntimeFamily } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { CredentialRefresh } from './credential-refresh';
import { CONNECTION_KEY_TAG, CONNECTION_SECRET_ACTIONS, UPDATE_CONNECTION_ACTIONS } from './third-party-baseline';
import { ThirdPartyCredential } from './third-party-credential';
import { placeOf } from '../core/configuration-error';
import { recordWaiver } from '../core/exceptions/waiver';
import { shippedCode } from '../function/code/shipped-code';
import { NODEJS_RUNTIME } from '../function/function-baseline';
import { SecureFunctionOptions } from '../function/function-options';
import { checkFunction } from '../function/guards/function-validation';
import { SecureFunction } from '../function/secure-function';
import { allow, allowKeyThroughService } from '../iam/exact-access';
import { KEY_WRITE_ACTIONS } from '../iam/iam-baseline';
import { StackNetwork } from '../network/stack-network';
import { SecureSecret } from '../secrets/secret/secure-secret';

/** What a connection is made of. */
export interface ConnectionProps {
  readonly description: string;
  readonly secret: SecureSecret;
  readonly credential: ThirdPartyCredential;
  readonly refresh: CredentialRefresh;
}

const REFRESH_RUNTIME = new Runtime(NODEJS_RUNTIME, RuntimeFamily.NODEJS);

/**
 * The connection by which EventBridge shows the credential, and the function that gives it the new one.
 *
 * EventBridge keeps a copy of the credential in a secret of its own, which CloudFormation fills when it makes the connection and never again: it
 * does not see that the secret behind a dynamic reference has changed.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references-secretsmanager.html
 */
export function makeConnection(scope: Construct, props: ConnectionProps): Connection {
  const { secret, credential, refresh, description } = props;
  if (refresh._byHandReason === undefined) checkRefresher(scope, refresh._function!);
  const connection = new Connection(scope, 'Connection', { authorization: credential._authorization(secret), description });
  const key = secret.encryptionKey;
  if (key !== undefined) encrypt(scope, connection, key);
  if (refresh._byHandReason === undefined) refreshByFunction(scope, connection, props, refresh._function!);
  else recordWaiver(scope, { control: 'ThirdPartyApi.refresh', reason: refresh._byHandReason });
  return connection;
}

/** The service-linked role of EventBridge may use keys with this tag only, and through Secrets Manager for the secrets of connections only. */
function encrypt(scope: Construct, connection: Connection, key: IKey): void {
  resourceOf(connection).kmsKeyIdentifier = key.keyArn;
  const resource = key.node.defaultChild;
  if (resource !== undefined && CfnResource.isCfnResource(resource)) {Tags.of(resource).add(CONNECTION_KEY_TAG.key, CONNECTION_KEY_TAG.value);} else {
    Annotations.of(scope).addWarningV2('cdk-secure-serverless:ConnectionKeyTag',
      `The imported key ${key.node.path} cannot be tagged here: it needs the tag ${CONNECTION_KEY_TAG.key}=${CONNECTION_KEY_TAG.value}, or EventBridge may not use it for the connection.`);
  }
}

/** What the function that refreshes would be refused for is found before the connection is made. */
function checkRefresher(scope: Construct, options: SecureFunctionOptions): void {
  checkFunction(scope, placeOf(scope, 'Refresh'), { ...options, network: options.network ?? StackNetwork.of(scope) }, REFRESH_RUNTIME);
}

function refreshByFunction(scope: Construct, connection: Connection, { secret, credential }: ConnectionProps, options: SecureFunctionOptions): void {
  const { type, header, tokenUrl, scope: rights } = credential._kind;
  const fn = new SecureFunction(scope, 'Refresh', {
    description: 'Gives a connection of EventBridge the new value of its credential',
    ...options,
    environment: {
      CONNECTION_NAME: connection.connectionName,
      CREDENTIAL_ARN: secret.secretArn,
      AUTHORIZATION_TYPE: type,
      ...header === undefined ? {} : { API_KEY_HEADER: header },
      ...tokenUrl === undefined ? {} : { TOKEN_URL: tokenUrl },
      ...rights === undefined ? {} : { TOKEN_SCOPE: rights },
    },
    code: shippedCode('refresh-connection'),
    handler: 'index.handler',
    runtime: REFRESH_RUNTIME,
  });
  secret.allowRead(fn, { versionStages: ['AWSCURRENT'] });
  allow(scope, { grantee: fn, actions: UPDATE_CONNECTION_ACTIONS, resources: [resourceOf(connection).attrArnForPolicy] });
  allow(scope, { grantee: fn, actions: CONNECTION_SECRET_ACTIONS, resources: [connection.connectionSecretArn] });
  const key = secret.encryptionKey;
  if (key !== undefined) {
    allow(scope, { grantee: fn, actions: ['kms:DescribeKey'], resources: [key.keyArn] });
    allowKeyThroughService(connection, key, 'secretsmanager', fn, KEY_WRITE_ACTIONS, { 'kms:EncryptionContext:SecretARN': connection.connectionSecretArn });
  }
  const bus = EventBus.fromEventBusName(scope, 'DefaultBus', 'default');
  for (const pattern of changesOf(secret)) fn.onEvent(bus, pattern);
}

function resourceOf(connection: Connection): CfnConnection {
  return connection.node.children.find((child): child is CfnConnection => CfnConnection.isCfnConnection(child))!;
}

/** A rotation that succeeded, and a value that somebody put there. Whoever calls may name the secret by its name. */
function changesOf(secret: SecureSecret): readonly EventPattern[] {
  const eventSource = ['secretsmanager.amazonaws.com'];
  return [
    {
      source: ['aws.secretsmanager'],
      detailType: ['AWS Service Event via CloudTrail'],
      detail: { eventSource, eventName: ['RotationSucceeded'], additionalEventData: { SecretId: [secret.secretArn] } },
    },
    {
      source: ['aws.secretsmanager'],
      detailType: ['AWS API Call via CloudTrail'],
      detail: {
        eventSource,
        eventName: ['PutSecretValue', 'UpdateSecret', 'UpdateSecretVersionStage'],
        requestParameters: { secretId: [secret.secretArn, secret.secretName] },
      },
    },
  ];
}
