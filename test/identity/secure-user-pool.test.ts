import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { ManagedLoginVersion, StringAttribute, UserPoolEmail, UserPoolOperation } from 'aws-cdk-lib/aws-cognito';
import { AccountPrincipal, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { AlarmSetting } from '../../src/alarms/alarm-setting';
import { ApiAuth } from '../../src/api/access/api-auth';
import { SecureApi } from '../../src/api/secure-api';
import { waiversBelow } from '../../src/core/exceptions/waiver';
import { SecurityProfile } from '../../src/core/profile/security-profile';
import { SecureUserPool } from '../../src/identity/secure-user-pool';
import { SecureUserPoolProps } from '../../src/identity/secure-user-pool-props';
import { SignInDomain } from '../../src/identity/sign-in-domain';
import { SignUp } from '../../src/identity/sign-up';
import { ThreatProtection } from '../../src/identity/threat-protection';
import { UserPoolMfa } from '../../src/identity/user-pool-mfa';
import { UserPoolRemoval } from '../../src/identity/user-pool-removal';
import { SecureWebAcl } from '../../src/waf/secure-web-acl';
import { bodyOf, Json, only } from '../support/api';
import { PROFILES, templateOf, testStack } from '../support/apps';
import { aFunction } from '../support/self-audit';

const ENV = { account: '123456789012', region: 'eu-central-1' };
const OPEN = SignUp.open('anybody may become a customer');
const OPTIONAL = UserPoolMfa.optional('customers bring no authenticator app');
const OFF = ThreatProtection.off('the pool holds staff of the test company only');

function poolIn(stack: Stack, props: SecureUserPoolProps = {}): SecureUserPool {
  return new SecureUserPool(stack, 'Customers', props);
}

function made(props: SecureUserPoolProps = {}, profile?: SecurityProfile): Json {
  const stack = testStack({ profile });
  poolIn(stack, props);
  return only(templateOf(stack), 'AWS::Cognito::UserPool');
}

describe('a user pool', () => {
  test('lets administrators invite users, who sign in with two factors and strong passwords', () => {
    expect(made()).toMatchObject({
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
      MfaConfiguration: 'ON',
      EnabledMfas: ['SOFTWARE_TOKEN_MFA'],
      WebAuthnFactorConfiguration: 'MULTI_FACTOR_WITH_USER_VERIFICATION',
      WebAuthnUserVerification: 'required',
      Policies: {
        PasswordPolicy: {
          MinimumLength: 14,
          RequireLowercase: true,
          RequireUppercase: true,
          RequireNumbers: true,
          RequireSymbols: true,
          PasswordHistorySize: 12,
          TemporaryPasswordValidityDays: 3,
        },
        SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'WEB_AUTHN'] },
      },
      AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'verified_email', Priority: 1 }] },
      UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ['email'] },
      AutoVerifiedAttributes: ['email'],
      UsernameAttributes: ['email'],
      UsernameConfiguration: { CaseSensitive: false },
      Schema: [{ Name: 'email', Required: true, Mutable: true }],
    });
  });

  test('sends no text messages', () => {
    const stack = testStack();
    poolIn(stack);
    expect(JSON.stringify(templateOf(stack).findResources('AWS::IAM::Role'))).not.toContain('cognito-idp.amazonaws.com');
    expect(made().SmsConfiguration).toBeUndefined();
  });

  test.each(PROFILES)('in the profile %s has the plan, guards and end that the profile asks for', (name, profile) => {
    const stack = testStack({ profile: profile() });
    poolIn(stack);
    const template = templateOf(stack);
    const full = name !== 'sandbox';
    expect(only(template, 'AWS::Cognito::UserPool')).toMatchObject({
      UserPoolTier: full ? 'PLUS' : 'ESSENTIALS',
      UserPoolAddOns: full ? { AdvancedSecurityMode: 'ENFORCED', AdvancedSecurityAdditionalFlows: { CustomAuthMode: 'ENFORCED' } } : { AdvancedSecurityMode: 'OFF' },
      DeletionProtection: full ? 'ACTIVE' : 'INACTIVE',
    });
    template.hasResource('AWS::Cognito::UserPool', { DeletionPolicy: full ? 'Retain' : 'Delete' });
    template.resourceCountIs('AWS::Cognito::UserPoolRiskConfigurationAttachment', full ? 1 : 0);
    template.resourceCountIs('AWS::WAFv2::WebACLAssociation', full ? 1 : 0);
  });

  test('takes other values', () => {
    const pool = made({
      userPoolName: 'customers',
      signUp: OPEN,
      mfa: OPTIONAL,
      signInWithUsername: true,
      standardAttributes: { givenName: { mutable: true } },
      passwords: { minLength: 20, history: 24, temporaryPasswordValidity: Duration.days(7) },
      passkeyRelyingPartyId: 'shop.example.org',
      email: UserPoolEmail.withSES({ fromEmail: 'shop@example.org', sesRegion: 'eu-west-1' }),
      customAttributes: { color: new StringAttribute() },
      authorizationAttributes: { tenant: new StringAttribute({ mutable: true }) },
    });
    expect(pool).toMatchObject({
      UserPoolName: 'customers',
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: false },
      MfaConfiguration: 'OPTIONAL',
      AliasAttributes: ['email'],
      Policies: { PasswordPolicy: { MinimumLength: 20, PasswordHistorySize: 24, TemporaryPasswordValidityDays: 7 } },
      WebAuthnRelyingPartyID: 'shop.example.org',
      EmailConfiguration: { EmailSendingAccount: 'DEVELOPER' },
    });
    expect(pool.Schema.map(({ Name }: Json) => Name)).toEqual(['given_name', 'email', 'color', 'tenant']);
  });

  test('keeps the e-mail address required, whatever is said of it', () => {
    expect(made({ standardAttributes: { email: { required: false, mutable: false } } }).Schema).toEqual([{ Name: 'email', Required: true, Mutable: false }]);
  });

  test('blocks leaked passwords and sign-ins of high risk, and asks for the second factor where it is optional', () => {
    const attachment = (mfa?: UserPoolMfa): Json => {
      const stack = testStack();
      poolIn(stack, { mfa });
      return only(templateOf(stack), 'AWS::Cognito::UserPoolRiskConfigurationAttachment');
    };
    expect(attachment()).toMatchObject({
      ClientId: 'ALL', CompromisedCredentialsRiskConfiguration: { Actions: { EventAction: 'BLOCK' }, EventFilter: ['PASSWORD_CHANGE', 'SIGN_IN', 'SIGN_UP'] },
    });
    expect(attachment().AccountTakeoverRiskConfiguration.Actions).toEqual({ HighAction: { EventAction: 'BLOCK', Notify: false } });
    expect(attachment(OPTIONAL).AccountTakeoverRiskConfiguration.Actions).toEqual({
      HighAction: { EventAction: 'BLOCK', Notify: false }, MediumAction: { EventAction: 'MFA_REQUIRED', Notify: false }, LowAction: { EventAction: 'MFA_IF_CONFIGURED', Notify: false },
    });
  });

  test('only writes risks down where that is chosen, and does without where that is', () => {
    const stack = testStack();
    poolIn(stack, { threatProtection: ThreatProtection.auditOnly('we look for false alarms first') });
    expect(only(templateOf(stack), 'AWS::Cognito::UserPool')).toMatchObject({ UserPoolTier: 'PLUS', UserPoolAddOns: { AdvancedSecurityMode: 'AUDIT' } });
    templateOf(stack).resourceCountIs('AWS::Cognito::UserPoolRiskConfigurationAttachment', 0);
    expect(made({ threatProtection: OFF })).toMatchObject({ UserPoolTier: 'ESSENTIALS', UserPoolAddOns: { AdvancedSecurityMode: 'OFF' } });
    expect(made({ threatProtection: ThreatProtection.full() }, SecurityProfile.sandbox()).UserPoolTier).toBe('PLUS');
  });

  test('records each weaker choice, and none that the profile made itself', () => {
    const stack = testStack();
    const props = { signUp: OPEN, mfa: OPTIONAL, threatProtection: ThreatProtection.auditOnly('we look for false alarms first'), removal: UserPoolRemoval.destroy('the tests make new users each night') };
    poolIn(stack, props);
    expect(waiversBelow(stack).map(({ control }) => control)).toEqual(['UserPool.signUp', 'UserPool.mfa', 'UserPool.threatProtection', 'UserPool.removal']);
    expect(only(templateOf(stack), 'AWS::Cognito::UserPool').DeletionProtection).toBe('INACTIVE');
    const sandbox = testStack({ profile: SecurityProfile.sandbox() });
    poolIn(sandbox, { removal: props.removal, threatProtection: OFF });
    expect(waiversBelow(sandbox)).toStrictEqual([]);
  });

  test('shares the web ACL of the stack, or takes another', () => {
    const stack = testStack();
    const [first, second] = ['One', 'Two'].map((id) => new SecureUserPool(stack, id));
    expect(first.webAcl).toBe(second.webAcl);
    const own = new SecureWebAcl(stack, 'Acl');
    expect(new SecureUserPool(stack, 'Three', { webAcl: own }).webAcl).toBe(own);
    templateOf(stack).resourceCountIs('AWS::WAFv2::WebACL', 2);
  });

  test.each<[string, ThreatProtection | undefined, string[]]>([
    ['with threat protection', undefined, ['userNotification ERROR', 'userAuthEvents INFO']],
    ['without', OFF, ['userNotification ERROR']],
  ])('%s logs into a group that Cognito can deliver to, without a key', (_, threatProtection, sources) => {
    const stack = testStack();
    const pool = poolIn(stack, { threatProtection });
    const template = templateOf(stack);
    const delivery = only(template, 'AWS::Cognito::LogDeliveryConfiguration').LogConfigurations;
    expect(delivery.map(({ EventSource, LogLevel }: Json) => `${EventSource} ${LogLevel}`)).toEqual(sources);
    expect(JSON.stringify(delivery)).not.toContain(':*');
    const group = template.findResources('AWS::Logs::LogGroup')[stack.getLogicalId(pool.logGroup.node.defaultChild as never)];
    expect(group.Properties).toMatchObject({ RetentionInDays: 365, DataProtectionPolicy: expect.anything() });
    expect(JSON.stringify(group.Properties.LogGroupName)).toContain('/aws/vendedlogs/cognito/Shop-Customers-');
    expect(group.Properties.KmsKeyId).toBeUndefined();
  });

  test('has alarms on its risks, tuned or off', () => {
    const stack = testStack();
    const pool = poolIn(stack, { alarms: { compromisedCredentials: AlarmSetting.threshold(20), accountTakeover: AlarmSetting.off('a false alarm each Monday') } });
    expect(pool.alarms).toHaveLength(1);
    templateOf(stack).hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName: 'CompromisedCredentialRisk',
      Threshold: 20,
      Namespace: 'AWS/Cognito',
      Statistic: 'Sum',
      Dimensions: [{ Name: 'Operation', Value: 'SignIn' }, { Name: 'RiskLevel', Value: 'high' }, { Name: 'UserPoolId', Value: stack.resolve(pool.userPoolId) }],
    });
    expect(poolIn(testStack(), { threatProtection: OFF }).alarms).toStrictEqual([]);
    expect(poolIn(testStack()).alarms).toHaveLength(2);
  });

  test('has functions of its own account called for it alone', () => {
    const stack = testStack({ env: ENV });
    const pool = poolIn(stack, { lambdaTriggers: { preSignUp: aFunction(stack, 'Check'), postConfirmation: undefined } });
    pool.addTrigger(UserPoolOperation.PRE_TOKEN_GENERATION, aFunction(stack, 'Tokens'));
    const template = templateOf(stack);
    expect(Object.keys(only(template, 'AWS::Cognito::UserPool').LambdaConfig)).toEqual(['PreSignUp', 'PreTokenGeneration']);
    const permissions = Object.values(template.findResources('AWS::Lambda::Permission')) as Json[];
    expect(permissions).toHaveLength(2);
    for (const { Properties } of permissions) {
      expect(Properties).toMatchObject({ Principal: 'cognito-idp.amazonaws.com', SourceArn: stack.resolve(pool.userPoolArn), SourceAccount: ENV.account });
    }
  });

  test('is found at a domain of AWS, or of yours, in the pages that know passkeys', () => {
    const domain = (choice: SignInDomain, stack = testStack()): Json => {
      poolIn(stack, { domain: choice });
      return only(templateOf(stack), 'AWS::Cognito::UserPoolDomain');
    };
    expect(domain(SignInDomain.prefix('shop'))).toMatchObject({ Domain: 'shop', ManagedLoginVersion: 2 });
    const stack = testStack();
    const certificate = Certificate.fromCertificateArn(stack, 'Cert', 'arn:aws:acm:us-east-1:123456789012:certificate/1');
    expect(domain(SignInDomain.custom('auth.example.org', certificate), stack)).toMatchObject({
      Domain: 'auth.example.org', ManagedLoginVersion: 2, CustomDomainConfig: { CertificateArn: certificate.certificateArn },
    });
  });

  test('decides who may call a SecureApi', () => {
    const stack = testStack();
    const pool = poolIn(stack);
    const orders = pool.addApi('Orders', { identifier: 'orders', scopes: { read: 'See orders' } });
    new SecureApi(stack, 'Api', { auth: ApiAuth.userPool(pool, { scopes: [orders.scopeName('read')] }) }).addRoute('GET', '/orders', aFunction(stack));
    const body = bodyOf(templateOf(stack));
    expect(Object.values(body.paths['/orders'].get.security[0])).toEqual([['orders/read']]);
    expect(JSON.stringify(body)).toContain(JSON.stringify(stack.resolve(pool.userPoolArn)));
  });
});

