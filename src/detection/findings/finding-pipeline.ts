import { Duration, Stack } from 'aws-cdk-lib';
import { AttributeType } from 'aws-cdk-lib/aws-dynamodb';
import { EventBus, EventPattern, IEventBus } from 'aws-cdk-lib/aws-events';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { Runtime, RuntimeFamily } from 'aws-cdk-lib/aws-lambda';
import { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { FINDING_NAMESPACE, FINDING_TIMEOUT, IMPORT_ACTIONS } from '../detection-baseline';
import { FINDING_DETAIL_TYPE, FINDING_SOURCE } from './finding-baseline';
import { FindingNotification } from './finding-notification';
import { StackAlarmTopic } from '../../alarms/stack-alarm-topic';
import { SecurityProfile } from '../../core/profile/security-profile';
import { SecureTable } from '../../database/table/secure-table';
import { TableBackup } from '../../database/table/table-backup';
import { shippedCode } from '../../function/code/shipped-code';
import { NODEJS_RUNTIME } from '../../function/function-baseline';
import { SecureFunctionOptions } from '../../function/function-options';
import { SecureFunction } from '../../function/secure-function';
import { allow } from '../../iam/exact-access';
import { SecureEventBus } from '../../messaging/event-bus/secure-event-bus';
import { allowPublish } from '../../messaging/topic/topic-access';

const STANDARD_TIMEOUT = Duration.seconds(FINDING_TIMEOUT.standard);

/** How findings travel. */
export interface FindingPipelineProps {
  readonly bus: SecureEventBus;
  readonly notification: FindingNotification;
  readonly securityHubImport: boolean;
  readonly options: SecureFunctionOptions;
  readonly encryptionKey?: IKey;
}

/** The way of a finding: from the event of a service through one function to the bus, to people and to Security Hub. */
export class FindingPipeline extends Construct {
  public readonly fn: SecureFunction;
  private readonly defaultBus: IEventBus;

  constructor(scope: Construct, id: string, props: FindingPipelineProps) {
    super(scope, id);
    const { notification } = props;
    const handled = this.makeTable(props.encryptionKey);
    const topic = notification._offReason === undefined ? notification._topic ?? StackAlarmTopic.of(this) : undefined;
    const productArn = props.securityHubImport ? this.productArn : undefined;
    this.fn = this.makeFunction(props, {
      BUS_NAME: props.bus.eventBusName,
      TABLE_NAME: handled.tableName,
      METRIC_NAMESPACE: FINDING_NAMESPACE,
      STACK: Stack.of(this).stackName,
      LEASE_SECONDS: `${(props.options.timeout ?? STANDARD_TIMEOUT).toSeconds() + FINDING_TIMEOUT.grace}`,
      ...topic !== undefined && { TOPIC_ARN: topic.topicArn, NOTIFY_FROM: notification._from! },
      ...productArn !== undefined && { PRODUCT_ARN: productArn },
    });
    this.allow(props.bus, handled, topic, productArn);
    this.defaultBus = EventBus.fromEventBusName(this, 'DefaultBus', 'default');
  }

  /** Hands events of the default bus to the function. */
  public listenTo(pattern: EventPattern): void {
    this.fn.onEvent(this.defaultBus, pattern);
  }

  /** Fingerprints of findings that were handled, for three days: services and EventBridge send events more than once. */
  private makeTable(encryptionKey: IKey | undefined): SecureTable {
    const { backupPlans } = SecurityProfile.of(this).controls;
    return new SecureTable(this, 'Handled', {
      partitionKey: { name: 'finding', type: AttributeType.STRING },
      timeToLiveAttribute: 'expires',
      encryptionKey,
      backup: backupPlans ? TableBackup.off('It holds fingerprints of findings of the last three days, which nobody would restore.') : undefined,
    });
  }

  private makeFunction({ options, encryptionKey }: FindingPipelineProps, environment: { [name: string]: string }): SecureFunction {
    return new SecureFunction(this, 'Function', {
      description: 'Gives findings of security services one shape and sends them on',
      timeout: STANDARD_TIMEOUT,
      encryptionKey,
      ...options,
      environment: { ...options.environment, ...environment },
      code: shippedCode('normalise-finding'),
      handler: 'index.handler',
      runtime: new Runtime(NODEJS_RUNTIME, RuntimeFamily.NODEJS),
    });
  }

  private allow(bus: SecureEventBus, handled: SecureTable, topic: ITopic | undefined, productArn: string | undefined): void {
    bus.allowPublish(this.fn, { sources: [FINDING_SOURCE], detailTypes: [FINDING_DETAIL_TYPE] });
    handled.allowWrite(this.fn);
    if (topic !== undefined) allowPublish(topic, this.fn);
    if (productArn === undefined) return;
    const { account } = Stack.of(this);
    allow(this, {
      grantee: this.fn, actions: IMPORT_ACTIONS, resources: [productArn], conditions: { StringEquals: { 'securityhub:TargetAccount': account } },
    });
  }

  /** The product that each account has for findings of its own: https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-custom-providers.html */
  private get productArn(): string {
    const stack = Stack.of(this);
    return stack.formatArn({ service: 'securityhub', resource: 'product', resourceName: `${stack.account}/default` });
  }
}
