import { Duration, Names, Stack, Tags } from 'aws-cdk-lib';
import { AlarmBase } from 'aws-cdk-lib/aws-cloudwatch';
import { AttributeType } from 'aws-cdk-lib/aws-dynamodb';
import { Grant, IGrantable, ManagedPolicy, PolicyDocument } from 'aws-cdk-lib/aws-iam';
import { Runtime, RuntimeFamily } from 'aws-cdk-lib/aws-lambda';
import { ScheduleExpression, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import { containmentWatches } from './containment-alarms';
import { approvalMachine } from './containment-approval';
import { ACTION_DETAIL_TYPE, ACTION_SOURCE, CONTAINMENT_TAG, FUNCTION_SECONDS, OPEN_INDEX, SWEEP_MINUTES } from './containment-baseline';
import { checkContainment } from './containment-checks';
import { ContainmentProps } from './containment-props';
import { ContainmentRights } from './containment-rights';
import { approvalMinutes, modeOf, playbooksOf, settingsJson } from './containment-settings';
import { ContainmentTarget } from './containment-target';
import { claimTarget, markResponder } from './protected';
import { denySelf } from './self-denial';
import { StackAlarmTopic } from '../alarms/stack-alarm-topic';
import { watch } from '../alarms/watch';
import { placeOf, refuse } from '../core/configuration-error';
import { recordWaiver } from '../core/exceptions/waiver';
import { markOwn } from '../core/own-part';
import { SecureTable } from '../database/table/secure-table';
import { FINDING_DETAIL_TYPE, FINDING_SEVERITIES, FINDING_SOURCE } from '../detection/findings/finding-baseline';
import { shippedCode } from '../function/code/shipped-code';
import { NODEJS_RUNTIME } from '../function/function-baseline';
import { SecureFunction } from '../function/secure-function';
import { ServiceRole } from '../iam/service-role';
import { allowPublish } from '../messaging/topic/topic-access';
import { SecureStateMachine } from '../workflow/secure-state-machine';

/**
 * Answers findings of attacks by itself: stops a function, revokes sessions, refuses an address, freezes a bucket; for a limited time, and so
 * that one call undoes it.
 *
 * It touches nothing but what was given to `protect()`, which bears a tag from then on: its roles name each of these by its ARN and ask for the
 * tag where AWS looks at it. Nothing that it is made of can be contained. Each step is written down with the state before, in a log from which
 * its functions cannot delete, and told as an event (`cdk-secure-serverless.containment`, `Containment Action`) on the bus.
 *
 * ```ts
 * const containment = new Containment(this, 'Containment', { bus: new SecureEventBus(this, 'Findings') });
 * containment.protect(ContainmentTarget.function(placeOrder));
 * ```
 *
 * While idle it costs its alarms (0.10 USD a month each) and about 8,600 short invocations a month of the function that undoes what expired.
 */
export class Containment extends Construct {
  /** The value of the tag of what is protected, and of the dimension of the metrics. */
  public readonly containmentName: string;
  /** Contains. */
  public readonly responder: SecureFunction;
  /** Undoes: `{ "id": "…", "by": "…" }`, `{ "all": true, "by": "…" }`, or lists what is open: `{ "list": true }`. */
  public readonly undoFunction: SecureFunction;
  /** Takes answers, where people approve: `{ "execution": "…", "decision": "approve", "by": "…" }`. */
  public readonly answerFunction?: SecureFunction;
  /** Waits for answers, where people approve. */
  public readonly stateMachine?: SecureStateMachine;
  /** Each containment with the state before; kept for a year after it was undone. */
  public readonly actionLog: SecureTable;
  /** The alarms that were made. */
  public readonly alarms: AlarmBase[];

  private readonly targets: ContainmentTarget[] = [];
  private readonly rights: readonly ContainmentRights[];

  /**
   * @throws ConfigurationError [Containment.Playbooks], [.Severity], [.Duration], [.HourlyLimit] or [.Floor] when a playbook is there twice, or out of bounds
   * @throws ConfigurationError [Containment.ApprovalTimeout] when nobody could answer in time
   * @throws ConfigurationError [Containment.ExemptionReason], [.ExemptionResource], [.ListLength] or [SecureWebAcl.Cidr] when an exemption cannot be judged
   * @throws ConfigurationError [Containment.Administrator] when an administrator is nobody, or everybody
   */
  constructor(scope: Construct, id: string, private readonly props: ContainmentProps) {
    checkContainment(placeOf(scope, id), props);
    super(scope, id);
    markOwn(this);
    markResponder(this);
    this.containmentName = Names.uniqueResourceName(this, { maxLength: 100, separator: '-' });
    const mode = modeOf(this, props);
    this.actionLog = this.makeLog();
    this.undoFunction = this.makeFunction('Undo', 'undo-containment', { CONTAINMENT_NAME: this.containmentName, BUS: props.bus.eventBusName });
    this.answerFunction = mode._name === 'approval' ? this.makeFunction('Answer', 'answer-containment', {}) : undefined;
    const self = [this.undoFunction, this.answerFunction].flatMap((fn) => (fn === undefined ? [] : [fn.functionArn, fn.role!.roleArn]));
    const topic = StackAlarmTopic.of(this);
    this.responder = this.makeFunction('Responder', 'contain', {
      BUS: props.bus.eventBusName,
      ...this.answerFunction === undefined ? {} : { TOPIC: topic.topicArn, ANSWER_FUNCTION: this.answerFunction.functionName },
    });
    this.responder.addEnvironment('CONTAINMENT_SETTINGS', settingsJson(this, props, {
      name: this.containmentName, mode, self: [...self, this.responder.role!.roleArn], targets: this.targets,
    }));
    this.giveOwnRights();
    if (this.answerFunction !== undefined) {
      allowPublish(topic, this.responder);
      this.stateMachine = approvalMachine(this, 'Approval', {
        responder: this.responder, minutes: approvalMinutes(mode), encryptionKey: props.encryptionKey,
      });
      this.giveAnswersOf(this.answerFunction, this.stateMachine);
    }
    this.subscribe();
    this.undoFunction.onSchedule(ScheduleExpression.rate(Duration.minutes(SWEEP_MINUTES)), {
      input: ScheduleTargetInput.fromObject({ sweep: true }),
    });
    this.rights = this.makeRights(mode._name === 'dry-run');
    denySelf(this, {
      functions: [this.responder, this.undoFunction, ...this.answerFunction === undefined ? [] : [this.answerFunction]],
      table: this.actionLog,
      bus: props.bus,
      machine: this.stateMachine,
    });
    for (const { _value, _reason } of props.exemptions ?? []) recordWaiver(this, { control: `Containment.exemption ${_value}`, reason: _reason });
    this.alarms = watch(this, containmentWatches(this.containmentName), { ...props.alarms });
  }

  /**
   * Lets resources of this app be contained: they bear the tag of this containment from now on, and its functions get the rights that their
   * playbook needs, on each of them by its ARN. What is not protected is never touched.
   * @throws ConfigurationError [Containment.Imported] when a resource was not made in this app
   * @throws ConfigurationError [Containment.Self] when it is a part of a containment
   * @throws ConfigurationError [Containment.Twice] when it is protected already, by this or another containment
   */
  public protect(...targets: ContainmentTarget[]): void {
    for (const target of targets) {
      target._check(this);
      claimTarget(this, target);
      for (const { construct, type } of target._tagged) {
        Tags.of(construct).add(CONTAINMENT_TAG, this.containmentName, { includeResourceTypes: [type] });
      }
      this.targets.push(target);
      for (const rights of this.rights) rights.add(target);
    }
  }

  /** Lets somebody undo containments and list those that are open: `lambda:InvokeFunction` on the one function. */
  public allowUndo(grantee: IGrantable): Grant {
    return this.undoFunction.allowInvoke(grantee);
  }

  /**
   * Lets somebody approve or deny containments: `lambda:InvokeFunction` on the one function. CloudTrail has who called it.
   * @throws ConfigurationError [Containment.NoApproval] when nobody is asked
   */
  public allowAnswer(grantee: IGrantable): Grant {
    return this.answerFunction?.allowInvoke(grantee) ?? refuse(this, {
      code: 'Containment.NoApproval',
      prop: 'mode',
      must: 'must be ContainmentMode.approval() where somebody answers',
      fix: 'choose it, or leave allowAnswer() out',
    });
  }

  private makeLog(): SecureTable {
    return new SecureTable(this, 'ActionLog', {
      partitionKey: { name: 'id', type: AttributeType.STRING },
      globalSecondaryIndexes: [{
        indexName: OPEN_INDEX,
        partitionKey: { name: 'open', type: AttributeType.STRING },
        sortKey: { name: 'expiresAt', type: AttributeType.NUMBER },
      }],
      timeToLiveAttribute: 'expires',
      encryptionKey: this.props.encryptionKey,
    });
  }

  private makeFunction(id: string, handler: string, environment: { [name: string]: string }): SecureFunction {
    return new SecureFunction(this, id, {
      ...this.props.functions,
      code: shippedCode(handler),
      handler: 'index.handler',
      runtime: new Runtime(NODEJS_RUNTIME, RuntimeFamily.NODEJS),
      timeout: Duration.seconds(FUNCTION_SECONDS),
      encryptionKey: this.props.encryptionKey,
      environment: { ACTION_LOG: this.actionLog.tableName, ...environment },
    });
  }

  /** On the log and the bus. None of the functions can delete from the log. */
  private giveOwnRights(): void {
    for (const fn of [this.responder, this.undoFunction, this.answerFunction]) {
      if (fn === undefined) continue;
      this.actionLog.allowRead(fn, fn === this.undoFunction ? { indexes: [OPEN_INDEX] } : {});
      this.actionLog.allowWrite(fn);
      if (fn !== this.answerFunction) this.props.bus.allowPublish(fn, { sources: [ACTION_SOURCE], detailTypes: [ACTION_DETAIL_TYPE] });
    }
  }

  /** In a policy of its own: the machine waits for the responder, which knows the name of this function, which would wait for its role's policy. */
  private giveAnswersOf(fn: SecureFunction, machine: SecureStateMachine): void {
    machine.allowTaskResponse(new ManagedPolicy(this, 'AnswerRights', { roles: [fn.role!], document: new PolicyDocument({ minimize: true }) }));
  }

  private subscribe(): void {
    const worst = Math.max(...playbooksOf(this.props).map(({ _options, _threshold }) => FINDING_SEVERITIES.indexOf(_options.from ?? _threshold)));
    const pattern = {
      source: [FINDING_SOURCE], detailType: [FINDING_DETAIL_TYPE], detail: { severity: FINDING_SEVERITIES.slice(0, worst + 1) },
    };
    const { bus } = this.props;
    if (this.stateMachine === undefined) this.responder.onEvent(bus, pattern);
    else if (Stack.of(bus) === Stack.of(this)) bus.routeToStateMachine(`To${this.node.addr.slice(-8)}`, pattern, this.stateMachine);
    else bus.routeToStateMachine('Findings', pattern, this.stateMachine, { scope: this }); // this stack waits for that of the bus, to which it tells what it did
  }

  private makeRights(dryRun: boolean): ContainmentRights[] {
    return [
      new ContainmentRights(this, 'ContainRights', {
        role: this.responder.role as ServiceRole,
        actionsOf: ({ actions }) => [...actions.read, ...dryRun ? [] : actions.contain].sort(),
        tagValue: this.containmentName,
        listsMappings: true,
      }),
      new ContainmentRights(this, 'UndoRights', { role: this.undoFunction.role as ServiceRole, actionsOf: ({ actions }) => actions.undo }),
    ];
  }
}
