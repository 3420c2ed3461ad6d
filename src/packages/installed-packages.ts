import { existsSync, readdirSync } from 'fs';
import { join } from 'path';
import { describedIn } from './package-files';
import { BundledPackage } from './package-list';

/** Every package below `node_modules`, those that packages bring along included. */
export function installedIn(modules: string): readonly BundledPackage[] {
  return namesIn(modules).flatMap((name) => {
    if (name.startsWith('.')) return [];
    if (name.startsWith('@')) return namesIn(join(modules, name)).flatMap((inner) => packageAt(join(modules, name, inner)));
    return packageAt(join(modules, name));
  });
}

function packageAt(folder: string): readonly BundledPackage[] {
  const own = describedIn(folder);
  const inner = join(folder, 'node_modules');
  return [...own === undefined ? [] : [own], ...existsSync(inner) ? installedIn(inner) : []];
}

/** What lies in a folder, sorted. */
export function namesIn(folder: string): readonly string[] {
  return existsSync(folder) ? readdirSync(folder).sort() : [];
}
