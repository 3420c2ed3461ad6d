import { Command } from './command-line';
import { ExitCode } from './exit-code';
import { readPosture } from './read-posture';
import { screenOf, World } from './terminal';
import { comparePostures } from '../report/compare/compare-postures';
import { differenceSections } from '../report/render/markdown/markdown-difference';
import { textDifference } from '../report/render/text/text-difference';

type DiffCommand = Command & { readonly name: 'diff' };

/** Says what changed between two reports. */
export function diff({ before, after, format, failOnChange }: DiffCommand, world: World): ExitCode {
  const difference = comparePostures(readPosture(before, world), readPosture(after, world));
  switch (format) {
    case 'json': world.out.write(`${JSON.stringify(difference, undefined, 2)}\n`); break;
    case 'markdown': world.out.write(`${differenceSections(difference).join('\n\n')}\n`); break;
    default: world.out.write(textDifference(difference, screenOf(world.out, world.env)));
  }
  return failOnChange && difference.weaker ? ExitCode.FINDINGS : ExitCode.CLEAN;
}
