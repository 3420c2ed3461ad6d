import { readFileSync } from 'fs';
import { join } from 'path';
import { SCENARIOS } from './all';
import { replay, thinSteps } from './support/scenario';
import { tableOf, withTables } from './support/table';

const PAGE = readFileSync(join(__dirname, '..', '..', 'docs', 'guides', 'breaches.md'), 'utf8');

describe.each(SCENARIOS.map((scenario) => [scenario.title, scenario] as const))('%s', (_, scenario) => {
  const verdicts = replay(scenario);

  test.each(verdicts.map((verdict) => [verdict.does, verdict.name, verdict] as const))('%s: %s', (__, ___, { inCareless, inSecure }) => {
    expect({ inCareless, inSecure }).toEqual({ inCareless: false, inSecure: true });
  });

  test('each step meets at least two layers that do not fail together', () => {
    expect(thinSteps(scenario)).toStrictEqual([]);
  });

  test('stands in the guide as it was found', () => {
    expect(PAGE).toContain(tableOf(scenario));
  });
});

test('the guide has a place for each scenario', () => {
  expect(withTables(PAGE, SCENARIOS)).toBe(PAGE);
});
