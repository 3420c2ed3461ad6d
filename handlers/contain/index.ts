import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import type { Context } from 'aws-lambda';
import { ask } from './ask';
import { FindingEvent, Input } from './input';
import { contained, dismissed, respond, Responder } from './respond';
import { FINDING_DETAIL_TYPE, FINDING_SOURCE, isFinding, readFinding } from '../common/finding';
import { log } from '../common/log';
import { setting } from '../common/settings';
import { awsAnnouncer } from '../containment/announcer';
import { dynamoActionLog } from '../containment/dynamo-action-log';
import { readSettings } from '../containment/settings';
import { awsFacts } from '../containment/steps/aws-facts';
import { awsClients, awsPorts } from '../containment/steps/aws-ports';

const settings = readSettings();
const clients = awsClients();
const sns = new SNSClient();
const actionLog = dynamoActionLog(setting('ACTION_LOG'));
const announcer = awsAnnouncer(setting('BUS'), settings.name);

export async function handler(input: Input, { awsRequestId, invokedFunctionArn }: Pick<Context, 'awsRequestId' | 'invokedFunctionArn'>) {
  const responder: Responder = {
    settings: { ...settings, self: [...settings.self, invokedFunctionArn] },
    log: actionLog,
    facts: awsFacts(clients, settings),
    ports: awsPorts(clients),
    announcer,
    clock: Date.now,
    owner: awsRequestId, // Lambda keeps it when it tries again
  };
  if (!('action' in input)) return { ids: await respondToEvent(input, responder) };
  switch (input.action) {
    case 'plan': return { ids: await respondToEvent(input.event, responder) };
    case 'execute': return contained(input.ids, input.by, responder);
    case 'dismiss': return dismissed(input.ids, input.by, responder);
    case 'ask': return ask(input.execution, input.token, input.ids, {
      log: actionLog,
      clock: Date.now,
      approvalMinutes: settings.approvalMinutes,
      answerFunction: setting('ANSWER_FUNCTION'),
      notify: async (Subject, Message) => { await sns.send(new PublishCommand({ TopicArn: setting('TOPIC'), Subject, Message })); },
    });
  }
}

/** What is no finding is dropped: it would be none the next time either. */
async function respondToEvent(event: FindingEvent, responder: Responder): Promise<string[]> {
  const { source, 'detail-type': type, account, detail } = event;
  if (source !== FINDING_SOURCE || type !== FINDING_DETAIL_TYPE || account !== settings.account || !isFinding(detail)) {
    log('ERROR', 'an event is no finding of this account, and is dropped', { event: event.id });
    return [];
  }
  return respond(readFinding(detail), responder);
}
