import { Lazy, Stack, Token } from 'aws-cdk-lib';
import { CfnGlobalTable, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { TableReplica } from './table-replica';

type Replica = CfnGlobalTable.ReplicaSpecificationProperty;

/**
 * Sets on the L1 what CDK's table does not let anybody choose. The table itself is one of the replicas, that of the stack's region.
 *
 * | replica    | what                                                                                                            |
 * |------------|-----------------------------------------------------------------------------------------------------------------|
 * | the table  | its key, in a stack whose region is not known: there CDK refuses to say which replica is the one of the stack   |
 * | all others | no policy, unless one is asked for: without a feature flag CDK gives them that of the table                     |
 */
export function finishReplicas(table: TableV2, key: IKey | undefined, replicas: readonly TableReplica[]): void {
  const { region } = Stack.of(table);
  const lacksKey = key !== undefined && Token.isUnresolved(region);
  if (!lacksKey && replicas.length === 0) return;
  const others = new Set(replicas.filter(({ closedPolicy }) => closedPolicy !== true).map((replica) => replica.region));
  const finish = (replica: Replica): Replica => {
    if (lacksKey) return { ...replica, sseSpecification: { kmsMasterKeyId: key.keyArn } };
    return others.has(replica.region) ? { ...replica, resourcePolicy: undefined } : replica;
  };
  const resource = table.node.defaultChild as CfnGlobalTable;
  const rendered = resource.replicas;
  resource.replicas = Lazy.uncachedAny({ produce: (context) => (context.resolve(rendered) as Replica[]).map(finish) });
}
