import { existsSync, readFileSync } from 'fs';
import { join } from 'path';
import { Validations } from 'aws-cdk-lib';
import { Acknowledgements } from './acknowledged';
import { ExceptionRecord, signedReason } from './exceptions/exception-record';
import { EXCEPTION_METADATA } from './exceptions/recorded';
import { couldNotLook, PackFinding, ViolationLevel } from './pack-finding';
import { PACK_NAME } from './pack-name';
import { saysSomething } from '../core/checks';
import { WRITTEN_BY } from '../core/exceptions/acknowledgement';
import { Unchecked, uncheckedOf } from '../core/exceptions/unchecked';
import { PlacedWaiver, Waiver, WAIVER_METADATA } from '../core/exceptions/waiver';
import { NamedThirdParty, THIRD_PARTY_METADATA } from '../core/third-party/third-party-record';
import { AccountTrust, AccountUse } from '../core/third-party/trusted-account';
import { ConstructMetadata, metadataOf } from '../model/templates/assembly-metadata';
import { own, section, wordOf } from '../model/templates/template-source';

/** What a synthesis left in its assembly besides templates, as far as a judge of the templates wants to know it. */
export interface AssemblyRecord {
  /** Findings that somebody acknowledged. The assembly does not say who, so that all of them count as explained. */
  readonly acknowledgements: Acknowledgements;
  /** Exceptions with owner and end: they are judged anew. */
  readonly exceptions: readonly ExceptionRecord[];
  readonly waivers: readonly PlacedWaiver[];
  readonly unchecked: readonly Unchecked[];
  /** Whom constructs work with, and what for. */
  readonly thirdParties: readonly NamedThirdParty[];
  /** The accounts that the app trusts, which stand in the report only. */
  readonly trusts: readonly AccountTrust[];
  /** The profile under which the synthesis was judged. */
  readonly profile?: string;
  /** What other packs found when it was judged, acknowledged or not, and which packs these are. */
  readonly otherFindings: readonly PackFinding[];
  readonly otherPacks: readonly string[];
}

/** The record of what is no assembly. */
export const NO_RECORD: AssemblyRecord = {
  acknowledgements: new Acknowledgements([]),
  exceptions: [],
  waivers: [],
  unchecked: [],
  thirdParties: [],
  trusts: [],
  otherFindings: [],
  otherPacks: [],
};

const MANIFEST = 'manifest.json';
const REPORT = join('security', 'report.json');
const VALIDATION = 'validation-report.json';

/** CDK's own checks of templates: no pack, and what they say is about validity. */
const BUILT_IN = 'CloudFormation-Validate';

const LEVELS: readonly ViolationLevel[] = ['fatal', 'error', 'warning', 'info'];
const DEEPEST = 16;

/** Reads the record of a cloud assembly; empty for a folder that is none. What cannot be read was not said. */
export function readAssemblyRecord(folder: string): AssemblyRecord {
  const notes = notesIn(folder, 0);
  const report = readJson(join(folder, REPORT));
  const exceptions = exceptionsIn(notes, list(report, 'exceptions'));
  const plugins = list(readJson(join(folder, VALIDATION)), 'pluginReports').filter((plugin) => !['', PACK_NAME, BUILT_IN].includes(packOf(plugin)));
  const profile = wordOf(own(report, 'profile'));
  return {
    acknowledgements: acknowledgementsIn(notes, exceptions),
    exceptions,
    waivers: notes.filter(({ type }) => type === WAIVER_METADATA).map(({ data, constructPath }) => ({ ...data as Waiver, constructPath })),
    unchecked: notes.flatMap(uncheckedOf),
    thirdParties: notes.filter(({ type }) => type === THIRD_PARTY_METADATA).map(({ data }) => data as NamedThirdParty),
    trusts: list(report, 'trustedAccounts').flatMap(trustIn),
    profile: profile === '' ? undefined : profile,
    otherFindings: plugins.flatMap(packFindingsIn),
    otherPacks: plugins.map(packOf),
  };
}

