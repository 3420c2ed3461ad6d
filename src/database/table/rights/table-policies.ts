import { Stack, Token } from 'aws-cdk-lib';
import { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { LIST_ACTIONS, QUERY_ACTIONS } from '../table-baseline';
import { checkTableStatement, ClosedPolicy } from './table-policy';
import { refuse } from '../../../core/configuration-error';
import { TableShape } from '../table-shape';

/** What works on an index as well as on the table. */
const INDEX_ACTIONS = [...QUERY_ACTIONS, ...LIST_ACTIONS];

/**
 * The policies of a table and of its stream, as statements are added to them.
 *
 * A policy stands inside of the resource, and must not refer to it: an ARN of the table or an index is written out where the table has a
 * name of its own, and is `*` otherwise, which in this place means the table and all of its indexes.
 */
export class TablePolicies {
  private streamPolicy?: ClosedPolicy;
  private opensAll = false;

  constructor(private readonly table: TableV2, private readonly shape: TableShape, private readonly tablePolicy: ClosedPolicy) {}

  /** The statement as it can stand in the policy of the table. */
  public forTable(statement: PolicyStatement): PolicyStatement {
    checkTableStatement(this.table, statement);
    const rendered = this.withNames(statement, this.tableNames());
    if (this.shape.givenName === undefined && this.opensIndexes(rendered)) {
      if (this.shape.indexNames.length > 0) this.refuseUnnamed(this.shape.indexNames.join(', '));
      this.opensAll = true;
    }
    this.tablePolicy.open(rendered);
    return rendered;
  }

  /** The statement as it can stand in the policy of the stream. */
  public forStream(statement: PolicyStatement): PolicyStatement {
    checkTableStatement(this.table, statement);
    if (this.streamPolicy === undefined) {
      this.streamPolicy = new ClosedPolicy(Stack.of(this.table).account);
      this.table.streamResourcePolicy = this.streamPolicy.document;
    }
    this.streamPolicy.open(statement);
    return this.withNames(statement, new Map([[this.asText(this.table.tableStreamArn), '*']]));
  }

  /** Refuses an index that a statement for another account would cover without having been meant. */
  public checkNewIndex(indexName: string): void {
    if (this.opensAll) this.refuseUnnamed(indexName);
  }

  private opensIndexes(statement: PolicyStatement): boolean {
    return statement.effect === Effect.ALLOW && statement.resources.includes('*') && statement.actions.some((action) => INDEX_ACTIONS.includes(action));
  }

  private refuseUnnamed(indexes: string): never {
    return refuse(this.table, {
      code: 'SecureTable.PolicyResource',
      prop: 'tableName',
      must: `must be given before another account can be let in to query or scan, or its policy would open all indexes (${indexes})`,
      fix: 'give the table a name of its own',
    });
  }

  private tableNames(): Map<string, string> {
    const { tableArn } = this.table;
    const name = this.shape.givenName;
    const arn = name === undefined ? undefined : Stack.of(this.table).formatArn({ service: 'dynamodb', resource: 'table', resourceName: name });
    return new Map(['', ...this.shape.indexNames.map((index) => `/index/${index}`)].map((suffix) => (
      [this.asText(`${tableArn}${suffix}`), arn === undefined ? '*' : `${arn}${suffix}`])));
  }

  private withNames(statement: PolicyStatement, names: ReadonlyMap<string, string>): PolicyStatement {
    return statement.copy({ resources: [...new Set(statement.resources.map((one) => names.get(this.asText(one)) ?? one))] });
  }

  /** Tokens are new each time that they are asked for: only what they resolve to can be compared. */
  private asText(arn: string | undefined): string {
    return JSON.stringify(Token.isUnresolved(arn) ? Stack.of(this.table).resolve(arn) : arn);
  }
}
