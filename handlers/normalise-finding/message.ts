import { Finding } from '../common/finding';

/** SNS takes 100 printable ASCII characters as a subject. */
const LONGEST_SUBJECT = 100;

/** What people read: what, where, how bad, and where to look. */
export function messageOf(finding: Finding): { readonly subject: string; readonly text: string } {
  const { severity, provider, type, title, description, account, region, firstSeen, lastSeen, count, resources, actor, link, id } = finding;
  const subject = `${severity.toUpperCase()} ${provider}: ${type}`.replace(/[^\x20-\x7e]/g, '?').slice(0, LONGEST_SUBJECT);
  const lines = [
    title,
    '',
    description,
    '',
    `Severity: ${severity} (${finding.score} of 100)`,
    `Found by: ${provider}, ${type}`,
    `Account and region: ${account}, ${region}`,
    `Seen: ${count === 1 ? 'once' : `${count} times`}, first at ${firstSeen}, last at ${lastSeen}`,
    ...resources.map((resource) => `Resource: ${resource.kind} ${resource.id}`),
    ...Object.entries(actor).map(([field, value]) => `Actor, ${field}: ${value}`),
    `Finding: ${id}`,
    ...link === '' ? [] : [`Read on: ${link}`],
  ];
  return { subject, text: lines.join('\n') };
}
