import './environment';
import { readFileSync } from 'fs';
import { join } from 'path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { SecurityProfile, ServerlessSecurity } from 'cdk-secure-serverless';
import { PROFILES, RECOMMENDED_FLAGS } from '../../../test/support/apps';
import { NotesNames } from '../lib/notes-names';
import { NotesStack } from '../lib/notes-stack';

const names: NotesNames = JSON.parse(readFileSync(join(__dirname, '..', 'cdk.json'), 'utf8')).context.notes;

interface Violation {
  readonly ruleName: string;
  readonly reason?: string;
  readonly violatingConstructs: readonly { readonly constructPath: string }[];
}

interface Plugin {
  readonly pluginName: string;
  readonly violations: readonly Violation[];
  readonly suppressedViolations?: readonly Violation[];
}

interface Statement {
  readonly Action: string | string[];
  readonly Resource: unknown;
}

/** Bundling is off, and findings do not throw: the tests read them. */
function notes(profile?: SecurityProfile, flags: Record<string, unknown> = {}): { readonly app: App; readonly stack: NotesStack } {
  const app = new App({ context: { 'aws:cdk:bundling-stacks': [], '@aws-cdk/core:failSynthOnValidationErrors': false, ...flags } });
  ServerlessSecurity.of(app).enforce({ profile });
  return { app, stack: new NotesStack(app, 'Notes', { names }) };
}

function judged(app: App): readonly Plugin[] {
  const { directory } = app.synth();
  return (JSON.parse(readFileSync(join(directory, 'validation-report.json'), 'utf8')) as { pluginReports: Plugin[] }).pluginReports;
}

const lines = (plugins: readonly Plugin[], kind: 'violations' | 'suppressedViolations') => plugins.flatMap((plugin) => (
  (plugin[kind] ?? []).flatMap(({ ruleName, violatingConstructs }) => violatingConstructs.map(({ constructPath }) => `${ruleName} at ${constructPath}`)))).sort();

describe('the notes stack', () => {
  test.each(PROFILES.flatMap(([name, profile]) => [
    { name, profile, flags: {}, set: 'no feature flags' },
    { name, profile, flags: RECOMMENDED_FLAGS, set: 'the recommended feature flags' },
  ]))('has no finding under the $name profile with $set', ({ profile, flags }) => {
    const plugins = judged(notes(profile(), flags).app);
    expect(plugins.map(({ pluginName }) => pluginName)).toEqual(expect.arrayContaining(['AwsSolutions', 'Serverless']));
    expect(lines(plugins, 'violations')).toEqual([]);
  });
});
