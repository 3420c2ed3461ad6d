import { CommandError } from './command-error';
import { screenOf, World } from './terminal';
import { Rule, Severity } from '../model/rule';
import { RULES } from '../policy/catalog';
import { AUDIT_RULES } from '../policy/exceptions/audit-rules';
import { nearestRules } from '../policy/nearest-rules';
import { anchorOf } from '../policy/plugin-report';
import { groupBy, labelled, Screen, table } from '../report/render/text/layout';

const DOCUMENTATION = 'https://github.com/cdk-secure-serverless/cdk-secure-serverless/blob/main/docs/rules.md';

const STOPS: { readonly [severity in Severity]: string } = {
  [Severity.HIGH]: 'stops a synthesis',
  [Severity.MEDIUM]: 'stops a synthesis',
  [Severity.LOW]: 'warns',
  [Severity.INFO]: 'informs',
};

/** Says what a rule wants; without a rule, which there are. */
export function explain(id: string | undefined, world: World): void {
  const screen = screenOf(world.out, world.env);
  const lines = id === undefined ? allRules(screen) : linesOf(bareId(id), screen);
  world.out.write(`${lines.join('\n')}\n`);
}

function bareId(id: string): string {
  return id.replace(/^ServerlessSecurity::/, '').replace(/\[.*$/s, '');
}

/** What can be wrong with exceptions is explained as rules are, though it judges no template. */
function linesOf(id: string, screen: Screen): string[] {
  const ofExceptions = AUDIT_RULES.find((rule) => rule.id.toLowerCase() === id.toLowerCase());
  if (ofExceptions === undefined) return oneRule(ruleNamed(id), screen);
  const { id: name, title, level, why, fix } = ofExceptions;
  return [`${screen.paint.strong(name)}  ${title}`, '', ...labelled('Level', level, screen), ...labelled('Why', why, screen), ...labelled('Way out', fix, screen)];
}

function ruleNamed(bare: string): Rule {
  const found = RULES.find((rule) => rule.id.toLowerCase() === bare.toLowerCase());
  if (found !== undefined) return found;
  const near = nearestRules(bare);
  const hint = near.length > 0 ? `; did you mean ${near.join(' or ')}?` : '; `explain` without a rule lists them';
  throw new CommandError(`explain: there is no rule '${bare}'${hint}`);
}

function oneRule(rule: Rule, screen: Screen): string[] {
  const { paint } = screen;
  const inProfiles = Object.entries(rule.severityIn ?? {}).map(([profile, severity]) => `${severity} in ${profile}`);
  return [
    `${paint.strong(rule.id)}  ${rule.title}`,
    '',
    ...labelled('Severity', `${[rule.severity, ...inProfiles].join(', ')}: ${STOPS[rule.severity]}`, screen),
    ...labelled('Looks at', rule.appliesTo.join(', '), screen),
    ...labelled('Why', rule.why, screen),
    ...labelled('Way out', rule.fix, screen),
    ...labelled('Finding', rule.findingForm === undefined ? rule.id : `${rule.id}[…], in brackets: ${rule.findingForm}`, screen),
    ...labelled('Risks', rule.risks.join(', '), screen),
    ...rule.frameworks.length === 0 ? [] : labelled('Frameworks', rule.frameworks.join(', '), screen),
    ...labelled('Examples', `${DOCUMENTATION}#${anchorOf(rule.id)}`, screen),
  ];
}

function allRules(screen: Screen): string[] {
  const bySeverity = groupBy(RULES, ({ severity }) => severity);
  const rows = Object.values(Severity).flatMap((severity) => bySeverity.get(severity) ?? [])
    .map(({ id, severity, title }) => [{ text: severity }, { text: id }, { text: title }]);
  return table(['Severity', 'Rule', 'Finds'], rows, screen);
}
