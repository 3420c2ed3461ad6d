import { Stack } from 'aws-cdk-lib';
import { ServerlessSecurityChecks } from '../../../src/app/serverless-security-checks';
import { ConstructTree } from '../../../src/core/construct-tree';
import { SecurityProfile } from '../../../src/core/profile/security-profile';
import { thirdPartiesIn } from '../../../src/core/third-party/third-party-record';
import { ACCOUNT, Deployed, deployed, REGION } from '../../rights/support/deployed';
import { RequestContext } from '../../rights/support/iam-to-cedar';
import { may } from '../../rights/support/world';
import { findingsOf, testStack } from '../../support/apps';

export type Properties = { readonly [name: string]: any };

/** One of the two apps of a scenario, as it would be deployed. */
export interface World {
  readonly deployed: Deployed;
  /** Values of the app by the names that the steps use. */
  readonly names: { readonly [name: string]: string };
  /** Ids of our rules that found something, without what stands in brackets. */
  readonly findings: ReadonlySet<string>;
  /** Whom the app names as third parties, for its report. */
  readonly parties: readonly string[];
  /** Properties of all resources of a type. */
  readonly all: (type: string) => readonly Properties[];
}

/** Makes an app and looks at it: its template with every reference in its place, and what our rules say. */
export function worldOf(make: (stack: Stack) => { readonly [name: string]: unknown }): World {
  const stack = testStack({ profile: SecurityProfile.production(), env: { account: ACCOUNT, region: REGION } });
  const names = make(stack);
  const world = deployed(stack);
  const findings = findingsOf(stack, [new ServerlessSecurityChecks()]).filter(({ reason }) => reason === undefined);
  return {
    deployed: world,
    names: Object.fromEntries(Object.entries(names).map(([name, value]) => [name, world.valueOf(value)])),
    findings: new Set(findings.map(({ rule }) => rule.replace(/\[.*$/, '').replace(/^ServerlessSecurity(?:::|-)/, ''))),
    parties: thirdPartiesIn(ConstructTree.below(stack)).map(({ name }) => name),
    all: (type) => Object.values(world.resources).filter((one) => one.type === type).map(({ properties }) => properties as Properties),
  };
}

/** Whether a role may do something, decided by Cedar over all policies of the app. `{bucket}` stands for a name of the app. */
export function mayDo(app: World, role: string, action: string, resource: string, context: RequestContext = {}): boolean {
  const keys = Object.fromEntries(Object.entries(context).map(([key, value]) => [key, typeof value === 'string' ? filled(app, value) : value]));
  return may(app.deployed, { role: filled(app, role) }, action, filled(app, resource), keys);
}

function filled({ names }: World, text: string): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => names[name] ?? whole);
}
