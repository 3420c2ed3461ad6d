import { SecurityProfile } from '../core/profile/security-profile';
import { Resource } from '../model/resources/resource';
import { CDK_SEVERITY, Outcome, Rule, Severity } from '../model/rule';

/** One violation, or one question that the template leaves open, on one resource. */
export interface Finding {
  readonly rule: Rule;
  /** What is acknowledged: the rule, and the finding in brackets. */
  readonly id: string;
  /** What stands in the brackets, as the rule said it. */
  readonly part?: string;
  /** The template leaves the answer open. */
  readonly undecided: boolean;
  /** It holds with values of parameters that the template allows, and not with those that are likely in production. */
  readonly withOtherValues?: boolean;
  /** As CDK is told. */
  readonly severity: 'error' | 'warning' | 'info';
  /** The severity of the rule where it was found: the profile and the app's owner may rank it differently. */
  readonly rank: Severity;
  readonly resource: Resource;
  /** Property paths. */
  readonly locations: readonly string[];
}

/** A finding that needs no decision, because what it is about is nobody's to change. */
export interface ExcusedFinding extends Finding {
  readonly reason: string;
}

type Growing = Finding & { readonly locations: string[] };

/** What a rule finds on a resource. Outcomes with the same id are one finding with several locations. */
export function findingsOf(rule: Rule, rank: Severity, resource: Resource, outcomes: readonly Outcome[]): readonly Finding[] {
  if (outcomes.length === 1) {
    const only = findingOf(rule, rank, resource, outcomes[0]);
    return only === undefined ? [] : [only];
  }
  const byId = new Map<string, Growing>();
  for (const outcome of outcomes) {
    const found = findingOf(rule, rank, resource, outcome);
    if (found === undefined) continue;
    const known = byId.get(found.id);
    if (known === undefined) byId.set(found.id, found);
    else if (!known.locations.includes(found.locations[0])) known.locations.push(found.locations[0]);
  }
  return [...byId.values()];
}

function findingOf(rule: Rule, rank: Severity, resource: Resource, outcome: Outcome): Growing | undefined {
  if (outcome.kind !== 'fail' && outcome.kind !== 'unresolved') return undefined;
  const undecided = outcome.kind === 'unresolved';
  return {
    rule,
    id: findingId(rule, outcome.finding, undecided ? 'undecided' : undefined),
    part: outcome.finding,
    undecided,
    severity: CDK_SEVERITY[undecided ? openOf(rank) : rank],
    rank,
    resource,
    locations: [outcome.location],
  };
}

/**
 * `Rule` or `Rule[finding]`. An open question, and what holds only with other values, have ids of their own, so that acknowledging them never
 * covers the violation that they may turn out to be. CDK refuses ids with unbalanced brackets.
 */
export function findingId(rule: Rule, finding: string | undefined, apart?: 'other values' | 'undecided'): string {
  const inside = [apart, finding === undefined ? undefined : balanced(finding)].filter((part) => part !== undefined).join(' ');
  return inside === '' ? rule.id : `${rule.id}[${inside}]`;
}

const BRACKETS = /[[\](){}]/;

function balanced(finding: string): string {
  if (!BRACKETS.test(finding)) return finding;
  const open: string[] = [];
  for (const letter of finding) {
    if ('[({'.includes(letter)) open.push(letter);
    else if ('])}'.includes(letter) && open.pop() !== '[({'['])}'.indexOf(letter)]) return finding.replace(/[[\](){}]/g, '_');
  }
  return open.length === 0 ? finding : finding.replace(/[[\](){}]/g, '_');
}

/** The severity that a rule has under a profile. */
export function severityIn(rule: Rule, profile: SecurityProfile): Severity | 'off' {
  if (rule.control !== undefined && profile.controls[rule.control] === false) return 'off';
  return rule.severityIn?.[profile.name] ?? rule.severity;
}

/** An open question, or what holds with other values only, never stops a synthesis; about an `info` rule it is itself no more than that. */
export function openOf(severity: Severity): Severity {
  return severity === Severity.INFO ? Severity.INFO : Severity.LOW;
}
