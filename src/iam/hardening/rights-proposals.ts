import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { cdkPatternsIn } from './actions/exact-actions';
import { allowingIn } from './documents/allowing-statements';
import { actionsIn, listOf, mayHoldWildcard } from './documents/document-statements';
import { documentsOf, IdentityDocument } from './documents/identity-documents';
import { usedBy } from './holders/named-resources';
import { trustOf } from './holders/role-trust';
import { functionsOf } from './holders/role-users';
import { accountRoles } from './roles/account-role-hardening';
import { isForDeployments } from './roles/code-deploy-role-hardening';
import { isForGraphqlLogs } from './roles/graphql-role-hardening';
import { lambdaRightsOf, managedPolicyArnsOf } from './roles/lambda-managed-policies';
import { whyResourceless } from './wildcards/resourceless';
import { whyWildcard } from './wildcards/wildcard-hardening';
import { HardeningArea } from '../../core/hardening/hardening-area';
import { HardeningSite } from '../../core/hardening/hardening-site';
import { RenderedStatement } from '../../core/hardening/resource-policy';
import { HardeningPlan, HardeningStep, Standing } from '../../core/hardening/steps/hardening-step';
import { flattenReference } from '../../core/values/flatten-reference';
import { awsManagedPolicy, ManagedPolicyReach } from '../../model/rights/aws-managed-policies';
import { IDENTITY_POLICY_TYPES } from '../../model/rights/iam';
import { SOURCE_AWARE_SERVICES } from '../account-baseline';
import { isCdkHelper } from '../cdk-helper';
import { isResourceWildcard, RESOURCE_KEYS } from '../resource-wildcard';
import { isBound, StatementConditions } from '../statement-binding';

const FAR_TOO_MUCH: ReadonlySet<ManagedPolicyReach> = new Set([ManagedPolicyReach.ADMIN, ManagedPolicyReach.FULL]);
const AREA = HardeningArea.RIGHTS;

/** Policies of AWS that CDK itself attaches, of which more is to be said than of others. */
const OF_CDK: { readonly [name: string]: { readonly after: string; readonly advice: string } } = {
  // Exact rights name the function, so that they can only be there after it, and executions need them all the while: not to be done in one deployment.
  AWSLambdaBasicDurableExecutionRolePolicy: {
    after: 'lambda:CheckpointDurableExecution and lambda:GetDurableExecutionState on the executions of the function, and the rights on its log group',
    advice: 'Allow both on `${fn.functionArn}:*` in a policy beside the function, deploy, and only then take the policy of AWS away: executions that run '
      + 'meanwhile cannot write their checkpoints without. See https://docs.aws.amazon.com/lambda/latest/dg/durable-security.html.',
  },
  // The construct gives it to each role that it gets, so that nobody can leave it out.
  AWSLambdaNetworkConnectorOperatorPolicy: {
    after: 'a role that nothing but the network connector has',
    advice: 'Lambda makes the interfaces of a network connector with it, in any subnet and with any security group, and CDK attaches it to the role of each connector: it stays. '
      + 'Let no function have this role, whose code could do the same.',
  },
};

/** Objects of a whole bucket, as grants of CDK write them. */
const WHOLE_BUCKET = /^(<[^<>]+\.Arn>|arn:[^*?]*:s3:::[^*?/]+)\/\*$/;

/** What an author granted stays as it is: the report says how it could be narrower. */
export const RIGHTS_PROPOSALS: readonly HardeningStep[] = [
  ...IDENTITY_POLICY_TYPES.flatMap((type): HardeningStep[] => [
    { area: AREA, type, rule: 'IamActionWildcard', plan: (resource, site) => documentsOf(resource).flatMap((one) => wideActions(one, site)) },
    { area: AREA, type, rule: 'IamResourceWildcard', plan: (resource, site) => documentsOf(resource).flatMap((one) => wideResources(one, site)) },
  ]),
  ...(['ManagedPolicyAccess', 'ManagedPolicyBreadth'] as const).map((rule): HardeningStep => (
    { area: AREA, type: 'AWS::IAM::Role', rule, plan: (resource, site) => managedPolicies(resource as CfnRole, rule, site) })),
  { area: AREA, type: 'AWS::IAM::Role', rule: 'RoleTrustSource', plan: (resource, site) => openTrust(resource as CfnRole, site) },
];

function wideActions(document: IdentityDocument, site: HardeningSite): readonly HardeningPlan[] {
  const wide = allowing(document, site).flatMap((statement) => {
    const known = new Set(cdkPatternsIn(statement));
    return actionsIn(statement).filter((action) => /[*?]/.test(action) && !known.has(action));
  });
  return wide.length === 0 ? [] : [{
    standing: Standing.AUTHORS,
    property: document.property,
    before: [...new Set(wide)].sort(),
    after: 'the actions that the code calls, by name',
    advice: `Name each action: what the pattern takes in is more than the code calls, and grows with the service.${usedBy(document.resource, site)}`,
  }];
}

