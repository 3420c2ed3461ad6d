import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { NARROWING_CONDITION_KEYS, NARROWING_OPERATORS, SERVICE_CONTEXT_PREFIX, SOURCE_CONDITION_KEYS } from './policy-baseline';
import { Place, refuse } from '../core/configuration-error';

type Conditions = Record<string, Record<string, unknown>> | undefined;

/**
 * Refuses statements that let in more than their author names.
 *
 * | effect | principal            | condition that binds it to somebody | statement |
 * |--------|----------------------|-------------------------------------|-----------|
 * | Deny   | any                  | any                                 | added     |
 * | Allow  | everybody            | no                                  | refused, `<owner>.PublicStatement` |
 * | Allow  | all but some         | any                                 | refused, `<owner>.PublicStatement` |
 * | Allow  | a service            | no source account, ARN or context   | refused, `<owner>.ServicePrincipal` |
 * | Allow  | any other            | any                                 | added     |
 */
export function checkStatement(place: Place, owner: string, statement: PolicyStatement): void {
  const { Effect, Principal, NotPrincipal, Condition } = statement.toStatementJson();
  if (Effect !== 'Allow') return;
  const named = Principal as string | { readonly AWS?: unknown; readonly Service?: unknown } | undefined;
  const everybody = named === '*' || (typeof named === 'object' && [named.AWS].flat().includes('*'));
  if (NotPrincipal !== undefined || (everybody && !binds(Condition, isNarrowing))) {
    refuse(place, {
      code: `${owner}.PublicStatement`,
      prop: 'statement',
      must: "must not allow everybody without a condition that binds it to somebody, like 'aws:PrincipalOrgID'",
      fix: 'name the principals',
    });
  }
  if (typeof named === 'object' && named.Service !== undefined && !binds(Condition, isSource)) {
    refuse(place, {
      code: `${owner}.ServicePrincipal`,
      prop: 'statement',
      must: 'must bind a service to the account or resource that it acts for, or it acts for other accounts as well',
      got: named.Service,
      fix: "add conditions on 'aws:SourceAccount' and 'aws:SourceArn'; where CDK writes the statement, turn on its feature flag for that, "
        + "like '@aws-cdk/aws-sns-subscriptions:restrictSqsDescryption'",
    });
  }
}

function binds(conditions: Conditions, narrows: (key: string) => boolean): boolean {
  return Object.entries(conditions ?? {}).some(([operator, keys]) => NARROWING_OPERATORS.includes(operator.toLowerCase())
    && Object.entries(keys).some(([key, value]) => narrows(key.toLowerCase()) && [value].flat().every((one) => namesSomebody(String(one)))));
}

/** A pattern for every account binds to nobody: an ARN must name its account (or, where ARNs have none, its resource), others their beginning. */
function namesSomebody(value: string): boolean {
  const [prefix, , , , account, resource = ''] = value.split(':');
  const named = prefix === 'arn' ? account || resource : value;
  return named !== '' && !/^[^/]*[*?]/.test(named);
}

function isNarrowing(key: string): boolean {
  return NARROWING_CONDITION_KEYS.includes(key);
}

function isSource(key: string): boolean {
  return SOURCE_CONDITION_KEYS.includes(key) || key.startsWith(SERVICE_CONTEXT_PREFIX);
}
