import { existsSync, statSync } from 'fs';
import { resolve } from 'path';
import { CommandError } from './command-error';
import { JudgeArguments } from './command-line';
import { Progress, World } from './terminal';
import { auditPath } from '../app/audit-path';
import { Posture } from '../report/form/posture-form';

/** Judges what a path leads to: a cloud assembly, a template, or a folder of templates. */
export function judgePath({ path, profile, exceptions, trustedAccounts, today }: JudgeArguments, world: World, progress: Progress): Posture {
  const place = resolve(world.cwd, path);
  if (!existsSync(place)) throw new CommandError(`there is no '${path}' in ${world.cwd}; after a synthesis the assembly is in cdk.out`);
  const isFolder = statSync(place).isDirectory();
  progress.say(`Reading ${path}`);
  return auditPath(place, isFolder, {
    profile,
    trustedAccounts,
    today,
    exceptionsFile: exceptions === undefined ? undefined : resolve(world.cwd, exceptions),
    onRead: (resources) => progress.say(`Judging ${resources.toLocaleString('en')} resources`),
  });
}
