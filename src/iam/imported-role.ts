import { CfnPolicy, Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { acknowledgeInPacks, AUDIT_PACKS } from '../core/exceptions/acknowledgement';

/** Why what an imported role is given stands in an inline policy. */
const IMPORTED_ROLE_REASON = 'The role is made elsewhere: what this app gives it goes with this app, in one policy that is deleted together with what it names, '
  + 'and takes none of the ten managed policies that the role may have there.';

/** Explains the policy that CDK writes for a role that is imported: the roles of the library have a managed policy of their own. */
export function explainImportedRole(grant: Grant, { grantPrincipal: role }: IGrantable): Grant {
  const isImported = Construct.isConstruct(role) && role.node.defaultChild === undefined;
  if (isImported && role.node.children.some(({ node }) => CfnPolicy.isCfnPolicy(node.defaultChild))) {
    acknowledgeInPacks(role, AUDIT_PACKS, 'IAMNoInlinePolicy', IMPORTED_ROLE_REASON);
  }
  return grant;
}
