import { ArnFormat, CfnResource } from 'aws-cdk-lib';
import { AlarmBase, CfnAlarm, ComparisonOperator, HorizontalAnnotation, IAlarmAction, IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { ArtifactMetadataEntryType } from 'aws-cdk-lib/cloud-assembly-schema';
import { DISABLE_CREATION_STACK_TRACES } from 'aws-cdk-lib/cx-api';
import { Construct } from 'constructs';
import { PlainMetric } from './plain-metric';

/** What an alarm says and when it goes off, besides its metric. */
export interface PlainAlarmProps {
  readonly alarmName?: string;
  readonly alarmDescription: string;
  readonly metric: IMetric;
  readonly threshold: number;
  readonly comparisonOperator: ComparisonOperator;
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm?: number;
  readonly treatMissingData: TreatMissingData;
}

const SYMBOLS: { readonly [operator: string]: string } = {
  [ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD]: '>=',
  [ComparisonOperator.GREATER_THAN_THRESHOLD]: '>',
  [ComparisonOperator.LESS_THAN_THRESHOLD]: '<',
  [ComparisonOperator.LESS_THAN_OR_EQUAL_TO_THRESHOLD]: '<=',
};

/**
 * An alarm on one metric, in the form that CDK's `Alarm` has in the tree and in the template. Every third resource of an app is one, and the
 * class of CDK, which knows all kinds of alarms and keeps its actions in lists that are looked into at the end, takes twice as long.
 */
export class PlainAlarm extends AlarmBase {
  private readonly resource: CfnAlarm;

  /**
   * @param rendered the metric, in the properties of the resource
   * @param trace where the author made what the alarm watches: the same line made the alarm
   */
  constructor(scope: Construct, id: string, private readonly props: PlainAlarmProps, rendered: PlainMetric, trace: readonly string[]) {
    super(scope, id, { physicalName: props.alarmName });
    const { metric, ...own } = props;
    if (trace.length > 0) this.node.setContext(DISABLE_CREATION_STACK_TRACES, true);
    this.resource = new CfnAlarm(this, 'Resource', { ...own, ...rendered });
    if (trace.length > 0) this.resource.node.addMetadata(ArtifactMetadataEntryType.CREATION_STACK, trace);
  }

  public get alarmArn(): string {
    return this.getResourceArnAttribute(this.resource.attrArn, {
      service: 'cloudwatch', resource: 'alarm', resourceName: this.physicalName, arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
  }

  public get alarmName(): string {
    return this.getResourceNameAttribute(this.resource.ref);
  }

  /** The threshold as a line in a graph. */
  public toAnnotation(): HorizontalAnnotation {
    const { comparisonOperator, datapointsToAlarm, evaluationPeriods, metric, threshold } = this.props;
    const seconds = evaluationPeriods * this.resource.period!;
    const within = seconds > 60 ? `${seconds / 60} minutes` : seconds === 60 ? '1 minute' : `${seconds} seconds`;
    return {
      label: `${metric} ${SYMBOLS[comparisonOperator]} ${threshold} for ${datapointsToAlarm ?? evaluationPeriods} datapoints within ${within}`,
      value: threshold,
    };
  }

  public addAlarmAction(...actions: IAlarmAction[]): void {
    super.addAlarmAction(...actions);
    this.resource.alarmActions = this.alarmActionArns;
  }

  public addInsufficientDataAction(...actions: IAlarmAction[]): void {
    super.addInsufficientDataAction(...actions);
    this.resource.insufficientDataActions = this.insufficientDataActionArns;
  }

  public addOkAction(...actions: IAlarmAction[]): void {
    super.addOkAction(...actions);
    this.resource.okActions = this.okActionArns;
  }
}

/** Where a construct was made. To take and read a stack trace again for each of its alarms is half of what they cost. */
export function traceOf({ node: { defaultChild } }: Construct): readonly string[] {
  return defaultChild !== undefined && CfnResource.isCfnResource(defaultChild) ? defaultChild.creationStack : [];
}
