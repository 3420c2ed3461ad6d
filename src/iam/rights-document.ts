import { PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { lengthOf } from './policy-length';

/** Operators under which a list of values allows what each of the values allows. */
const ANY_OF: readonly string[] = ['ArnEquals', 'ArnLike', 'StringEquals', 'StringLike'];

/**
 * The rights of one principal, in as few words as say the same, since IAM counts characters.
 *
 * | two statements differ in                        | written as                       |
 * |-------------------------------------------------|----------------------------------|
 * | their actions, or their resources               | one statement (CDK's `minimize`) |
 * | the values of one key of one positive condition | one statement, with all values   |
 * | anything else, or one has a name of its own     | two statements                   |
 *
 * The second is how rights on a key are given: the same actions with the same key, each for another queue, table or topic (`kms:EncryptionContext`).
 */
export class RightsDocument extends PolicyDocument {
  private readonly own: PolicyStatement[] = [];

  constructor(statements: readonly PolicyStatement[] = []) {
    super({ minimize: true });
    this.addStatements(...statements);
  }

  /** About how many characters the document has when it is deployed. */
  public get length(): number {
    const groups = new Map<string, number>();
    for (const statement of this.own) {
      const { Resource, ...rest } = statement.toStatementJson();
      const group = JSON.stringify(rest);
      groups.set(group, (groups.get(group) ?? lengthOf(rest) + '"Resource":[],'.length) + lengthOf(Resource) + 1);
    }
    return [...groups.values()].reduce((sum, one) => sum + one, lengthOf({ Version: '2012-10-17', Statement: [] }));
  }

  /** Whether the document is no longer than a limit with one statement more. */
  public hasRoom(statement: PolicyStatement, limit: number): boolean {
    const apart = this.length + lengthOf(statement.toStatementJson()) + 1;
    return apart <= limit || new RightsDocument([...this.own, statement]).length <= limit;
  }

  public addStatements(...statements: PolicyStatement[]): void {
    for (const statement of statements) {
      if (this.own.some((one) => widened(one, statement))) continue;
      const copy = statement.copy(); // the author may give the same one to others
      this.own.push(copy);
      super.addStatements(copy);
    }
  }
}

/** Lets a statement say what another one says, where a value more of one condition does that. */
function widened(statement: PolicyStatement, other: PolicyStatement): boolean {
  if (statement.frozen || !sayTheSameOf(statement, other)) return false;
  const [mine, others] = [conditionsOf(statement), conditionsOf(other)];
  const differing = [...mine].filter(([name, { values }]) => !sameValues(values, others.get(name)?.values));
  if (mine.size !== others.size || differing.length !== 1) return false;
  const [name, { key, operator, values }] = differing[0];
  const more = others.get(name)?.values;
  if (more === undefined || !ANY_OF.includes(operator) || ![...values, ...more].every(isText)) return false;
  statement.addCondition(operator, { [key]: [...new Set([...values, ...more])] });
  return true;
}

function sayTheSameOf(statement: PolicyStatement, other: PolicyStatement): boolean {
  const [mine, others] = [statement, other].map((one) => {
    const { Condition, ...rest } = one.toStatementJson();
    return rest;
  });
  return mine.Sid === undefined && others.Sid === undefined && JSON.stringify(mine) === JSON.stringify(others);
}

interface Condition {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly unknown[];
}

function conditionsOf({ conditions }: PolicyStatement): ReadonlyMap<string, Condition> {
  return new Map(Object.entries(conditions as { readonly [operator: string]: object }).flatMap(([operator, keys]) => (
    Object.entries(keys).map(([key, value]): [string, Condition] => [`${operator} ${key}`, { operator, key, values: [value].flat() }]))));
}

function sameValues(values: readonly unknown[], others: readonly unknown[] | undefined): boolean {
  return JSON.stringify(values) === JSON.stringify(others);
}

/** A list that only the deployment knows cannot be made longer. */
function isText(value: unknown): boolean {
  return typeof value === 'string' && !value.startsWith('#{Token[');
}
