import { Token } from 'aws-cdk-lib';
import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { Alias, AliasProps, Permission } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { ALIAS_NAME } from '../function-baseline';
import { callsAsynchronously, checkInvoker, exactPermission } from './invoke-permission';
import { Place, placeOf, refuse } from '../../core/configuration-error';
import { explainImportedRole } from '../../iam/imported-role';
import { expectAsynchronousCalls } from '../../integration/asynchronous-call';

/**
 * An alias of a secure function, as `addAlias()` of the function makes it. Whoever may call it may call what the alias points to, and
 * neither the function nor another version of it.
 */
export class SecureFunctionAlias extends Alias {
  /** @throws ConfigurationError [SecureFunction.AliasName] for a name that Lambda would reject, or that stands for more than one alias */
  constructor(scope: Construct, id: string, props: AliasProps) {
    checkAliasName(placeOf(scope, id), props.aliasName);
    super(scope, id, props);
  }

  /**
   * Lets somebody call this alias: `lambda:InvokeFunction` on its ARN and nothing else. A caller of another account is added to the policy
   * of the alias as well.
   * @throws ConfigurationError [SecureFunction.SourceArn] when a service is named without the resource behind the call
   * @throws ConfigurationError [SecureFunction.UnknownCaller] for a function that was imported without its role
   * @throws ConfigurationError [SecureFunction.CallCircle] for the function itself, and for one that it calls by these verbs
   */
  public allowInvoke(grantee: IGrantable): Grant {
    checkInvoker(this.lambda, grantee);
    return explainImportedRole(this.grantInvoke(grantee), grantee);
  }

  /**
   * Lets a service, an account or a role call the alias. The account of the stack is added as source account where it was left out.
   * @throws ConfigurationError [SecureFunction.PublicPermission] when everybody could
   * @throws ConfigurationError [SecureFunction.SourceArn] when a service is named without the resource behind the call
   */
  public addPermission(id: string, permission: Permission): void {
    const exact = exactPermission(this.lambda, permission);
    super.addPermission(id, exact);
    if (callsAsynchronously(permission)) expectAsynchronousCalls(this);
  }
}

/** Refuses names that Lambda would reject, or that stand for more than one alias. */
export function checkAliasName(place: Place, aliasName: string): void {
  if (Token.isUnresolved(aliasName) || ALIAS_NAME.test(aliasName)) return;
  refuse(place, {
    code: 'SecureFunction.AliasName',
    prop: 'aliasName',
    must: 'must be 1 to 128 letters, digits, hyphens and underscores, and not a number alone, which is a version',
    got: aliasName,
    fix: "call it 'live', or after the stage that it serves",
  });
}
