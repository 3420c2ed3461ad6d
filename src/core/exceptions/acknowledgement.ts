import { Stack, Validations } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { flattenReference } from '../values/flatten-reference';

/** The names of the cdk-nag packs, which are also the prefix of their rule ids. */
export enum NagPackId {
  AWS_SOLUTIONS = 'AwsSolutions',
  SERVERLESS = 'Serverless',
  HIPAA = 'HIPAA.Security',
  NIST_R4 = 'NIST.800.53.R4',
  NIST_R5 = 'NIST.800.53.R5',
  PCI = 'PCI.DSS.321',
}

/**
 * Who wrote an acknowledgement, at its metadata: this library, for what it made or for what an author said in a prop, or an exception of the app.
 * What has no such mark was written by other means. It is a symbol, so that neither CDK nor the assembly see it.
 */
export const WRITTEN_BY = Symbol.for('cdk-secure-serverless.acknowledged-by');

/** Acknowledged ids and reasons, as CDK keeps them. */
export interface AcknowledgementData {
  [id: string]: string;
  [WRITTEN_BY]?: 'library' | 'exception';
}

const HELD = Symbol.for('cdk-secure-serverless.acknowledged');

type Holder = IConstruct & { [HELD]?: AcknowledgementData };

/**
 * Acknowledges one cdk-nag finding of a construct in CDK's namespaced form, so that CDK's report keeps the reason.
 * Only for findings that are wrong or unavoidable there; never for a rule as a whole.
 *
 * Written where `Validations.acknowledge` writes it, without the stack trace that it takes: that would lead into this library, and with
 * several acknowledgements for each function it is what a synth would wait for most.
 */
export function acknowledge(scope: IConstruct, pack: NagPackId, rule: string, reason: string): void {
  write(scope, `${pack}::${pack}-${rule}`, reason);
}

/** Acknowledges a finding of the library's own rules, by the id that it has there: only where a construct or its author chose it, and said why. */
export function acknowledgeRule(scope: IConstruct, finding: string, reason: string): void {
  write(scope, `ServerlessSecurity::${finding}`, reason);
}

/** Whether anything of a construct was acknowledged for a reason. */
export function isAcknowledgedFor({ node }: IConstruct, reason: string): boolean {
  return node.metadata.some(({ data }) => Object.values(data as object).includes(reason)); // texts have letters for values
}

/** CDK keeps ids with dashes in the place of blanks, and resolves, writes and reads each note apart: one for each construct holds them all. */
function write(scope: IConstruct, id: string, reason: string): void {
  const held = (scope as Holder)[HELD] ??= note(scope);
  held[id.replaceAll(' ', '-')] = reason;
}

function note(scope: IConstruct): AcknowledgementData {
  const data: AcknowledgementData = { [WRITTEN_BY]: 'library' };
  scope.node.addMetadata(Validations.ACKNOWLEDGED_RULES_METADATA_KEY, data);
  return data;
}

/** The packs that only the `regulated` profile turns on. */
export const AUDIT_PACKS = [NagPackId.HIPAA, NagPackId.NIST_R4, NagPackId.NIST_R5, NagPackId.PCI];

/** Acknowledges a finding that several packs share, for one and the same reason. */
export function acknowledgeInPacks(scope: IConstruct, packs: readonly NagPackId[], rule: string, reason: string): void {
  for (const pack of packs) acknowledge(scope, pack, rule, reason);
}

/**
 * Acknowledges that a statement names this resource with a wildcard. The finding's id holds the resource as it is rendered,
 * which is final only when the references between stacks are, so it is written then.
 */
export function acknowledgeWildcardResource(scope: IConstruct, resource: string, reason: string): void {
  let done = false;
  scope.node.addValidation({
    validate: () => {
      if (!done) acknowledge(scope, NagPackId.AWS_SOLUTIONS, `IAM5[Resource::${flattenReference(Stack.of(scope).resolve(resource))}]`, reason);
      done = true;
      return [];
    },
  });
}
