import { xml } from './escape-xml';
import { PACK_NAME } from '../../../policy/pack-name';
import { FindingPosture, Posture } from '../../form/posture-form';
import { compareTexts } from '../findings';

/** One `<testcase>`, before it is text. */
interface Case {
  readonly rule: string;
  readonly name: string;
  readonly outcome: 'failed' | 'skipped' | 'passed';
  readonly body: string;
}

/**
 * The posture as JUnit XML: a suite for each pack, a case for each finding, and one for each rule that holds. Errors that nobody accepted
 * fail. What was accepted is skipped, with the reason; a warning passes and says what it is about in its output.
 */
export function junitReport(posture: Posture): string {
  const packs = new Set([PACK_NAME, ...posture.findings.map(({ pack }) => pack)]);
  const suites = [...packs].sort(compareTexts).map((pack) => suite(pack, casesOf(pack, posture), posture.asOf));
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${xml(posture.tool.name)}">`,
    ...suites,
    '</testsuites>',
    '',
  ].join('\n');
}

function casesOf(pack: string, { findings, controls }: Posture): readonly Case[] {
  const found = findings.filter((finding) => finding.pack === pack).map(findingCase);
  const held = pack !== PACK_NAME ? [] : controls.flatMap(({ rule, title, state }): readonly Case[] => {
    if (state === 'compliant') return [{ rule, name: rule, outcome: 'passed', body: '' }];
    return state === 'off' ? [{ rule, name: rule, outcome: 'skipped', body: `      <skipped message="${xml(`switched off: ${title}`)}"/>\n` }] : [];
  });
  return [...found, ...held].sort((a, b) => compareTexts(a.rule, b.rule) || compareTexts(a.name, b.name));
}

function findingCase(finding: FindingPosture): Case {
  const { rule, id, at, level, accepted } = finding;
  const named = { rule, name: `${id} at ${at}` };
  if (accepted !== null) {
    return { ...named, outcome: 'skipped', body: `      <skipped message="${xml(`accepted: ${accepted.reason}`)}"/>\n` };
  }
  if (level === 'error' || level === 'fatal') {
    return { ...named, outcome: 'failed', body: `      <failure message="${xml(finding.title)}" type="${xml(level)}">${xml(explained(finding))}</failure>\n` };
  }
  return { ...named, outcome: 'passed', body: `      <system-out>${xml(`${level}: ${finding.title}\n${explained(finding)}`)}</system-out>\n` };
}

function explained({ why, fix, at, locations, source, templatePath }: FindingPosture): string {
  return [
    why,
    `Way out: ${fix}`,
    `At: ${at}`,
    ...locations.length > 0 ? [`Properties: ${locations.join(', ')}`] : [],
    ...source === undefined ? [] : [`Source: ${source.file}:${source.line}`],
    ...templatePath === undefined ? [] : [`Template: ${templatePath}`],
  ].join('\n');
}

function suite(pack: string, cases: readonly Case[], asOf: string): string {
  const amount = (outcome: Case['outcome']) => cases.filter((one) => one.outcome === outcome).length;
  return [
    `  <testsuite name="${xml(pack)}" tests="${cases.length}" failures="${amount('failed')}" errors="0" skipped="${amount('skipped')}" time="0" timestamp="${xml(`${asOf}T00:00:00`)}">`,
    ...cases.map(({ rule, name, body }) => {
      const head = `    <testcase classname="${xml(`${pack}.${rule}`)}" name="${xml(name)}" time="0"`;
      return body === '' ? `${head}/>` : `${head}>\n${body}    </testcase>`;
    }),
    '  </testsuite>',
  ].join('\n');
}
