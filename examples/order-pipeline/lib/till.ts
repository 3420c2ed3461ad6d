import { Stack } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
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
    this.role = new Role(this, 'Role', { roleName: name, description: `Till ${name}`, assumedBy: new CertificateHolder(name, trustAnchor) });
  }
}

/** Who shows a certificate of this name, issued by the authority behind the trust anchor. */
class CertificateHolder extends ServicePrincipal {
  constructor(commonName: string, trustAnchorArn: string) {
    super('rolesanywhere.amazonaws.com', {
      conditions: { ArnEquals: { 'aws:SourceArn': trustAnchorArn }, StringEquals: { 'aws:PrincipalTag/x509Subject/CN': commonName } },
    });
  }

  /**
   * Roles Anywhere writes the certificate into the session: who it is, as source identity and tags.
   * @see https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html
   */
  public addToAssumeRolePolicy(document: PolicyDocument): void {
    document.addStatements(new PolicyStatement({ actions: ['sts:AssumeRole', 'sts:SetSourceIdentity', 'sts:TagSession'], principals: [this] }));
  }
}
