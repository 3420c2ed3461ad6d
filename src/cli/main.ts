import { readFileSync } from 'fs';
import { join } from 'path';
import { audit } from './audit';
import { CommandError } from './command-error';
import { Command, parseCommand } from './command-line';
import { diff } from './diff';
import { ExitCode } from './exit-code';
import { explain } from './explain';
import { report } from './report';
import { World } from './terminal';
import { USAGE } from './usage';
import { ConfigurationError } from '../core/configuration-error';

/** Runs one command line. Whatever the person can mend is told in a line or two; a fault of this program keeps its trace. */
export function main(words: readonly string[], world: World): ExitCode {
  try {
    return run(parseCommand(words), world);
  } catch (error) {
    if (!(error instanceof CommandError || error instanceof ConfigurationError)) throw error;
    world.err.write(`cdk-secure-serverless: ${error.message}\n`);
    if (error instanceof CommandError && error.usage !== undefined) world.err.write(`\n${error.usage}\n`);
    return ExitCode.NOT_JUDGED;
  }
}

function run(command: Command, world: World): ExitCode {
  switch (command.name) {
    case 'audit': return audit(command, world);
    case 'report': return report(command, world);
    case 'diff': return diff(command, world);
    case 'explain': explain(command.rule, world); break;
    case 'help': world.out.write(`${usageOf(command.of)}\n`); break;
    case 'version': world.out.write(`${packageVersion()}\n`); break;
  }
  return ExitCode.CLEAN;
}

function usageOf(command: string | undefined): string {
  return Object.entries(USAGE).find(([name]) => name === command)?.[1] ?? USAGE.all;
}

function packageVersion(): string {
  return (JSON.parse(readFileSync(join(__dirname, '..', '..', 'package.json'), 'utf8')) as { version: string }).version;
}
