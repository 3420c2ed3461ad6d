import { encoded } from './sarif-addresses';
import { PACK_NAME } from '../../../policy/pack-name';
import { anchorOf } from '../../../policy/plugin-report';
import { FindingPosture } from '../../form/posture-form';
import { FindingGroup, grouped } from '../findings';
import { markdownText } from '../markdown/escape-markdown';
import { oneLine } from '../text';

const RULES_PAGE = 'https://github.com/cdk-secure-serverless/cdk-secure-serverless/blob/main/docs/rules.md';

/** GitHub shows no more tags of a rule. */
const MOST_TAGS = 10;

/** How GitHub ranks security alerts: from 9.0 critical, from 7.0 high, from 4.0 medium. Only an attacker who is in would be critical. */
const SECURITY_SEVERITY: { readonly [severity: string]: string } = { high: '8.0', medium: '5.5', low: '3.0', info: '0.5' };
const SECURITY_SEVERITY_OF_LEVEL: { readonly [level in FindingPosture['level']]: string } = { fatal: '8.0', error: '5.5', warning: '3.0', info: '0.5' };

export const SARIF_LEVELS: { readonly [level in FindingPosture['level']]: 'error' | 'warning' | 'note' } = { fatal: 'error', error: 'error', warning: 'warning', info: 'note' };

/** The rules that found something, and where each stands in the list. */
export class RuleTable {
  /** `reportingDescriptor` objects, as they stand in the file. */
  public readonly descriptors: readonly object[];
  private readonly places: ReadonlyMap<string, number>;

  constructor(findings: readonly FindingPosture[]) {
    const groups = grouped(findings);
    this.descriptors = groups.map(descriptor);
    this.places = new Map(groups.map(({ pack, rule }, index) => [ruleId(pack, rule), index]));
  }

  public indexOf({ pack, rule }: FindingPosture): number {
    return this.places.get(ruleId(pack, rule)) ?? -1;
  }
}

/** The id under which the whole rule is known to CDK: packs may use the same names. */
export function ruleId(pack: string, rule: string): string {
  return `${pack}::${rule}`;
}

function descriptor({ pack, rule, level, findings }: FindingGroup): object {
  const [{ title, why, fix, severity, risks, frameworks }] = findings;
  const sentence = (text: string) => `${oneLine(text).replace(/\.$/, '')}.`;
  return {
    id: ruleId(pack, rule),
    name: rule,
    shortDescription: { text: sentence(title) },
    fullDescription: { text: `${sentence(title)} ${oneLine(why)}`.trim() },
    help: {
      text: `${oneLine(why)}\n\nWay out: ${oneLine(fix)}`,
      markdown: `${markdownText(why)}\n\n**Way out.** ${markdownText(fix)}`,
    },
    // other packs explain their rules in their own words, and where is theirs to say
    ...pack === PACK_NAME ? { helpUri: `${RULES_PAGE}#${encoded(anchorOf(rule))}` } : {},
    defaultConfiguration: { level: SARIF_LEVELS[level] },
    properties: {
      'tags': [...new Set(['security', ...risks, ...frameworks])].slice(0, MOST_TAGS),
      'precision': findings.some(({ undecided }) => undecided) ? 'medium' : 'high',
      'problem.severity': level === 'info' ? 'recommendation' : SARIF_LEVELS[level],
      'security-severity': SECURITY_SEVERITY[severity ?? ''] ?? SECURITY_SEVERITY_OF_LEVEL[level],
    },
  };
}
