import { readFileSync } from 'fs';
import { join } from 'path';
import { parse } from 'yaml';

interface Job {
  readonly environment?: string;
  readonly permissions: Record<string, string>;
  readonly steps: readonly { readonly run?: string; readonly env?: Record<string, string> }[];
}

const workflow = parse(readFileSync(join(__dirname, '..', '.github/workflows/release.yml'), 'utf8')) as { on: object; jobs: Record<string, Job> };
const publishing = Object.entries(workflow.jobs).filter(([name]) => /^release_(npm|maven|pypi|nuget|golang)$/.test(name));
const settings = (job: string) => Object.assign({}, ...workflow.jobs[job].steps.map(({ env }) => env)) as Record<string, string>;

test('nothing is released because somebody pushed', () => {
  expect(Object.keys(workflow.on)).toEqual(['workflow_dispatch']);
});

test('what is released has passed the whole proof', () => {
  const runs = workflow.jobs.release.steps.flatMap(({ run }) => run ?? []);
  expect(runs).toContain('.ci/run');
  expect(runs.indexOf('.ci/run')).toBeLessThan(runs.indexOf('npx projen release'));
});

test('all five registries wait for whoever guards the environment', () => {
  expect(publishing.map(([name, { environment }]) => [name, environment])).toEqual(
    ['npm', 'maven', 'pypi', 'nuget', 'golang'].map((registry) => [`release_${registry}`, 'release']));
});

test('npm, PyPI and NuGet trust the workflow instead of a token, and npm shows its provenance', () => {
  expect(settings('release_npm')).toMatchObject({ NPM_TRUSTED_PUBLISHER: 'true', NPM_CONFIG_PROVENANCE: 'true' });
  expect(settings('release_pypi')).toMatchObject({ PYPI_TRUSTED_PUBLISHER: 'true' });
  expect(settings('release_nuget')).toMatchObject({ NUGET_TRUSTED_PUBLISHER: 'true' });
  const secrets = ['npm', 'pypi'].flatMap((registry) => Object.values(settings(`release_${registry}`)).filter((value) => String(value).includes('secrets.')));
  expect(secrets).toStrictEqual([]);
});

test('only jobs that are trusted by a registry can prove who they are, and none that publishes can write to the repository', () => {
  const identified = Object.entries(workflow.jobs).filter(([, { permissions }]) => permissions['id-token'] === 'write').map(([name]) => name);
  expect(identified).toEqual(['release_npm', 'release_pypi', 'release_nuget']);
  expect(publishing.filter(([, { permissions }]) => permissions.contents !== 'read')).toStrictEqual([]);
});

test('the program that publishes is one that somebody chose', () => {
  const programs = publishing.flatMap(([, { steps }]) => steps.flatMap(({ run }) => /publib@(\S+?)'/.exec(run ?? '')?.[1] ?? []));
  expect(programs.length).toBe(5);
  expect(programs.filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).toStrictEqual([]);
});