function wideResources(document: IdentityDocument, site: HardeningSite): readonly HardeningPlan[] {
  const statements = allowing(document, site);
  const { resource } = document;
  const onAll = statements.filter((one) => listOf(one.Resource).includes('*') && whyResourceless(actionsIn(one)) === undefined).flatMap(actionsIn);
  const everything = onAll.length === 0 || whyWildcard('*', '*', resource, site) !== undefined ? [] : [`* for ${inOrder(onAll)}`];
  const open = [...everything, ...partlyNamed(document, statements, site)];
  const buckets = statements.flatMap((one) => (touchesObjects(one) ? listOf(one.Resource).filter(mayHoldWildcard) : []))
    .map((written) => ({ written, text: flattenReference(site.resolve(resource, written)) }))
    .filter(({ written, text }) => WHOLE_BUCKET.test(text) && whyWildcard(text, written, resource, site) === undefined).map(({ text }) => text);
  return [
    ...open.length === 0 ? [] : [{
      standing: Standing.AUTHORS,
      property: `${document.property}.Statement`,
      before: open.join('; '),
      after: 'the ARNs of the resources that the code uses',
      advice: `Name the resources through references to their constructs, and put actions that know no resource into a statement of their own.${usedBy(document.resource, site)}`,
    }],
    ...buckets.length === 0 ? [] : [{
      standing: Standing.AUTHORS,
      property: `${document.property}.Statement.Resource`,
      before: [...new Set(buckets)].sort(),
      after: 'the prefix under which the code reads or writes',
      advice: "Give the grant a prefix if the code does not need the whole bucket: `bucket.grantRead(grantee, 'in/*')`.",
    }],
  ];
}

/** The resources that are named in part, each with the actions on it. */
function partlyNamed({ resource }: IdentityDocument, statements: readonly RenderedStatement[], site: HardeningSite): readonly string[] {
  const actions = new Map<string, readonly string[]>();
  for (const statement of statements.filter((one) => !bindsResource(one))) {
    for (const written of listOf(statement.Resource).filter(mayHoldWildcard)) {
      const text = flattenReference(site.resolve(resource, written));
      const isPart = text !== '*' && !text.startsWith('<?>') && !WHOLE_BUCKET.test(text) && isResourceWildcard(text);
      if (!isPart || whyWildcard(text, written, resource, site) !== undefined) continue;
      actions.set(text, [...actions.get(text) ?? [], ...actionsIn(statement)]);
    }
  }
  return [...actions].sort(([one], [other]) => (one < other ? -1 : 1)).map(([text, on]) => `${text} for ${inOrder(on)}`);
}

/** A condition may name the resource in the place of the statement. */
function bindsResource({ Condition }: RenderedStatement): boolean {
  const keys = Object.values((Condition ?? {}) as object).flatMap((compared) => Object.keys(compared as object));
  return keys.some((key) => RESOURCE_KEYS.test(key.toLowerCase()));
}

function inOrder(actions: readonly string[]): string {
  return [...new Set(actions)].sort().join(', ');
}

function managedPolicies(role: CfnRole, rule: 'ManagedPolicyAccess' | 'ManagedPolicyBreadth', site: HardeningSite): readonly HardeningPlan[] {
  const arns = isCdkHelper(role, site) || accountRoles(site).has(role) ? [] : managedPolicyArnsOf(role, site);
  const isReplaced = (arn: unknown) => (
    lambdaRightsOf(arn, role, site) !== undefined || isForGraphqlLogs(role, arn, site) || isForDeployments(role, arn, site));
  const left = arns.filter((arn) => !isReplaced(arn));
  const all = left.map((arn) => awsManagedPolicy(flattenReference(arn)));
  return all.filter((policy) => policy !== undefined && FAR_TOO_MUCH.has(policy.reach) === (rule === 'ManagedPolicyAccess')).map((policy) => ({
    standing: Standing.AUTHORS,
    property: `ManagedPolicyArns.${policy!.name}`,
    before: policy!.actions.length === 0 ? policy!.name : `${policy!.name}: ${policy!.actions.join(', ')} on all resources of the account`,
    after: 'statements with the actions that the code calls, on the resources that it uses',
    advice: `Write the statements, or use the grants of the constructs, and leave the policy out.${usedBy(role, site)}`,
    ...Object.hasOwn(OF_CDK, policy!.name) && OF_CDK[policy!.name],
  }));
}

/** Services that tell for whom they act, in a trust that does not ask. Nobody can try here whether all of their calls do, so it is not set. */
function openTrust(role: CfnRole, site: HardeningSite): readonly HardeningPlan[] {
  if (isCdkHelper(role, site)) return [];
  if (functionsOf(role, site).length > 0 || accountRoles(site).has(role)) return []; // Lambda does not tell; API Gateway logs for no API in particular
  const statements = trustOf(role, site) ?? [];
  const services = statements.filter((one) => one.Effect !== 'Deny' && !isBound(one.Condition as StatementConditions)).flatMap(servicesIn)
    .filter((service) => SOURCE_AWARE_SERVICES.includes(service.split('.')[0]));
  return services.length === 0 ? [] : [{
    standing: Standing.AUTHORS,
    property: 'AssumeRolePolicyDocument',
    before: [...new Set(services)].sort(),
    after: '{"StringEquals":{"aws:SourceAccount":"<the account>"}}',
    advice: 'Give the principal this condition, and ArnLike aws:SourceArn where the resource is known: `new ServicePrincipal(service, { conditions })`.',
  }];
}

function servicesIn({ Principal }: RenderedStatement): string[] {
  return listOf((Principal as { readonly Service?: unknown } | undefined)?.Service).filter((service) => typeof service === 'string');
}

function touchesObjects(statement: RenderedStatement): boolean {
  return actionsIn(statement).some((action) => /^s3:/i.test(action));
}

/** What CDK brings along, no author can change. */
function allowing(document: IdentityDocument, site: HardeningSite): readonly RenderedStatement[] {
  return isCdkHelper(document.resource, site) ? [] : allowingIn(document, site) ?? [];
}
