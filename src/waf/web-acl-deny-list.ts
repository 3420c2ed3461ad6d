import { CfnIPSet } from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';
import { anyOf, RuleBuilder, UnplacedRule } from './rule-builder';
import { RESPONSES } from './web-acl-baseline';
import { WebAclScope } from './web-acl-scope';
import { markOwn } from '../core/own-part';

/**
 * Addresses that a web ACL refuses and that are listed while the app runs: two sets, one for each family, that are deployed empty.
 *
 * CloudFormation does not write a set again whose properties did not change, so what was listed outlives deployments. It compares with the
 * empty list when drift is looked for.
 */
export class WebAclDenyList extends Construct {
  /** ARN of the set of IPv4 addresses. */
  public readonly version4Arn: string;
  /** ARN of the set of IPv6 addresses. */
  public readonly version6Arn: string;

  constructor(scope: Construct, id: string, webAclScope: WebAclScope) {
    super(scope, id);
    markOwn(this);
    this.version4Arn = this.emptySet('IPV4', webAclScope);
    this.version6Arn = this.emptySet('IPV6', webAclScope);
  }

  /** The rule that refuses what is listed. @internal */
  public _rule(builder: RuleBuilder): UnplacedRule {
    const sets = [this.version4Arn, this.version6Arn];
    return builder.own(RULE_NAME, RESPONSES.forbidden, anyOf(sets.map((arn) => ({ ipSetReferenceStatement: { arn } }))));
  }

  private emptySet(ipAddressVersion: string, scope: WebAclScope): string {
    return new CfnIPSet(this, ipAddressVersion, {
      scope, ipAddressVersion, addresses: [], description: 'Filled while the app runs - see the containment that protects this web ACL',
    }).attrArn;
  }
}

const RULE_NAME = 'RunTimeDenyList';
