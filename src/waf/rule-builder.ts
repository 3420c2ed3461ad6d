import { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import { BaselineGroup, RATE_WINDOW_SECONDS, RESPONSES } from './web-acl-baseline';

type Statement = CfnWebACL.StatementProperty;
type Response = typeof RESPONSES[keyof typeof RESPONSES];

/** A rule before it gets its place in the ACL. */
export type UnplacedRule = Omit<CfnWebACL.RuleProperty, 'priority'>;

/** Writes the rules of one web ACL, each with its metric, blocking or counting as the ACL's mode says. */
export class RuleBuilder {
  constructor(private readonly counting: boolean) {}

  /** A rule of our own with an answer that the client understands. */
  public own(name: string, response: Response, statement: Statement): UnplacedRule {
    const block = { block: { customResponse: { responseCode: response.status, customResponseBodyKey: response.key } } };
    return { name, statement, action: this.counting ? { count: {} } : block, visibilityConfig: visibility(name) };
  }

  /** A managed group as AWS keeps it, except for rules that are decided elsewhere. */
  public managed(group: BaselineGroup, configs?: CfnWebACL.ManagedRuleGroupConfigProperty[]): UnplacedRule {
    return {
      name: group.name,
      statement: {
        managedRuleGroupStatement: {
          vendorName: 'AWS',
          name: group.name,
          managedRuleGroupConfigs: configs,
          ruleActionOverrides: group.counted?.map((name) => ({ name, actionToUse: { count: {} } })),
        },
      },
      overrideAction: this.counting ? { count: {} } : { none: {} },
      visibilityConfig: visibility(group.name),
    };
  }
}

/** Order is priority: what stands first decides first. */
export function placed(rules: readonly UnplacedRule[]): CfnWebACL.RuleProperty[] {
  return rules.map((rule, priority) => ({ ...rule, priority }));
}

export function visibility(metricName: string): CfnWebACL.VisibilityConfigProperty {
  return { metricName, cloudWatchMetricsEnabled: true, sampledRequestsEnabled: true };
}

export function not(statement: Statement): Statement {
  return { notStatement: { statement } };
}

export function allOf(statements: Statement[]): Statement {
  return statements.length === 1 ? statements[0] : { andStatement: { statements } };
}

export function anyOf(statements: Statement[]): Statement {
  return statements.length === 1 ? statements[0] : { orStatement: { statements } };
}

export function bodyLargerThan(bytes: number): Statement {
  // A body beyond the inspection limit is larger than any limit checked here, so oversize counts as a match.
  return {
    sizeConstraintStatement: {
      fieldToMatch: { body: { oversizeHandling: 'MATCH' } },
      comparisonOperator: 'GT',
      size: bytes,
      textTransformations: [{ priority: 0, type: 'NONE' }],
    },
  };
}

export function pathMatches(regex: string): Statement {
  return {
    regexMatchStatement: {
      fieldToMatch: { uriPath: {} },
      regexString: regex,
      textTransformations: [{ priority: 0, type: 'NONE' }],
    },
  };
}

/**
 * The name under which a request came; `*.example.com` stands for all names below. Clients write it in lower case: who does not is held to
 * the stricter limit, and a transformation would take ten capacity units each time.
 */
export function hostIs(name: string): Statement {
  const below = name.startsWith('*.');
  return {
    byteMatchStatement: {
      fieldToMatch: { singleHeader: { Name: 'host' } },
      positionalConstraint: below ? 'ENDS_WITH' : 'EXACTLY',
      searchString: below ? name.slice(1) : name,
      textTransformations: [{ priority: 0, type: 'NONE' }],
    },
  };
}

export function requestsPerAddress(limit: number): Statement {
  return { rateBasedStatement: { limit, aggregateKeyType: 'IP', evaluationWindowSec: RATE_WINDOW_SECONDS } };
}
