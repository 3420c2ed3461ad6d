import { EventPattern } from 'aws-cdk-lib/aws-events';
import { FINDING_DETAIL_TYPE, FINDING_SOURCE } from './finding-baseline';
import { FindingKind } from './finding-kind';
import { FindingSeverity } from './finding-severity';

/** Which findings somebody wants. All that is given must hold. */
export interface FindingFilter {
  /**
   * Findings of these severities.
   * @default - all
   */
  readonly severities?: FindingSeverity[];
  /**
   * Findings about at least one resource of these kinds.
   * @default - all
   */
  readonly kinds?: FindingKind[];
  /**
   * The beginnings of types, as the provider names them: `UnauthorizedAccess:Lambda/`.
   * @default - all
   */
  readonly typePrefixes?: string[];
}

/** What EventBridge compares events of the bus with. */
export function patternOf({ severities, kinds, typePrefixes }: FindingFilter): EventPattern {
  const detail = {
    ...severities !== undefined && { severity: [...severities] },
    ...kinds !== undefined && { resources: { kind: [...kinds] } },
    ...typePrefixes !== undefined && { type: typePrefixes.map((prefix) => ({ prefix })) },
  };
  return { source: [FINDING_SOURCE], detailType: [FINDING_DETAIL_TYPE], ...Object.keys(detail).length > 0 && { detail } };
}
