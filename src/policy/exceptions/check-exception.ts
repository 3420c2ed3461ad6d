import { ExceptionOptions } from './exception-record';
import { readReference } from './finding-reference';
import { PlacedException } from './placed';
import { checkReason } from '../../core/checks';
import { Place, refuse } from '../../core/configuration-error';
import { checkDay } from '../../core/exceptions/calendar';

const NOBODY = /^(todo|tbd|fixme|n\/?a|none|nobody|somebody|unknown|owner|team|me|-+|\?+)$/i;

/**
 * Checks what is wrong with an exception whatever the app is and the day.
 *
 * @throws ConfigurationError [SecurityExceptions.*]
 */
export function checkException(place: Place, finding: string, options: ExceptionOptions, at: string): PlacedException {
  const { reason, owner, expires, ticket } = options;
  const reference = readReference(place, finding);
  checkReason(place, reason, { code: 'SecurityExceptions.Reason', prop: 'reason', fix: 'say why the finding may stay until then' });
  if (typeof owner !== 'string' || owner.trim() === '' || NOBODY.test(owner.trim())) {
    refuse(place, {
      code: 'SecurityExceptions.Owner',
      prop: 'owner',
      must: 'must name a person, team or role that can be asked',
      got: owner,
      fix: "write it like 'payments team'",
    });
  }
  checkDay(place, expires, { code: 'SecurityExceptions.Expires', prop: 'expires', fix: 'give the last day on which the exception holds' });
  if (ticket !== undefined && (typeof ticket !== 'string' || ticket.trim() === '')) {
    refuse(place, {
      code: 'SecurityExceptions.Ticket', prop: 'ticket', must: 'must say where the work is planned', got: ticket, fix: 'leave it out where there is none',
    });
  }
  return { reference, finding, reason, owner, expires, ...ticket === undefined ? {} : { ticket }, at };
}
