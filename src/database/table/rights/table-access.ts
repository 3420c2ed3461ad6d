import { Stack, Token } from 'aws-cdk-lib';
import { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { TableReadOptions } from './table-access-options';
import { refuse } from '../../../core/configuration-error';
import { allow } from '../../../iam/exact-access';
import { KEY_READ_ACTIONS } from '../../../iam/iam-baseline';
import { allowInKeyPolicy, allowOnResource, needsResourcePolicy, PolicyHolder } from '../../../iam/resource-access';
import { OWN_RETURN_VALUES, STREAM_POLICY_ACTIONS, STREAM_READ_ACTIONS } from '../table-baseline';
import { TableShape } from '../table-shape';

const OWNER = 'SecureTable';

type Conditions = { [operator: string]: { [key: string]: unknown } };

/** What one verb gives. */
export interface ItemRight {
  /** On the table. */
  readonly actions: readonly string[];
  /** On the table, where the right is limited to some attributes: those actions that DynamoDB can limit so. */
  readonly attributeActions?: readonly string[];
  /** On the indexes that the options name. */
  readonly indexActions?: readonly string[];
  /** Whether limited attributes are those that are read, or those that are written. */
  readonly reads?: boolean;
  /** The only answers that a write may ask for. */
  readonly returnValues?: readonly string[];
}

/** The rights on one table, its replicas, its stream and their keys. */
export class TableAccess {
  constructor(
    private readonly table: TableV2,
    private readonly shape: TableShape,
    /** The keys of replicas, by region. */
    private readonly replicaKeys: ReadonlyMap<string, IKey | undefined>,
  ) {}

  /** Rights on items, with the use of the key that this takes. */
  public toItems(grantee: IGrantable, right: ItemRight, options: TableReadOptions = {}): Grant {
    const { regions = [this.table.env.region], indexes = [] } = options;
    this.checkRegions(regions);
    this.shape.checkIndexes(indexes);
    const conditions = this.conditions(right, options);
    const actions = options.attributes === undefined ? right.actions : right.attributeActions ?? right.actions;
    return regions.flatMap((region) => {
      const arn = this.arnIn(region);
      const grants = [this.inRegion(region, grantee, actions, [arn], conditions)];
      if (indexes.length > 0 && right.indexActions !== undefined) {
        grants.push(this.inRegion(region, grantee, right.indexActions, indexes.map((index) => `${arn}/index/${index}`), conditions));
      }
      return [...grants, ...this.toKey(grantee, region)];
    }).reduce((all, one) => all.combine(one));
  }

  /** Rights on the table and all of its indexes, without the key. */
  public toAll(grantee: IGrantable, actions: readonly string[]): Grant {
    const { tableArn } = this.table;
    return this.inRegion(this.table.env.region, grantee, actions, [tableArn, ...this.shape.indexNames.map((index) => `${tableArn}/index/${index}`)]);
  }

  /** Rights to read the stream, with the use of the key that this takes. */
  public toStream(grantee: IGrantable, actions: readonly string[] = STREAM_READ_ACTIONS): Grant {
    const stream = this.streamArn();
    const identity = allow(this.table, { grantee, actions, resources: [stream] });
    const inPolicy = actions.filter((action) => STREAM_POLICY_ACTIONS.includes(action));
    const grant = needsResourcePolicy(identity, this.table, grantee)
      ? allowOnResource(this.streamHolder(), OWNER, { grantee, actions: inPolicy, resources: [stream] })
      : identity;
    return this.toKey(grantee).reduce((all, one) => all.combine(one), grant);
  }

  /**
   * The right to decrypt with the key of the table, only through DynamoDB and only for this table, although other data has the same key.
   * Whoever reads or writes needs just this: DynamoDB decrypts the table's own key in the caller's name, and does all else in its own.
   *
   * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.howitworks.html
   */
  public toKey(grantee: IGrantable, region: string = this.table.env.region): Grant[] {
    const key = this.isOwn(region) ? this.table.encryptionKey : this.replicaKeys.get(region);
    if (key === undefined) return [];
    const { account } = Stack.of(this.table);
    const throughDynamoDb = { 'kms:ViaService': `dynamodb.${region}.amazonaws.com` };
    const tableName = 'kms:EncryptionContext:aws:dynamodb:tableName';
    const identity = allow(this.table, {
      grantee,
      actions: KEY_READ_ACTIONS,
      resources: [key.keyArn],
      conditions: {
        StringEquals: { ...throughDynamoDb, [tableName]: this.table.tableName, 'kms:EncryptionContext:aws:dynamodb:subscriberId': account },
      },
    });
    if (needsResourcePolicy(identity, this.table, grantee)) {
      const name = this.shape.givenName;
      allowInKeyPolicy(this.table, key, grantee.grantPrincipal, KEY_READ_ACTIONS, {
        StringEquals: { ...throughDynamoDb, ...(name === undefined ? {} : { [tableName]: name }) },
      });
    }
    return [identity];
  }

  private inRegion(region: string, grantee: IGrantable, actions: readonly string[], resources: readonly string[], conditions?: Conditions): Grant {
    if (this.isOwn(region)) return allowOnResource(this.table, OWNER, { grantee, actions, resources, conditions });
    const identity = allow(this.table, { grantee, actions, resources, conditions });
    if (!needsResourcePolicy(identity, this.table, grantee)) return identity;
    return refuse(this.table, {
      code: 'SecureTable.Region',
      prop: 'regions',
      must: 'must not name a replica for somebody of another account: the policies of replicas stay closed',
      got: region,
      fix: 'leave regions out, or let a role of this account be assumed',
    });
  }

  /**
   * | option      | condition                                                                                      |
   * |-------------|------------------------------------------------------------------------------------------------|
   * | leadingKeys | all keys of the request are among them, and there are some                                     |
   * | attributes  | all attributes of the request are among them, and there are some; a read must name its attributes, |
   * |             | a write must not ask for others in return                                                      |
   *
   * `ForAllValues` holds where a request has no such key at all, hence the second half of the first two.
   * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html
   */
  private conditions(right: ItemRight, { leadingKeys, attributes, indexes = [] }: TableReadOptions): Conditions | undefined {
    const all: { [key: string]: string[] } = {};
    if (leadingKeys !== undefined) all['dynamodb:LeadingKeys'] = this.shape.checkLeadingKeys(leadingKeys);
    if (attributes !== undefined) all['dynamodb:Attributes'] = this.shape.withKeys(attributes, indexes);
    const returnValues = right.returnValues ?? (attributes !== undefined && right.reads !== true ? OWN_RETURN_VALUES : undefined);
    const conditions: Conditions = {
      ...Object.keys(all).length > 0 && {
        'ForAllValues:StringEquals': all,
        'Null': Object.fromEntries(Object.keys(all).map((key) => [key, 'false'])),
      },
      ...attributes !== undefined && right.reads === true && { StringEquals: { 'dynamodb:Select': 'SPECIFIC_ATTRIBUTES' } },
      ...returnValues !== undefined && { StringEqualsIfExists: { 'dynamodb:ReturnValues': returnValues.length === 1 ? returnValues[0] : returnValues } },
    };
    return Object.keys(conditions).length > 0 ? conditions : undefined;
  }

  private isOwn(region: string): boolean {
    return region === this.table.env.region;
  }

  private arnIn(region: string): string {
    return this.isOwn(region) ? this.table.tableArn
      : Stack.of(this.table).formatArn({ service: 'dynamodb', region, resource: 'table', resourceName: this.table.tableName });
  }

  private checkRegions(regions: readonly string[]): void {
    const wrong = regions.find((region) => !this.isOwn(region) && !this.replicaKeys.has(region));
    if (regions.length > 0 && wrong === undefined) return;
    refuse(this.table, {
      code: 'SecureTable.Region',
      prop: 'regions',
      must: 'must name the region of the stack or regions of replicas',
      got: wrong ?? regions,
      fix: Token.isUnresolved(this.table.env.region) ? 'leave it out: in a stack without a region there are no replicas' : 'add a replica there, or leave it out',
    });
  }

  private streamArn(): string {
    return this.shape.hasStream ? this.table.tableStreamArn! : refuse(this.table, {
      code: 'SecureTable.Stream', prop: 'stream', must: 'must be set before somebody can read the stream', fix: 'choose what it shows, like StreamViewType.NEW_IMAGE',
    });
  }

  /** The stream as something with a policy of its own. */
  private streamHolder(): PolicyHolder {
    const { node, env } = this.table;
    const addToResourcePolicy = this.table.addToStreamResourcePolicy.bind(this.table);
    return { node, env, addToResourcePolicy } as unknown as PolicyHolder;
  }
}
