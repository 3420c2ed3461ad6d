import { IConstruct } from 'constructs';
import { acknowledgeRule } from './acknowledgement';

/** Node metadata under which a construct records that one of its controls was weakened, and why. */
export const WAIVER_METADATA = 'cdk-secure-serverless:waiver';

/** A control that was weakened on purpose. */
export interface Waiver {
  /** The control, named like the prop or rule that it concerns, for example `Alarm.errors`. */
  readonly control: string;
  /** Why, in the author's words. */
  readonly reason: string;
}

/** A recorded waiver and where it stands. */
export interface PlacedWaiver extends Waiver {
  readonly constructPath: string;
}

/** What CloudFormation may do with a resource that nobody keeps, as the rule for data that is lost at once names it. */
export const DATA_REMOVAL_FINDINGS = ['DataRemoval[DeletionPolicy]', 'DataRemoval[UpdateReplacePolicy]'];

/** The same, of the rule for what the service keeps for a while. */
export const REMOVAL_POLICY_FINDINGS = ['RemovalPolicy[DeletionPolicy]', 'RemovalPolicy[UpdateReplacePolicy]'];

/**
 * Notes on the construct that a control was weakened: the report lists it. What the library's own rules find because of it is
 * acknowledged with the same reason, so that nobody has to give it twice.
 */
export function recordWaiver(scope: IConstruct, waiver: Waiver, findings: readonly string[] = []): void {
  scope.node.addMetadata(WAIVER_METADATA, { control: waiver.control, reason: waiver.reason });
  for (const finding of findings) acknowledgeRule(scope, finding, waiver.reason);
}

/** Every waiver recorded at or below a construct, in tree order. */
export function waiversBelow(root: IConstruct): PlacedWaiver[] {
  return root.node.findAll().flatMap((node) => node.node.metadata
    .filter((entry) => entry.type === WAIVER_METADATA)
    .map((entry) => ({ ...(entry.data as Waiver), constructPath: node.node.path })));
}
