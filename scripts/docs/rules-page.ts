import { ExampleSource } from './examples';
import { PACK_NAME } from '../../src/policy/catalog';
import { CDK_SEVERITY, Rule } from '../../src/policy/model/rule';
import { anchorOf } from '../../src/policy/plugin-report';

/** The page that explains every rule, written from the records and the examples, and from nothing else. */
export function rulesPage(rules: readonly Rule[], examples: ReadonlyMap<string, ExampleSource>): string {
  return `${[
    '# The rules',
    '<!-- Written by scripts/write-rules-docs.ts from the rule records. Change those, then run `npx projen rules:docs`. -->',
    INTRODUCTION,
    table(rules),
    ...rules.map((rule) => section(rule, examples.get(rule.id))),
  ].join('\n\n')}\n`;
}

const INTRODUCTION = `Each synthesis of an app with \`ServerlessSecurity.of(app).enforce()\` judges its final templates by these rules, whoever wrote the constructs.
An \`error\` stops the synthesis. Where a template leaves the answer open, because only the deployment knows a value, the rule says so with a
\`warning\` under an id of its own: \`Rule[undecided]\`, or \`Rule[undecided finding]\`. What is wrong only with values that a template allows and that
are not those of production is a \`warning\` too: \`Rule[other values]\`, or \`Rule[other values finding]\`.

A finding that is right as it is can be acknowledged at its construct, or at one above it, under its exact id:

\`\`\`ts
Validations.of(construct).acknowledge({ id: '${PACK_NAME}::RouteAuthorization[GET /health]', reason: 'the load balancer probes it, and it returns no data' });
\`\`\`

CDK then lists it as suppressed, with the reason. The rule alone does not cover its findings in brackets, and an acknowledged question does not cover
the violation that it may turn out to be. Findings name resources by construct path, without \`/Resource\` at the end, and never by generated
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
      `* Acknowledge: \`${PACK_NAME}::${id}\``,
      `* Risks: ${rule.risks.join(', ')}`,
      `* Asked for by: ${rule.frameworks.join(', ')}`,
    ].join('\n'),
    ...example === undefined ? [] : [`Violates:\n\n${code(example.violates)}`, `Passes:\n\n${code(example.passes)}`],
  ].join('\n\n');
}

function inProfiles({ severityIn }: Rule): string {
  return Object.entries(severityIn ?? {}).map(([profile, severity]) => `; in ${profile}: ${severity}`).join('');
}

function code(text: string): string {
  return `\`\`\`ts\n${text}\n\`\`\``;
}
