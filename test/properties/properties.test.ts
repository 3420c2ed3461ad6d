import * as fc from 'fast-check';
import { SUBJECTS } from './subjects/all';
import { judge } from './support/judge';
import { samplesOf } from './support/sample';

/** A few samples of each construct; `PROPERTY_RUNS=500 npx jest test/properties` looks harder, `PROPERTY_SEED` elsewhere. */
const numRuns = Number(process.env.PROPERTY_RUNS ?? 5);
const seed = Number(process.env.PROPERTY_SEED ?? 20_261_126);

beforeEach(() => {
  for (const method of ['error', 'warn'] as const) jest.spyOn(console, method).mockImplementation(() => {}); // what CDK says of each sample
});

test.each(SUBJECTS.map((subject) => [subject.name, subject] as const))(
  'any %s is refused in the words of the house, or is safe, and the same under all flags and at each synth', (_, subject) => {
    fc.assert(fc.property(samplesOf(subject), (sample) => {
      const { faults } = judge(sample);
      if (faults.length > 0) throw new Error(faults.join('\n'));
    }), { numRuns, seed });
  }, 3_600_000);
