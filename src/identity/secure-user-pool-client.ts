import { Duration } from 'aws-cdk-lib';
import { AlarmBase } from 'aws-cdk-lib/aws-cloudwatch';
import {
  CfnManagedLoginBranding, CfnUserPoolClient, IUserPool, UserPoolClient, UserPoolClientIdentityProvider, UserPoolClientProps,
} from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import { AppClientOptions, MachineClientOptions } from './app-client-options';
import { watchClient } from './client-alarms';
import { DeclaredAttributes, readableAttributes, writableAttributes } from './client-attributes';
import { scopesOf } from './client-checks';
import { MACHINE_TOKEN_MINUTES, REFRESH_TOKEN_DAYS, ROTATION_GRACE_SECONDS, SESSION_MINUTES, TOKEN_MINUTES } from './user-pool-baseline';
import { recordWaiver } from '../core/exceptions/waiver';
import { markOwn } from '../core/own-part';

type OwningPool = Construct & IUserPool;

/**
 * An app, or a program, that a user pool knows. `SecureUserPool.addAppClient` and `addMachineClient` make it.
 *
 * No client uses the implicit grant or the flows for plain passwords; errors do not tell which users exist; tokens are short-lived and can be
 * revoked. The flow by which users choose a passkey (`USER_AUTH`) also takes a password over TLS from an app that sends one instead of SRP:
 * Cognito cannot switch that off. It costs nothing.
 */
export class SecureUserPoolClient extends UserPoolClient {
  /** @internal */
  public static _forApp(
    pool: OwningPool, id: string, declared: DeclaredAttributes, options: AppClientOptions, sandbox: boolean,
  ): SecureUserPoolClient {
    const client = new SecureUserPoolClient(pool, id, appProps(pool, declared, options));
    client.usesDomain = options.callbackUrls !== undefined;
    if (options.localCallbacks !== undefined && !sandbox) {
      recordWaiver(client, { control: 'UserPoolClient.localCallbacks', reason: options.localCallbacks._reason });
    }
    const names = (options.identityProviders ?? []).map(({ name }) => name);
    const providers = names.filter((name) => name !== UserPoolClientIdentityProvider.COGNITO.name);
    client.alarmList.push(...watchClient(client, { userPoolId: pool.userPoolId, clientId: client.userPoolClientId, providers }, options.alarms));
    return client;
  }

  /** @internal */
  public static _forMachine(pool: OwningPool, id: string, declared: DeclaredAttributes, options: MachineClientOptions): SecureUserPoolClient {
    const client = new SecureUserPoolClient(pool, id, machineProps(pool, declared, options));
    client.usesDomain = true;
    // Left out, Cognito would turn on the flows by which users sign in.
    (client.node.defaultChild as CfnUserPoolClient).explicitAuthFlows = ['ALLOW_REFRESH_TOKEN_AUTH'];
    return client;
  }

  private readonly alarmList: AlarmBase[] = [];
  private usesDomain = false;

  private constructor(scope: Construct, id: string, props: UserPoolClientProps) {
    super(scope, id, props);
    markOwn(this);
  }

  /** The alarms of the client: none for programs. */
  public get alarms(): AlarmBase[] {
    return [...this.alarmList];
  }

  /** @internal */
  public get _usesDomain(): boolean {
    return this.usesDomain;
  }

  /**
   * Without a style the sign-in pages of a client do not open.
   * @internal
   */
  public _styleSignInPages(userPoolId: string): void {
    if (!this.usesDomain || this.oAuthFlows.clientCredentials === true || this.node.tryFindChild('Branding') !== undefined) return;
    new CfnManagedLoginBranding(this, 'Branding', { userPoolId, clientId: this.userPoolClientId, useCognitoProvidedValues: true });
  }
}

function appProps(userPool: IUserPool, declared: DeclaredAttributes, options: AppClientOptions): UserPoolClientProps {
  return {
    userPool,
    ...COMMON,
    generateSecret: options.confidential === true,
    authFlows: { userSrp: true, user: true, custom: options.customAuthentication === true, userPassword: false, adminUserPassword: false },
    ...options.callbackUrls === undefined ? { disableOAuth: true } : {
      oAuth: {
        flows: { authorizationCodeGrant: true, implicitCodeGrant: false, clientCredentials: false },
        callbackUrls: options.callbackUrls,
        logoutUrls: options.logoutUrls,
        scopes: scopesOf(options),
      },
    },
    supportedIdentityProviders: options.identityProviders ?? [UserPoolClientIdentityProvider.COGNITO],
    authSessionValidity: Duration.minutes(SESSION_MINUTES),
    accessTokenValidity: options.accessTokenValidity ?? Duration.minutes(TOKEN_MINUTES.standard),
    idTokenValidity: options.idTokenValidity ?? Duration.minutes(TOKEN_MINUTES.standard),
    refreshTokenValidity: options.refreshTokenValidity ?? Duration.days(REFRESH_TOKEN_DAYS.standard),
    refreshTokenRotationGracePeriod: Duration.seconds(ROTATION_GRACE_SECONDS),
    readAttributes: options.readAttributes ?? readableAttributes(declared),
    writeAttributes: options.writeAttributes ?? writableAttributes(declared),
    enablePropagateAdditionalUserContextData: options.confidential === true,
  };
}

function machineProps(userPool: IUserPool, declared: DeclaredAttributes, options: MachineClientOptions): UserPoolClientProps {
  return {
    userPool,
    ...COMMON,
    generateSecret: true,
    oAuth: { flows: { clientCredentials: true, authorizationCodeGrant: false, implicitCodeGrant: false }, scopes: options.scopes },
    supportedIdentityProviders: [UserPoolClientIdentityProvider.COGNITO],
    accessTokenValidity: options.accessTokenValidity ?? Duration.minutes(MACHINE_TOKEN_MINUTES.standard),
    refreshTokenValidity: Duration.hours(1),
    readAttributes: readableAttributes(declared),
    writeAttributes: writableAttributes(declared),
  };
}

const COMMON = { preventUserExistenceErrors: true, enableTokenRevocation: true };
