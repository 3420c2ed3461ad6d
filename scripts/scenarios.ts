import { readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import { SCENARIOS } from '../test/scenarios/all';
import { tableOf, withTables } from '../test/scenarios/support/table';

const PAGE = join(__dirname, '..', 'docs', 'guides', 'breaches.md');

/** Replays the breaches, prints which layer stops which step, and writes that into the guide. */
for (const scenario of SCENARIOS) console.log(`${scenario.title}\n\n${tableOf(scenario)}\n`);
writeFileSync(PAGE, withTables(readFileSync(PAGE, 'utf8'), SCENARIOS));
