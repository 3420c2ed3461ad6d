import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { Containment } from './containment';
import { Announcement, Announced, Announcer } from './ports';
import { log } from '../common/log';

/** The events of what was done. The constructs write the same into rights: src/containment/containment-baseline.ts. */
export const ACTION_SOURCE = 'cdk-secure-serverless.containment';
export const ACTION_DETAIL_TYPE = 'Containment Action';
export const METRIC_NAMESPACE = 'SecureServerless/Containment';

/** What is counted for the alarms. */
const METRICS: { readonly [action in Announced]: string } = {
  'contained': 'Contained',
  'would-contain': 'WouldContain',
  'incomplete': 'Incomplete',
  'joined': 'Joined',
  'limited': 'Limited',
  'refused': 'Refused',
  'awaiting-approval': 'AwaitingApproval',
  'not-approved': 'NotApproved',
  'undone': 'Undone',
  'undo-incomplete': 'UndoIncomplete',
};

/** Steps that somebody else changed in between, and that undoing left as they are. */
const CONFLICTS = 'UndoConflicts';

/** Tells it to the log, to the metrics and to the bus, in this order: the log must have it even where the bus fails. */
export function awsAnnouncer(busName: string, containmentName: string, client = new EventBridgeClient()): Announcer {
  return {
    announce: async (announcement) => {
      const detail = detailOf(announcement, containmentName);
      log(announcement.action === 'incomplete' || announcement.action === 'undo-incomplete' ? 'ERROR' : 'WARN', 'containment', {
        action: announcement.action,
        containment: detail.containment,
        target: detail.target === undefined ? undefined : `${detail.target.kind} ${detail.target.id}`,
        finding: detail.finding,
        reason: detail.reason,
        steps: detail.steps.map(({ kind, state, error }) => `${kind} ${state}${error === undefined ? '' : ` ${error}`}`),
      });
      count(announcement, containmentName);
      const { FailedEntryCount: failed = 0 } = await client.send(new PutEventsCommand({
        Entries: [{ EventBusName: busName, Source: ACTION_SOURCE, DetailType: ACTION_DETAIL_TYPE, Detail: JSON.stringify(detail) }],
      }));
      if (failed > 0) throw new Error('the bus did not take the event');
    },
  };
}

/** What is told: names, ids and outcomes, no policies and no texts of the finding. */
export function detailOf({ action, containment, reason, ...named }: Announcement, name: string) {
  const { target = containment?.target, findingId = containment?.cause.id } = named;
  return {
    version: '1',
    name,
    action,
    containment: containment?.id,
    target: target === undefined ? undefined : { kind: target.kind, id: target.kind === 'access-key' ? `…${target.id.slice(-4)}` : target.id },
    finding: findingId,
    findingType: containment?.cause.type,
    severity: containment?.cause.severity,
    provider: containment?.cause.provider,
    expiresAt: containment === undefined ? undefined : new Date(containment.expiresAt).toISOString(),
    by: containment?.by,
    reason,
    steps: (containment?.steps ?? []).map(({ kind, state, error }) => ({ kind, state, error })),
  };
}

/** A line in the embedded metric format: CloudWatch Logs makes metrics of it, and the function needs no right for that. */
function count({ action, containment }: Announcement, name: string): void {
  const values = { [METRICS[action]]: 1, ...action.startsWith('undo') ? { [CONFLICTS]: conflicts(containment) } : {} };
  process.stdout.write(`${JSON.stringify({
    ...values,
    Containment: name,
    _aws: {
      Timestamp: Date.now(),
      CloudWatchMetrics: [{
        Namespace: METRIC_NAMESPACE, Dimensions: [['Containment']], Metrics: Object.keys(values).map((Name) => ({ Name, Unit: 'Count' })),
      }],
    },
  })}\n`);
}

function conflicts(containment: Containment | undefined): number {
  return containment?.steps.filter(({ state }) => state === 'kept').length ?? 0;
}
