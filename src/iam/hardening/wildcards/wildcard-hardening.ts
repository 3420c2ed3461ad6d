import { CfnResource } from 'aws-cdk-lib';
import { whyOfDeployment } from './deployment-rights';
import { whyOfHelper } from './helper-rights';
import { insideOf, narrowedByCondition } from './inside-of';
import { whyOfMessages } from './message-rights';
import { whyOfNetwork } from './network-rights';
import { whyResourceless } from './resourceless';
import { acknowledge, acknowledgeWildcardResource, NagPackId } from '../../../core/exceptions/acknowledgement';
import { HardeningArea } from '../../../core/hardening/hardening-area';
import { HardeningSite } from '../../../core/hardening/hardening-site';
import { RenderedStatement } from '../../../core/hardening/resource-policy';
import { HardeningPlan, HardeningStep, Standing } from '../../../core/hardening/steps/hardening-step';
import { flattenReference } from '../../../core/values/flatten-reference';
import { IDENTITY_POLICY_TYPES } from '../../../model/rights/iam';
import { allowingIn, allowingNow } from '../documents/allowing-statements';
import { actionsIn, listOf, mayHoldWildcard } from '../documents/document-statements';
import { documentsOf, HOLDER_TYPES, IdentityDocument } from '../documents/identity-documents';

/** Wildcards than which nothing narrower can be written are acknowledged, each with its reason. */
export const WILDCARD_HARDENING: readonly HardeningStep[] = IDENTITY_POLICY_TYPES.map((type) => ({
  area: HardeningArea.RIGHTS,
  type,
  rule: 'IamResourceWildcard',
  plan: (resource, site) => {
    const statements = together(resource, (document) => allowingIn(document, site));
    return statements === undefined ? [] : [...planStar(resource, statements, site), ...planInside(resource, statements, site)];
  },
}));

/** `*`, where no statement of the resource that has it could name something. Checked again when all statements are there. */
function planStar(resource: CfnResource, statements: readonly RenderedStatement[], site: HardeningSite): readonly HardeningPlan[] {
  const why = whyStar(resource, statements, site);
  if (why === undefined || !isFirst(resource, '*')) return [];
  const apply = () => atTheEnd(resource, () => {
    const final = together(resource, (document) => allowingNow(document, site));
    const reason = final === undefined ? undefined : whyStar(resource, final, site);
    if (reason === undefined) return;
    acknowledge(resource, NagPackId.AWS_SOLUTIONS, 'IAM5[Resource::*]', reason);
    if (HOLDER_TYPES.includes(resource.cfnResourceType) && !final!.some(isFull)) acknowledge(resource, NagPackId.SERVERLESS, 'LambdaStarPermissions', reason);
  });
  return [planned('*', why, resource, apply)];
}

function planInside(resource: CfnResource, statements: readonly RenderedStatement[], site: HardeningSite): readonly HardeningPlan[] {
  const ofHelper = whyOfHelper(resource, statements, site);
  const found = new Map<string, HardeningPlan>();
  for (const written of statements.flatMap((statement) => listOf(statement.Resource)).filter(mayHoldWildcard)) {
    const text = flattenReference(site.resolve(resource, written));
    const why = text.includes('*') && text !== '*' && !found.has(text)
      ? insideOf(text, written, resource, site) ?? ofHelper ?? whyOfDeployment(text, written, statements, resource, site)
      : undefined;
    if (why === undefined || !isFirst(resource, text)) continue;
    found.set(text, planned(text, why, resource, () => acknowledgeWildcardResource(resource, written as string, why)));
  }
  return [...found.values()];
}

/** Why nobody could write something narrower in the place of a wildcard; undefined where its author can. */
export function whyWildcard(text: string, written: unknown, resource: CfnResource, site: HardeningSite): string | undefined {
  const statements = together(resource, (document) => allowingIn(document, site));
  if (statements === undefined) return undefined;
  if (text === '*') return whyStar(resource, statements, site);
  return insideOf(text, written, resource, site) ?? whyOfHelper(resource, statements, site)
    ?? whyOfDeployment(text, written, statements, resource, site);
}

function planned(text: string, why: string, resource: CfnResource, acknowledgeIt: () => void): HardeningPlan {
  const apply = () => {
    explained(resource).add(text);
    acknowledgeIt();
  };
  return { standing: Standing.MISSING, property: `AwsSolutions-IAM5[Resource::${text}]`, after: 'acknowledged', remark: why, apply };
}

function whyStar(resource: CfnResource, statements: readonly RenderedStatement[], site: HardeningSite): string | undefined {
  const onAll = statements.filter((statement) => listOf(statement.Resource).includes('*'));
  if (onAll.length === 0 || onAll.some(({ NotAction }) => NotAction !== undefined)) return undefined;
  const actions = onAll.flatMap(actionsIn);
  return whyResourceless(actions) ?? whyOfNetwork(resource, actions, site) ?? narrowedByCondition(onAll, resource, site)
    ?? whyOfHelper(resource, statements, site) ?? whyOfMessages(resource, statements, site) ?? whyOfDeployment('*', '*', statements, resource, site);
}

function isFull(statement: RenderedStatement): boolean {
  return statement.NotAction !== undefined || actionsIn(statement).some((action) => action === '*' || action.endsWith(':*'));
}

type StatementsOf = (document: IdentityDocument) => readonly RenderedStatement[] | undefined;

/** The statements of all documents of a resource; undefined where one of them is known only at deployment. */
function together(resource: CfnResource, statementsOf: StatementsOf): readonly RenderedStatement[] | undefined {
  const all = documentsOf(resource).map(statementsOf);
  return all.includes(undefined) ? undefined : all.flatMap((statements) => statements!);
}

/** Runs once, when everything that gives rights has done so. */
function atTheEnd(resource: CfnResource, act: () => void): void {
  let done = false;
  resource.node.addValidation({
    validate: () => {
      if (!done) act();
      done = true;
      return [];
    },
  });
}

const EXPLAINED = Symbol.for('cdk-secure-serverless.explained-wildcards');

function explained(resource: CfnResource): Set<string> {
  const holder = resource as CfnResource & { [EXPLAINED]?: Set<string> };
  return holder[EXPLAINED] ??= new Set();
}

function isFirst(resource: CfnResource, text: string): boolean {
  return !explained(resource).has(text);
}
