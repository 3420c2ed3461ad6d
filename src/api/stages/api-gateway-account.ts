import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { CfnAccount } from 'aws-cdk-lib/aws-apigateway';
import { ManagedPolicy, PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct, IConstruct } from 'constructs';
import { acknowledge, NagPackId } from '../../core/exceptions/acknowledgement';
import { changesOf } from '../../core/hardening/hardening-change';
import { SecurityProfile } from '../../core/profile/security-profile';
import { SharedPart } from '../../core/stacks/shared-part';
import { API_GATEWAY_LOG_ACTIONS } from '../../iam/iam-baseline';

/** Undefined inside of it: somebody else sees to the account's role. */
interface AccountSetting {
  readonly account?: Construct;
}

const part = new SharedPart<AccountSetting>('ApiGatewayAccount', (scope, id) => ({ account: makeAccount(scope, id) }));

/**
 * The role under which API Gateway writes logs. It is one setting for all APIs of an account and region, so a stack makes it at
 * most once, on first need, and leaves it behind when it goes, or the logs of all other APIs would stop.
 *
 * Stacks that are deployed to the same account and region overwrite each other's setting with an equal one. Where the account
 * is set up centrally, say so: `ApiGatewayAccount.managedElsewhere(app)`.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html
 */
export class ApiGatewayAccount {
  /**
   * Says that the account has a logging role already, so that none is made for `scope` and everything below it.
   * Without one in the account, the deployment of an API with logs fails.
   * @throws ConfigurationError [ApiGatewayAccount.AlreadyInUse] when an API below has already made one
   */
  public static managedElsewhere(scope: IConstruct): void {
    part.use(scope, {});
  }

  /** @internal */
  public static _of(scope: IConstruct): Construct | undefined {
    return part.of(scope).account;
  }

  /** Whether there is one already, or somebody else sees to it. @internal */
  public static _isSettled(scope: IConstruct): boolean {
    return part.peek(scope) !== undefined;
  }

  private constructor() {}
}

function makeAccount(scope: Construct, id: string): Construct {
  const account = new Construct(scope, id);
  const statement = new PolicyStatement({ sid: 'ApiLogs', actions: API_GATEWAY_LOG_ACTIONS, resources: ['*'] });
  // Packs for audits find inline policies: what authors wrote must not get worse by what hardening adds.
  const managed = SecurityProfile.of(scope).controls.managedPolicies || changesOf(scope.node.root) !== undefined;
  const role = new Role(account, 'Role', {
    assumedBy: new ServicePrincipal('apigateway.amazonaws.com'),
    description: `Lets the APIs of ${Stack.of(scope).stackName} and all others of this account and region write logs`,
    inlinePolicies: managed ? undefined : { Logs: new PolicyDocument({ statements: [statement] }) },
  });
  const policy = managed ? new ManagedPolicy(account, 'Policy', { roles: [role], statements: [statement] }) : undefined;
  const setting = new CfnAccount(account, 'Resource', { cloudWatchRoleArn: role.roleArn });
  if (policy !== undefined) setting.node.addDependency(policy);
  for (const kept of [role, policy, setting]) kept?.applyRemovalPolicy(RemovalPolicy.RETAIN);
  acknowledge((policy ?? role).node.defaultChild!, NagPackId.AWS_SOLUTIONS, 'IAM5[Resource::*]',
    'One role serves every API of the account, whose log groups are not known here, and API Gateway tries these rights before it accepts the role.');
  return account;
}
