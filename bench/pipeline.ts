/**
 * The same as synth.ts for the example order-pipeline: API, queues, table, pipe, bus, state machine, topic, bucket and schedule.
 *
 *     npx projen compile && npx tsx --tsconfig examples/tsconfig.json bench/pipeline.ts [rounds]
 *
 * Exits with 1 when the library takes more than 1.1 times what the same resources take by hand, or when they are not the same resources.
 */
import { join } from 'path';
import { compare } from './harness';

void compare({
  unit: 'stacks',
  sizes: [1, 5, 20],
  judgedFrom: 5,
  variants: ['pipeline, ours', 'pipeline by hand'],
  appsFolder: join(__dirname, '../examples/order-pipeline/lib'),
}, Number(process.argv[2] ?? 7));
