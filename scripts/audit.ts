import { statSync } from 'fs';
import { TemplateAudit } from '../src/app/template-audit';
import { ConfigurationError } from '../src/core/configuration-error';
import { SecurityProfile } from '../src/core/profile/security-profile';

/**
 * Prints what the rules say about templates: `npx tsx scripts/audit.ts <file or folder…> [--json] [--profile=sandbox|production|regulated]`.
 * Ends with 1 as soon as one finding is an error, and with 2 where something cannot be read.
 */
const PROFILES: { readonly [name: string]: () => SecurityProfile } = {
  sandbox: () => SecurityProfile.sandbox(), production: () => SecurityProfile.production(), regulated: () => SecurityProfile.regulated(),
};

const args = process.argv.slice(2);
const paths = args.filter((arg) => !arg.startsWith('--'));
const json = args.includes('--json');
const name = args.find((arg) => arg.startsWith('--profile='))?.split('=')[1] ?? 'production';
if (paths.length === 0 || !(name in PROFILES)) {
  console.error('Usage: npx tsx scripts/audit.ts <file or folder…> [--json] [--profile=sandbox|production|regulated]');
  process.exit(2);
}

const results = paths.map((path) => {
  const props = { profile: PROFILES[name]() };
  try {
    const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
    const audit = isFolder ? TemplateAudit.ofFolder(path, props) : TemplateAudit.ofFile(path, props);
    return { path, passed: audit.passed, findings: audit.findings };
  } catch (error) {
    if (error instanceof ConfigurationError) return { path, passed: false, problem: error.message, findings: [] };
    throw error;
  }
});

if (json) {console.log(JSON.stringify(results, undefined, 2));} else {
  for (const { path, problem, findings } of results) {
    console.log(path);
    if (problem !== undefined) console.log(`  unreadable: ${problem}`);
    for (const { severity, rank, id, stack, logicalId, locations } of findings) {
      console.log(`  ${severity.padEnd(7)} ${rank.padEnd(6)} ${id} at ${stack}/${logicalId}: ${locations.join(', ')}`);
    }
  }
}
process.exit(results.some(({ problem }) => problem !== undefined) ? 2 : results.every(({ passed }) => passed) ? 0 : 1);
