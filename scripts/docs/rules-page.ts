import { ExampleSource } from './examples';
import { CDK_SEVERITY, Rule } from '../../src/model/rule';
import { AUDIT_RULES } from '../../src/policy/exceptions/audit-rules';
import { NEVER_WAIVABLE, ONE_DOOR_AT_A_TIME } from '../../src/policy/exceptions/never-waivable';
import { PACK_NAME } from '../../src/policy/pack-name';
import { anchorOf } from '../../src/policy/plugin-report';

/** The page that explains every rule, written from the records and the examples, and from nothing else. */
export function rulesPage(rules: readonly Rule[], examples: ReadonlyMap<string, ExampleSource>): string {
  return `${[
    '# The rules',
    '<!-- Written by scripts/write-rules-docs.ts from the rule records. Change those, then run `npx projen rules:docs`. -->',
    INTRODUCTION,
    table(rules),
    exceptionsTable(),
    ...rules.map((rule) => section(rule, examples.get(rule.id))),
  ].join('\n\n')}\n`;
}

const INTRODUCTION = `Each synthesis of an app with \`ServerlessSecurity.of(app).enforce()\` judges its final templates by these rules, whoever wrote the constructs.
An \`error\` stops the synthesis. Where a template leaves the answer open, because only the deployment knows a value, the rule says so with a
\`warning\` under an id of its own: \`Rule[undecided]\`, or \`Rule[undecided finding]\`. What is wrong only with values that a template allows and that
are not those of production is a \`warning\` too: \`Rule[other values]\`, or \`Rule[other values finding]\`.

A finding that may stay for a while is accepted at its construct, or at one above it, with an owner and an end:

\`\`\`ts
SecurityExceptions.of(construct).accept('RouteAuthorization[GET /health]', {
  reason: 'the load balancer probes it, and it returns no data',
  owner: 'platform team',
  expires: '2027-01-31',
});
\`\`\`

CDK then lists it as suppressed, with all three; [the guide](guides/exceptions.md) says more. A rule alone means all of its findings there. A question
that is accepted does not cover the violation that it may turn out to be. Findings name resources by construct path, without \`/Resource\` at the end, and never by generated
logical ids; brackets that do not match are written as \`_\`, because CDK refuses them.`;

function table(rules: readonly Rule[]): string {
  const rows = rules.map((rule) => `| [${rule.id}](#${anchorOf(rule.id)}) | ${rule.severity} | ${rule.title} |`);
  return ['| Rule | Severity | What is wrong |', '|---|---|---|', ...rows].join('\n');
}

function section(rule: Rule, example: ExampleSource | undefined): string {
  const id = rule.findingForm === undefined ? rule.id : `${rule.id}[…]`;
  return [
    `## ${rule.id}`,
    `${rule.title}.`,
    `**Why.** ${rule.why}`,
    `**Way out.** ${rule.fix}`,
    [
      `* Severity: ${rule.severity} (CDK: \`${CDK_SEVERITY[rule.severity]}\`)${inProfiles(rule)}`,
      `* Judges: ${rule.appliesTo.map((type) => `\`${type}\``).join(', ')}`,
      ...rule.control === undefined ? [] : [`* Holds only where the profile has \`${rule.control}\` switched on`],
      `* Finding: \`${id}\`${rule.findingForm === undefined ? '' : `, in brackets the ${rule.findingForm.replace(/^the /, '')}`}`,
      ...waivable(rule),
      `* Risks: ${rule.risks.join(', ')}`,
      `* Asked for by: ${rule.frameworks.join(', ')}`,
    ].join('\n'),
    ...example === undefined ? [] : [`Violates:\n\n${code(example.violates)}`, `Passes:\n\n${code(example.passes)}`],
  ].join('\n\n');
}

/** What nobody may accept, and what is accepted one at a time. */
function waivable({ id }: Rule): string[] {
  const never = NEVER_WAIVABLE.find(({ rule }) => rule === id);
  if (never !== undefined) return [`* Can never be accepted${never.finding === undefined ? '' : ` where the finding matches \`${never.finding.source}\``}: ${never.because}`];
  return ONE_DOOR_AT_A_TIME.includes(id) ? ['* Accepted one at a time, never for a whole stack'] : [];
}

/** What is wrong with exceptions is no rule about templates, and has no section of its own. */
function exceptionsTable(): string {
  const rows = AUDIT_RULES.map(({ id, level, title, why, fix }) => `| <a id="${anchorOf(id)}"></a>${id} | \`${level}\` | ${title}. ${why} | ${fix} |`);
  return [
    '## About exceptions',
    `These judge what people decided, and no template. They are findings of the same pack: \`${PACK_NAME}::ExceptionUnused[BucketVersions]\`. What is \`fatal\` nobody can acknowledge.`,
    ['| Finding | CDK | What is wrong | Way out |', '|---|---|---|---|', ...rows].join('\n'),
  ].join('\n\n');
}

function inProfiles({ severityIn }: Rule): string {
  return Object.entries(severityIn ?? {}).map(([profile, severity]) => `; in ${profile}: ${severity}`).join('');
}

function code(text: string): string {
  return `\`\`\`ts\n${text}\n\`\`\``;
}
