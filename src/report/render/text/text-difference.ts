import { Screen, wrap } from './layout';
import { PostureDifference } from '../../compare/posture-difference';
import { differenceLines } from '../difference-lines';
import { clip, seen } from '../text';

const LONGEST_NAME = 200;

/** What changed between two reports, for a terminal. */
export function textDifference(difference: PostureDifference, { paint, width }: Screen): string {
  const { before, after, weaker } = difference;
  const word = weaker ? paint.bad('WEAKER') : paint.good('NOT WEAKER');
  const plain = (text: string): string => clip(seen(text), LONGEST_NAME);
  const lines = differenceLines(difference, { name: plain, words: plain, strong: paint.strong });
  return `${[
    `${word}  ${paint.faint(`${before.asOf}, ${before.tool.version} -> ${after.asOf}, ${after.tool.version}`)}`,
    '',
    ...lines.length === 0 ? ['Nothing changed that the report looks at.'] : lines.flatMap((line) => wrapped(line, width)),
  ].join('\n')}\n`;
}

function wrapped(line: string, width: number): string[] {
  return wrap(line, width - 2).map((part, index) => `${index === 0 ? '' : '  '}${part}`);
}
