import * as fc from 'fast-check';
import { SUBJECTS } from './subjects/all';
import { judge } from './support/judge';
import { samplesOf } from './support/sample';

const numRuns = Number(process.env.PROPERTY_RUNS ?? 6);
const seed = Number(process.env.PROPERTY_SEED ?? 20_261_126);

test.each(SUBJECTS.map((subject) => [subject.name, subject] as const))(
  'any %s is refused in the words of the house, or is safe, and the same under all flags and at each synth', (_, subject) => {
    fc.assert(fc.property(samplesOf(subject), (sample) => {
      const { faults } = judge(sample);
      if (faults.length > 0) throw new Error(faults.join('\n'));
    }), { numRuns, seed });
  }, 3_600_000);
