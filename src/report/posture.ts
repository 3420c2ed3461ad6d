import { estimateOf } from './cost/estimate';
import { Counts, FindingPosture, Posture, POSTURE_VERSION, StackPosture } from './form/posture-form';
import { alarmsOf } from './parts/alarms';
import { controlsOf } from './parts/controls';
import { entryPointsOf } from './parts/entry-points';
import { exceptionsOf } from './parts/exceptions';
import { findingsOf } from './parts/findings';
import { flowsOf } from './parts/flows';
import { frameworksOf } from './parts/frameworks';
import { functionsOf } from './parts/functions';
import { otherActorsOf } from './parts/other-actors';
import { storesOf } from './parts/stores';
import { PostureInput } from './posture-input';
import { thirdPartiesOf } from './third-parties/third-parties';
import { thisTool } from './tool';
import { AccountUse } from '../core/third-party/trusted-account';
import { AppModel } from '../model/resources/app-model';
import { RuleOptions } from '../model/rule-options';

/** What one look at the whole app shows, whether a CDK app made the templates or somebody else. Plain data: it becomes report.json as it is. */
export function postureOf(input: PostureInput): Posture {
  const { app, judgement, options, profile, facts = {} } = input;
  const findings = findingsOf(judgement, facts, input.otherFindings ?? []);
  const controls = controlsOf(judgement, findings, profile, options);
  const functions = functionsOf(app, input.packagesOf ?? (() => undefined));
  const parts = {
    entryPoints: entryPointsOf(app),
    functions,
    actors: otherActorsOf(app),
    stores: storesOf(app),
    flows: flowsOf(app),
    trustedAccounts: trustedAccountsOf(options),
    thirdParties: thirdPartiesOf(app, functions, { options, named: facts.thirdParties ?? [] }),
    alarms: alarmsOf(app),
    findings,
    controls,
    frameworks: frameworksOf(controls),
    exceptions: exceptionsOf(facts.waivers ?? [], findings, input.audit),
    overrides: facts.overrides ?? [],
    hardening: facts.hardening ?? [],
    cost: estimateOf(app, profile, facts.alarms),
    unchecked: (facts.unchecked ?? []).map(({ constructPath, topic, message }) => ({ at: constructPath, topic, message })),
  };
  const counts = countsOf(app, parts);
  return plain({
    version: POSTURE_VERSION,
    tool: thisTool(),
    asOf: input.asOf,
    profile: profile.name,
    verdict: counts.errors > 0 ? 'fail' : 'pass',
    counts,
    stacks: stacksOf(app),
    resourceTypes: typesOf(app),
    ...parts,
    files: input.files ?? {},
  });
}

function countsOf(app: AppModel, { entryPoints, functions, stores, thirdParties, findings, exceptions, unchecked }: Parts): Counts {
  const open = findings.filter(({ accepted }) => accepted === null);
  const ofLevel = (...levels: readonly FindingPosture['level'][]) => open.filter(({ level }) => levels.includes(level)).length;
  return {
    resources: app.resources.length,
    entryPoints: entryPoints.length,
    openEntryPoints: entryPoints.filter(({ layers, preflight }) => layers.authorization === 'none' && preflight !== true).length,
    functions: functions.length,
    stores: stores.length,
    thirdParties: thirdParties.length,
    errors: ofLevel('fatal', 'error'),
    warnings: ofLevel('warning'),
    infos: ofLevel('info'),
    accepted: findings.length - open.length,
    exceptions: exceptions.length,
    unchecked: unchecked.length,
  };
}

type Parts = Pick<Posture, 'entryPoints' | 'functions' | 'stores' | 'thirdParties' | 'findings' | 'exceptions' | 'unchecked'>;

function stacksOf(app: AppModel): readonly StackPosture[] {
  const counts = new Map<string, number>();
  for (const { stackId } of app.resources) counts.set(stackId, (counts.get(stackId) ?? 0) + 1);
  return app.stacks.map(({ id, account, region }) => ({ at: id, account, region, resources: counts.get(id) ?? 0 }));
}

function typesOf(app: AppModel): { readonly [type: string]: number } {
  const counts = new Map<string, number>();
  for (const { type } of app.resources) counts.set(type, (counts.get(type) ?? 0) + 1);
  return Object.fromEntries([...counts].sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** Those without a word are trusted with everything, and nobody said why. */
function trustedAccountsOf({ trustedAccounts, trusts = [] }: RuleOptions): Posture['trustedAccounts'] {
  return [...trusts, ...trustedAccounts.map((account) => ({ account, uses: Object.values(AccountUse) }))];
}

/** What is undefined is left out, so that the posture is the same before and after it was a file. */
function plain(posture: Posture): Posture {
  return JSON.parse(JSON.stringify(posture)) as Posture;
}
