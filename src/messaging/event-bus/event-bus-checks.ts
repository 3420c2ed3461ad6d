import { Duration, Token } from 'aws-cdk-lib';
import { BaseArchiveProps } from 'aws-cdk-lib/aws-events';
import { ARCHIVE_DAYS, ARCHIVE_TEXT, BUS_DESCRIPTION_MOST } from './event-bus-baseline';
import { checkPatternValues } from './event-pattern-check';
import { EventBusArchive, SecureEventBusProps } from './secure-event-bus-props';
import { checkDuration, checkLength, checkReason } from '../../core/checks';
import { Place, refuse } from '../../core/configuration-error';

/** Judges all props before anything is made. */
export function checkBus(place: Place, { logging, archive, deadLetterQueue, eventBusName, description }: SecureEventBusProps): void {
  checkName(place, eventBusName);
  checkLength(place, description, 0, BUS_DESCRIPTION_MOST, { code: 'SecureEventBus.Description', prop: 'description', fix: 'say it in fewer words' });
  if (logging?._offReason !== undefined) {
    checkReason(place, logging._offReason, { code: 'SecureEventBus.Reason', prop: 'logging', fix: 'say why this bus may do without' });
  }
  checkArchive(place, 'archive.', archive ?? {});
  if (deadLetterQueue?.fifo === true) {
    refuse(place, {
      code: 'SecureEventBus.DeadLetterQueue',
      prop: 'deadLetterQueue',
      must: 'must be a standard queue: EventBridge does not send to FIFO queues',
      got: deadLetterQueue.node.path,
      fix: 'leave it out to use that of the stack',
    });
  }
}

/** How long an archive may keep which events. */
export function checkArchive(place: Place, of: string, { retention, pattern }: Partial<EventBusArchive>): void {
  checkDuration(place, retention, Duration.days(ARCHIVE_DAYS.least), Duration.days(ARCHIVE_DAYS.most), {
    code: 'SecureEventBus.Archive', prop: `${of}retention`, fix: 'choose how long events may have to be sent again',
  });
  if (pattern !== undefined) checkPatternValues(place, 'EventPattern.Values', of === '' ? 'eventPattern' : `${of}pattern`, pattern);
}

/** What names an archive, and says what it is for. */
export function checkArchiveTexts(place: Place, { archiveName: name, description }: BaseArchiveProps): void {
  checkLength(place, description, 0, ARCHIVE_TEXT.descriptionMost, { code: 'SecureEventBus.Description', prop: 'description', fix: 'say it in fewer words' });
  if (name === undefined || Token.isUnresolved(name) || ARCHIVE_TEXT.name.test(name)) return;
  refuse(place, {
    code: 'SecureEventBus.ArchiveName', prop: 'archiveName', must: 'must have 1 to 48 letters, digits, dots, hyphens and underscores', got: name, fix: 'leave it out to have a name made',
  });
}

/** @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_CreateEventBus.html */
function checkName(place: Place, name: string | undefined): void {
  if (name === undefined || Token.isUnresolved(name) || (/^[\w.-]{1,256}$/.test(name) && name !== 'default')) return;
  refuse(place, {
    code: 'SecureEventBus.Name',
    prop: 'eventBusName',
    must: "must have 1 to 256 letters, digits, dots, hyphens and underscores, and not be 'default'",
    got: name,
    fix: 'leave it out to have a name made',
  });
}
