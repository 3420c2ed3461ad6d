import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { AlarmBase } from 'aws-cdk-lib/aws-cloudwatch';
import {
  GlobalSecondaryIndexPropsV2, LocalSecondaryIndexProps, ReplicaTableProps, TableGrants, TableV2,
} from 'aws-cdk-lib/aws-dynamodb';
import { AddToResourcePolicyResult, Grant, GrantOnKeyResult, IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { checkIndexes, IndexChecks } from './index-checks';
import { ExactTableGrants } from './rights/exact-table-grants';
import { TableAccess } from './rights/table-access';
import { TableAccessOptions, TableListOptions, TableReadOptions, TableWriteOptions } from './rights/table-access-options';
import { TablePolicies } from './rights/table-policies';
import { ClosedPolicy } from './rights/table-policy';
import { SecureTableProps } from './secure-table-props';
import { TableAlarms, watchIndex, watchReplica, watchTable } from './table-alarms';
import {
  APPEND_ACTIONS, DELETE_ACTIONS, L2_WRITE_ACTIONS, LIST_ACTIONS, QUERY_ACTIONS, READ_ACTIONS, READ_ATTRIBUTE_ACTIONS, WRITE_ACTIONS,
  WRITE_ATTRIBUTE_ACTIONS,
} from './table-baseline';
import { checkIndexLimits, checkNoLeadingKeys, checkTable } from './table-checks';
import { checkAtEnd } from './table-final-checks';
import { finishReplicas } from './table-replicas';
import { bounded, decide, secureProps, TableSettings } from './table-settings';
import { TableShape } from './table-shape';
import { recordWaivers } from './table-waivers';
import { classify } from '../../classification/classify';
import { checkRemovalPolicy } from '../../core/checks';
import { placeOf, refuse } from '../../core/configuration-error';
import { recordProps } from '../../core/exceptions/overrides';
import { dataKeyFor } from '../../core/keys/stack-data-key';
import { SecurityProfile } from '../../core/profile/security-profile';
import { backUp } from '../stack-backup';

/**
 * A DynamoDB table that only its account can reach, encrypted with a customer-managed key, with bounded cost, restorable to any second of
 * the last 35 days, protected against deletion, and kept when its stack goes. DynamoDB speaks TLS only.
 *
 * ```ts
 * const orders = new SecureTable(this, 'Orders', {
 *   partitionKey: { name: 'tenant', type: dynamodb.AttributeType.STRING },
 *   sortKey: { name: 'order', type: dynamodb.AttributeType.STRING },
 * });
 * orders.allowWrite(placeOrder);
 * ```
 *
 * Idle it costs nothing but a share of the stack's data key (about 1 USD a month for the stack) and 0.10 USD for each of its three alarms
 * and of the two that each global secondary index has. With data come 0.25 USD for each GB, and 0.20 for its recovery.
 *
 * Each verb gives exact actions. `BatchWriteItem` is in none of them, because it deletes as well as puts: write up to 100 items with
 * `TransactWriteItems`, which asks for the right to each single one. PartiQL statements are in none of them either.
 *
 * A role of another account is let in by its ARN (`Role.fromRoleArn(this, …)`, `new ArnPrincipal(…)`): the verbs then add it to the
 * policies of table and key, and its own account has to give it the same rights.
 */
export class SecureTable extends TableV2 {
  /** The key of the table; none where the profile settles for a key of DynamoDB. */
  public readonly encryptionKey?: IKey;
  /** CDK's grants, with the exact actions of this class behind them. */
  public readonly grants: TableGrants;
  /** The alarms of the table, those of its global secondary indexes, and those of its replicas. */
  public readonly alarms: AlarmBase[];
  private readonly settings: TableSettings;
  private readonly alarmSettings: TableAlarms | undefined;
  private readonly shape: TableShape;
  private readonly indexes: IndexChecks;
  private readonly access: TableAccess;
  private readonly policies: TablePolicies;

  /**
   * @throws ConfigurationError [SecureTable.Reason] when a control is weakened with a reason that nobody can judge
   * @throws ConfigurationError [SecureTable.Recovery], [.Throughput], [.TableName], [.TimeToLive] or [.EncryptionKey] when the table shall be restorable for
   * less than 1 or more than 35 days, a limit bounds nothing, DynamoDB does not take the name, or the key lies in another region
   * @throws ConfigurationError [SecureTable.ReplicaRegion] or [.ReplicaKey] when region or key of a replica is missing, double or that of the stack
   * @throws ConfigurationError [SecureTable.Stream] when the stream does not show what replicas need
   * @throws ConfigurationError [SecureTable.IndexName], [.IndexCount], [.IndexCapacity], [.Projection], [.LocalIndex] or [.Attribute] for a wrong index or key
   * @throws ConfigurationError [DataClassification.*] or [LogMasking.*] when the classification would mask less than it says
   */
  constructor(scope: Construct, id: string, props: SecureTableProps) {
    const stack = Stack.of(scope);
    const settings = decide(props, SecurityProfile.of(scope).controls);
    checkTable(placeOf(scope, id), stack, props, settings);
    const key = dataKeyFor(scope, props.encryptionKey, placeOf(scope, id));
    const policy = new ClosedPolicy(stack.account);
    super(scope, id, secureProps(stack, props, settings, key, policy));
    recordProps(this, 'SecureTable', props);
    this.settings = settings;
    this.alarmSettings = props.alarms;
    this.encryptionKey = key;
    this.grants = new ExactTableGrants(this);
    this.shape = new TableShape(this, props);
    this.indexes = checkIndexes(this, props);
    this.access = new TableAccess(this, this.shape, new Map((props.replicas ?? []).map((replica) => [replica.region, replica.encryptionKey])));
    this.policies = new TablePolicies(this, this.shape, policy);
    finishReplicas(this, key, props.replicas ?? []);
    if (settings.backedUp) backUp(this);
    classify(this, props.dataClassification);
    recordWaivers(this, props);
    checkAtEnd(this, settings.keepsData, policy.document);
    this.alarms = [
      ...watchTable(this, props.alarms),
      ...(props.globalSecondaryIndexes ?? []).flatMap(({ indexName }) => watchIndex(this, indexName, props.alarms)),
      ...(props.replicas ?? []).flatMap(({ region }) => watchReplica(this, region, props.alarms)),
    ];
  }

  /**
   * Lets somebody read items whose partition it knows, one by one or by a query, and check conditions on them. No scan.
   * @throws ConfigurationError [SecureTable.LeadingKeys], [.Attributes], [.Index] or [.Region] when an option names nothing, or what there is not
   * @throws ConfigurationError [SecureTable.ServicePrincipal] when the grantee is a service
   */
  public allowRead(grantee: IGrantable, options: TableReadOptions = {}): Grant {
    return this.access.toItems(grantee, {
      actions: READ_ACTIONS, attributeActions: READ_ATTRIBUTE_ACTIONS, indexActions: QUERY_ACTIONS, reads: true,
    }, options);
  }

  /**
   * Lets somebody create, replace and change items. Not delete them. A writer sees what it overwrites if it asks for it (`ReturnValues`);
   * not so if the right is limited to some attributes. Any writer sees an item that fails its condition, if it asks for that
   * (`ReturnValuesOnConditionCheckFailure`): IAM has no condition on it.
   * @throws ConfigurationError [SecureTable.LeadingKeys], [.Attributes] or [.Region] when an option names nothing, or what there is not
   * @throws ConfigurationError [SecureTable.ServicePrincipal] when the grantee is a service
   */
  public allowWrite(grantee: IGrantable, options: TableWriteOptions = {}): Grant {
    return this.access.toItems(grantee, { actions: WRITE_ACTIONS, attributeActions: WRITE_ATTRIBUTE_ACTIONS }, options);
  }

  /**
   * Lets somebody put items, and not ask for what they replace (`ReturnValues`). IAM has no condition that makes DynamoDB refuse to replace an
   * item: the code must send `ConditionExpression: 'attribute_not_exists(…)'` with the partition key, and point-in-time recovery has what
   * was replaced without it. Nor has it one on `ReturnValuesOnConditionCheckFailure`, by which code that is taken over can read an item whose
   * key it knows: what must not be read there belongs behind a queue, or encrypted by the sender.
   * @throws ConfigurationError [SecureTable.LeadingKeys] or [SecureTable.Region] when an option names nothing, or what there is not
   * @throws ConfigurationError [SecureTable.ServicePrincipal] when the grantee is a service
   */
  public allowAppend(grantee: IGrantable, options: TableAccessOptions = {}): Grant {
    return this.access.toItems(grantee, { actions: APPEND_ACTIONS, returnValues: ['NONE'] }, options);
  }

  /**
   * Lets somebody delete items one by one. It sees the item that it deletes if it asks for it (`ReturnValues`).
   * @throws ConfigurationError [SecureTable.LeadingKeys] or [SecureTable.Region] when an option names nothing, or what there is not
   * @throws ConfigurationError [SecureTable.ServicePrincipal] when the grantee is a service
   */
  public allowDelete(grantee: IGrantable, options: TableAccessOptions = {}): Grant {
    return this.access.toItems(grantee, { actions: DELETE_ACTIONS }, options);
  }

  /**
   * Lets somebody go through all items (`Scan`), of all partitions. Prefer `allowRead` with an index for what is asked for regularly.
   * @throws ConfigurationError [SecureTable.LeadingKeys] when the options of another verb bring leading keys along
   * @throws ConfigurationError [SecureTable.Attributes], [.Index] or [.Region] when an option names nothing, or what there is not
   * @throws ConfigurationError [SecureTable.ServicePrincipal] when the grantee is a service
   */
  public allowList(grantee: IGrantable, options: TableListOptions = {}): Grant {
    checkNoLeadingKeys(this, options);
    return this.access.toItems(grantee, { actions: LIST_ACTIONS, indexActions: LIST_ACTIONS, reads: true }, options);
  }

  /**
   * Lets somebody read the stream of changes, which shows data of all items. It can list this stream, but not those of other tables.
   * @throws ConfigurationError [SecureTable.Stream] when the table has no stream
   * @throws ConfigurationError [SecureTable.ServicePrincipal] when the grantee is a service
   */
  public allowReadStream(grantee: IGrantable): Grant {
    return this.access.toStream(grantee);
  }

  /**
   * Gives any actions on the table and its indexes, without the key.
   * @throws ConfigurationError [ExactAccess.Wildcard] when an action is not a complete name
   */
  public grant(grantee: IGrantable, ...actions: string[]): Grant {
    return this.access.toAll(grantee, actions);
  }

  /**
   * Gives any actions on the stream, and decryption.
   * @throws ConfigurationError [ExactAccess.Wildcard] when an action is not a complete name
   */
  public grantStream(grantee: IGrantable, ...actions: string[]): Grant {
    return this.access.toStream(grantee, actions);
  }

  /** As `allowReadStream`. */
  public grantStreamRead(grantee: IGrantable): Grant {
    return this.allowReadStream(grantee);
  }

  /** Lets somebody list the stream of this table; CDK would let it list those of all tables. */
  public grantTableListStreams(grantee: IGrantable): Grant {
    return this.access.toStream(grantee, ['dynamodb:ListStreams']);
  }

  /** What CDK means by reading, in exact actions: the table and its indexes, scans included. `allowRead` gives less. */
  public grantReadData(grantee: IGrantable): Grant {
    const indexes = this.shape.indexNames;
    return this.allowRead(grantee, { indexes }).combine(this.allowList(grantee, { indexes }));
  }

  /** What CDK means by writing, in exact actions: deletion included, one by one and in batches. `allowWrite` gives less. */
  public grantWriteData(grantee: IGrantable): Grant {
    return this.access.toItems(grantee, { actions: L2_WRITE_ACTIONS });
  }

  /** What CDK means by reading and writing, in exact actions. */
  public grantReadWriteData(grantee: IGrantable): Grant {
    return this.grantReadData(grantee).combine(this.grantWriteData(grantee));
  }

  /**
   * Always refuses: full access lets somebody delete the table, its backups and its policy.
   * @throws ConfigurationError [SecureTable.FullAccess]
   */
  public grantFullAccess(_grantee: IGrantable): Grant {
    return refuse(this, {
      code: 'SecureTable.FullAccess',
      prop: 'grantFullAccess',
      must: 'must not be called: it would let somebody delete the table and open its policy',
      fix: 'call allowRead(), allowWrite() and their like for what is needed',
    });
  }

  /** Lets somebody decrypt with the table's key through DynamoDB for this table: what reading and writing take, whatever actions are asked for. */
  public grantOnKey(grantee: IGrantable, ..._actions: string[]): GrantOnKeyResult {
    return { grant: this.access.toKey(grantee)[0] };
  }

  /**
   * Adds a statement to the policy of the table, and lets the accounts that it allows pass the guard. The table and its indexes may be named
   * by their ARNs.
   * @throws ConfigurationError [SecureTable.Statement] when a part is missing, [SecureTable.PublicStatement] when it lets in everybody
   * @throws ConfigurationError [SecureTable.ServiceStatement] when it lets in a service for whomever it acts
   * @throws ConfigurationError [SecureTable.PolicyResource] when the policy cannot tell table and indexes apart
   */
  public addToResourcePolicy(statement: PolicyStatement): AddToResourcePolicyResult {
    return super.addToResourcePolicy(this.policies.forTable(statement));
  }

  /**
   * Adds a statement to the policy of the stream, which gets one with the first: a guard like that of the table.
   * @throws ConfigurationError [SecureTable.Statement] when a part is missing, [SecureTable.PublicStatement] when it lets in everybody
   * @throws ConfigurationError [SecureTable.ServiceStatement] when it lets in a service for whomever it acts
   */
  public addToStreamResourcePolicy(statement: PolicyStatement): AddToResourcePolicyResult {
    return super.addToStreamResourcePolicy(this.policies.forStream(statement));
  }

  /**
   * Adds an index, with the limits of the table unless it names its own, and with alarms.
   * @throws ConfigurationError [SecureTable.Throughput] when a limit bounds nothing
   * @throws ConfigurationError [SecureTable.PolicyResource] when the policy would open it to another account, unasked
   */
  public addGlobalSecondaryIndex(index: GlobalSecondaryIndexPropsV2): void {
    if (!this.isMade) return super.addGlobalSecondaryIndex(index);
    checkIndexLimits(this, index);
    this.policies.checkNewIndex(index.indexName);
    this.indexes.addGlobal(index);
    super.addGlobalSecondaryIndex(bounded(index, this.settings.billing._limits));
    this.shape.addGlobalIndex(index);
    this.alarms.push(...watchIndex(this, index.indexName, this.alarmSettings));
  }

  /**
   * Adds an index. It can only be made together with the table.
   * @throws ConfigurationError [SecureTable.PolicyResource] when the policy would open it to another account, unasked
   */
  public addLocalSecondaryIndex(index: LocalSecondaryIndexProps): void {
    if (!this.isMade) return super.addLocalSecondaryIndex(index);
    this.policies.checkNewIndex(index.indexName);
    this.indexes.addLocal(index);
    super.addLocalSecondaryIndex(index);
    this.shape.addLocalIndex(index);
  }

  /**
   * Always refuses: what a replica must have is known when the table is made.
   * @throws ConfigurationError [SecureTable.Replica]
   */
  public addReplica(replica: ReplicaTableProps): void {
    if (!this.isMade) return super.addReplica(replica);
    refuse(this, { code: 'SecureTable.Replica', prop: 'addReplica', must: 'must not be called: replicas have the protection of the table', fix: 'pass it in replicas' });
  }

  /**
   * Sets what happens when the table leaves its stack.
   * @throws ConfigurationError [SecureTable.Removal] when a table that was to be kept shall be deleted, or asked for a snapshot
   */
  public applyRemovalPolicy(policy: RemovalPolicy): void {
    checkRemovalPolicy(this, policy, this.settings.keepsData, { code: 'SecureTable.Removal', what: 'a table that keeps its data', fix: 'pass removal: TableRemoval.destroy(reason)' });
    super.applyRemovalPolicy(policy);
  }

  /** False while CDK's constructor runs, which calls the methods above. */
  private get isMade(): boolean {
    return this.policies !== undefined;
  }
}
