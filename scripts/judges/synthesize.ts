import { createHash } from 'crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import { App, CfnElement, CfnResource, Stack } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { Finding, Subject } from './subject';
import { ALL_NAG_PACKS, findingsOf } from '../../test/support/apps';

/** A subject, what cdk-nag says of it, and where its templates are for the others. */
export interface Synthesized {
  readonly subject: Subject;
  readonly nag: readonly Finding[];
  readonly resources: number;
  /** Files in the folder of templates; subjects whose templates are the same share a file, which is judged once. */
  readonly files: readonly string[];
}

/** Synthesizes the subjects under all six packs of cdk-nag, and writes their templates into one folder. */
export function synthesize(subjects: readonly Subject[], folder: string): readonly Synthesized[] {
  mkdirSync(folder, { recursive: true });
  return subjects.map((subject) => {
    const stack = subject.build();
    const app = stack.node.root as App;
    const nag = uniqueNag(findingsOf(stack, ALL_NAG_PACKS()).map(({ rule, path, reason }) => ({ rule, reason, ...placeOf(app, path) })));
    const { directory } = app.synth();
    let resources = 0;
    const files = readdirSync(directory).filter((file) => file.endsWith('.template.json')).sort().map((file) => {
      const text = readFileSync(join(directory, file), 'utf8');
      resources += Object.keys((JSON.parse(text) as { Resources?: object }).Resources ?? {}).length;
      const name = `${createHash('sha256').update(text).digest('hex').slice(0, 16)}.template.json`;
      writeFileSync(join(folder, name), text);
      return name;
    });
    return { subject, nag, resources, files };
  });
}

/** The resource behind the path of a construct. */
function placeOf(app: App, path: string): { readonly resource: string; readonly type: string } {
  const found = path.split('/').reduce<IConstruct | undefined>((at, id) => at?.node.tryFindChild(id), app);
  const resource = found !== undefined && !CfnResource.isCfnResource(found) ? found.node.defaultChild : found;
  if (resource === undefined || !CfnResource.isCfnResource(resource)) return { resource: path, type: '' };
  return { resource: logicalIdOf(resource), type: resource.cfnResourceType };
}

function logicalIdOf(element: CfnElement): string {
  return String(Stack.of(element).resolve(element.logicalId));
}

/** A pack may say the same of one resource once for each action; what remains open wins over what is explained. */
function uniqueNag(findings: readonly Finding[]): readonly Finding[] {
  return [...new Map(findings.map((finding) => [JSON.stringify([finding.rule, finding.resource, finding.reason]), finding])).values()];
}
