import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { AlarmBase } from 'aws-cdk-lib/aws-cloudwatch';
import {
  CfnUserPool, CfnUserPoolDomain, LambdaVersion, ManagedLoginVersion, UserPool, UserPoolClient, UserPoolClientOptions, UserPoolDomain,
  UserPoolDomainOptions, UserPoolOperation,
} from 'aws-cdk-lib/aws-cognito';
import { Grant, IGrantable, IPrincipal } from 'aws-cdk-lib/aws-iam';
import { IFunction } from 'aws-cdk-lib/aws-lambda';
import { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { AppClientOptions, MachineClientOptions } from './app-client-options';
import { DeclaredAttributes } from './client-attributes';
import { checkAppClient, checkMachineClient } from './client-checks';
import { ResourceServerOptions, SecureResourceServer } from './secure-resource-server';
import { SecureUserPoolClient } from './secure-user-pool-client';
import { SecureUserPoolProps } from './secure-user-pool-props';
import { watchUserPool } from './user-pool-alarms';
import { AUTHORIZE_USERS_ACTIONS, DELETE_USERS_ACTIONS, MANAGE_USERS_ACTIONS, READ_USERS_ACTIONS } from './user-pool-baseline';
import { logUserPool } from './user-pool-logs';
import { blockRisks, checkTrigger, domainOptions, explainPool } from './user-pool-parts';
import { checkPool, checkPrefix, decidePool, securePoolProps, UserPoolSettings } from './user-pool-settings';
import { checkRemovalPolicy } from '../core/checks';
import { placeOf, refuse } from '../core/configuration-error';
import { recordProps } from '../core/exceptions/overrides';
import { SecurityProfile } from '../core/profile/security-profile';
import { allow } from '../iam/exact-access';
import { fragmentOf } from '../iam/principal-fragment';
import { needsResourcePolicy } from '../iam/resource-access';
import { SecureWebAcl } from '../waf/secure-web-acl';
import { StackWebAcl } from '../waf/stack-web-acl';

/**
 * The users of an app: made by administrators, signed in with two factors, with strong passwords, and kept when the stack goes. Leaked
 * passwords and sign-ins that look like an attack are blocked, and a web ACL stands in front.
 *
 * ```ts
 * const customers = new SecureUserPool(this, 'Customers', { domain: SignInDomain.prefix('shop-customers') });
 * customers.addAppClient('Shop', { callbackUrls: ['https://shop.example.org/signed-in'] });
 * const orders = customers.addApi('Orders', { identifier: 'orders', scopes: { read: 'See orders', write: 'Place orders' } });
 * customers.addMachineClient('Partner', { scopes: [orders.scope('read')] });
 * ```
 *
 * Idle it costs nothing but its alarms (0.10 USD a month each) and a share of the stack's web ACL. Each monthly active user costs 0.02 USD
 * with threat protection and 0.015 without.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-security-best-practices.html
 */
export class SecureUserPool extends UserPool {
  /** Where Cognito writes why mail did not arrive and, with threat protection, what it thought of each sign-in. */
  public readonly logGroup: ILogGroup;
  /** The web ACL in front of the pool, unless the profile does without. */
  public readonly webAcl?: SecureWebAcl;
  /** The alarms of the pool: none without threat protection. */
  public readonly alarms: AlarmBase[];
  private readonly settings: UserPoolSettings;
  private readonly declared: DeclaredAttributes;
  private readonly clients: SecureUserPoolClient[] = [];
  private readonly callees = new Map<string, IFunction>();
  private readonly admitted = new Set<IPrincipal>();
  private userPoolDomain?: UserPoolDomain;

  /**
   * @throws ConfigurationError [SecureUserPool.Reason] when a control is weakened with a reason that nobody can judge
   * @throws ConfigurationError [SecureUserPool.Passwords] when passwords would be weak
   * @throws ConfigurationError [SecureUserPool.OpenSignUp] when everybody can make an account and threat protection is off
   * @throws ConfigurationError [SecureUserPool.Attribute], [.Name] or [.Passkeys] when Cognito would not take attributes, name or site
   * @throws ConfigurationError [SecureUserPool.AuthorizationAttribute] when users could write what decides what they may do
   * @throws ConfigurationError [SecureUserPool.Domain] when Cognito would not take the prefix of the domain
   * @throws ConfigurationError [SecureUserPool.Trigger] when a function of another account, or a custom sender, would be called
   * @throws ConfigurationError [SecureUserPool.Alarms] when alarms are tuned that cannot be made
   */
  constructor(scope: Construct, id: string, props: SecureUserPoolProps = {}) {
    const { controls } = SecurityProfile.of(scope);
    const settings = decidePool(props, controls);
    const place = placeOf(scope, id);
    checkPool(place, props, settings);
    for (const [operation, fn] of Object.entries(props.lambdaTriggers ?? {})) checkTrigger(place, Stack.of(scope), operation, fn);
    super(scope, id, securePoolProps(props, settings));
    recordProps(this, 'SecureUserPool', props);
    this.settings = settings;
    this.declared = {
      standard: settings.standardAttributes, custom: settings.customAttributes, authorization: Object.keys(props.authorizationAttributes ?? {}),
    };
    // Where a second factor is required, a passkey must be both: Cognito refuses the pool otherwise.
    this.resource.webAuthnFactorConfiguration = 'MULTI_FACTOR_WITH_USER_VERIFICATION';
    for (const [operation, fn] of Object.entries(props.lambdaTriggers ?? {})) {
      if (fn !== undefined) this.addTrigger(UserPoolOperation.of(operation), fn);
    }
    if (settings.threats === 'full') blockRisks(this.resource, props.mfa?._optionalReason === undefined);
    this.webAcl = props.webAcl ?? (controls.webAcl ? StackWebAcl.of(this) : undefined);
    this.webAcl?.protect(this, 'WebAclAssociation', this.userPoolArn);
    this.logGroup = logUserPool(this, settings.threats !== 'off');
    if (props.domain !== undefined) this.addDomain('Domain', domainOptions(props.domain));
    explainPool(this.resource, props, settings.threats, controls);
    this.failWithoutDomain();
    this.alarms = settings.threats === 'off' ? [] : watchUserPool(this, props.alarms);
  }

  /**
   * Adds an app in which users sign in.
   * @throws ConfigurationError [SecureUserPoolClient.Url], [SecureUserPoolClient.LogoutUrls] or [SecureUserPoolClient.NativeScheme] when
   * users could be sent to somebody else
   * @throws ConfigurationError [SecureUserPoolClient.TokenValidity] when tokens would live for too long
   * @throws ConfigurationError [SecureUserPoolClient.WriteAttributes] when users could write what decides what they may do
   * @throws ConfigurationError [SecureUserPoolClient.Scopes] or [SecureUserPoolClient.IdentityProviders] when nobody could sign in
   * @throws ConfigurationError [SecureUserPoolClient.Reason] when local callbacks have a reason that nobody can judge
   */
  public addAppClient(id: string, options: AppClientOptions = {}): SecureUserPoolClient {
    const sandbox = SecurityProfile.of(this).name === 'sandbox';
    checkAppClient(placeOf(this, id), options, this.declared.authorization, sandbox);
    const client = SecureUserPoolClient._forApp(this, id, this.declared, options, sandbox);
    if (options.identityProviders !== undefined) client.node.addDependency(...this.identityProviders);
    return this.know(client);
  }

  /**
   * Adds a program that calls APIs in its own name, with a secret that Cognito makes. About 6 USD a month for each such client that asks for
   * tokens, and a charge for each token.
   * @throws ConfigurationError [SecureUserPoolClient.Scopes] when the scopes are not those of an API
   * @throws ConfigurationError [SecureUserPoolClient.TokenValidity] when tokens would live for too long
   */
  public addMachineClient(id: string, options: MachineClientOptions): SecureUserPoolClient {
    checkMachineClient(placeOf(this, id), options);
    return this.know(SecureUserPoolClient._forMachine(this, id, this.declared, options));
  }

  /**
   * Adds an API of which the pool gives out scopes.
   * @throws ConfigurationError [SecureResourceServer.Scopes] or [SecureResourceServer.Identifier] when Cognito would not take the names or sentences
   */
  public addApi(id: string, options: ResourceServerOptions): SecureResourceServer {
    return SecureResourceServer._in(this, id, this, options);
  }

  /** Lets somebody see users, their attributes and groups. */
  public allowReadUsers(grantee: IGrantable): Grant {
    return this.allow(grantee, READ_USERS_ACTIONS);
  }

  /**
   * Lets somebody invite users, shut them out, let them in again, have them choose a new password, and sign them out everywhere. Whoever
   * invites a user chooses all its attributes, those for authorization among them: only those of users who exist already are out of reach.
   */
  public allowManageUsers(grantee: IGrantable): Grant {
    return this.allow(grantee, MANAGE_USERS_ACTIONS);
  }

  /** Lets somebody change the groups and all attributes of users, those for authorization among them: who can do that can give anybody any right. */
  public allowAuthorizeUsers(grantee: IGrantable): Grant {
    return this.allow(grantee, AUTHORIZE_USERS_ACTIONS);
  }

  /** Lets somebody delete users for good. */
  public allowDeleteUsers(grantee: IGrantable): Grant {
    return this.allow(grantee, DELETE_USERS_ACTIONS);
  }

  /**
   * Gives rights on the pool, each by its complete name.
   * @throws ConfigurationError [ExactAccess.Wildcard] when an action is not a complete name
   * @throws ConfigurationError [SecureUserPool.Grantee] when the grantee takes no rights, like a service or another account
   */
  public grant(grantee: IGrantable, ...actions: string[]): Grant {
    return this.allow(grantee, [...actions].sort());
  }

  /**
   * Always refuses: CDK's own clients use the implicit grant, and let users write all attributes.
   * @throws ConfigurationError [SecureUserPool.Client]
   */
  public addClient(_id: string, _options?: UserPoolClientOptions): UserPoolClient {
    return refuse(this, {
      code: 'SecureUserPool.Client', prop: 'addClient', must: 'must not be called: it takes flows that give tokens away', fix: 'call addAppClient() or addMachineClient()',
    });
  }

  /**
   * Adds the domain of the sign-in pages, in the version that knows passkeys.
   * @throws ConfigurationError [SecureUserPool.Domain] when the old pages are asked for, or Cognito would not take the prefix
   */
  public addDomain(id: string, options: UserPoolDomainOptions): UserPoolDomain {
    if (options.managedLoginVersion === ManagedLoginVersion.CLASSIC_HOSTED_UI) {
      refuse(this, {
        code: 'SecureUserPool.Domain', prop: 'managedLoginVersion', must: 'must not be the classic pages, which know no passkeys', got: 'CLASSIC_HOSTED_UI', fix: 'leave it out',
      });
    }
    checkPrefix(this, options.cognitoDomain?.domainPrefix);
    this.userPoolDomain = super.addDomain(id, { ...options, managedLoginVersion: ManagedLoginVersion.NEWER_MANAGED_LOGIN });
    for (const client of this.clients) client._styleSignInPages(this.userPoolId);
    return this.userPoolDomain;
  }

  /**
   * Adds a function that Cognito calls for this pool.
   * @throws ConfigurationError [SecureUserPool.TriggerGrantee] when it may read or change users by a verb of the pool
   * @throws ConfigurationError [SecureUserPool.Trigger] when it belongs to another account, or sends codes, or another one is there already
   */
  public addTrigger(operation: UserPoolOperation, fn: IFunction, lambdaVersion?: LambdaVersion): void {
    checkTrigger(this, this.stack, operation.operationName, fn);
    if (this.callees.has(operation.operationName)) {
      refuse(this, {
        code: 'SecureUserPool.Trigger', prop: operation.operationName, must: 'must have one function', got: fn.node.path, fix: 'do both in one function',
      });
    }
    if (this.admitted.has(fn.grantPrincipal)) this.refuseCircle(fn);
    this.callees.set(operation.operationName, fn);
    super.addTrigger(operation, fn, lambdaVersion);
  }

  /**
   * Sets what happens when the pool leaves its stack.
   * @throws ConfigurationError [SecureUserPool.Removal] when a pool that was to be kept shall be deleted, or asked for a snapshot
   */
  public applyRemovalPolicy(policy: RemovalPolicy): void {
    checkRemovalPolicy(this, policy, this.settings?.keeps === true, { code: 'SecureUserPool.Removal', what: 'a pool that is kept', fix: 'pass removal: UserPoolRemoval.destroy(reason)' });
    super.applyRemovalPolicy(policy);
  }

  private get resource(): CfnUserPool {
    return this.node.defaultChild as CfnUserPool;
  }

  private allow(grantee: IGrantable, actions: readonly string[]): Grant {
    const callee = [...this.callees.values()].find(({ grantPrincipal }) => grantPrincipal === grantee.grantPrincipal);
    if (callee !== undefined) this.refuseCircle(callee);
    this.admitted.add(grantee.grantPrincipal);
    const grant = allow(this, { grantee, actions, resources: [this.userPoolArn] });
    if (!needsResourcePolicy(grant, this, grantee)) return grant;
    return refuse(this, {
      code: 'SecureUserPool.Grantee',
      prop: 'grantee',
      must: 'must be a role, user or group of this account, because user pools have no policy of their own',
      got: this.stack.resolve(fragmentOf(grantee.grantPrincipal).principalJson),
      fix: 'give the right to a role that the principal can assume',
    });
  }

  /** CDK makes a function wait for its rights, and a pool for its functions: CloudFormation would not take the template. */
  private refuseCircle(fn: IFunction): never {
    return refuse(this, {
      code: 'SecureUserPool.TriggerGrantee',
      prop: 'grantee',
      must: 'must not be a function that the pool calls itself: each would have to be there before the other',
      got: fn.node.path,
      fix: 'give the right by a policy of its own, for which the function does not wait: new ManagedPolicy(this, id, { roles: [fn.role!], statements })',
    });
  }

  private know(client: SecureUserPoolClient): SecureUserPoolClient {
    this.clients.push(client);
    if (this.userPoolDomain !== undefined) client._styleSignInPages(this.userPoolId);
    return client;
  }

  /** Only the end shows whether a domain was added, here or elsewhere in the stack. */
  private failWithoutDomain(): void {
    this.node.addValidation({
      validate: () => {
        const client = this.clients.find((one) => one._usesDomain);
        const found = this.userPoolDomain !== undefined || this.stack.node.findAll().some((node) => CfnUserPoolDomain.isCfnUserPoolDomain(node));
        return client === undefined || found ? [] : [`The client ${client.node.path} gets its tokens at the domain of the pool, and there is none: `
          + "pass domain: SignInDomain.prefix('shop-customers') [SecureUserPool.Domain]"];
      },
    });
  }
}
