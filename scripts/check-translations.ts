import { readFileSync } from 'fs';
import { join } from 'path';
import { TranslatedSample, translationFaults } from './docs/translations';

/** Looks at what `jsii-rosetta extract` made of the samples: readers of other languages get no other text. */
const tablet = JSON.parse(readFileSync(join(__dirname, '..', '.jsii.tabl.json'), 'utf8')) as { snippets: Record<string, TranslatedSample> };
const samples = Object.values(tablet.snippets);
const faults = translationFaults(samples);
for (const fault of faults) console.error(fault);
console.log(`${samples.length} translated samples, ${faults.length} faults`);
process.exitCode = faults.length === 0 ? 0 : 1;
