import { markdownCode, markdownText } from './escape-markdown';
import { PostureDifference } from '../../compare/posture-difference';
import { differenceLines, WordStyle } from '../difference-lines';
import { clip } from '../text';

const LONGEST_NAME = 90;
const LONGEST_TEXT = 200;

const MARKDOWN: WordStyle = {
  name: (text) => markdownCode(clip(text, LONGEST_NAME)),
  words: (text) => markdownText(clip(text, LONGEST_TEXT)),
  strong: (text) => `**${text}**`,
};

/** What changed, as sections of a Markdown report; one sentence where nothing did. */
export function differenceSections(difference: PostureDifference): readonly string[] {
  const lines = differenceLines(difference, MARKDOWN);
  const since = `### What changed since ${markdownText(difference.before.asOf)}`;
  return [since, lines.length === 0 ? 'Nothing that the report looks at.' : lines.map((line) => `* ${line}`).join('\n')];
}
