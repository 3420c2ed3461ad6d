import { IResource, Stack, Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { HeldStatement, StatementJson } from './role-policies';
import { EventSelection, TriggerSource } from './triggered-function';
import { flattenReference } from '../core/values/flatten-reference';
import { globMatches, globsOverlap } from '../core/values/glob';

/** What ARNs of a service have before the name of the resource. */
const NAME_PREFIX: { readonly [service: string]: string | undefined } = { dynamodb: 'table/', events: 'event-bus/', kinesis: 'stream/' };

/** A letter that no name has, so that only a wildcard takes it. */
const HIDDEN_NAME = '\0';

/** A right by which a function can start itself again. */
export interface LoopingRight {
  readonly action: string;
  readonly resource: string;
}

/**
 * A right among those of a function's role by which it changes what triggers it, whoever gave it and however.
 *
 * | the statement                          | counts as |
 * |----------------------------------------|-----------|
 * | allows a writing action on the source  | a loop    |
 * | allows everything but some actions     | a loop, unless the writing ones are among them |
 * | allows keys of the bucket that the trigger does not look at | no loop |
 * | allows events of other sources or types than the pattern    | no loop |
 * | denies                                 | nothing: what is denied depends on its conditions |
 *
 * Only loops of one step are seen here: a function that starts another one which starts the first is found by looking at the whole app.
 * Nor are rights that stand only in the policy of the source (verbs and grants put those of a role of the same account into its own) or in
 * a managed policy of AWS, whose text is not here.
 */
export function loopingRight(rights: readonly HeldStatement[], source: TriggerSource): LoopingRight | undefined {
  for (const { statement, holder } of rights) {
    if (statement.Effect !== 'Allow' || !mayEmit(statement, Stack.of(holder).resolve(source.events) as EventSelection | undefined)) continue;
    const action = source.actions.find((one) => coversAction(statement, one));
    if (action === undefined) continue;
    const resource = coveringResource(statement, action, textIn(holder, source.arn), nameIn(holder, source.resource));
    if (resource !== undefined) return { action, resource };
  }
  return undefined;
}

/** The ARN as the stack of the policy sees it, since a reference to another stack looks different in each. */
function textIn(holder: IConstruct, arn: string): string {
  return flattenReference(Stack.of(holder).resolve(arn));
}

function coversAction(statement: StatementJson, action: string): boolean {
  const listed = (patterns: unknown): boolean => list(patterns).some((one) => globMatches(one.toLowerCase(), action.toLowerCase()));
  return statement.Action === undefined ? !listed(statement.NotAction) : listed(statement.Action);
}

function coveringResource(statement: StatementJson, action: string, arn: string, named: GivenName | undefined): string | undefined {
  if (statement.Resource === undefined) return list(statement.NotResource).some((one) => globMatches(one, arn)) ? undefined : '*';
  return list(statement.Resource).find((pattern) => globsOverlap(pattern, arn) || coversHidden(pattern, action.split(':')[0], arn, named));
}

/**
 * A pointer (`<Orders.Arn>/in/*`) hides the name of the resource: only a pattern that takes any name of its service surely covers it, or one
 * that takes the name, account and region that the app itself gives to it.
 */
function coversHidden(pattern: string, service: string, arn: string, named: GivenName | undefined): boolean {
  if (!pattern.startsWith('arn:') || !arn.startsWith('<')) return false;
  const [, , itsService = '*', region = '*', account = '*', ...name] = withoutColons(pattern).split(':');
  if (!globMatches(itsService, service)) return false;
  const pointed = name.join(':').replace(/<[^>]*>/g, '_');
  const covers = (itsName: string): boolean => globsOverlap(pointed, arn.replace(/^<[^>]*>/, `${NAME_PREFIX[service] ?? ''}${itsName}`));
  if (name.length === 0 || covers(HIDDEN_NAME)) return pattern.includes('*');
  const here = (wanted: string, itsOwn: string): boolean => wanted === '' || globMatches(wanted, withoutColons(itsOwn));
  return named !== undefined && here(region, named.region) && here(account, named.account) && covers(named.name);
}

/** `<AWS::Region>` must not be taken for parts of an ARN. */
function withoutColons(text: string): string {
  return text.replace(/<[^>]*>/g, (pointer) => pointer.replace(/:/g, ''));
}

/** What the app calls a resource, as far as it says so. */
interface GivenName {
  readonly name: string;
  readonly account: string;
  readonly region: string;
}

function nameIn(holder: IConstruct, resource: IResource): GivenName | undefined {
  const { physicalName } = resource as IResource & { readonly physicalName?: string };
  if (physicalName === undefined || Token.isUnresolved(physicalName)) return undefined;
  return { name: physicalName, account: textIn(holder, resource.env.account), region: textIn(holder, resource.env.region) };
}

/** Whether a statement lets events pass that the pattern would catch. */
function mayEmit(statement: StatementJson, events: EventSelection | undefined): boolean {
  if (events === undefined) return true;
  return mayHave(statement, 'events:source', events.source) && mayHave(statement, 'events:detail-type', events.detailType);
}

function mayHave(statement: StatementJson, key: string, wanted: unknown): boolean {
  if (!Array.isArray(wanted)) return true;
  return Object.entries(statement.Condition ?? {})
    .filter(([operator]) => /^(?:ForAllValues:)?String(?:Equals|Like)$/.test(operator))
    .flatMap(([, keys]) => Object.entries(keys).filter(([name]) => name.toLowerCase() === key).map(([, values]) => list(values)))
    .every((allowed) => allowed.some((value) => wanted.some((one: unknown) => accepts(one, value))));
}

/** What cannot be decided is taken to match. `value` may hold wildcards, as `StringLike` takes them. */
function accepts(wanted: unknown, value: string): boolean {
  if (typeof wanted === 'string') return globMatches(value, wanted);
  const { prefix, suffix, wildcard } = wanted as { prefix?: unknown; suffix?: unknown; wildcard?: unknown };
  if (typeof prefix === 'string') return globsOverlap(value, `${prefix}*`);
  if (typeof suffix === 'string') return globsOverlap(value, `*${suffix}`);
  return typeof wildcard === 'string' ? globsOverlap(value, wildcard) : true;
}

function list(value: unknown): string[] {
  return (Array.isArray(value) ? value : value === undefined ? [] : [value]).map(flattenReference);
}
