import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import {
  AccountRecovery, CfnLogDeliveryConfiguration, CfnManagedLoginBranding, CfnUserPool, CfnUserPoolRiskConfigurationAttachment, ClientAttributes,
  CustomThreatProtectionMode, FeaturePlan, LambdaVersion, ManagedLoginVersion, Mfa, OAuthScope, ResourceServerScope, StandardThreatProtectionMode,
  StringAttribute, UserPool, UserPoolClient, UserPoolClientIdentityProvider, UserPoolOperation,
} from 'aws-cdk-lib/aws-cognito';
import { IFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnWebACL, CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import { alarm } from './by-hand-alarm';
import { groupArn, makeLogGroup } from './by-hand-api';
import { Shared } from './notes-by-hand-shared';
import { NAMES } from './notes-shape';

export interface Members {
  readonly pool: UserPool;
  readonly client: UserPoolClient;
}

export function makeMembers(stack: Stack, { key, alarms }: Shared, addTenant: IFunction, acl: CfnWebACL): Members {
  const pool = makePool(stack, addTenant);
  new CfnWebACLAssociation(stack, 'MembersAcl', { resourceArn: pool.userPoolArn, webAclArn: acl.attrArn });
  const logs = groupArn(makeLogGroup(stack, 'MembersLogs', key));
  new CfnLogDeliveryConfiguration(stack, 'MembersLogDelivery', {
    userPoolId: pool.userPoolId,
    logConfigurations: [
      { eventSource: 'userNotification', logLevel: 'ERROR', cloudWatchLogsConfiguration: { logGroupArn: logs } },
      { eventSource: 'userAuthEvents', logLevel: 'INFO', cloudWatchLogsConfiguration: { logGroupArn: logs } },
    ],
  });
  new CfnUserPoolRiskConfigurationAttachment(stack, 'MembersRisks', {
    userPoolId: pool.userPoolId,
    clientId: 'ALL',
    accountTakeoverRiskConfiguration: { actions: { highAction: { eventAction: 'BLOCK', notify: false } } },
    compromisedCredentialsRiskConfiguration: { actions: { eventAction: 'BLOCK' }, eventFilter: ['PASSWORD_CHANGE', 'SIGN_IN', 'SIGN_UP'] },
  });
  const client = makeClient(stack, pool);
  const metric = (metricName: string, dimensionsMap: Record<string, string>): Metric => new Metric({ namespace: 'AWS/Cognito', metricName, statistic: 'Sum', dimensionsMap });
  const ofClient = { UserPool: pool.userPoolId, UserPoolClient: client.userPoolClientId };
  alarm(pool, 'CompromisedCredentials', 'leaked passwords are used', metric('CompromisedCredentialRisk', { UserPoolId: pool.userPoolId }), 5, alarms);
  alarm(pool, 'AccountTakeover', 'sign-ins look like an attack', metric('AccountTakeoverRisk', { UserPoolId: pool.userPoolId }), 5, alarms);
  alarm(client, 'SignInThrottles', 'sign-ins are refused', metric('SignInThrottles', ofClient), 0, alarms);
  alarm(client, 'TokenRefreshThrottles', 'tokens are refused', metric('TokenRefreshThrottles', ofClient), 0, alarms);
  return { pool, client };
}

function makePool(stack: Stack, addTenant: IFunction): UserPool {
  const pool = new UserPool(stack, 'Members', {
    selfSignUpEnabled: false,
    signInAliases: { email: true },
    signInCaseSensitive: false,
    autoVerify: { email: true },
    keepOriginal: { email: true },
    standardAttributes: { email: { required: true, mutable: true } },
    customAttributes: { tenant: new StringAttribute({ minLen: 1, maxLen: 64, mutable: true }) },
    accountRecovery: AccountRecovery.EMAIL_ONLY,
    mfa: Mfa.REQUIRED,
    mfaSecondFactor: { otp: true, sms: false },
    passwordPolicy: {
      minLength: 14,
      requireDigits: true,
      requireLowercase: true,
      requireSymbols: true,
      requireUppercase: true,
      passwordHistorySize: 12,
      tempPasswordValidity: Duration.days(3),
    },
    signInPolicy: { allowedFirstAuthFactors: { password: true, passkey: true } },
    featurePlan: FeaturePlan.PLUS,
    standardThreatProtectionMode: StandardThreatProtectionMode.FULL_FUNCTION,
    customThreatProtectionMode: CustomThreatProtectionMode.FULL_FUNCTION,
    deletionProtection: true,
    removalPolicy: RemovalPolicy.RETAIN,
  });
  (pool.node.defaultChild as CfnUserPool).webAuthnFactorConfiguration = 'MULTI_FACTOR_WITH_USER_VERIFICATION';
  pool.addTrigger(UserPoolOperation.PRE_TOKEN_GENERATION_CONFIG, addTenant, LambdaVersion.V2_0);
  pool.addDomain('Domain', { cognitoDomain: { domainPrefix: NAMES.signInPrefix }, managedLoginVersion: ManagedLoginVersion.NEWER_MANAGED_LOGIN });
  return pool;
}

function makeClient(stack: Stack, pool: UserPool): UserPoolClient {
  const read = new ResourceServerScope({ scopeName: 'read', scopeDescription: 'See notes' });
  const write = new ResourceServerScope({ scopeName: 'write', scopeDescription: 'Write notes' });
  const server = pool.addResourceServer('Notes', { identifier: 'notes', scopes: [read, write] });
  const client = pool.addClient('Page', {
    authFlows: { userSrp: true, user: true },
    oAuth: {
      flows: { authorizationCodeGrant: true, implicitCodeGrant: false },
      scopes: [OAuthScope.OPENID, OAuthScope.resourceServer(server, read), OAuthScope.resourceServer(server, write)],
      callbackUrls: [`https://${NAMES.domainName}/`],
      logoutUrls: [`https://${NAMES.domainName}/`],
    },
    supportedIdentityProviders: [UserPoolClientIdentityProvider.COGNITO],
    generateSecret: false,
    preventUserExistenceErrors: true,
    enableTokenRevocation: true,
    authSessionValidity: Duration.minutes(5),
    accessTokenValidity: Duration.minutes(60),
    idTokenValidity: Duration.minutes(60),
    refreshTokenValidity: Duration.days(30),
    refreshTokenRotationGracePeriod: Duration.seconds(60),
    readAttributes: new ClientAttributes().withStandardAttributes({ email: true, emailVerified: true }).withCustomAttributes('tenant'),
    writeAttributes: new ClientAttributes().withStandardAttributes({ email: true }),
  });
  new CfnManagedLoginBranding(stack, 'Branding', { userPoolId: pool.userPoolId, clientId: client.userPoolClientId, useCognitoProvidedValues: true });
  return client;
}
