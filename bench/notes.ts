/**
 * The same as synth.ts for the example saas-frontend: website, user pool, HTTP API behind CloudFront and table.
 *
 *     npx projen compile && npx tsx --tsconfig examples/tsconfig.json bench/notes.ts [rounds]
 *
 * Exits with 1 when the library takes more than 1.1 times what the same resources take by hand, or when they are not the same resources.
 */
import { join } from 'path';
import { compare } from './harness';

void compare({
  unit: 'stacks',
  sizes: [1, 5, 20],
  judgedFrom: 5,
  variants: ['notes, ours', 'notes by hand'],
  appsFolder: join(__dirname, '../examples/saas-frontend/lib'),
}, Number(process.argv[2] ?? 7));
