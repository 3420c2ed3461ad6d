import type { EventBridgeEvent } from 'aws-lambda';

export type FindingEvent = EventBridgeEvent<string, unknown>;

/** An event of the bus, or a step of the state machine that asks for approval. */
export type Input =
  | FindingEvent
  | { readonly action: 'plan'; readonly event: FindingEvent }
  | { readonly action: 'ask'; readonly ids: string[]; readonly token: string; readonly execution: string }
  | { readonly action: 'execute' | 'dismiss'; readonly ids: string[]; readonly by: string };
