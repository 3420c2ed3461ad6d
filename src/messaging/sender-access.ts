import { ArnFormat, Lazy, Stack, Token, Validations } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { IQueue } from 'aws-cdk-lib/aws-sqs';
import { IConstruct } from 'constructs';
import { NAMED_SOURCES_MOST, SEND_ACTIONS, SENDERS_WITH_SOURCE_ARN_ONLY, SENDERS_WITHOUT_ACCOUNT_IN_ARN } from './queue-baseline';
import { refuse } from '../core/configuration-error';
import { allowServiceToUseKey } from '../core/key-service';
import { outermostStack } from '../core/shared-part';
import { KEY_WRITE_ACTIONS } from '../iam/iam-baseline';

/** One resource in whose name a service sends messages. */
export interface Sender {
  /** The service, for example `sns.amazonaws.com`. */
  readonly service: string;
  /** The ARN of the topic, rule, bus or bucket. */
  readonly sourceArn: string;
}

const SOURCES = Symbol.for('cdk-secure-serverless.queue-senders');

type Holder = IQueue & { [SOURCES]?: Map<string, string[]> };

/**
 * Lets a service send to a queue, in the name of one source and of nobody else, and use the queue's key for it.
 *
 * There is one statement for each service, since SQS takes only 20:
 *
 * | sources of the service | their stack  | `aws:SourceArn`                                |
 * |------------------------|--------------|------------------------------------------------|
 * | up to 15               | the queue's  | each of them                                   |
 * | more                   | the queue's  | any of that service in this account and region |
 * | any                    | another one  | the same: naming it would tie the stacks to each other in a circle |
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-policies.html
 */
export function allowSender(scope: IConstruct, queue: IQueue, owner: string, sender: Sender): void {
  checkSender(scope, owner, sender);
  openKey(scope, queue, sender.service);
  const named = outermostStack(scope) === outermostStack(queue) ? sender.sourceArn : anySource(scope, sender.service);
  const holder = queue as Holder;
  const sources = (holder[SOURCES] ??= new Map<string, string[]>()).get(sender.service);
  if (sources !== undefined) {
    if (!sources.includes(named)) sources.push(named);
    return;
  }
  holder[SOURCES].set(sender.service, [named]);
  addStatement(scope, queue, sender.service);
}

/** Lets a service use the key of a queue, for sources of this account. */
export function openKey(scope: IConstruct, queue: IQueue, service: string): void {
  const key = queue.encryptionMasterKey;
  if (key === undefined) return;
  const { account } = Stack.of(scope);
  allowServiceToUseKey(scope, key, {
    sid: `Queues${capitalized(vendorOf(service))}`,
    service,
    actions: KEY_WRITE_ACTIONS,
    conditions: SENDERS_WITH_SOURCE_ARN_ONLY.includes(service)
      ? { ArnLike: { 'aws:SourceArn': anySource(scope, service) } }
      : { StringEquals: { 'aws:SourceAccount': account } },
  });
}

function addStatement(scope: IConstruct, queue: IQueue, service: string): void {
  const sources = (queue as Holder)[SOURCES]!.get(service)!;
  const all = anySource(queue, service);
  const { statementAdded } = queue.addToResourcePolicy(new PolicyStatement({
    principals: [new ServicePrincipal(service)],
    actions: [...SEND_ACTIONS],
    resources: [queue.queueArn],
    conditions: {
      ArnLike: { 'aws:SourceArn': Lazy.uncachedAny({ produce: () => shown(sources.length > NAMED_SOURCES_MOST || sources.includes(all) ? [all] : sources) }) },
      ...SENDERS_WITHOUT_ACCOUNT_IN_ARN.includes(service) && { StringEquals: { 'aws:SourceAccount': Stack.of(queue).account } },
    },
  }));
  if (!statementAdded) {
    Validations.of(scope).addWarning('cdk-secure-serverless:QueuePolicy',
      `The policy of the imported queue ${queue.node.path} cannot be changed here: it must let ${service} send messages, or they get lost.`);
  }
}

function checkSender(scope: IConstruct, owner: string, { service, sourceArn }: Sender): void {
  if (!/^[a-z][a-z0-9.-]*\.amazonaws\.com(\.cn)?$/.test(service)) {
    refuse(scope, {
      code: `${owner}.Sender`, prop: 'service', must: 'must be the principal of an AWS service', got: service, fix: "write it like 'events.amazonaws.com'",
    });
  }
  if (!Token.isUnresolved(sourceArn) && !/^arn:[^:*?]+:[^:*?]+:[^:*?]*:[^:*?]*:[^*?]*[^*?:/][^*?]*\*?$/.test(sourceArn)) {
    refuse(scope, {
      code: `${owner}.Sender`,
      prop: 'sourceArn',
      must: 'must be the ARN of one source: it is all that keeps the same service of other accounts out',
      got: sourceArn,
      fix: 'name the resource whose messages arrive',
    });
  }
}

/** All sources of a service in an account and region; buckets have neither in their ARNs. */
function anySource(scope: IConstruct, service: string): string {
  const stack = Stack.of(scope);
  const vendor = vendorOf(service);
  return SENDERS_WITHOUT_ACCOUNT_IN_ARN.includes(service)
    ? stack.formatArn({ service: vendor, region: '', account: '', resource: '*' })
    : stack.formatArn({ service: vendor, resource: '*', arnFormat: ArnFormat.NO_RESOURCE_NAME });
}

function vendorOf(service: string): string {
  return service.split('.')[0];
}

function capitalized(vendor: string): string {
  return vendor.split('-').map((part) => `${part[0].toUpperCase()}${part.slice(1)}`).join('');
}

function shown(values: string[]): string | string[] {
  return values.length === 1 ? values[0] : values;
}
