import { Stack } from 'aws-cdk-lib';
import { ServerlessSecurity } from '../../../src/app/serverless-security';
import { changesOf } from '../../../src/core/hardening/hardening-change';
import { logicalIdsIn } from '../../../src/core/hardening/values/intrinsics';
import { SecurityProfile } from '../../../src/core/profile/security-profile';
import { ALL_NAG_PACKS, findingsOf, PROFILES, templateOf, testStack, unexplained } from '../../support/apps';
import { dataApp } from '../support/data-app';

function stackOf(profile: SecurityProfile, hardens: boolean): Stack {
  const stack = testStack({ profile });
  if (hardens) ServerlessSecurity.of(stack.node.root).harden();
  dataApp(stack);
  return stack;
}

/** How many findings each pack has. */
function counted(findings: readonly string[]): Record<string, number> {
  const packs: Record<string, number> = {};
  for (const finding of findings) {
    const [pack] = finding.split('-');
    packs[pack] = (packs[pack] ?? 0) + 1;
  }
  return packs;
}

interface Template {
  readonly Resources: { readonly [id: string]: TemplateResource };
}

interface TemplateResource {
  readonly Type: string;
  readonly Properties?: unknown;
  readonly DependsOn?: string | readonly string[];
}

/** A way that leads from a resource back to itself; CloudFormation refuses a template with one. */
function circleIn({ Resources }: Template): readonly string[] | undefined {
  const done = new Set<string>();
  const visit = (id: string, way: readonly string[]): readonly string[] | undefined => {
    if (way.includes(id)) return [...way, id];
    const resource = Resources[id];
    if (resource === undefined || done.has(id)) return undefined;
    for (const next of [...logicalIdsIn(resource.Properties), ...[resource.DependsOn ?? []].flat()]) {
      const circle = visit(next, [...way, id]);
      if (circle !== undefined) return circle;
    }
    done.add(id);
    return undefined;
  };
  return Object.keys(Resources).map((id) => visit(id, [])).find((circle) => circle !== undefined);
}

/** What the packs say where a profile has no customer keys. */
const WITHOUT_KEYS = /SNSEncryptedKMS at Shop.SharedSecurity|CloudWatchLogGroupEncrypted at Shop.HardenedLogGroups/;

/** What only the authors can decide, or belongs to functions, rights and distributions. */
const OF_OTHERS = /^(AwsSolutions-(CFR|IAM|L1|S2|S5|SMG4)|Serverless-Lambda)|OldSite/;

describe.each(PROFILES)('an app of stores and messages in the profile %s', (name, profile) => {
  const [plain, hardened] = [stackOf(profile(), false), stackOf(profile(), true)];
  const [before, after] = [plain, hardened].map((stack) => unexplained(findingsOf(stack, ALL_NAG_PACKS())));
  const [was, is] = [plain, hardened].map((stack) => templateOf(stack).toJSON() as Template);

  test('gets worse under no pack', () => {
    const [many, few] = [counted(before), counted(after)];
    expect(Object.keys(few).filter((pack) => few[pack] >= many[pack])).toStrictEqual([]);
    // the sandbox has no customer keys: not for the topic of the alarms, nor for the log groups of the functions
    expect(after.filter((finding) => !before.includes(finding) && !(name === 'sandbox' && WITHOUT_KEYS.test(finding)))).toStrictEqual([]);
  });

  test('has nothing left to be found in stores and messages', () => {
    expect(after.filter((finding) => /^(AwsSolutions|Serverless)-/.test(finding) && !OF_OTHERS.test(finding))).toStrictEqual([]);
  });

  test('keeps all of its resources under their names, and goes in no circle', () => {
    const kept = Object.keys(was.Resources).map((id) => [id, is.Resources[id]?.Type]);
    expect(kept).toEqual(Object.entries(was.Resources).map(([id, { Type }]) => [id, Type]));
    expect([circleIn(was), circleIn(is)]).toEqual([undefined, undefined]);
  });

  test('has nothing replaced', () => {
    expect(changesOf(hardened.node.root)!.filter(({ impact }) => impact === 'replacement')).toStrictEqual([]);
  });

  test('is the same after a second run', () => {
    ServerlessSecurity.of(hardened.node.root).harden();
    const changes = changesOf(hardened.node.root)!.length;
    expect(JSON.parse(JSON.stringify(templateOf(hardened).toJSON()))).toEqual(is);
    expect(changesOf(hardened.node.root)).toHaveLength(changes);
  });
});
