import { readdirSync, readFileSync } from 'fs';
import { dirname, join } from 'path';

/** A text that names variants of an operation: `"s3:GetObject*"`. Everything of a service, `"dynamodb:*"`, is another matter. */
const PATTERN = /"([a-z0-9-]+:[A-Za-z]+\*)"/g;

/** The patterns that stand in the code of aws-cdk-lib: what its grants write. */
export function patternsOfCdk(): readonly string[] {
  const library = dirname(require.resolve('aws-cdk-lib/package.json'));
  const found = new Set<string>();
  for (const service of readdirSync(library).filter((name) => name.startsWith('aws-'))) {
    for (const file of readdirSync(join(library, service, 'lib'), { recursive: true, encoding: 'utf8' })) {
      if (!file.endsWith('.js')) continue;
      for (const [, pattern] of readFileSync(join(library, service, 'lib', file), 'utf8').matchAll(PATTERN)) found.add(pattern);
    }
  }
  return [...found].sort();
}
