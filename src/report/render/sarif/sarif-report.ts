import { encoded } from './sarif-addresses';
import { resultOf } from './sarif-results';
import { RuleTable } from './sarif-rules';
import { FindingPosture, Posture } from '../../form/posture-form';
import { compareTexts, LEVELS } from '../findings';

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';
const INFORMATION = 'https://github.com/cdk-secure-serverless/cdk-secure-serverless';

/** GitHub refuses a run with more. https://docs.github.com/en/code-security/code-scanning/troubleshooting-sarif-uploads/results-exceed-limit */
const MOST_RESULTS = 25_000;

/** `1.2.3`, `1.2.3-beta.1+x`: anything else is a version, but no semantic one. */
const SEMANTIC = /^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$/;

/**
 * The findings as SARIF 2.1.0, for code scanning services and editors.
 *
 * All packs stand in one run: services take runs with the same tool and category apart by nothing, and the findings of a pack that was
 * removed would stay open for ever. Rule ids carry the pack. Accepted findings are there with a suppression; GitHub itself does not read
 * suppressions, the action `advanced-security/dismiss-alerts` does.
 */
export function sarifReport(posture: Posture): string {
  const findings = [...posture.findings].sort(bySeverity);
  const shown = findings.slice(0, MOST_RESULTS);
  const rules = new RuleTable(shown);
  const { name, version } = posture.tool;
  return `${JSON.stringify({
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [{
      tool: {
        driver: {
          name,
          version,
          ...SEMANTIC.test(version) ? { semanticVersion: version } : {},
          informationUri: INFORMATION,
          rules: rules.descriptors,
        },
      },
      automationDetails: { id: `${encoded(name)}/` },
      originalUriBaseIds: {
        SRCROOT: { description: { text: 'The working directory of the synthesis' } },
        ASSEMBLY: { description: { text: 'The folder of the cloud assembly, cdk.out unless another one was named' } },
      },
      invocations: [{
        executionSuccessful: true,
        ...shown.length === findings.length ? {} : {
          toolExecutionNotifications: [{ level: 'warning', message: { text: `${findings.length - shown.length} findings of the lowest levels are left out: a run holds ${MOST_RESULTS} results.` } }],
        },
      }],
      columnKind: 'utf16CodeUnits',
      results: shown.map((finding) => resultOf(finding, rules.indexOf(finding))),
      properties: { profile: posture.profile, verdict: posture.verdict, asOf: posture.asOf },
    }],
  }, undefined, 2)}\n`;
}

/** What was accepted last, then by level: what does not fit is what matters least. */
function bySeverity(a: FindingPosture, b: FindingPosture): number {
  return Number(a.accepted !== null) - Number(b.accepted !== null) || LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level)
    || compareTexts(a.pack, b.pack) || compareTexts(a.id, b.id) || compareTexts(a.at, b.at);
}
