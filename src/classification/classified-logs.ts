import { Token, Validations } from 'aws-cdk-lib';
import { MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import { IGrantable } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { IConstruct } from 'constructs';
import { FINDINGS_ALARM } from './classification-baseline';
import { DataClassification } from './data-classification';
import { AlarmSetting } from '../alarms/alarm-setting';
import { watch } from '../alarms/watch';
import { maskMore } from '../logging/encrypted-log-group';

/** Where the holder of a role writes what it does. */
export interface WrittenLogs {
  readonly logGroup: LogGroup;
  /** How the alarm on sensitive values differs from its default. */
  readonly alarm?: AlarmSetting;
}

const LOGS = Symbol.for('cdk-secure-serverless.written-logs');
const WATCHED = Symbol.for('cdk-secure-serverless.watched-findings');

type Writer = object & { [LOGS]?: WrittenLogs };
type Watched = IConstruct & { [WATCHED]?: true };

/** Remembers where whoever has this role writes its logs. */
export function rememberLogs(role: IConstruct, logs: WrittenLogs): void {
  (role as Writer)[LOGS] = logs;
}

/** Has the logs of somebody who handles classified data hide it. A function whose logs are not ours is told to its author. */
export function classifyLogsOf(grantee: IGrantable, classification: DataClassification, because: IConstruct): void {
  const logs = (grantee.grantPrincipal as Writer)[LOGS];
  if (logs !== undefined) return classifyLogs(logs, classification);
  const fn = grantee as IGrantable & Partial<IConstruct> & { readonly functionArn?: string };
  if (fn.functionArn === undefined || fn.node === undefined) return;
  Validations.of(fn as IConstruct).addWarning(`cdk-secure-serverless:UnmaskedReader[${because.node.path}]`,
    `${fn.node.path} handles data of ${because.node.path}, which is ${classification.label}: its logs show what it writes. Make it a SecureFunction, `
    + 'or set the dataProtectionPolicy of its log group.');
}

/** Has one log group hide what a classification names, and tells when there was something to hide. */
export function classifyLogs({ logGroup, alarm }: WrittenLogs, classification: DataClassification): void {
  if (maskMore(logGroup, classification._identifiers)) return watchFindings(logGroup, alarm);
  Validations.of(logGroup).addWarning('cdk-secure-serverless:UnmaskedReader',
    `${logGroup.node.path} masks nothing, as its author chose, and gets data that is ${classification.label}: leave LogMasking.off(…) out.`);
}

/**
 * A query over the metrics of one log group, because CloudWatch Logs counts findings under more dimensions than the name of the group.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/mask-sensitive-log-data.html
 */
function watchFindings(logGroup: LogGroup, alarm: AlarmSetting | undefined): void {
  if ((logGroup as Watched)[WATCHED] === true) return;
  (logGroup as Watched)[WATCHED] = true;
  watch(logGroup, [{
    name: 'sensitiveLogs',
    description: 'log lines hold values that must not be there; they are masked, but whoever has logs:Unmask reads them: find the line and leave the value out',
    metric: ({ period }) => new MathExpression({
      expression: `SELECT SUM(LogEventsWithFindings) FROM "AWS/Logs" WHERE LogGroupName = '${Token.asString(logGroup.logGroupName)}'`,
      label: 'log events with findings',
      usingMetrics: {},
      period,
    }),
    threshold: FINDINGS_ALARM,
  }], { sensitiveLogs: alarm });
}
