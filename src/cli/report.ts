import { join } from 'path';
import { Command } from './command-line';
import { ExitCode } from './exit-code';
import { judgePath } from './judge-path';
import { fileOf, rendered } from './rendered';
import { Progress, screenOf, World } from './terminal';
import { writeText } from './write-text';

type ReportCommand = Command & { readonly name: 'report' };

/** Writes a file for each format, and says which. */
export function report(command: ReportCommand, world: World): ExitCode {
  const progress = new Progress(world.err);
  const posture = judgePath(command, world, progress);
  const screen = screenOf({ write: () => true }, world.env);
  const files = [...new Set(command.formats)].map((format) => {
    progress.say(`Writing ${fileOf(format)}`);
    const file = join(command.output, fileOf(format));
    writeText(file, rendered(format, posture, { ...screen, title: command.path }), world);
    return file;
  });
  progress.done();
  world.out.write(`${files.join('\n')}\n`);
  return ExitCode.CLEAN;
}