describe('the verbs of a user pool', () => {
  test.each<[string, (pool: SecureUserPool, role: Role) => unknown, string | string[]]>([
    ['allowReadUsers', (pool, role) => pool.allowReadUsers(role),
      ['cognito-idp:AdminGetUser', 'cognito-idp:AdminListGroupsForUser', 'cognito-idp:ListGroups', 'cognito-idp:ListUsers', 'cognito-idp:ListUsersInGroup']],
    ['allowManageUsers', (pool, role) => pool.allowManageUsers(role), [
      'cognito-idp:AdminCreateUser', 'cognito-idp:AdminDisableUser', 'cognito-idp:AdminEnableUser', 'cognito-idp:AdminResetUserPassword', 'cognito-idp:AdminUserGlobalSignOut',
    ]],
    ['allowAuthorizeUsers', (pool, role) => pool.allowAuthorizeUsers(role),
      ['cognito-idp:AdminAddUserToGroup', 'cognito-idp:AdminRemoveUserFromGroup', 'cognito-idp:AdminUpdateUserAttributes']],
    ['allowDeleteUsers', (pool, role) => pool.allowDeleteUsers(role), 'cognito-idp:AdminDeleteUser'],
    ['grant', (pool, role) => pool.grant(role, 'cognito-idp:ListUsers', 'cognito-idp:AdminGetUser'), ['cognito-idp:AdminGetUser', 'cognito-idp:ListUsers']],
  ])('%s gives exact actions on this pool', (_, use, Action) => {
    const stack = testStack();
    const pool = poolIn(stack);
    use(pool, new Role(stack, 'Desk', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') }));
    expect(only(templateOf(stack), 'AWS::IAM::Policy').PolicyDocument.Statement).toEqual([{ Action, Effect: 'Allow', Resource: stack.resolve(pool.userPoolArn) }]);
  });

  test.each([['a service', new ServicePrincipal('events.amazonaws.com')], ['another account', new AccountPrincipal('444455556666')]])('fail for %s', (_, grantee) => {
    expect(() => poolIn(testStack()).allowReadUsers(grantee)).toThrow(
      /^'grantee' must be a role, user or group of this account, because user pools have no policy of their own, .* \[SecureUserPool\.Grantee, at 'Shop\/Customers'\]$/);
  });

  test('fail for a role of another account, whose policies cannot be changed here', () => {
    const stack = testStack({ env: { account: '111122223333', region: 'eu-west-1' } });
    const role = Role.fromRoleArn(stack, 'Elsewhere', 'arn:aws:iam::444455556666:role/desk');
    expect(() => poolIn(stack).allowReadUsers(role)).toThrow(/\[SecureUserPool\.Grantee, at 'Shop\/Customers'\]$/);
  });

  test('fail on a wildcard', () => {
    const stack = testStack();
    expect(() => poolIn(stack).grant(aFunction(stack), 'cognito-idp:Admin*')).toThrow(
      "'actions' must be complete names, got \"cognito-idp:Admin*\"; name each action [ExactAccess.Wildcard, at 'Shop/Customers']");
  });
});

describe('a user pool fails', () => {
  const REASON = 'must be a sentence of at least 12 characters that a reviewer can judge, got "todo"; say why this pool may do without [SecureUserPool.Reason, at \'Shop/Customers\']';
  const attribute = (name: string) => `'customAttributes' must not hold what decides what a user may do, because users can write it, got "${name}"; `
    + "move it to authorizationAttributes, or rename it [SecureUserPool.AuthorizationAttribute, at 'Shop/Customers']";
  const prefix = (got: string) => "'domain' must have a prefix of at most 63 small letters, digits and dashes, without amazon, aws, cognito, "
    + `got "${got}"; write it like 'shop-customers' [SecureUserPool.Domain, at 'Shop/Customers']`;

  const certificateIn = (region: string) => Certificate.fromCertificateArn(new Stack(), 'Certificate', `arn:aws:acm:${region}:111122223333:certificate/1`);

  test.each<[string, SecureUserPoolProps, string]>([
    ['open sign-up without a reason', { signUp: SignUp.open('todo') }, `'signUp' ${REASON}`],
    ['optional factors without a reason', { mfa: UserPoolMfa.optional('todo') }, `'mfa' ${REASON}`],
    ['no threat protection without a reason', { threatProtection: ThreatProtection.off('todo') }, `'threatProtection' ${REASON}`],
    ['removal without a reason', { removal: UserPoolRemoval.destroy('todo') }, `'removal' ${REASON}`],
    ['short passwords', { passwords: { minLength: 8 } },
      "'passwords.minLength' must be a whole number between 12 and 99, got 8; leave it out to use 14 [SecureUserPool.Passwords, at 'Shop/Customers']"],
    ['no history', { passwords: { history: 0 } },
      "'passwords.history' must be a whole number between 1 and 24, got 0; leave it out to use 12 [SecureUserPool.Passwords, at 'Shop/Customers']"],
    ['invitations that stay', { passwords: { temporaryPasswordValidity: Duration.days(30) } },
      "'passwords.temporaryPasswordValidity' must lie between 1 day and 7 days, got \"30 days\"; leave it out to use 3 days [SecureUserPool.Passwords, at 'Shop/Customers']"],
    ['open sign-up without threat protection', { signUp: OPEN, threatProtection: OFF },
      "'threatProtection' must not be off for a pool in which everybody can make an account; leave it out, or sign users up by administrators [SecureUserPool.OpenSignUp, at 'Shop/Customers']"],
    ['a role that users can write', { customAttributes: { role: new StringAttribute() } }, attribute('role')],
    ['a tenant that users can write', { customAttributes: { tenantId: new StringAttribute() } }, attribute('tenantId')],
    ['an attribute of both kinds', { customAttributes: { level: new StringAttribute() }, authorizationAttributes: { level: new StringAttribute() } }, attribute('level')],
    ['a prefix with capital letters', { domain: SignInDomain.prefix('Shop') }, prefix('Shop')],
    ['a prefix with the name of AWS', { domain: SignInDomain.prefix('my-aws-shop') }, prefix('my-aws-shop')],
    ['a domain that is none', { domain: SignInDomain.custom('Sign in', certificateIn('us-east-1')) },
      "'domain' must be a domain name in small letters, got \"Sign in\"; write it like 'auth.example.com' [SecureUserPool.Domain, at 'Shop/Customers']"],
    ['a certificate of its own region', { domain: SignInDomain.custom('auth.example.com', certificateIn('eu-central-1')) },
      "'domain' must come with a certificate of us-east-1, the only region from which Cognito takes it, got \"eu-central-1\"; "
      + "request one for this name there, and import it with Certificate.fromCertificateArn() [SecureUserPool.Certificate, at 'Shop/Customers']"],
    ['alarms without metrics', { threatProtection: OFF, alarms: { accountTakeover: AlarmSetting.threshold(1) } },
      "'alarms' must come with threat protection, from whose metrics they are made; pass threatProtection: ThreatProtection.full(), or leave alarms out [SecureUserPool.Alarms, at 'Shop/Customers']"],
  ])('on %s', (_, props, message) => {
    const stack = testStack();
    expect(() => poolIn(stack, props)).toThrow(message);
    expect(stack.node.children).toStrictEqual([]);
  });

  test('on functions of other accounts and custom senders', () => {
    const stack = testStack({ env: ENV });
    const foreign = LambdaFunction.fromFunctionAttributes(stack, 'Foreign', { functionArn: 'arn:aws:lambda:eu-central-1:444455556666:function:spy' });
    const message = "must be a function of this account, because it sees the users, got \"444455556666\"; call the other account from a function of yours [SecureUserPool.Trigger, at 'Shop/Customers']";
    expect(() => poolIn(stack, { lambdaTriggers: { preSignUp: foreign } })).toThrow(`'lambdaTriggers.preSignUp' ${message}`);
    expect(() => poolIn(stack, { lambdaTriggers: { customEmailSender: aFunction(stack, 'Mail') } })).toThrow(
      "'lambdaTriggers.customEmailSender' must not be set: the function would hold the codes of users, and needs a key that this library does not set up, got \"Shop/Mail\"; "
      + "let Cognito send mail, by SES with UserPoolEmail.withSES() [SecureUserPool.Trigger, at 'Shop/Customers']");
    expect(() => poolIn(stack).addTrigger(UserPoolOperation.PRE_SIGN_UP, foreign)).toThrow(`'lambdaTriggers.preSignUp' ${message}`);
  });

  test.each<[string, (pool: SecureUserPool) => unknown, string]>([
    ["CDK's own client", (pool) => pool.addClient('Shop'),
      "'addClient' must not be called: it takes flows that give tokens away; call addAppClient() or addMachineClient() [SecureUserPool.Client, at 'Shop/Customers']"],
    ['the old pages', (pool) => pool.addDomain('Domain', { cognitoDomain: { domainPrefix: 'shop' }, managedLoginVersion: ManagedLoginVersion.CLASSIC_HOSTED_UI }),
      "'managedLoginVersion' must not be the classic pages, which know no passkeys, got \"CLASSIC_HOSTED_UI\"; leave it out [SecureUserPool.Domain, at 'Shop/Customers']"],
    ['a removal that loses the users', (pool) => pool.applyRemovalPolicy(RemovalPolicy.DESTROY),
      "'policy' must not delete a pool that is kept, got \"destroy\"; pass removal: UserPoolRemoval.destroy(reason) [SecureUserPool.Removal, at 'Shop/Customers']"],
  ])('on %s', (_, use, message) => {
    expect(() => use(poolIn(testStack()))).toThrow(message);
  });
});
