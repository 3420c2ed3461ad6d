import { readdirSync } from 'fs';
import { dirname, join } from 'path';
import { ENV } from './environment';
import { Subject } from './subject';
import { PROFILES, testStack } from '../../test/support/apps';
import { AuditCase } from '../../test/support/self-audit';

const TEST = join(__dirname, '../../test');

/** The files of the cases, below test/. */
export function caseFiles(): readonly string[] {
  return (readdirSync(TEST, { recursive: true }) as string[]).filter((file) => file.endsWith('audit-cases.ts')).sort();
}

/**
 * The constructs as the self-audits of their rooms make them, in all profiles: what a file called `audit-cases.ts` exports under a name
 * that ends with `_CASES`. The file of a new room is found by itself.
 */
export async function constructs(): Promise<readonly Subject[]> {
  const subjects = await Promise.all(caseFiles().map(async (file) => {
    const exported = Object.entries(await import(join(TEST, file)) as { [name: string]: unknown });
    const cases = exported.filter(([name]) => name.endsWith('_CASES')).flatMap(([, value]) => value as readonly AuditCase[]);
    if (cases.length === 0) throw new Error(`test/${file} exports no cases: their list has a name that ends with _CASES`);
    return cases.flatMap((one) => inAllProfiles(dirname(file), one));
  }));
  return subjects.flat();
}

function inAllProfiles(room: string, [name, make]: AuditCase): readonly Subject[] {
  return PROFILES.map(([profile, create]) => ({
    side: 'ours',
    room,
    name,
    profile,
    build: () => {
      const stack = testStack({ profile: create(), env: ENV });
      make(stack);
      return stack;
    },
  }));
}