/** Everything that was noted on constructs, those of nested assemblies included. */
function notesIn(folder: string, depth: number): readonly ConstructMetadata[] {
  return depth > DEEPEST ? [] : Object.values(section(readJson(join(folder, MANIFEST)), 'artifacts')).flatMap((artifact) => {
    const { directoryName } = section(artifact, 'properties');
    return [...typeof directoryName === 'string' ? notesIn(join(folder, directoryName), depth + 1) : [], ...metadataOf(artifact, folder, readJson)];
  });
}

/** Manifests keep what constructs in stacks were told; what the app and its stages were told stands in the report only. */
function exceptionsIn(notes: readonly ConstructMetadata[], reported: readonly unknown[]): readonly ExceptionRecord[] {
  const noted = notes.filter(({ type }) => type === EXCEPTION_METADATA).flatMap(exceptionIn);
  const places = new Set(noted.map(({ at }) => at));
  const others = reported.filter((one) => own(one, 'kind') === 'accepted' && !places.has(wordOf(own(one, 'at'))));
  return [...noted, ...others.flatMap((one) => (
    exceptionIn({ type: EXCEPTION_METADATA, constructPath: wordOf(own(one, 'at')), data: { ...one as object, finding: own(one, 'control') } })))];
}

function exceptionIn({ constructPath, data }: ConstructMetadata): readonly ExceptionRecord[] {
  const [finding, reason, owner, expires, ticket] = ['finding', 'reason', 'owner', 'expires', 'ticket'].map((key) => wordOf(own(data, key)));
  return [finding, reason, owner, expires].includes('') ? [] : [{ finding, reason, owner, expires, at: constructPath, ...ticket === '' ? {} : { ticket } }];
}

/** Those that an exception wrote are left out: whether it still holds is the exception's to say. */
function acknowledgementsIn(notes: readonly ConstructMetadata[], exceptions: readonly ExceptionRecord[]): Acknowledgements {
  const signed = new Set(exceptions.map((exception) => `${exception.at}\n${signedReason(exception)}`));
  return new Acknowledgements(notes.filter(({ type, data }) => (
    type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY && typeof data === 'object' && data !== null
  )).map(({ constructPath, data }) => {
    const others = Object.entries(data as object).filter(([, reason]) => !signed.has(`${constructPath}\n${wordOf(reason)}`));
    return [constructPath, [{ ...Object.fromEntries(others), [WRITTEN_BY]: 'library' }]] as const;
  }));
}

/** A trust that says what for; any other is none. */
function trustIn(one: unknown): readonly AccountTrust[] {
  const [account, name, reason] = ['account', 'name', 'reason'].map((key) => wordOf(own(one, key)));
  const known = Object.values(AccountUse) as readonly unknown[];
  const uses = list(one, 'uses').filter((use): use is AccountUse => known.includes(use));
  return /^\d{12}$/.test(account) && saysSomething(reason) && uses.length > 0 ? [{ account, name, reason, uses }] : [];
}

function packOf(plugin: unknown): string {
  return wordOf(own(plugin, 'pluginName'));
}

function packFindingsIn(plugin: unknown): readonly PackFinding[] {
  return [...list(plugin, 'violations'), ...list(plugin, 'suppressedViolations')].flatMap((violation) => (
    list(violation, 'violatingConstructs').map((construct) => packFinding(packOf(plugin), violation, construct))));
}

function packFinding(pack: string, violation: unknown, construct: unknown): PackFinding {
  const severity = wordOf(own(violation, 'severity')).toLowerCase();
  const constructPath = wordOf(own(construct, 'constructPath'));
  const fix = wordOf(own(violation, 'suggestedFix'));
  const description = wordOf(own(violation, 'description'));
  return {
    pack,
    id: wordOf(own(violation, 'ruleName')),
    description,
    fix: fix === '' ? undefined : fix,
    level: LEVELS.find((level) => level === severity) ?? 'error',
    undecided: couldNotLook(description),
    constructPath: constructPath === '' ? undefined : constructPath,
    locations: list(section(construct, 'cloudFormationResource'), 'propertyPaths').map(wordOf),
  };
}

function list(value: unknown, key: string): readonly unknown[] {
  const found = own(value, key);
  return Array.isArray(found) ? found : [];
}

function readJson(path: string): unknown {
  try {
    return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) as unknown : undefined;
  } catch {
    return undefined;
  }
}
