import { PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { lengthOf } from './policy-length';
import { widened } from './widened-statement';

/** Without a statement. */
const EMPTY_LENGTH = lengthOf({ Version: '2012-10-17', Statement: [] });

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
  /** What came since the length was last estimated. */
  private readonly unmeasured: PolicyStatement[] = [];
  /** At most so long is what came before: each statement by itself, as it was given. */
  private bound = EMPTY_LENGTH;

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
    return [...groups.values()].reduce((sum, one) => sum + one, EMPTY_LENGTH);
  }

  /** Whether the document is no longer than a limit with one statement more. */
  public hasRoom(statement: PolicyStatement, limit: number): boolean {
    for (const one of this.unmeasured.splice(0)) this.bound += lengthOf(one.toStatementJson()) + '[],'.length; // one resource may join a list
    const more = lengthOf(statement.toStatementJson()) + 1;
    return this.bound + more <= limit || this.length + more <= limit || new RightsDocument([...this.own, statement]).length <= limit;
  }

  public addStatements(...statements: PolicyStatement[]): void {
    for (const statement of statements) {
      const copy = statement.copy(); // the author may give the same one to others
      this.unmeasured.push(copy);
      if (this.own.some((one) => widened(one, copy))) continue;
      this.own.push(copy);
      super.addStatements(copy);
    }
  }
}
