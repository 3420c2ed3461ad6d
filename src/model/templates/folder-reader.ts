import { existsSync, readdirSync, readFileSync, statSync } from 'fs';
import { basename, dirname, join, relative, resolve } from 'path';
import { metadataOf } from './assembly-metadata';
import { readTemplateText } from './template-reader';
import { own, section, TemplateSource, wordOf } from './template-source';

const MANIFEST = 'manifest.json';
const TEMPLATE_FILE = /\.(json|ya?ml|template)$/i;

/** Folders in which nobody keeps the templates of an app. */
const SKIPPED = new Set(['node_modules', '.git', '.aws-sam', 'dist', 'lib', '.venv']);

/** What tells a template that is broken from a file that is none. */
const LOOKS_LIKE_TEMPLATE = /AWSTemplateFormatVersion|AWS::Serverless-2016-10-31|"Type"\s*:\s*"AWS::|^\s+Type:\s*['"]?AWS::/m;

/** Deeper than stacks nest, and than folders of an app do. */
const DEEPEST = 16;

/** A file that is no template, or cannot be read. */
export class UnreadableTemplate extends Error {
  constructor(public readonly path: string, public readonly problem: string) {
    super(`${path}: ${problem}`);
  }
}

/** How a stack is known before its template is read. */
interface Stack {
  readonly id: string;
  readonly stackName?: string;
  readonly path: string;
  readonly region?: string;
  readonly account?: string;
  readonly parent?: TemplateSource['parent'];
  /** What the manifest says about the logical ids of the stack and of those nested in it: id and construct path. */
  readonly declared?: readonly (readonly [string, string])[];
  /** Files of the assembly by the hash under which they are uploaded. */
  readonly assets?: ReadonlyMap<string, string>;
}

/** A template file, and the nested stacks that lie beside it. */
export function readFile(path: string): readonly TemplateSource[] {
  return readStack({ id: basename(path).replace(/(\.template)?\.[^.]+$/, ''), path: resolve(path) }, 0);
}

/** The templates of a cloud assembly (a folder with a manifest.json), or those that lie in a folder and below it. */
export function readFolder(path: string): readonly TemplateSource[] {
  const folder = resolve(path);
  if (!existsSync(folder) || !statSync(folder).isDirectory()) throw new UnreadableTemplate(path, 'there is no such folder');
  if (existsSync(join(folder, MANIFEST))) return readCloudAssembly(folder, 0);
  const trees = templateFilesBelow(folder, 0)
    .map((file) => readStack({ id: relative(folder, file).replace(/(\.template)?\.[^.]+$/, ''), path: file }, 0));
  return withoutNested(trees).flat();
}

/** A file that lies in the folder and is nested in another one, however deep, is read there. Of files that nest each other the first stays. */
function withoutNested(trees: readonly (readonly TemplateSource[])[]): readonly (readonly TemplateSource[])[] {
  const below = trees.map(([, ...nested]) => new Set(nested.map(({ templatePath }) => templatePath)));
  const path = (index: number): string | undefined => trees[index][0].templatePath;
  const isWithin = (index: number, other: number): boolean => (
    other !== index && below[other].has(path(index)) && (other < index || !below[index].has(path(other))));
  return trees.filter((_, index) => !trees.some((_tree, other) => isWithin(index, other)));
}

