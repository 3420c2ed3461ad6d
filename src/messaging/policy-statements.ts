import { Lazy, Stack } from 'aws-cdk-lib';
import { AnyPrincipal, Effect, IPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { refuse } from '../core/configuration-error';
import { SOURCE_KEYS } from '../iam/iam-baseline';
import { fragmentOf } from '../iam/principal-fragment';
import { isBound } from '../iam/statement-binding';
import { checkStatementParts } from '../iam/statement-parts';
import { widened } from '../iam/widened-statement';

type Conditions = Record<string, Record<string, unknown>>;

/** Whether a principal is a service, and if so which. */
export function serviceOf(scope: IConstruct, principal: IPrincipal): string | undefined {
  const { Service } = fragmentOf(principal).principalJson;
  return Service === undefined ? undefined : String([Stack.of(scope).resolve(Service)].flat()[0]);
}

/**
 * Refuses statements of a resource policy that let in somebody whom nobody named:
 *
 * | effect | principal                | condition           | verdict |
 * |--------|--------------------------|---------------------|---------|
 * | Deny   | any                      | any                 | fine    |
 * | Allow  | accounts, roles, …       | any                 | fine    |
 * | Allow  | everybody, or all but …  | binds it            | fine    |
 * | Allow  | everybody, or all but …  | none that binds it  | refused |
 * | Allow  | a service                | on its source       | fine    |
 * | Allow  | a service                | none on its source  | refused: it acts for other accounts as well |
 */
export function checkStatement(place: IConstruct, owner: string, statement: PolicyStatement): void {
  checkStatementParts(place, owner, statement);
  const { Effect: effect, Principal, NotPrincipal, Condition } = statement.toStatementJson();
  if (effect !== Effect.ALLOW) return;
  const named = (Principal ?? {}) as { AWS?: unknown; Service?: unknown };
  const everybody = NotPrincipal !== undefined || [Principal, named.AWS].flat().includes('*');
  if (everybody && !isBound(Condition)) {
    refuse(place, {
      code: `${owner}.PublicStatement`,
      prop: 'statement',
      must: "must not allow everybody without a condition that binds it to somebody, like 'aws:PrincipalOrgID'",
      fix: 'name the principals',
    });
  }
  if (named.Service !== undefined && !isBound(Condition, SOURCE_KEYS)) {
    refuse(place, {
      code: `${owner}.ServiceSource`,
      prop: 'statement',
      must: "must say for whom the service acts, with an 'aws:SourceArn' or 'aws:SourceAccount' condition: it acts for other accounts as well",
      got: Stack.of(place).resolve(named.Service),
      fix: 'add the condition, or call the verb that lets in one source of a service',
    });
  }
}

/** Who besides the account of a resource may get in: grows with the statements that name them. */
export class Admission {
  private readonly accounts: string[] = [];
  private readonly organizations: string[] = [];

  constructor(private readonly resource: IConstruct) {}

  /**
   * The statement that keeps all others out, whatever else the policy or a later hand says. AWS services are not kept out here, because
   * they come without an account: the statements that let them in name their sources.
   *
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_data-perimeters.html
   */
  public denyAllOthers(actions: readonly string[], resourceArn: string): PolicyStatement {
    return new PolicyStatement({
      sid: 'OnlyThoseAdmitted',
      effect: Effect.DENY,
      principals: [new AnyPrincipal()],
      actions: [...actions],
      resources: [resourceArn],
      conditions: {
        StringNotEquals: Lazy.uncachedAny({ produce: () => this.admitted() }),
        BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
      },
    });
  }

  /** Lets in the accounts and organisations that a statement allows something. */
  public admit(statement: PolicyStatement): void {
    if (statement.effect !== Effect.ALLOW) return;
    for (const principal of statement.principals) this.admitAccountsOf(principal);
    const named = Object.entries(statement.conditions as Conditions)
      .flatMap(([operator, keys]) => (/^(ForAnyValue:)?String(Equals|Like)$/.test(operator) ? Object.entries(keys) : []));
    for (const [key, value] of named) {
      const target = {
        'aws:principalorgid': this.organizations, 'aws:principalorgpaths': this.organizations, 'aws:principalaccount': this.accounts,
      }[key.toLowerCase()];
      for (const one of [value].flat()) if (target !== undefined && typeof one === 'string') add(target, one.split('/')[0]);
    }
  }

  private admitAccountsOf(principal: IPrincipal): void {
    const arns = [fragmentOf(principal).principalJson.AWS ?? []].flat().map(String);
    const named = arns.flatMap((arn) => /:iam::(\d{12}):|:sts::(\d{12}):|^(\d{12})$/.exec(arn)?.slice(1).filter(Boolean) ?? []);
    for (const account of named) add(this.accounts, account);
    const { principalAccount } = principal;
    const isService = serviceOf(this.resource, principal) !== undefined;
    if (named.length === 0 && principalAccount !== undefined && !isService) add(this.accounts, principalAccount);
  }

  private admitted(): Record<string, unknown> {
    const own = Stack.of(this.resource).account;
    const accounts = [own, ...this.accounts.filter((account) => account !== own)];
    return {
      'aws:PrincipalAccount': accounts.length === 1 ? own : accounts,
      ...this.organizations.length > 0 && { 'aws:PrincipalOrgID': this.organizations.length === 1 ? this.organizations[0] : this.organizations },
    };
  }
}

/**
 * Statements that let a service in, each for a source. Those that differ in the source alone are written as one: SQS takes 20 statements and
 * 8,192 characters in a policy.
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-policies.html
 */
export class SourceStatements {
  private readonly own: { readonly service: string; readonly statement: PolicyStatement }[] = [];

  constructor(private readonly resource: IConstruct) {}

  /** The statement to add; undefined where one that is there says it now. */
  public merge(statement: PolicyStatement): PolicyStatement | undefined {
    const [principal, ...others] = statement.principals;
    const service = principal === undefined || others.length > 0 ? undefined : serviceOf(this.resource, principal);
    if (service === undefined || statement.effect !== Effect.ALLOW) return statement;
    if (this.own.some((one) => one.service === service && widened(one.statement, statement))) return undefined;
    const copy = statement.copy(); // the author may give the same one to others
    this.own.push({ service, statement: copy });
    return copy;
  }
}

function add(list: string[], value: string): void {
  if (!list.includes(value)) list.push(value);
}
