import * as fc from 'fast-check';
import { SUBJECTS } from './subjects/all';
import { judge } from './support/judge';
import { samplesOf } from './support/sample';

/** A few samples of each construct; `PROPERTY_RUNS=500 npx jest test/properties` looks harder, `PROPERTY_SEED` elsewhere. */
const numRuns = Number(process.env.PROPERTY_RUNS ?? 6);
const seed = Number(process.env.PROPERTY_SEED ?? 20_261_126);

/** A construct of whose samples fewer are made is hardly looked at: its recipes know too little of what its documentation allows. */
const LEAST_SHARE_MADE = 0.4;

/** How many samples of each construct were made, and how many it refused. */
const tally = new Map<string, { made: number; refused: number }>();

beforeEach(() => {
  for (const method of ['error', 'warn'] as const) jest.spyOn(console, method).mockImplementation(() => {}); // what CDK says of each sample
});

test.each(SUBJECTS.map((subject) => [subject.name, subject] as const))(
  'any %s is made safe, and the same under all flags and at each synth, or is refused in the words of the house; most are made', (name, subject) => {
    const count = { made: 0, refused: 0 };
    tally.set(name, count);
    fc.assert(fc.property(samplesOf(subject), (sample) => {
      const { faults, refusal } = judge(sample);
      count[refusal === undefined ? 'made' : 'refused'] += 1;
      if (faults.length > 0) throw new Error(faults.join('\n'));
    }), { numRuns, seed });
    expect(count.made / (count.made + count.refused)).toBeGreaterThanOrEqual(LEAST_SHARE_MADE);
  }, 3_600_000);

test('some samples are refused, so that refusals are looked at as well', () => {
  const counts = [...tally.values()];
  expect(counts.reduce((sum, { refused }) => sum + refused, 0)).toBeGreaterThanOrEqual(counts.length / 4);
});