function readCloudAssembly(folder: string, depth: number): readonly TemplateSource[] {
  const manifest = parseJson(join(folder, MANIFEST));
  const assets = assetsIn(folder);
  return Object.entries(section(manifest, 'artifacts')).flatMap(([id, artifact]) => {
    const properties = section(artifact, 'properties');
    const { templateFile, directoryName } = properties;
    const type = own(artifact, 'type');
    if (type === 'cdk:cloud-assembly' && typeof directoryName === 'string' && depth < DEEPEST) return readCloudAssembly(join(folder, directoryName), depth + 1);
    if (type !== 'aws:cloudformation:stack' || typeof templateFile !== 'string') return [];
    const [account, region] = wordOf(own(artifact, 'environment')).replace(/^aws:\/\//, '').split('/');
    const displayName = own(artifact, 'displayName');
    return readStack({
      id: typeof displayName === 'string' ? displayName.split(' ')[0] : id,
      stackName: wordOf(properties.stackName) || id,
      path: join(folder, templateFile),
      account: known(account),
      region: known(region),
      declared: pathsInManifest(artifact, folder),
      assets,
    }, 0);
  });
}

function known(part: string | undefined): string | undefined {
  return part === undefined || part === '' || part.startsWith('unknown-') ? undefined : part;
}

function readStack(stack: Stack, depth: number): readonly TemplateSource[] {
  const template = readTemplate(stack.path);
  const resources = section(template, 'Resources');
  const written = Object.entries(resources).map(([logicalId, resource]) => [logicalId, own(own(resource, 'Metadata'), 'aws:cdk:path')])
    .filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  const { id, stackName, path: templatePath, region, account, parent, assets, declared = [] } = stack;
  const constructPaths = new Map([...ownPaths(id, declared), ...written]);
  const nested = depth >= DEEPEST ? [] : Object.entries(resources).flatMap(([logicalId, resource]) => {
    const path = nestedTemplate(resource, dirname(templatePath), assets);
    const nestedId = constructPaths.get(logicalId)?.replace(/\.NestedStack\/.*$/, '') ?? `${id}/${logicalId}`;
    return path === undefined ? [] : readStack({ id: nestedId, path, region, account, parent: { id, logicalId }, assets, declared }, depth + 1);
  });
  return [{ id, stackName, template, templatePath, region, account, parent, constructPaths }, ...nested];
}

/**
 * The file of a nested stack. CDK names it in the metadata, or by the hash in the URL to which it uploads it; `aws cloudformation package`
 * and SAM take a relative path.
 */
function nestedTemplate(resource: unknown, folder: string, assets: ReadonlyMap<string, string> | undefined): string | undefined {
  const type = own(resource, 'Type');
  if (type !== 'AWS::CloudFormation::Stack' && type !== 'AWS::Serverless::Application') return undefined;
  const properties = own(resource, 'Properties');
  const url = own(properties, 'TemplateURL');
  const [hash] = /[0-9a-f]{64}(?=\.)/.exec(JSON.stringify(url) ?? '') ?? [];
  const named = [own(own(resource, 'Metadata'), 'aws:asset:path'), hash && assets?.get(hash), url, own(properties, 'Location')];
  return named.filter((name): name is string => typeof name === 'string' && !name.includes('://'))
    .map((name) => resolve(folder, name)).find((path) => existsSync(path) && statSync(path).isFile());
}

/** What the assembly uploads: each stack has a list of its own. */
function assetsIn(folder: string): ReadonlyMap<string, string> {
  const lists = readdirSync(folder).filter((name) => name.endsWith('.assets.json')).map((name) => section(parseJson(join(folder, name)), 'files'));
  return new Map(lists.flatMap((files) => Object.entries(files).map(([hash, file]): [string, string] => [hash, wordOf(own(own(file, 'source'), 'path'))])));
}

/** Which construct made which logical id, as the manifest has it. */
function pathsInManifest(artifact: unknown, folder: string): readonly (readonly [string, string])[] {
  return metadataOf(artifact, folder, parseJson).filter(({ type, data }) => type === 'aws:cdk:logicalId' && typeof data === 'string')
    .map(({ constructPath, data }) => [wordOf(data), constructPath] as const);
}

/** The manifest lists a stack together with those nested in it, which may use the same logical ids. */
function ownPaths(id: string, declared: NonNullable<Stack['declared']>): NonNullable<Stack['declared']> {
  const nested = new Set(declared.map(([, path]) => /^(.*)\.NestedStack\//.exec(path)?.[1]).filter((root) => root !== undefined));
  return declared.filter(([, path]) => {
    const parts = path.split('/');
    const stack = parts.map((_, index) => parts.slice(0, index).join('/')).reverse().find((prefix) => nested.has(prefix));
    return stack === (nested.has(id) ? id : undefined);
  });
}

function templateFilesBelow(folder: string, depth: number): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).sort((one, other) => (one.name < other.name ? -1 : 1)).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return SKIPPED.has(entry.name) || depth >= DEEPEST ? [] : templateFilesBelow(path, depth + 1);
    return entry.isFile() && TEMPLATE_FILE.test(entry.name) && LOOKS_LIKE_TEMPLATE.test(textOfFile(path)) ? [path] : [];
  });
}

function readTemplate(path: string): unknown {
  const { template, problem } = readTemplateText(textOfFile(path));
  if (problem !== undefined) throw new UnreadableTemplate(path, problem);
  return template;
}

function parseJson(path: string): unknown {
  try {
    return JSON.parse(textOfFile(path)) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError) throw new UnreadableTemplate(path, 'is no JSON');
    throw error;
  }
}

function textOfFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const code = (error as { code?: string }).code;
    throw new UnreadableTemplate(path, code === 'ENOENT' ? 'there is no such file' : code === 'EISDIR' ? 'is a folder' : 'cannot be read');
  }
}
