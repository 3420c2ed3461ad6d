import { CfnResource } from 'aws-cdk-lib';
import { bucketKinds } from './bucket-kinds';
import { cdkPatternsIn, ExactActions } from './exact-actions';
import { roomFor } from './inline-budget';
import { joinedByResource } from './joined-statements';
import { sizeOf } from './policy-size';
import { HardeningArea } from '../../../core/hardening/hardening-area';
import { HardeningSite } from '../../../core/hardening/hardening-site';
import { RenderedDocument, RenderedStatement } from '../../../core/hardening/resource-policy';
import { HardeningPlan, HardeningStep, Standing } from '../../../core/hardening/steps/hardening-step';
import { IDENTITY_POLICY_TYPES } from '../../../model/rights/iam';
import { actionsIn, isExact, listOf, statementsIn } from '../documents/document-statements';
import { ExactDocument } from '../documents/exact-document';
import { documentsOf, IdentityDocument } from '../documents/identity-documents';

const REMARK = 'The rights are the same. What AWS adds to the pattern later is not taken in: an update of this library brings it.';

/** The patterns that grants of CDK write, as the actions that they stand for. */
export const ACTION_HARDENING: readonly HardeningStep[] = IDENTITY_POLICY_TYPES.map((type) => ({
  area: HardeningArea.RIGHTS,
  type,
  rule: 'IamActionPattern',
  plan: (resource, site) => documentsOf(resource).flatMap((document) => planDocument(document, site)),
}));

function planDocument(document: IdentityDocument, site: HardeningSite): readonly HardeningPlan[] {
  const { property, resource } = document;
  const original = document.read();
  if (isExact(original)) return [];
  const statements = statementsIn(original, resource, site) ?? [];
  const patterns = [...new Set(statements.flatMap(cdkPatternsIn))];
  if (patterns.length === 0) return [];
  const exactly = exactIn(resource, site);
  const room = roomFor(document, site);
  const written: RenderedDocument = { Version: '2012-10-17', Statement: site.resolve(resource, statements) as RenderedStatement[] };
  const plan = { property, before: patterns.sort(), after: addedTo(statements, statementsOf(exactly(written))) };
  if (fitting(written, exactly, room) === undefined) return [{ ...plan, standing: Standing.AUTHORS, advice: tooLong(room) }];
  const apply = () => document.write(new ExactDocument({
    original,
    statements: () => statementsIn(original, resource, site) ?? [],
    rewrite: (rendered) => fitting(rendered, exactly, room) ?? rendered,
  }));
  return [{ ...plan, standing: Standing.MISSING, remark: REMARK, apply }];
}

/** The document with exact actions, as short as it must be. Undefined where it is too long in any case. */
function fitting(document: RenderedDocument, exactly: (document: RenderedDocument) => RenderedDocument, room: number): RenderedDocument | undefined {
  const exact = exactly(document);
  if (sizeOf(exact) <= room) return exact;
  const joined = exactly({ ...document, Statement: joinedByResource(statementsOf(document)) });
  return sizeOf(joined) <= room ? joined : undefined;
}

/** A pattern is a choice where its actions would not fit. */
function tooLong(room: number): string {
  return `The exact actions would make the policy longer than the ${room} characters that IAM leaves for it: name the actions that the code calls, or split the role.`;
}

function exactIn({ stack }: CfnResource, site: HardeningSite): (document: RenderedDocument) => RenderedDocument {
  const kinds = bucketKinds(stack, site);
  const exact = ExactActions.of(site);
  return (document) => ({ ...document, Statement: statementsOf(document).map((statement) => exact.in(statement, kinds)) });
}

function statementsOf({ Statement }: RenderedDocument): readonly RenderedStatement[] {
  return listOf(Statement) as RenderedStatement[];
}

function addedTo(before: readonly RenderedStatement[], after: readonly RenderedStatement[]): readonly string[] {
  const known = new Set(before.flatMap(actionsIn));
  return [...new Set(after.flatMap(actionsIn))].filter((action) => !known.has(action)).sort();
}
