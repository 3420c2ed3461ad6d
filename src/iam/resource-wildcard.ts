/** ARNs of these services begin with the name; all others with a type: `table/Orders`, `function:place-order`. */
const NAME_FIRST = new Set(['execute-api', 's3', 'sns', 'sqs']);

/** Secrets Manager appends six random characters to the name of a secret, which an ARN made from the name cannot know. */
const SECRET_SUFFIX = /-\?{6}$/;

/** The same suffix after a whole name, as policies for rotation and containers write it. */
const NAMED_SECRET = /^([^*?]+)-\*$/;

/** What lies below a level that holds a pointer to one resource, or below the id of an API: `/aws/codebuild/<Build>/*`. */
const GROUPS_OF_ONE = /^(?:[^*?]*\/)?(?:[^*?/<>]*<(?!AWS::|\?>)[^<>]+>[^*?/]*|API-Gateway-Execution-Logs_[a-z0-9]+)\//;

/** The whole name of a state machine, and what follows it. */
const ONE_MACHINE = /^<(?!AWS::)[^<>?]+>:?\*$/;

/** The whole name of a build project, which CodeBuild puts before the names of its report groups. */
const REPORTS_OF_ONE = /^<(?!AWS::|\?>)[^<>]+>-\*$/;

/** Types whose names are paths, so that a prefix with a named level is a place and not a guess: `parameter/shop/*`. */
const PATH_NAMED = new Set(['parameter']);

/** Condition keys that name the resource which the request is about, or that say by a tag which ones are meant. */
export const RESOURCE_KEYS = /^(ecs:cluster|elasticfilesystem:accesspointarn|kms:resourcealiases|lambda:functionarn|s3:dataaccesspointarn|[a-z0-9-]+:resourcetag\/.+)$/;

/**
 * Whether a resource of a statement leaves open which resource is meant. Pointers are written as `<name.Attribute>`.
 *
 * | resource                                              | meant is                                | wildcard |
 * |-------------------------------------------------------|-----------------------------------------|----------|
 * | `*`, `arn:aws:s3:::*`, `…:table/*`, `…:function:app-*` | whatever matches, now and later         | yes      |
 * | `arn:aws:sqs:eu-west-1:*:orders`                       | a queue of any account                  | yes      |
 * | `<Receipts.Arn>/*`, `<Orders.Arn>/index/*`             | what is inside of one named resource    | no       |
 * | `…:log-group:/aws/lambda/orders:*`                     | the streams of one log group            | no       |
 * | `…:log-group:API-Gateway-Execution-Logs_<Api>/*`       | the log groups of one API               | no       |
 * | `…:secret:orders-??????`, `…:secret:orders-*`          | one secret, by the end AWS gives it     | no       |
 * | `…:execution:<Pay.Name>*`                              | the executions of one state machine     | no       |
 * | `…:report-group/<Build>-*`                             | the report groups of one build project  | no       |
 */
export function isResourceWildcard(resource: string): boolean {
  if (!/[*?]/.test(resource) || SECRET_SUFFIX.test(resource)) return false;
  if (resource.startsWith('<') && !resource.startsWith('<AWS::')) return !/^<[^>]*>[/:]/.test(resource);
  const [prefix, partition, service, , account, ...rest] = splitArn(resource);
  if (prefix !== 'arn' || rest.length === 0) return true;
  if ([partition, service, account].some((part) => /[*?]/.test(part))) return true;
  return /[*?]/.test(nameIn(service, rest.join(':')));
}

/** Colons inside of a pointer do not separate: `arn:<AWS::Partition>:s3:::…`. */
function splitArn(arn: string): string[] {
  const parts = [''];
  let inside = 0;
  for (const letter of arn) {
    if (letter === '<') inside++;
    if (letter === '>') inside--;
    if (letter === ':' && inside <= 0) parts.push('');
    else parts[parts.length - 1] += letter;
  }
  return parts;
}

function nameIn(service: string, resource: string): string {
  if (NAME_FIRST.has(service)) return upTo(resource, /[/:]/);
  const type = upTo(outside(resource), /[/:]/);
  const name = resource.slice(type.length + 1);
  if (service === 'logs') return GROUPS_OF_ONE.exec(name)?.[0] ?? upTo(name, /:/);
  if (service === 'secretsmanager') return NAMED_SECRET.exec(name)?.[1] ?? name;
  if (type === 'execution' && ONE_MACHINE.test(name)) return ''; // as CDK writes it
  if (type === 'report-group' && REPORTS_OF_ONE.test(name)) return ''; // as CDK writes it
  if (PATH_NAMED.has(type)) return upTo(name.replace(/^\//, ''), /\//);
  return type.length === resource.length ? resource : upTo(name, /[/:]/) + (/[*?]/.test(type) ? '*' : '');
}

/** Pointers hold `/` and `:` of their own: they count as one letter each. */
function outside(text: string): string {
  return text.replace(/<[^<>]*>/g, (pointer) => '_'.repeat(pointer.length));
}

function upTo(text: string, separator: RegExp): string {
  const end = outside(text).search(separator);
  return end < 0 ? text : text.slice(0, end);
}
