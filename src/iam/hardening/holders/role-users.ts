import { CfnResource } from 'aws-cdk-lib';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { CfnParameter } from 'aws-cdk-lib/aws-ssm';
import { trustOf } from './role-trust';
import { rolesOfWebFunction, WEB_REVISION } from '../../../core/hardening/functions/web-function';
import { HardeningSite } from '../../../core/hardening/hardening-site';
import { outputsOf } from '../../../core/hardening/outputs';
import { propertyOf } from '../../../core/hardening/values/property-of';

/** A service that acts in roles, and what of it does. */
export interface RoleUser {
  readonly principals: readonly string[];
  readonly name: string;
  readonly users: string;
  /** What else of the service, or of others in its name, acts in roles: types, and the property that names the role. */
  readonly others?: { readonly [type: string]: string };
}

/** Lambda@Edge copies functions: what it runs are the same. Canaries, and the functions that SAM expands, run as functions of Lambda. */
export const LAMBDA: RoleUser = {
  principals: ['lambda.amazonaws.com', 'edgelambda.amazonaws.com'],
  name: 'Lambda',
  users: 'functions',
  others: {
    'AWS::Lambda::CapacityProvider': 'PermissionsConfig',
    'AWS::Lambda::MicrovmImage': 'BuildRoleArn',
    'AWS::Lambda::NetworkConnector': 'OperatorRole',
    'AWS::Serverless::Function': 'Role',
    'AWS::Serverless::NetworkConnector': 'OperatorRole',
    'AWS::Synthetics::Canary': 'ExecutionRoleArn',
  },
};
export const CODE_DEPLOY: RoleUser = { principals: ['codedeploy.amazonaws.com'], name: 'CodeDeploy', users: 'deployment groups' };
export const APPSYNC: RoleUser = { principals: ['appsync.amazonaws.com'], name: 'AppSync', users: 'APIs' };

/** Why nobody can tell from the stage alone who uses a role; undefined where only what names it in the stage does. */
export function usersBesides(role: CfnRole, site: HardeningSite, user = LAMBDA): string | undefined {
  const { name: service, principals, users } = user;
  if (!isAssumedOnlyBy(principals, role, site)) return `others than ${service} may assume the role`;
  const other = otherUser(role, user, site);
  if (other !== undefined) return `${other} uses the role too`;
  const name = site.resolve(role, role.roleName);
  if (name !== undefined && name !== '') return `the role has a name, by which ${users} elsewhere may use it`;
  return toldOthers(site).has(role) ? 'the ARN of the role is told to others by an output or a parameter' : undefined;
}

/** The functions of the stage with a role, and the revisions of web functions. */
export function functionsOf(role: CfnResource, site: HardeningSite): readonly CfnResource[] {
  return site.once('functions by role', () => {
    const found = new Map<CfnResource, CfnResource[]>();
    const keep = (user: CfnResource, used: CfnResource): void => { found.set(used, [...found.get(used) ?? [], user]); };
    for (const fn of site.resources('AWS::Lambda::Function')) {
      const used = site.target(fn, propertyOf(fn, 'Role'));
      if (used !== undefined) keep(fn, used);
    }
    for (const revision of site.resources(WEB_REVISION)) for (const used of rolesOfWebFunction(revision, site)) keep(revision, used);
    return found;
  }).get(role) ?? [];
}

function otherUser(role: CfnRole, { others = {} }: RoleUser, site: HardeningSite): string | undefined {
  const all = Object.entries(others).flatMap(([type, property]) => site.resources(type).map((one) => ({ one, value: propertyOf(one, property) })));
  const found = all.find(({ one, value }) => site.targets(one, value).includes(role))?.one;
  return found === undefined ? undefined : `${found.cfnResourceType} ${site.ownerOf(found).node.path}`;
}

function isAssumedOnlyBy(services: readonly string[], role: CfnRole, site: HardeningSite): boolean {
  const statements = trustOf(role, site);
  return statements !== undefined && statements.filter(({ Effect }) => Effect !== 'Deny').every(({ Principal }) => isAmong(Principal, services));
}

function isAmong(principal: unknown, services: readonly string[]): boolean {
  if (typeof principal !== 'object' || principal === null) return false;
  return Object.entries(principal).every(([kind, who]) => kind === 'Service' && [who].flat().every((one) => services.includes(one as string)));
}

function toldOthers(site: HardeningSite): ReadonlySet<CfnResource> {
  return site.once('what outputs and parameters tell', () => new Set([
    ...outputsOf(site).flatMap((output) => site.targets(output, output.value)),
    ...site.resources('AWS::SSM::Parameter').flatMap((parameter) => site.targets(parameter, (parameter as CfnParameter).value)),
  ]));
}
