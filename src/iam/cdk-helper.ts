import { CfnResource } from 'aws-cdk-lib';
import { rolesOfWebFunction, WEB_REVISION } from '../core/hardening/functions/web-function';
import { HardeningSite } from '../core/hardening/hardening-site';
import { propertyOf } from '../core/hardening/values/property-of';
import { helperKind, HelperKind } from '../model/rights/cdk-helpers';

const FUNCTION = 'AWS::Lambda::Function';
const STATE_MACHINE = 'AWS::StepFunctions::StateMachine';

/** Custom resources, whatever they are called. */
const CUSTOM_RESOURCE = /^(Custom::|AWS::CloudFormation::CustomResource$)/;

/** The id of the one function that makes AWS calls for authors, under whatever type they call their custom resource. */
const AWS_CALLS = { id: 'AWS679f53fac002430cb0da5b7982bd2287', type: 'Custom::AWS' };

/**
 * The helper that a function, its role or a policy of the role belongs to: what CDK brings along to do at deployment what CloudFormation cannot.
 * Undefined for what an author wrote, and for a role that functions of both kinds share.
 *
 * The same marks as in a template: which custom resources the function serves, its handler, and that its code is CDK's. A state machine that runs
 * nothing but such functions waits for custom resources, and is CDK's too.
 */
export function cdkHelperAt(resource: CfnResource, site: HardeningSite): HelperKind | undefined {
  return site.once('CDK helper functions', () => findHelpers(site)).get(resource);
}

/** Whether a function, a state machine, their role or a policy of the role is CDK's own. */
export function isCdkHelper(resource: CfnResource, site: HardeningSite): boolean {
  return cdkHelperAt(resource, site) !== undefined;
}

function findHelpers(site: HardeningSite): ReadonlyMap<CfnResource, HelperKind> {
  const served = customResourceTypes(site);
  const found = new Map<CfnResource, HelperKind>();
  const authors = new Set<CfnResource>();
  for (const fn of site.resources(FUNCTION)) {
    const kind = kindOf(fn, served.get(fn) ?? [], site);
    const role = site.target(fn, propertyOf(fn, 'Role'));
    if (kind !== undefined) found.set(fn, kind);
    if (role === undefined) continue;
    if (kind === undefined) authors.add(role);
    else found.set(role, kind);
  }
  for (const revision of site.resources(WEB_REVISION)) for (const role of rolesOfWebFunction(revision, site)) authors.add(role);
  for (const machine of site.resources(STATE_MACHINE)) {
    const kinds = site.targets(machine, propertyOf(machine, 'DefinitionString')).map((fn) => found.get(fn));
    if (kinds[0] === undefined || kinds.includes(undefined)) continue;
    const role = site.target(machine, propertyOf(machine, 'RoleArn'));
    for (const part of role === undefined ? [machine] : [machine, role]) found.set(part, kinds[0]);
  }
  for (const role of authors) found.delete(role);
  for (const policy of [...site.resources('AWS::IAM::Policy'), ...site.resources('AWS::IAM::ManagedPolicy')]) {
    const kinds = site.targets(policy, propertyOf(policy, 'Roles')).map((role) => found.get(role));
    if (kinds[0] !== undefined && !kinds.includes(undefined)) found.set(policy, kinds[0]);
  }
  return found;
}

/** The types of the custom resources that each function serves. */
function customResourceTypes(site: HardeningSite): ReadonlyMap<CfnResource, readonly string[]> {
  const served = new Map<CfnResource, string[]>();
  for (const type of site.types().filter((one) => CUSTOM_RESOURCE.test(one))) {
    for (const resource of site.resources(type)) {
      const fn = site.target(resource, propertyOf(resource, 'ServiceToken'));
      if (fn?.cfnResourceType === FUNCTION) served.set(fn, [...served.get(fn) ?? [], type]);
    }
  }
  return served;
}

function kindOf(fn: CfnResource, serves: readonly string[], site: HardeningSite): HelperKind | undefined {
  const code = site.resolve(fn, propertyOf(fn, 'Code')) as Partial<Record<string, unknown>> | undefined;
  const isAwsCall = fn.node.scopes.some(({ node }) => node.id === AWS_CALLS.id);
  return helperKind({
    serves: isAwsCall ? [AWS_CALLS.type] : serves,
    description: text(site.resolve(fn, propertyOf(fn, 'Description'))),
    handler: text(site.resolve(fn, propertyOf(fn, 'Handler'))),
    inlineCode: text(code?.zipFile ?? code?.ZipFile),
    assetKey: text(code?.s3Key ?? code?.S3Key),
  });
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
