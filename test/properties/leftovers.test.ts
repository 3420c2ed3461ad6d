import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { Construct } from 'constructs';
import * as fc from 'fast-check';
import { SUBJECTS } from './subjects/all';
import { Recipe } from './support/recipe';
import { build, describeSample, samplesOf } from './support/sample';
import { Step, Subject } from './support/subject';

const numRuns = Number(process.env.PROPERTY_RUNS ?? 6);
const seed = Number(process.env.PROPERTY_SEED ?? 20_261_126);

const pathsOf = ({ node }: Construct): string[] => node.root.node.findAll().map((one) => one.node.path);

/** The subject, whose methods tell what is left of calls that this library refuses. What CDK refuses it refuses in the middle of its work. */
function watched(subject: Subject, left: (method: string, paths: readonly string[]) => void): Subject {
  const watch = (method: string, recipe: Recipe<Step<Construct>>) => new Recipe<Step<Construct>>(recipe.text, (kit) => {
    const take = recipe.make(kit);
    return (construct) => {
      const before = pathsOf(construct);
      try {
        return take(construct);
      } catch (error) {
        const more = pathsOf(construct).filter((path) => !before.includes(path));
        if ((error as Error).name === 'ConfigurationError' && more.length > 0) left(method, more);
        throw error;
      }
    };
  }, recipe.said, recipe.legal);
  return {
    ...subject,
    steps: Object.fromEntries(Object.entries(subject.steps).map(([method, values]) => [method, values.map((recipe) => watch(method, recipe))])),
  };
}

test.each(SUBJECTS.filter(({ steps }) => Object.keys(steps).length > 0).map((subject) => [subject.name, subject] as const))(
  'a method of %s that refuses its arguments leaves no construct behind', (_, subject) => {
    jest.spyOn(console, 'warn').mockImplementation(() => {});
    jest.spyOn(console, 'error').mockImplementation(() => {});
    const leftovers: string[] = [];
    let written = '';
    const samples = fc.sample(samplesOf(watched(subject, (method, paths) => leftovers.push(`${method} left ${paths.join(', ')}: ${written}`))), { numRuns, seed });
    for (const sample of samples) {
      written = describeSample(sample);
      const outdir = mkdtempSync(join(tmpdir(), 'sample-'));
      try {
        build(sample, false, outdir);
      } catch {
        continue; // refused, which is what is looked at
      } finally {
        rmSync(outdir, { recursive: true, force: true });
      }
    }
    expect(leftovers).toStrictEqual([]);
  }, 3_600_000);
