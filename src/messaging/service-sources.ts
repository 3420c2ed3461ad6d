import { ArnFormat, Lazy, Resource, Stack, Token, Validations } from 'aws-cdk-lib';
import { AddToResourcePolicyResult, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { IQueue } from 'aws-cdk-lib/aws-sqs';
import { IConstruct, IDependable } from 'constructs';
import { NAMED_SOURCES_MOST, SOURCES_WITH_ARN_ONLY, SOURCES_WITHOUT_ACCOUNT_IN_ARN } from './messaging-baseline';
import { SEND_ACTIONS } from './queue/queue-baseline';
import { refuse } from '../core/configuration-error';
import { allowServiceToUseKey } from '../core/keys/key-service';
import { outermostStack } from '../core/stacks/shared-part';
import { holds, stackOfBoth } from '../core/stacks/stack-nesting';
import { hasCondition, whereMade } from '../core/values/resource-condition';
import { KEY_WRITE_ACTIONS } from '../iam/iam-baseline';

/** One resource in whose name a service sends. */
export interface ServiceSource {
  /** The service, for example `sns.amazonaws.com`. */
  readonly service: string;
  /** The ARN of the topic, rule, bus, bucket or alarm. */
  readonly sourceArn: string;
  /** The topic, where a subscription names the target in its stead. Left out where the source names the target itself, as rules and buses do. */
  readonly topic?: IConstruct;
  /** The same ARN put together from a known name, without a reference: asked for where a reference would close a circle. */
  readonly arnByName?: () => string | undefined;
}

/** A queue or topic that services send to in their own name. */
export interface ServiceTarget {
  readonly resource: IConstruct & { addToResourcePolicy(statement: PolicyStatement): AddToResourcePolicyResult };
  readonly arn: string;
  readonly key: IKey | undefined;
  readonly actions: readonly string[];
  /** `Queue` or `Topic`: in messages and statement ids. */
  readonly kind: string;
}

interface Admitted {
  readonly sources: string[];
  readonly policy: IDependable | undefined;
}

const ADMITTED = Symbol.for('cdk-secure-serverless.service-sources');

type Holder = IConstruct & { [ADMITTED]?: Map<string, Admitted> };

/** A queue, as services see it. */
export function asTarget(queue: IQueue): ServiceTarget {
  return { resource: queue, arn: queue.queueArn, key: queue.encryptionMasterKey, actions: SEND_ACTIONS, kind: 'Queue' };
}

/**
 * Lets a service send to a queue or topic, in the name of one source and of nobody else, and use the key of the target for it.
 *
 * There is one statement for each service, since SQS and SNS take only 20:
 *
 * | sources of the service | their stack                                | `aws:SourceArn`                                |
 * |------------------------|--------------------------------------------|------------------------------------------------|
 * | up to 15               | the target's, or a nested one that a reference leads to without a circle | each of them     |
 * | up to 15               | a nested one, in a circle, with a name     | each of them, by its name and without a reference |
 * | more                   | as above                                   | any of that service in this account and region |
 * | any                    | a nested one, and the source has a condition | the same: an output cannot tell what is not there |
 * | any                    | another one                                | the same: naming it would tie the stacks to each other in a circle |
 *
 * @returns what must exist before the service can send: undefined as well where waiting for it would close a circle
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-policies.html
 */
export function allowSource(scope: IConstruct, target: ServiceTarget, owner: string, source: ServiceSource): IDependable | undefined {
  checkSource(scope, owner, source);
  openKey(scope, target, source.service, source.sourceArn);
  const named = nameOf(scope, target, source);
  const holder = target.resource as Holder;
  const statement = hasAccount(source) ? source.service : `${source.service} of the account`;
  const admitted = (holder[ADMITTED] ??= new Map<string, Admitted>()).get(statement);
  if (admitted === undefined) {
    const sources = [named];
    holder[ADMITTED].set(statement, { sources, policy: addStatement(scope, target, source, sources) });
  } else if (!admitted.sources.includes(named)) {
    admitted.sources.push(named);
  }
  return canWait(scope, target) ? holder[ADMITTED].get(statement)!.policy : undefined;
}

/** Whether a target whose policy refers to a source, and what refers to the target for the source, would wait for each other. */
function closesCircle(scope: IConstruct, target: IConstruct, topic?: IConstruct): boolean {
  if (holds(Stack.of(target), scope)) return false; // seen from there the policy is apart from the target, and nothing waits for it
  if (topic === undefined) return true;
  const together = Resource.isOwnedResource(topic) ? stackOfBoth(scope, topic) : undefined; // subscription and topic, if they are one as the target sees it
  return together !== undefined && !holds(together, target);
}

/** Where CloudFormation does not make the source, the target itself stands in its place: no service sends in its name. */
function nameOf(scope: IConstruct, { arn, resource }: ServiceTarget, { service, sourceArn, topic, arnByName }: ServiceSource): string {
  if (outermostStack(scope) !== outermostStack(resource) || isNestedWithCondition(scope, resource)) return anySource(scope, service);
  if (!Token.isUnresolved(sourceArn)) return sourceArn;
  if (!closesCircle(scope, resource, topic)) return whereMade(scope, sourceArn, arn);
  return arnByName?.() ?? anySource(scope, service);
}

/** A nested stack cannot tell the ARN of a source that it does not have. */
function isNestedWithCondition(scope: IConstruct, target: IConstruct): boolean {
  return Stack.of(scope) !== Stack.of(target) && hasCondition(scope);
}

/**
 * A policy in a stack around the sender names senders in the nested stack: if one there waited for it, the nested stack would wait for itself.
 * What is sent in between, and cannot be delivered, is not kept.
 */
function canWait(scope: IConstruct, { resource }: ServiceTarget): boolean {
  const stack = Stack.of(resource);
  return Stack.of(scope) === stack || !holds(stack, scope);
}

/**
 * Lets a service use the key of a queue or topic, for sources of this account and region, or of those that the ARN of a source names: a key
 * that stays closed to a source that the policy lets in would lose its messages.
 */
export function openKey(scope: IConstruct, { key, kind }: ServiceTarget, service: string, sourceArn?: string): void {
  if (key === undefined) return;
  const { account, region, suffix } = homeOf(scope, sourceArn);
  allowServiceToUseKey(scope, key, {
    sid: `${kind}sOf${capitalized(vendorOf(service))}${suffix}`,
    service,
    actions: KEY_WRITE_ACTIONS,
    conditions: SOURCES_WITH_ARN_ONLY.includes(vendorOf(service))
      ? { ArnLike: { 'aws:SourceArn': anySource(scope, service, account, region) } }
      : { StringEquals: { 'aws:SourceAccount': account } },
  });
}

/** Where a source lies, as far as its ARN says so and it is not here. */
function homeOf(scope: IConstruct, sourceArn: string | undefined): { account: string; region: string; suffix: string } {
  const stack = Stack.of(scope);
  const [, , , region, account] = sourceArn === undefined || Token.isUnresolved(sourceArn) ? [] : sourceArn.split(':');
  const isHere = (account ?? '') === '' || (account === stack.account && ['', stack.region].includes(region));
  return isHere ? { account: stack.account, region: stack.region, suffix: '' } : { account, region, suffix: `${account}${region.replace(/-/g, '')}` };
}

function addStatement(scope: IConstruct, target: ServiceTarget, source: ServiceSource, sources: string[]): IDependable | undefined {
  const { resource, kind } = target;
  const { service } = source;
  const all = anySource(resource, service);
  const { statementAdded, policyDependable } = resource.addToResourcePolicy(new PolicyStatement({
    sid: statementId(source),
    principals: [new ServicePrincipal(service)],
    actions: [...target.actions],
    resources: [target.arn],
    conditions: {
      ArnLike: { 'aws:SourceArn': Lazy.uncachedAny({ produce: () => shown(sources, all) }) },
      ...!hasAccount(source) && { StringEquals: { 'aws:SourceAccount': Stack.of(resource).account } },
    },
  }));
  if (!statementAdded) {
    Validations.of(scope).addWarning(`cdk-secure-serverless:${kind}Policy`,
      `The policy of the imported ${kind.toLowerCase()} ${resource.node.path} cannot be changed here: it must allow ${target.actions.join(' and ')} `
      + `for ${service}, or messages get lost.`);
  }
  return policyDependable;
}

/**
 * One for each statement of a policy: statements without an id are merged by CDK, which takes all lazy conditions for the same, and two with
 * the same id are refused.
 */
function statementId(source: ServiceSource): string {
  const vendor = vendorOf(source.service);
  const spelling = source.service === `${vendor}.amazonaws.com` ? '' : 'OfRegion';
  return `From${capitalized(vendor)}${spelling}${hasAccount(source) ? '' : 'OfThisAccount'}`;
}

/** Refuses a source that is no service, or more than one resource of it. */
export function checkSource(scope: IConstruct, owner: string, { service, sourceArn }: ServiceSource): void {
  if (!/^[a-z][a-z0-9.-]*\.amazonaws\.com(\.cn)?$/.test(service)) {
    refuse(scope, {
      code: `${owner}.Source`, prop: 'service', must: 'must be the principal of an AWS service', got: service, fix: "write it like 'events.amazonaws.com'",
    });
  }
  if (!Token.isUnresolved(sourceArn) && !/^arn:[^:*?]+:[^:*?]+:[^:*?]*:[^:*?]*:[^*?]*[^*?:/][^*?]*\*?$/.test(sourceArn)) {
    refuse(scope, {
      code: `${owner}.Source`,
      prop: 'sourceArn',
      must: 'must be the ARN of one source: it is all that keeps the same service of other accounts out',
      got: sourceArn,
      fix: 'name the resource whose messages arrive',
    });
  }
}

/** Whether the ARN of a source says whose it is. */
function hasAccount({ service, sourceArn }: ServiceSource): boolean {
  return !SOURCES_WITHOUT_ACCOUNT_IN_ARN.includes(service) && (Token.isUnresolved(sourceArn) || sourceArn.split(':')[4] !== '');
}

/** All sources of a service in an account and region; buckets have neither in their ARNs. */
function anySource(scope: IConstruct, service: string, account?: string, region?: string): string {
  const parts = SOURCES_WITHOUT_ACCOUNT_IN_ARN.includes(service) ? { region: '', account: '' } : { account, region };
  return Stack.of(scope).formatArn({ service: vendorOf(service), resource: '*', arnFormat: ArnFormat.NO_RESOURCE_NAME, ...parts });
}

function shown(sources: string[], all: string): string | string[] {
  if (sources.length > NAMED_SOURCES_MOST || sources.includes(all)) return all;
  return sources.length === 1 ? sources[0] : sources;
}

function capitalized(vendor: string): string {
  return vendor.split('-').map((part) => `${part[0].toUpperCase()}${part.slice(1)}`).join('');
}

function vendorOf(service: string): string {
  return service.split('.')[0];
}
