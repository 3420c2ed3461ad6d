import { Construct, IConstruct } from 'constructs';
import { edgeRegionCondition, isInEdgeRegion, onlyInEdgeRegion } from './edge-region';
import { SecureWebAcl } from './secure-web-acl';
import { StackEdgeWebAcl } from './stack-edge-web-acl';
import { StackWebAcl } from './stack-web-acl';
import { WebAclScope } from './web-acl-scope';
import { acknowledgeRule } from '../core/exceptions/acknowledgement';
import { SharedPart } from '../core/stacks/shared-part';
import { shareCondition } from '../core/values/resource-condition';

const regional = new SharedPart<SecureWebAcl>('HardenedWebAcl', (scope, id) => makeWebAcl(scope, id, WebAclScope.REGIONAL));
const edge = new SharedPart<SecureWebAcl>('HardenedEdgeWebAcl', makeEdgeWebAcl);

/**
 * The web ACL that hardening puts in front of what authors made: the one that they chose for the stack with `use`, or one that all of the stack share.
 *
 * It is another one than that of our own constructs, which refuses bodies above 8 KiB unless a route says that it takes them: nobody asked these
 * callers how large their bodies are.
 */
export function hardenedWebAcl(scope: IConstruct, webAclScope: WebAclScope): SecureWebAcl {
  return webAclScope === WebAclScope.CLOUDFRONT
    ? StackEdgeWebAcl._chosen(scope) ?? edge.of(scope)
    : StackWebAcl._chosen(scope) ?? regional.of(scope);
}

/** Where only the deployment knows the region, under the condition that it is us-east-1: elsewhere no such ACL can be made. */
function makeEdgeWebAcl(scope: Construct, id: string): SecureWebAcl {
  if (isInEdgeRegion(scope) !== undefined) return makeWebAcl(scope, id, WebAclScope.CLOUDFRONT);
  const webAcl = makeWebAcl(onlyInEdgeRegion(scope, `${id}There`), id, WebAclScope.CLOUDFRONT);
  webAcl.cfnWebAcl.cfnOptions.condition = edgeRegionCondition(scope);
  shareCondition(webAcl.cfnWebAcl, webAcl);
  return webAcl;
}

function makeWebAcl(scope: Construct, id: string, webAclScope: WebAclScope): SecureWebAcl {
  const webAcl = new SecureWebAcl(scope, id, { webAclScope });
  webAcl._countLargeBodies();
  for (const [rule, findings] of Object.entries(COUNTED)) {
    for (const finding of findings) acknowledgeRule(webAcl, `${rule}[${finding}]`, LARGE_BODIES);
  }
  return webAcl;
}

/** What our own rules find in an ACL that lets large bodies through. */
const COUNTED: { readonly [rule: string]: readonly string[] } = {
  WebAclPartial: ['AWSManagedRulesCommonRuleSet/SizeRestrictions_BODY', 'BodySize'],
};

const LARGE_BODIES = 'What stands behind this web ACL took bodies of every size before it was hardened, and goes on to: large ones are counted, and API Gateway '
  + 'refuses those above 10 MiB.';
