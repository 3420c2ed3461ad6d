import { ALL_CONTROLS, CONTROLS, nagEverywhere, rulesFor } from './controls';
import { Because, Control, Controls, Sources } from './controls/control';
import { OWN_IDEAS } from './controls/own-ideas';
import { PATTERNS } from './controls/patterns';
import { STANDARDS, standardOf } from './nag-standards';
import { Rule } from '../../src/model/rule';
import { anchorOf } from '../../src/policy/plugin-report';

/** How a source is called in front of its ids; those that need no name have ids that tell. */
const NAMES: { readonly [source in keyof Required<Sources>]: string } = {
  securityHub: 'Security Hub',
  controlTower: 'Control Tower',
  nag: 'cdk-nag',
  checkov: 'checkov',
  trivy: 'trivy',
  cfnNag: 'cfn_nag',
  kics: 'KICS',
  guard: 'Guard registry',
  prowler: 'prowler',
  owasp: 'OWASP Serverless',
  csa: 'CSA',
  wellArchitected: 'Serverless Lens',
};

const REASONS: { readonly [reason in Because]: string } = {
  'not-visible': 'not in a template',
  'decided': '[decided otherwise](adr/0011-where-catalogues-disagree.md)',
};

/** The page that shows which rule answers which published control, and which pattern. */
export function controlsPage(rules: readonly Rule[]): string {
  return `${[
    '# Controls and patterns, and the rules that answer them',
    '<!-- Written by scripts/write-controls-docs.ts from scripts/docs/controls. Change that, then run `npx projen controls:docs`. -->',
    INTRODUCTION,
    totals(rules),
    ...Object.entries(CONTROLS).map(([service, controls]) => section(service, controls, rules)),
    patterns(),
    OWN,
  ].join('\n\n')}\n`;
}

function link(rule: string): string {
  return `[${rule}](rules.md#${anchorOf(rule)})`;
}

const INTRODUCTION = `Twelve published catalogues ask for the same things under different names. Each row is one of these things, with all of its names, and what
answers it: rules of this library, which judge every template, and rules of cdk-nag, which \`enforce\` registers beside them for an app in CDK.
A rule stands in a row only if it objects to a template that breaks the control: \`test/docs/controls\` has such a template for each of them.`;

const OWN = `## Rules that nobody asked for

Neither a merged control nor a pattern asks for these, which are our own idea, or ask for resources beside the catalogues: ${OWN_IDEAS.map(link).join(', ')}.`;

function totals(rules: readonly Rule[]): string {
  const rows = (Object.keys(NAMES) as (keyof Sources)[]).map((source) => {
    const asked = ALL_CONTROLS.filter(([, { sources }]) => sources[source] !== undefined);
    return [NAMES[source], ...counts(asked.map(([, control]) => control), rules)];
  });
  const standards = STANDARDS.map((standard) => [
    `${standard}, as the pack of cdk-nag has it`,
    ...counts(ALL_CONTROLS.map(([, control]) => control).filter(({ sources: { nag = [] } }) => nag.some((id) => standardOf(id) === standard)), rules),
  ]);
  return [
    '| Catalogue | Controls | answered by rules of ours | in part, with a remark | by cdk-nag alone | decided otherwise | not in a template |',
    '|---|---|---|---|---|---|---|',
    ...[...rows, ...standards, ['**All, each once**', ...counts(ALL_CONTROLS.map(([, control]) => control), rules)]].map((row) => `| ${row.join(' | ')} |`),
  ].join('\n');
}

/** How many there are, and how they are answered, each counted once. */
function counts(controls: readonly Control[], rules: readonly Rule[]): number[] {
  const ours = controls.filter((control) => rulesFor(control, rules).length > 0);
  const whole = ours.filter(({ because }) => because === undefined);
  const others = controls.filter((control) => !ours.includes(control));
  const nag = others.filter((control) => nagEverywhere(control).length > 0);
  const rest = others.filter((control) => !nag.includes(control));
  const silent = (reason: Because) => rest.filter(({ because }) => because === reason);
  return [controls, whole, ours.filter((control) => !whole.includes(control)), nag, silent('decided'), silent('not-visible')].map(({ length }) => length);
}

function section(service: string, controls: Controls, rules: readonly Rule[]): string {
  return [
    `## ${service}`,
    [
      '| Control | Asked for by | Rules | cdk-nag in every profile | Remark |',
      '|---|---|---|---|---|',
      ...Object.entries(controls).map(([id, control]) => `| ${[
        `\`${id}\`: ${control.asks}`, askers(control.sources), ruleLinks(control, rules), nagEverywhere(control).join(', ') || '–', remarkOf(control),
      ].join(' | ')} |`),
    ].join('\n'),
  ].join('\n\n');
}

function askers(sources: Sources): string {
  return (Object.keys(NAMES) as (keyof Sources)[]).filter((source) => sources[source] !== undefined)
    .map((source) => `${NAMES[source]}: ${sources[source]!.join(', ')}`).join('; ');
}

/** Lists of risks are answered by many rules at once: each names them in docs/rules.md. */
function ruleLinks(control: Control, rules: readonly Rule[]): string {
  if (control.rulesUnder !== undefined) return `${rulesFor(control, rules).length} rules, which name ${control.rulesUnder.join(' or ')}`;
  return control.rules?.map(link).join(', ') ?? '–';
}

function remarkOf({ because, remark }: Control): string {
  return [because === undefined ? undefined : REASONS[because], remark].filter((part) => part !== undefined).join(': ') || '–';
}

function patterns(): string {
  const rows = Object.entries(PATTERNS).map(([id, { pattern, rules, remark = '–' }]) => `| ${id}: ${pattern} | ${rules.map(link).join(', ')} | ${remark} |`);
  return [
    '## Patterns that scanners of templates do not know',
    `Each of these ${rows.length} can be decided from a template, at least in the forms of which \`test/corpus/blind\` holds faults; its test
lists the few rules here that answer a form of which they hold none.`,
    ['| Pattern | Rules | Remark |', '|---|---|---|', ...rows].join('\n'),
  ].join('\n\n');
}

