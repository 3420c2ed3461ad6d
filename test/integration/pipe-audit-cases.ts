import { Stack } from 'aws-cdk-lib';
import { AttributeType, StreamViewType } from 'aws-cdk-lib/aws-dynamodb';
import { expressIn, pipeIn, queueIn, standardIn, streamIn } from './pipe-support';
import { SecureTable } from '../../src/database/table/secure-table';
import { PipeEnrichment } from '../../src/integration/pipe/pipe-enrichment';
import { PipeSource } from '../../src/integration/pipe/pipe-source';
import { PipeTarget } from '../../src/integration/pipe/pipe-target';
import { SecureEventBus } from '../../src/messaging/event-bus/secure-event-bus';
import { SecureTopic } from '../../src/messaging/topic/secure-topic';
import { aFunction, AuditCase } from '../support/self-audit';

function tableOf(stack: Stack): SecureTable {
  return new SecureTable(stack, 'Table', {
    partitionKey: { name: 'id', type: AttributeType.STRING }, stream: StreamViewType.NEW_AND_OLD_IMAGES,
  });
}

export const PIPE_CASES: readonly AuditCase[] = [
  ['SecurePipe from a queue to a function', (stack) => {
    pipeIn(stack, { source: PipeSource.queue(queueIn(stack)), target: PipeTarget.function(aFunction(stack)) });
  }],
  ['SecurePipe from a queue through a function to a state machine', (stack) => {
    pipeIn(stack, {
      source: PipeSource.queue(queueIn(stack)),
      enrichment: PipeEnrichment.function(aFunction(stack)),
      target: PipeTarget.stateMachine(standardIn(stack)),
    });
  }],
  ['SecurePipe from a queue through an express machine to another', (stack) => {
    pipeIn(stack, {
      source: PipeSource.queue(queueIn(stack)),
      enrichment: PipeEnrichment.expressStateMachine(expressIn(stack, 'Enrich')),
      target: PipeTarget.expressStateMachine(expressIn(stack)),
    });
  }],
  ['SecurePipe from a stream to a queue', (stack) => {
    pipeIn(stack, { source: PipeSource.stream(streamIn(stack)), target: PipeTarget.queue(queueIn(stack)) });
  }],
  ['SecurePipe from a table to a bus', (stack) => {
    pipeIn(stack, {
      source: PipeSource.tableStream(tableOf(stack), { filters: [{ eventName: ['INSERT'] }] }),
      target: PipeTarget.eventBus(new SecureEventBus(stack, 'Bus'), { source: 'shop.orders', detailType: 'OrderPlaced' }),
    });
  }],
  ['SecurePipe from a table to a topic', (stack) => {
    pipeIn(stack, { source: PipeSource.tableStream(tableOf(stack)), target: PipeTarget.topic(new SecureTopic(stack, 'Topic')) });
  }],
];
