import { Reference, Tokenization } from 'aws-cdk-lib';
import { CfnGlobalTable, CfnTable, ITable } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CfnTopic, ITopic } from 'aws-cdk-lib/aws-sns';
import { CfnStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { IConstruct } from 'constructs';
import { throughService } from '../../iam/exact-access';
import { KEY_READ_ACTIONS, KEY_WRITE_ACTIONS } from '../../iam/iam-baseline';

/**
 * The keys that a task needs and does not ask for, where its resource is encrypted with one and made in this app:
 *
 * | task                          | needs                                                        |
 * |-------------------------------|--------------------------------------------------------------|
 * | publishes to a topic          | to encrypt through SNS for this topic                        |
 * | reads or writes a table       | to decrypt the key of this table through DynamoDB            |
 * | waits for another machine     | to decrypt what that gave                                    |
 *
 * Tasks that send to a queue ask for its key themselves.
 */
export function keyStatements(role: IConstruct, statement: PolicyStatement, startedMachines: readonly string[]): PolicyStatement[] {
  const does = (prefix: string) => statement.actions.some((action) => action.startsWith(prefix));
  return [
    ...does('sns:Publish') ? targetsOf(statement.resources).flatMap((target) => forTopic(role, target)) : [],
    ...does('dynamodb:') ? targetsOf(statement.resources).flatMap((target) => forTable(role, target)) : [],
    ...does('states:DescribeExecution') ? startedMachines.flatMap(forMachine) : [],
  ];
}

function forTopic(role: IConstruct, target: IConstruct): PolicyStatement[] {
  const { masterKey, topicArn } = target.node.scope as Partial<ITopic> & IConstruct;
  return !CfnTopic.isCfnTopic(target) || masterKey === undefined ? [] : [new PolicyStatement({
    actions: KEY_WRITE_ACTIONS,
    resources: [masterKey.keyArn],
    conditions: { StringEquals: { ...throughService(role, 'sns'), 'kms:EncryptionContext:aws:sns:topicArn': topicArn } },
  })];
}

/** @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.howitworks.html */
function forTable(role: IConstruct, target: IConstruct): PolicyStatement[] {
  const { encryptionKey, tableName } = target.node.scope as Partial<ITable> & IConstruct;
  return !(CfnTable.isCfnTable(target) || CfnGlobalTable.isCfnGlobalTable(target)) || encryptionKey === undefined ? [] : [new PolicyStatement({
    actions: KEY_READ_ACTIONS,
    resources: [encryptionKey.keyArn],
    conditions: { StringEquals: { ...throughService(role, 'dynamodb'), 'kms:EncryptionContext:aws:dynamodb:tableName': tableName } },
  })];
}

/**
 * Step Functions shows the output of an encrypted machine to nobody without.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/encryption-at-rest.html#using-api-with-encryption-required-permissions
 */
function forMachine(machineArn: string): PolicyStatement[] {
  return targetsOf([machineArn]).flatMap((machine) => {
    if (!CfnStateMachine.isCfnStateMachine(machine)) return [];
    const { kmsKeyId } = (machine.encryptionConfiguration ?? {}) as Partial<CfnStateMachine.EncryptionConfigurationProperty>;
    return kmsKeyId === undefined ? [] : [new PolicyStatement({
      actions: KEY_READ_ACTIONS,
      resources: [kmsKeyId],
      conditions: { StringEquals: { 'kms:EncryptionContext:aws:states:stateMachineArn': machineArn } },
    })];
  });
}

/** The resources of this app that ARNs refer to. */
export function targetsOf(arns: readonly string[]): IConstruct[] {
  return [...new Set(arns.flatMap((arn) => Tokenization.reverseString(arn).tokens.filter(Reference.isReference).map(({ target }) => target)))];
}
