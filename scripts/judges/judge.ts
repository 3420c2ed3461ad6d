import { readFileSync } from 'fs';
import { basename, join } from 'path';
import { judgeByCfnLint } from './cfn-lint';
import { judgeByCheckov } from './checkov';
import { CONTROL_TOWER, fetchControlTower, judgeByControlTower } from './control-tower';
import { remembered } from './remembered';
import { FileFinding, Finding, Judgement, Subject } from './subject';
import { synthesize } from './synthesize';
import { pinned, pythonTools } from './tools';

/** Lets all judges look at all subjects, each once at all templates. */
export async function judge(subjects: readonly Subject[], out: string, tools: string): Promise<readonly Judgement[]> {
  const templates = join(out, 'templates');
  const installed = Promise.all([pythonTools(tools), fetchControlTower(tools)]);
  const synthesized = synthesize(subjects, templates);
  await installed;
  const [checkov, controlTower, cfnLint] = (await Promise.all([
    remembered(judgeByCheckov, `checkov ${pinned().checkov}`, templates, tools),
    remembered(judgeByControlTower, `control-tower ${CONTROL_TOWER}`, templates, tools),
    remembered(judgeByCfnLint, `cfn-lint ${pinned()['cfn-lint']}`, templates, tools),
  ])).map((found) => byFile(found, templates));
  return synthesized.map(({ subject, nag, resources, files }) => {
    const of = (findings: ReadonlyMap<string, readonly Finding[]>): readonly Finding[] => files.flatMap((file) => findings.get(file) ?? []);
    return { subject, resources, findings: { 'cdk-nag': nag, 'checkov': of(checkov), 'control-tower': of(controlTower), 'cfn-lint': of(cfnLint) } };
  });
}

/** Findings by the name of the file, each rule once for a resource. */
function byFile(found: readonly FileFinding[], templates: string): ReadonlyMap<string, readonly Finding[]> {
  const files = new Map<string, Map<string, Finding>>();
  const types = new Map<string, { readonly [id: string]: { readonly Type: string } }>();
  for (const { file, rule, resource } of found) {
    const name = basename(file);
    if (!types.has(name)) types.set(name, (JSON.parse(readFileSync(join(templates, name), 'utf8')) as { Resources: never }).Resources);
    const known = files.get(name) ?? new Map<string, Finding>();
    files.set(name, known.set(`${rule} ${resource}`, { rule, resource, type: types.get(name)![resource]?.Type ?? '' }));
  }
  return new Map([...files].map(([name, findings]) => [name, [...findings.values()]]));
}
