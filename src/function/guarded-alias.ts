import { Alias, AliasProps, Permission } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';

/** An alias of a secure function: permissions to call it are held to the same rules as those of the function. */
export class GuardedAlias extends Alias {
  constructor(scope: Construct, id: string, props: AliasProps, private readonly judge: (permission: Permission) => Permission) {
    super(scope, id, props);
  }

  public addPermission(id: string, permission: Permission): void {
    super.addPermission(id, this.judge(permission));
  }
}
