import { Stack, Token } from 'aws-cdk-lib';
import { CfnDistribution, Distribution } from 'aws-cdk-lib/aws-cloudfront';
import { Construct, IConstruct } from 'constructs';
import { checkReason } from '../core/checks';
import { Place, refuse } from '../core/configuration-error';
import { acknowledge, acknowledgeRule, NagPackId } from '../core/exceptions/acknowledgement';
import { recordWaiver } from '../core/exceptions/waiver';
import { SecurityProfile } from '../core/profile/security-profile';
import { isInEdgeRegion } from '../waf/edge-region';
import { SecureWebAcl } from '../waf/secure-web-acl';
import { StackEdgeWebAcl } from '../waf/stack-edge-web-acl';
import { EDGE_REGION } from '../waf/web-acl-baseline';
import { WebAclScope } from '../waf/web-acl-scope';

/** Which web ACL stands in front of a distribution. */
export class EdgeWebAcl {
  /**
   * An ACL made with `WebAclScope.CLOUDFRONT`. If it stands in a stack of another region than the distribution's, both stacks need
   * `crossRegionReferences: true`: CDK then deploys a function into each of them, whose log groups and wildcards the rule packs find.
   * `fromArn` needs no such functions.
   * @throws ConfigurationError [EdgeWebAcl.Scope] when it is a regional one, once the distribution is made
   */
  public static of(webAcl: SecureWebAcl): EdgeWebAcl {
    return new EdgeWebAcl(webAcl, webAcl.webAclArn, undefined);
  }

  /**
   * An ACL that exists already, such as one that Firewall Manager or another team keeps in us-east-1. Its rules are not checked.
   * @throws ConfigurationError [EdgeWebAcl.Arn] when the ARN is not that of a web ACL for CloudFront, once the distribution is made
   */
  public static fromArn(webAclArn: string): EdgeWebAcl {
    return new EdgeWebAcl(undefined, webAclArn, undefined);
  }

  /**
   * No web ACL: nothing limits how often one address asks, and known attacks reach the origin. The reason stands in the report.
   * @throws ConfigurationError [EdgeWebAcl.Reason] when the reason is too short to be judged, once the distribution is made
   */
  public static off(reason: string): EdgeWebAcl {
    return new EdgeWebAcl(undefined, undefined, reason);
  }

  private constructor(
    /** @internal */ public readonly _webAcl: SecureWebAcl | undefined,
    /** @internal */ public readonly _arn: string | undefined,
    /** @internal */ public readonly _offReason: string | undefined,
  ) {}
}

/** The ACL that a distribution gets: made by us, only known by its ARN, or none. */
export interface ChosenWebAcl {
  readonly webAcl?: SecureWebAcl;
  readonly arn?: string;
}

/** Refuses what CloudFront would refuse minutes into a deployment. */
export function checkEdgeWebAcl(place: Place, scope: IConstruct, choice: EdgeWebAcl | undefined): void {
  if (choice?._offReason !== undefined) {
    checkReason(place, choice._offReason, { code: 'EdgeWebAcl.Reason', prop: 'webAcl', fix: 'say why this distribution may do without' });
  }
  const given = choice?._webAcl ?? (choice === undefined ? StackEdgeWebAcl._peek(scope) : undefined);
  if (given !== undefined && given.webAclScope !== WebAclScope.CLOUDFRONT) {
    refuse(place, {
      code: 'EdgeWebAcl.Scope',
      prop: 'webAcl',
      must: 'must be a web ACL for CloudFront',
      got: given.node.path,
      fix: `make one with webAclScope: WebAclScope.CLOUDFRONT in ${EDGE_REGION}`,
    });
  }
  if (choice?._webAcl === undefined && choice?._arn !== undefined) checkArn(place, choice._arn);
  const makesOne = choice === undefined && given === undefined && SecurityProfile.of(scope).controls.webAcl;
  if (makesOne && isInEdgeRegion(scope) === false) {
    refuse(place, {
      code: 'EdgeWebAcl.Region',
      prop: 'webAcl',
      must: `must be given, because a web ACL for CloudFront can only be made in ${EDGE_REGION} and this stack lies elsewhere`,
      got: Stack.of(scope).region,
      fix: `deploy this stack in ${EDGE_REGION}, or make a SecureWebAcl in a stack there and pass it with EdgeWebAcl.fromArn(arn)`,
    });
  }
}

/**
 * | webAcl      | profile's webAcl | ACL |
 * |-------------|------------------|-----|
 * | of, fromArn | any              | the one given |
 * | off         | any              | none; the reason is recorded if the profile wants one |
 * | none        | yes              | the stack's, in us-east-1 |
 * | none        | no               | the stack's if it has one by choice, or none |
 */
export function edgeWebAclFor(scope: Construct, choice: EdgeWebAcl | undefined): ChosenWebAcl {
  if (choice !== undefined) return { webAcl: choice._webAcl, arn: choice._arn };
  const { webAcl: wanted } = SecurityProfile.of(scope).controls;
  const webAcl = wanted ? StackEdgeWebAcl.of(scope) : StackEdgeWebAcl._peek(scope);
  return { webAcl, arn: webAcl?.webAclArn };
}

/** Says why nothing stands in front of a distribution. */
export function explainMissingWebAcl(scope: Construct, distribution: Distribution, choice: EdgeWebAcl | undefined): void {
  const { name, controls } = SecurityProfile.of(scope);
  if (choice?._offReason !== undefined && controls.webAcl) {
    recordWaiver(scope, { control: 'Edge.webAcl', reason: choice._offReason });
    acknowledgeRule(distribution, 'DistributionWebAcl', choice._offReason);
  }
  acknowledge(distribution.node.defaultChild as CfnDistribution, NagPackId.AWS_SOLUTIONS, 'CFR2', choice?._offReason
    ?? `The profile '${name}' does without a web ACL, which costs about 10 USD a month while idle; TLS, closed origins and methods stand.`);
}

function checkArn(place: Place, arn: string): void {
  if (Token.isUnresolved(arn) || /^arn:[^:]+:wafv2:us-east-1:\d{12}:global\/webacl\/.+/.test(arn)) return;
  refuse(place, {
    code: 'EdgeWebAcl.Arn',
    prop: 'webAcl',
    must: `must be the ARN of a web ACL for CloudFront, which lies in ${EDGE_REGION} and is 'global'`,
    got: arn,
    fix: `copy it whole: '…:wafv2:${EDGE_REGION}:123456789012:global/webacl/Name/id'`,
  });
}
