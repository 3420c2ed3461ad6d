import { createHash } from 'crypto';
import { BundledPackage } from '../../packages/package-list';
import { FunctionPosture } from '../form/app-form';
import { Posture } from '../form/posture-form';

/** How much of what a function consists of the bill names, in the words of CycloneDX. */
const AGGREGATES = ['complete', 'incomplete', 'unknown'] as const;

const SPEC_VERSION = '1.6';

/** An expression of SPDX as packages write it: ids, joined by words and brackets. */
const EXPRESSION = /^\(*[\w.+-]+\)*( (AND|OR|WITH) \(*[\w.+-]+\)*)*$/;

/** Words that packages write in the place of a licence. */
const NO_LICENCE = /^(UNLICENSED|SEE LICEN[CS]E\b|PROPRIETARY|NONE|UNKNOWN)/i;

/**
 * The packages of all functions as a bill of materials in the form of CycloneDX. It carries no time, so that the same app gives the same file;
 * its serial number is made of its content.
 */
export function cycloneDx({ functions, tool, stacks }: Posture): string {
  const known = functions.filter(({ packages }) => packages !== undefined);
  const libraries = new Map(known.flatMap(({ packages }) => packages!).map((one) => [one.purl, one]));
  const content = {
    metadata: {
      tools: { components: [{ type: 'application', name: tool.name, version: tool.version }] },
      component: { 'type': 'application', 'bom-ref': 'app', 'name': stacks.map(({ at }) => at).join(', ') || 'app' },
    },
    components: [
      ...functions.map(({ at }) => ({ 'type': 'application', 'bom-ref': refOf(at), 'name': at })),
      ...[...libraries.values()].sort((one, other) => (one.purl < other.purl ? -1 : 1)).map(component),
    ],
    dependencies: [
      { ref: 'app', dependsOn: functions.map(({ at }) => refOf(at)) },
      ...known.map(({ at, packages }) => ({ ref: refOf(at), dependsOn: packages!.map(({ purl }) => purl) })),
    ],
    compositions: AGGREGATES.map((aggregate) => {
      const assemblies = functions.filter((fn) => aggregateOf(fn) === aggregate).map(({ at }) => refOf(at));
      return { aggregate, assemblies };
    }).filter(({ assemblies }) => assemblies.length > 0),
  };
  const bom = { bomFormat: 'CycloneDX', specVersion: SPEC_VERSION, serialNumber: serialNumberOf(content), version: 1, ...content };
  return `${JSON.stringify(bom, undefined, 2)}\n`;
}

/** Nothing is known of a function whose bundle tells nothing; of some, only a part of what they bring along. */
function aggregateOf({ packages, packagesComplete }: FunctionPosture): typeof AGGREGATES[number] {
  if (packages === undefined) return 'unknown';
  return packagesComplete === true ? 'complete' : 'incomplete';
}

function refOf(at: string): string {
  return `function ${at}`;
}

function component({ name, version, licence, purl }: BundledPackage): object {
  return {
    'type': 'library',
    'bom-ref': purl,
    name,
    ...version === undefined ? {} : { version },
    ...licence === undefined ? {} : { licenses: [licenceOf(licence)] },
    purl,
  };
}

function licenceOf(licence: string): object {
  return EXPRESSION.test(licence) && !NO_LICENCE.test(licence) ? { expression: licence } : { license: { name: licence } };
}

/** In the form of a UUID. */
function serialNumberOf(content: object): string {
  const hash = createHash('sha256').update(JSON.stringify(content)).digest('hex');
  return `urn:uuid:${[hash.slice(0, 8), hash.slice(8, 12), `5${hash.slice(13, 16)}`, `8${hash.slice(17, 20)}`, hash.slice(20, 32)].join('-')}`;
}
