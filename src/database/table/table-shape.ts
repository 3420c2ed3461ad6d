import { Token } from 'aws-cdk-lib';
import { Attribute, GlobalSecondaryIndexPropsV2, LocalSecondaryIndexProps } from 'aws-cdk-lib/aws-dynamodb';
import { SecureTableProps } from './secure-table-props';
import { Place, refuse } from '../../core/configuration-error';

/** What rights must know of a table: its keys, its indexes, whether it has a stream, and the name that its owner gave it. */
export class TableShape {
  public readonly hasStream: boolean;
  public readonly givenName: string | undefined;
  private readonly keys: string[];
  private readonly indexKeys = new Map<string, string[]>();

  constructor(private readonly table: Place, props: SecureTableProps) {
    this.hasStream = props.stream !== undefined || (props.replicas ?? []).length > 0;
    this.givenName = props.tableName;
    this.keys = namesOf(props.partitionKey, props.sortKey);
    for (const index of props.globalSecondaryIndexes ?? []) this.addGlobalIndex(index);
    for (const index of props.localSecondaryIndexes ?? []) this.addLocalIndex(index);
  }

  public get indexNames(): string[] {
    return [...this.indexKeys.keys()];
  }

  public addGlobalIndex({ indexName, partitionKey, sortKey, partitionKeys = [], sortKeys = [] }: GlobalSecondaryIndexPropsV2): void {
    this.indexKeys.set(indexName, namesOf(partitionKey, sortKey, ...partitionKeys, ...sortKeys));
  }

  public addLocalIndex({ indexName, sortKey }: LocalSecondaryIndexProps): void {
    this.indexKeys.set(indexName, namesOf(sortKey));
  }

  /** Attributes with those of the keys of the table and of some indexes, which DynamoDB wants to be named too. */
  public withKeys(attributes: readonly string[], indexes: readonly string[]): string[] {
    this.checkFilled('Attributes', 'attributes', attributes);
    return [...new Set([...this.keys, ...indexes.flatMap((index) => this.indexKeys.get(index) ?? []), ...attributes])];
  }

  public checkLeadingKeys(keys: readonly string[]): string[] {
    this.checkFilled('LeadingKeys', 'leadingKeys', keys);
    const broken = keys.find((key) => !Token.isUnresolved(key) && /\$\{(?![^{}]+\})/.test(key));
    if (broken !== undefined) {
      refuse(this.table, {
        code: 'SecureTable.LeadingKeys', prop: 'leadingKeys', must: 'must close each policy variable', got: broken, fix: "write it like '${aws:PrincipalTag/tenant}'",
      });
    }
    return [...keys];
  }

  public checkIndexes(names: readonly string[]): void {
    const unknown = names.find((name) => !Token.isUnresolved(name) && !this.indexKeys.has(name));
    if (unknown === undefined) return;
    refuse(this.table, {
      code: 'SecureTable.Index',
      prop: 'indexes',
      must: `must name indexes of the table (${this.indexNames.join(', ') || 'it has none'})`,
      got: unknown,
      fix: 'add the index before the right, or leave it out',
    });
  }

  private checkFilled(code: string, prop: string, values: readonly string[]): void {
    if (values.length > 0 && values.every((value) => value !== '')) return;
    refuse(this.table, { code: `SecureTable.${code}`, prop, must: 'must hold at least one value, and no empty one', got: values, fix: 'leave it out to set no limit' });
  }
}

function namesOf(...attributes: readonly (Attribute | undefined)[]): string[] {
  return attributes.flatMap((attribute) => (attribute === undefined ? [] : [attribute.name]));
}
