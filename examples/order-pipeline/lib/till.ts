import { Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';

/**
 * A till has no key of AWS, but a certificate: IAM Roles Anywhere gives it an hour's worth of credentials for it, in a role of its own.
 * The name of the role is the name of the shop in each order.
 */
export class Till extends Construct {
  public readonly role: Role;

  constructor(scope: Construct, name: string, trustAnchorId: string) {
    super(scope, name);
    const trustAnchor = Stack.of(this).formatArn({ service: 'rolesanywhere', resource: 'trust-anchor', resourceName: trustAnchorId });
    const certificate = new ServicePrincipal('rolesanywhere.amazonaws.com', {
      conditions: { ArnEquals: { 'aws:SourceArn': trustAnchor }, StringEquals: { 'aws:PrincipalTag/x509Subject/CN': name } },
    });
    this.role = new Role(this, 'Role', { roleName: name, description: `Till ${name}`, assumedBy: certificate.withSessionTags() });
    this.role.assumeRolePolicy!.addStatements(new PolicyStatement({ actions: ['sts:SetSourceIdentity'], principals: [certificate] }));
  }
}
