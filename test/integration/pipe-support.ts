import { Stack } from 'aws-cdk-lib';
import { AttributeType, ITable, StreamViewType, TableEncryptionV2, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { IStream, Stream } from 'aws-cdk-lib/aws-kinesis';
import { DefinitionBody, Pass, StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import { dataKeyFor } from '../../src/core/keys/stack-data-key';
import { SecurePipe } from '../../src/integration/pipe/secure-pipe';
import { SecurePipeProps } from '../../src/integration/pipe/secure-pipe-props';
import { SecureQueue } from '../../src/messaging/queue/secure-queue';
import { SecureStateMachine } from '../../src/workflow/secure-state-machine';

/** A table with a stream and a backup, as an app would have it before this library. */
export function tableIn(stack: Stack): ITable {
  return new TableV2(stack, 'Table', {
    partitionKey: { name: 'id', type: AttributeType.STRING },
    dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES,
    encryption: TableEncryptionV2.awsManagedKey(),
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    deletionProtection: true,
  });
}

/** A data stream that another app made, encrypted with the key of the stack if it has one. */
export function streamIn(stack: Stack): IStream {
  const streamArn = stack.formatArn({ service: 'kinesis', resource: 'stream', resourceName: 'clicks' });
  return Stream.fromStreamAttributes(stack, 'Stream', { streamArn, encryptionKey: dataKeyFor(stack) });
}

export function expressIn(stack: Stack, id = 'Express'): SecureStateMachine {
  return new SecureStateMachine(stack, id, {
    definitionBody: DefinitionBody.fromChainable(new Pass(stack, `${id}Done`)), stateMachineType: StateMachineType.EXPRESS,
  });
}

export function standardIn(stack: Stack): SecureStateMachine {
  return new SecureStateMachine(stack, 'Standard', { definitionBody: DefinitionBody.fromChainable(new Pass(stack, 'Done')) });
}

export function queueIn(stack: Stack, id = 'Queue'): SecureQueue {
  return stack.node.tryFindChild(id) as SecureQueue | undefined ?? new SecureQueue(stack, id);
}

export function pipeIn(stack: Stack, props: SecurePipeProps): SecurePipe {
  return new SecurePipe(stack, 'Pipe', props);
}
