import { Token } from 'aws-cdk-lib';
import { Attribute, GlobalSecondaryIndexPropsV2, LocalSecondaryIndexProps, ProjectionType } from 'aws-cdk-lib/aws-dynamodb';
import { SecureTableProps } from './secure-table-props';
import { INDEXES_MOST } from './table-baseline';
import { Place, refuse } from '../../core/configuration-error';

type Index = Pick<GlobalSecondaryIndexPropsV2, 'indexName' | 'nonKeyAttributes' | 'projectionType'>;

/** Judges keys and indexes together: each name means one thing, and each attribute has one type. */
export class IndexChecks {
  private readonly names: string[] = [];
  private readonly types = new Map<string, string>();
  private readonly counts = { globalSecondaryIndexes: 0, localSecondaryIndexes: 0 };
  private readonly provisioned: boolean;

  constructor(private readonly place: Place, private readonly props: SecureTableProps) {
    this.provisioned = props.billing?._provisioned !== undefined;
    this.checkKeys([['partitionKey', props.partitionKey], ['sortKey', props.sortKey]]);
  }

  public addGlobal(index: GlobalSecondaryIndexPropsV2): void {
    const { partitionKey, partitionKeys = [], readCapacity, sortKey, sortKeys = [], writeCapacity } = index;
    this.add('globalSecondaryIndexes', index, [partitionKey, sortKey, ...partitionKeys, ...sortKeys]);
    if (this.provisioned || (readCapacity === undefined && writeCapacity === undefined)) return;
    refuse(this.place, {
      code: 'SecureTable.IndexCapacity',
      prop: `globalSecondaryIndexes.${index.indexName}`,
      must: 'must have no capacity where the table is billed on demand',
      got: readCapacity === undefined ? 'writeCapacity' : 'readCapacity',
      fix: 'leave it out, or use TableBilling.provisioned()',
    });
  }

  public addLocal(index: LocalSecondaryIndexProps): void {
    if (this.props.sortKey === undefined) {
      refuse(this.place, {
        code: 'SecureTable.LocalIndex', prop: 'sortKey', must: 'must be given for a local secondary index, which orders items in another way', fix: 'use a global secondary index',
      });
    }
    this.add('localSecondaryIndexes', index, [index.sortKey]);
  }

  private add(prop: keyof typeof INDEXES_MOST, index: Index, keys: readonly (Attribute | undefined)[]): void {
    const count = this.counts[prop] + 1;
    if (count > INDEXES_MOST[prop]) {
      refuse(this.place, { code: 'SecureTable.IndexCount', prop, must: `must be at most ${INDEXES_MOST[prop]}`, got: count, fix: 'put what is asked for by several keys into one index' });
    }
    this.checkName(prop, index.indexName);
    this.checkProjection(`${prop}.${index.indexName}`, index);
    this.checkKeys(keys.map((key) => [`${prop}.${index.indexName}`, key]));
    this.names.push(index.indexName);
    this.counts[prop] = count;
  }

  private checkName(prop: string, name: string): void {
    if (!this.names.includes(name) && (Token.isUnresolved(name) || /^[\w.-]{3,255}$/.test(name))) return;
    refuse(this.place, {
      code: 'SecureTable.IndexName',
      prop: `${prop}.indexName`,
      must: 'must have 3 to 255 letters, digits, dots, hyphens and underscores, and be the name of one index',
      got: name,
      fix: "write it like 'byDate'",
    });
  }

  private checkProjection(prop: string, { nonKeyAttributes, projectionType }: Index): void {
    const includes = projectionType === ProjectionType.INCLUDE;
    if (includes ? nonKeyAttributes !== undefined && nonKeyAttributes.length > 0 : nonKeyAttributes === undefined) return;
    refuse(this.place, {
      code: 'SecureTable.Projection',
      prop: `${prop}.nonKeyAttributes`,
      must: 'must go with ProjectionType.INCLUDE, and it with them',
      got: nonKeyAttributes,
      fix: includes ? 'name the attributes, or choose ProjectionType.KEYS_ONLY' : 'leave them out, or choose ProjectionType.INCLUDE',
    });
  }

  /** Each key with the prop that gives it. */
  private checkKeys(given: readonly (readonly [prop: string, key: Attribute | undefined])[]): void {
    const keys = given.flatMap(([prop, key]) => (key === undefined ? [] : [{ prop, ...key }]));
    const names = keys.map(({ name }) => name);
    const again = keys.find(({ name }, index) => names.indexOf(name) < index);
    if (again !== undefined) {
      refuse(this.place, { code: 'SecureTable.Attribute', prop: again.prop, must: 'must name each attribute of a key once', got: names, fix: 'leave the sort key out' });
    }
    for (const { name, prop, type } of keys) {
      const other = this.types.get(name) ?? type;
      if (other === type && (Token.isUnresolved(name) || (name.length > 0 && name.length <= 255))) {
        this.types.set(name, type);
        continue;
      }
      refuse(this.place, {
        code: 'SecureTable.Attribute',
        prop,
        must: 'must consist of attributes with names of 1 to 255 characters, each of one type in the table and all indexes',
        got: other === type ? name : `${name}, ${type} here and ${other} before`,
        fix: 'correct the name or the type',
      });
    }
  }
}

/** Judges what the props say. Indexes that are added later are judged beside them. */
export function checkIndexes(place: Place, props: SecureTableProps): IndexChecks {
  const checks = new IndexChecks(place, props);
  for (const index of props.globalSecondaryIndexes ?? []) checks.addGlobal(index);
  for (const index of props.localSecondaryIndexes ?? []) checks.addLocal(index);
  return checks;
}
