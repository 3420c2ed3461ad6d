import { expressIn, pipeIn, queueIn, standardIn, streamIn, tableIn } from './pipe-support';
import { PipeEnrichment } from '../../src/integration/pipe-enrichment';
import { PipeSource } from '../../src/integration/pipe-source';
import { PipeTarget } from '../../src/integration/pipe-target';
import { SecureEventBus } from '../../src/messaging/secure-event-bus';
import { SecureTopic } from '../../src/messaging/secure-topic';
import { aFunction, AuditCase } from '../support/self-audit';

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
      source: PipeSource.tableStream(tableIn(stack), { filters: [{ eventName: ['INSERT'] }] }),
      target: PipeTarget.eventBus(new SecureEventBus(stack, 'Bus'), { source: 'shop.orders', detailType: 'OrderPlaced' }),
    });
  }],
  ['SecurePipe from a table to a topic', (stack) => {
    pipeIn(stack, { source: PipeSource.tableStream(tableIn(stack)), target: PipeTarget.topic(new SecureTopic(stack, 'Topic')) });
  }],
];
