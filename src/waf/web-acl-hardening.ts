import { CfnResource, Stack } from 'aws-cdk-lib';
import { CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import { hardenedWebAcl } from './hardened-web-acl';
import { RATE_LIMIT } from './web-acl-baseline';
import { WebAclScope } from './web-acl-scope';
import { NagPackId } from '../core/exceptions/acknowledgement';
import { HardeningArea } from '../core/hardening/hardening-area';
import { hardeningPart } from '../core/hardening/hardening-part';
import { HardeningSite } from '../core/hardening/hardening-site';
import { importedTargets } from '../core/hardening/outputs';
import { findingStep } from '../core/hardening/steps/finding-step';
import { HardeningStep, Standing } from '../core/hardening/steps/hardening-step';

/** Resources of one type that a regional web ACL can stand in front of. */
export interface WebAclStep<T extends CfnResource> {
  readonly area: HardeningArea;
  readonly type: string;
  /** The rule that asks for it. */
  readonly rule: string;
  /** The ARN as an association names it. */
  readonly arnOf: (resource: T) => string;
  /** Whether an association that does not point at the resource itself is about it. Never, if left out. */
  readonly isMeant?: (resource: T, targets: readonly CfnResource[], arn: string, site: HardeningSite) => boolean;
  /** Whether a web ACL makes sense there. Always, if left out. */
  readonly when?: (resource: T, site: HardeningSite) => boolean;
}

/** Who notices a web ACL that was not there before. */
export const WEB_ACL_ATTENTION = `Requests that AWS's managed rules take for attacks are answered with 403, and more than ${RATE_LIMIT} in 5 minutes from one address with `
  + '429; bodies above 8 KiB are only counted. Look into the log of the ACL for callers of yours among them. An ACL that was put in front outside of the app is replaced.';

/**
 * A step that puts the web ACL of the stack in front, where the profile asks for one.
 *
 * | associations in the stage | what is done |
 * |---|---|
 * | one is about the resource | nothing |
 * | one is about something that only the deployment knows | nothing, and it is reported |
 * | none of both | the ACL is put in front |
 */
export function webAclStep<T extends CfnResource>(step: WebAclStep<T>): HardeningStep {
  const { area, rule, type } = step;
  const property = 'the web ACL';
  return {
    area,
    rule,
    type,
    plan: (resource, site) => {
      if (!site.controls(resource).webAcl || step.when?.(resource as T, site) === false) return [];
      if (associationsWith(step, resource as T, site).length > 0) return [];
      const after = 'the regional web ACL that hardened resources of the stack share';
      if (associationsOf(site).some(({ isOpen }) => isOpen)) return [{ standing: Standing.UNKNOWN, property, after }];
      return [{
        standing: Standing.MISSING,
        property,
        after,
        attention: WEB_ACL_ATTENTION,
        adds: 1,
        apply: () => putInFront(resource, step.arnOf(resource as T), site),
      }];
    },
  };
}

/** cdk-nag looks for associations in the stack of the resource alone. */
export function webAclElsewhereSteps<T extends CfnResource>(step: WebAclStep<T>, findings: readonly WebAclFinding[]): readonly HardeningStep[] {
  return findings.map(({ finding, packs }) => findingStep<T>({
    area: step.area,
    type: step.type,
    rule: step.rule,
    packs,
    finding,
    when: (resource, site) => {
      const stacks = associationsWith(step, resource, site).map(({ stack }) => stack);
      return stacks.length > 0 && !stacks.includes(resource.stack);
    },
    reason: 'A web ACL stands in front: the association with it lies in another stack of the app.',
  }));
}

export interface WebAclFinding {
  readonly finding: string;
  readonly packs: readonly NagPackId[];
}

/** A parameter, or an export or output of another stack. */
const NAMED_ELSEWHERE = /"Fn::(GetAtt|GetStackOutput|ImportValue)"|"Ref":"(?!AWS::)/;

interface Association {
  readonly stack: Stack;
  readonly targets: readonly CfnResource[];
  /** The ARN as it is rendered, as JSON. */
  readonly arn: string;
  /** Only the deployment knows what it is about. */
  readonly isOpen: boolean;
}

function associationsWith<T extends CfnResource>(step: WebAclStep<T>, resource: T, site: HardeningSite): readonly Association[] {
  return associationsOf(site).filter(({ targets, arn }) => targets.includes(resource) || step.isMeant?.(resource, targets, arn, site) === true);
}

/** What is associated before hardening: nothing that it adds itself is asked for again. */
function associationsOf(site: HardeningSite): readonly Association[] {
  return site.once('web ACL associations', () => ['AWS::WAFv2::WebACLAssociation', 'AWS::WAFRegional::WebACLAssociation']
    .flatMap((type) => site.resources(type)).map((association) => {
      const { resourceArn } = association as CfnWebACLAssociation;
      const targets = [...site.targets(association, resourceArn), ...importedTargets(association, resourceArn, site)];
      const arn = JSON.stringify(site.resolve(association, resourceArn));
      return { stack: association.stack, targets, arn, isOpen: targets.length === 0 && NAMED_ELSEWHERE.test(arn) };
    }));
}

function putInFront(resource: CfnResource, arn: string, site: HardeningSite): void {
  const webAcl = hardenedWebAcl(resource, WebAclScope.REGIONAL);
  hardeningPart(site, resource, 'WebAclAssociation', (scope, id) => webAcl.protect(scope, id, arn));
}
