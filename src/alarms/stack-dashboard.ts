import { Annotations, ArnFormat, Lazy, Stack, Token } from 'aws-cdk-lib';
import {
  AlarmBase, AlarmStatusWidget, CfnAlarm, CfnDashboard, Column, GraphWidget, GRID_WIDTH, HorizontalAnnotation, IWidget, Row, TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Construct, IConstruct } from 'constructs';
import { Watched, watchedBelow } from './watched';
import { outermostStack, SharedPart } from '../core/stacks/shared-part';
import { hasCondition } from '../core/values/resource-condition';

/** CloudWatch shows at most 500 widgets on one dashboard, and 100 alarms in one widget. */
const MOST_WIDGETS = 500;
const ALARMS_PER_WIDGET = 100;

const GRAPHS_PER_ROW = 3;

/**
 * The dashboard of a stack, made of what its constructs watch: the state of all alarms on top, then for each construct its metrics with the
 * thresholds of their alarms. What is made later is on it too.
 *
 * It costs 3 USD a month beyond the first three of an account, so it is made only when asked for: `StackDashboard.of(this)`.
 */
export class StackDashboard extends Construct {
  /** The dashboard of the stack of a construct, made when it is first asked for. */
  public static of(scope: IConstruct): StackDashboard {
    return StackDashboard.part.of(scope);
  }

  private static readonly part = new SharedPart<StackDashboard>('Dashboard', (scope, id) => new StackDashboard(scope, id));

  /** The name of the dashboard. */
  public readonly dashboardName: string;
  private readonly own: IWidget[] = [];

  private constructor(scope: Construct, id: string) {
    super(scope, id);
    const { stackName } = Stack.of(this);
    const dashboard = new CfnDashboard(this, 'Resource', {
      dashboardName: Token.isUnresolved(stackName) ? undefined : stackName,
      dashboardBody: Lazy.string({ produce: () => Stack.of(this).toJsonString({ widgets: this.body() }) }),
    });
    this.dashboardName = dashboard.ref;
    this.warnOfTooMany();
  }

  /** Adds rows of widgets above those of the constructs, each row with the widgets of one call. */
  public addWidgets(...widgets: IWidget[]): void {
    this.own.push(new Row(...widgets));
  }

  private body(): unknown[] {
    const column = new Column(...this.widgets());
    column.position(0, 0);
    return column.toJson().slice(0, MOST_WIDGETS);
  }

  private widgets(): IWidget[] {
    const stack = outermostStack(this);
    const watched = watchedBelow(stack).filter(({ scope, watch }) => outermostStack(scope) === stack && watch?.isOptional !== true);
    const alarms = watched.flatMap(({ alarm }) => (alarm === undefined ? [] : nameable(alarm)));
    const status = inGroups(alarms, ALARMS_PER_WIDGET).map((group) => new AlarmStatusWidget({
      title: 'Alarms', alarms: group, width: GRID_WIDTH, height: Math.min(12, 2 + Math.ceil(group.length / 6)),
    }));
    return [...status, ...this.own, ...[...byScope(watched)].flatMap(([scope, ofScope]) => section(scope, ofScope))];
  }

  private warnOfTooMany(): void {
    this.node.addValidation({
      validate: () => {
        const count = new Column(...this.widgets()).toJson().length;
        if (count > MOST_WIDGETS) {
          Annotations.of(this).addWarningV2('cdk-secure-serverless:DashboardSize',
            `The constructs of this stack watch more than a dashboard can show: ${count - MOST_WIDGETS} of ${count} widgets are left out. Split the stack.`);
        }
        return [];
      },
    });
  }
}

/** An alarm that CloudFormation does not always make goes by its name: a reference to it would fail where it is not there. */
function nameable(alarm: AlarmBase): AlarmBase[] {
  const resource = alarm.node.defaultChild as CfnAlarm;
  if (!hasCondition(resource)) return [alarm];
  const { alarmName, stack } = resource;
  if (alarmName === undefined) return [];
  const alarmArn = stack.formatArn({ service: 'cloudwatch', resource: 'alarm', resourceName: alarmName, arnFormat: ArnFormat.COLON_RESOURCE_NAME });
  return [Object.create(alarm, { alarmArn: { value: alarmArn } }) as AlarmBase];
}

function byScope(watched: readonly Watched[]): Map<IConstruct, Watched[]> {
  const groups = new Map<IConstruct, Watched[]>();
  for (const one of watched) {
    if (one.watch !== undefined) groups.set(one.scope, [...groups.get(one.scope) ?? [], one]);
  }
  return groups;
}

function section(scope: IConstruct, watched: readonly Watched[]): IWidget[] {
  const path = scope.node.path.split('/').slice(1).join('/') || scope.node.id;
  return [
    new TextWidget({ markdown: `## ${path}`, width: GRID_WIDTH, height: 1 }),
    ...inGroups(watched, GRAPHS_PER_ROW).map((row) => new Row(...row.map(graph))),
  ];
}

function graph({ watch, alarm }: Watched): IWidget {
  const { name, metric, period, anomaly } = watch!;
  return new GraphWidget({
    title: `${name}${alarm === undefined ? ' (no alarm)' : ''}`,
    left: [metric(period === undefined ? {} : { period })],
    leftAnnotations: hasThreshold(alarm) && anomaly !== true ? [alarm.toAnnotation()] : [],
    width: GRID_WIDTH / GRAPHS_PER_ROW,
    height: 5,
  });
}

/** CDK's alarms on metrics, and ours; those that are made of other alarms have no threshold. */
function hasThreshold(alarm: AlarmBase | undefined): alarm is AlarmBase & { toAnnotation(): HorizontalAnnotation } {
  return alarm !== undefined && 'toAnnotation' in alarm;
}

function inGroups<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, index) => all.slice(index * size, (index + 1) * size));
}
