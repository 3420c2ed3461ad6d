import { count } from './text';
import { HardeningPosture } from '../form/posture-form';

/** One heading under which a report lists what hardening did. */
export interface HardeningGroup {
  readonly heading: string;
  readonly holds: (change: HardeningPosture) => boolean;
}

const isDone = ({ outcome }: HardeningPosture) => outcome === 'set' || outcome === 'replaced';

/** In the order in which a reader wants to know them. Each change stands under one. */
export const HARDENING_GROUPS: readonly HardeningGroup[] = [
  { heading: 'Changed, and somebody may notice', holds: (change) => isDone(change) && change.impact !== 'in-place' },
  { heading: 'Only the author can decide', holds: ({ outcome }) => outcome === 'proposed' },
  { heading: 'Left as the author set it', holds: ({ outcome }) => outcome === 'kept' },
  { heading: 'Known only at deployment', holds: ({ outcome }) => outcome === 'unknown' },
  { heading: 'Not done, because it would replace what keeps data, or make a stack too large', holds: ({ outcome }) => outcome === 'withheld' },
  { heading: 'Changed in place', holds: (change) => isDone(change) && change.impact === 'in-place' },
];

/** `31 values set, 2 of them need attention; 4 kept, 12 for the author to decide`. */
export function hardeningSummary(changes: readonly HardeningPosture[]): string {
  if (changes.length === 0) return 'nothing to do';
  const amount = (holds: (change: HardeningPosture) => boolean) => changes.filter(holds).length;
  const done = amount(isDone);
  const noticed = amount(HARDENING_GROUPS[0].holds);
  const left = [
    [amount(({ outcome }) => outcome === 'proposed'), 'for the author to decide'],
    [amount(({ outcome }) => outcome === 'kept'), 'kept as the author set them'],
    [amount(({ outcome }) => outcome === 'unknown'), 'known only at deployment'],
    [amount(({ outcome }) => outcome === 'withheld'), 'withheld'],
  ] as const;
  return [
    `${count(done, 'value')} set${noticed === 0 ? '' : ` (${noticed} to look after)`}`, ...left.filter(([some]) => some > 0).map(([some, what]) => `${some} ${what}`),
  ].join(', ');
}
