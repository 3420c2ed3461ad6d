import { Place } from './draft';
import { Normalised, normalise } from './normalise';
import { Ports } from './ports';
import { Finding, findingKey, Severity, SEVERITIES } from '../common/finding';
import { log } from '../common/log';

/** What of the findings goes where besides the bus. */
export interface Routing {
  /** The least severity that people are told of; none where nobody is. */
  readonly notifyFrom: Severity | undefined;
  /** Whether findings that Security Hub does not get from their provider are imported there. */
  readonly securityHub: boolean;
}

/** Providers that tell Security Hub themselves, and Security Hub. */
const ALREADY_IN_SECURITY_HUB: readonly string[] = ['guardduty', 'inspector', 'access-analyzer', 'security-hub'];

/**
 * Handles the findings of one event. One that fails does not keep the others back; the event then fails as a whole, and those that were handled
 * are left alone when it comes again.
 */
export async function handle(event: unknown, ports: Ports, routing: Routing, place: Place): Promise<void> {
  const failures: unknown[] = [];
  for (const one of normalise(event, place)) {
    await handleOne(one, ports, routing).catch((error: unknown) => {
      log('ERROR', 'a finding was not handled to the end and will be tried again', { finding: findingKey(one.finding), error: String(error) });
      failures.push(error);
    });
  }
  if (failures.length > 0) throw failures[0];
}

/** The bus comes first: the app's own code may act on it. A failure after it sends the event again, with the same id and time. */
async function handleOne({ finding, known }: Normalised, ports: Ports, routing: Routing): Promise<void> {
  const key = findingKey(finding);
  const claim = await ports.claim(key);
  if (claim === 'busy') throw new Error('another invocation handles this finding: it is tried again later, in case that one fails');
  if (claim === 'done') return ports.count({ name: 'Duplicates', finding });
  if (!known) log('WARN', 'an event has a shape that is not known', { finding: key, type: finding.type });
  await ports.send(finding);
  if (isToBeTold(finding, routing.notifyFrom)) await ports.notify(finding);
  if (routing.securityHub && !ALREADY_IN_SECURITY_HUB.includes(finding.provider)) await ports.tellSecurityHub(finding);
  await ports.finish(key);
  ports.count({ name: 'Findings', finding });
  if (!known) ports.count({ name: 'UnknownShapes', finding });
}

function isToBeTold({ severity }: Finding, least: Severity | undefined): boolean {
  return least !== undefined && SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(least);
}
