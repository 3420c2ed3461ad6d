import { IConstruct } from 'constructs';

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

/** Notes on the construct that a control was weakened: the report lists it. */
export function recordWaiver(scope: IConstruct, waiver: Waiver): void {
  scope.node.addMetadata(WAIVER_METADATA, { control: waiver.control, reason: waiver.reason });
}

/** Every waiver recorded at or below a construct, in tree order. */
export function waiversBelow(root: IConstruct): PlacedWaiver[] {
  return root.node.findAll().flatMap((node) => node.node.metadata
    .filter((entry) => entry.type === WAIVER_METADATA)
    .map((entry) => ({ ...(entry.data as Waiver), constructPath: node.node.path })));
}
