import { Duration } from 'aws-cdk-lib';
import { AlarmBase, ComparisonOperator, IMetric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { IConstruct } from 'constructs';

/** One thing to watch, as a slice's alarm file describes it. */
export interface Watch {
  /** Name of the alarm's setting in the construct's props, in camelCase: also the name in the alarm and the report. */
  readonly name: string;
  /** What it means when the alarm goes off, and where to look first. */
  readonly description: string;
  /** The metric for a period. */
  readonly metric: (options: MetricOptions) => IMetric;
  /** Beyond this value, in the metric's unit, the alarm goes off. */
  readonly threshold: number;
  /** How long one data point lasts: 5 minutes when left out. */
  readonly period?: Duration;
  /** Data points looked at: 1 when left out. */
  readonly evaluationPeriods?: number;
  /** Data points that must be beyond the threshold: all of them when left out. */
  readonly datapointsToAlarm?: number;
  /** `>` when left out. */
  readonly comparison?: ComparisonOperator;
  /** What the library's own rules find where the alarm is switched off: `FunctionAlarm[Errors]`. */
  readonly finding?: string;
  /** The alarm tells that requests fail, so that even the thriftiest profile keeps it. */
  readonly essential?: boolean;
  /**
   * The alarm compares with a band that CloudWatch learns, and goes off above it. The threshold is then the width of the band in
   * standard deviations, and must be above zero. It costs three times a plain alarm.
   */
  readonly anomaly?: boolean;
  /** A surge of this is a sign of an attack: the alarm counts as a signal for the attack alarm of the stack. */
  readonly attack?: boolean;
  /** What is watched is not always made: nothing that is there without it may name it. */
  readonly isOptional?: boolean;
}

/** One thing that is watched, and the alarm about it, if there is one. */
export interface Watched {
  readonly scope: IConstruct;
  /** What is watched. Alarms that are made of other alarms have none. */
  readonly watch?: Watch;
  readonly alarm?: AlarmBase;
}

type Listener = (watched: Watched) => void;

const WATCHED = Symbol.for('cdk-secure-serverless.watched');
const BELOW = Symbol.for('cdk-secure-serverless.watched-below');
const LISTENERS = Symbol.for('cdk-secure-serverless.watched-listeners');

type Holder = IConstruct & { [WATCHED]?: Watched[]; [BELOW]?: true; [LISTENERS]?: Listener[] };

/** Whether the attack alarm of the stack can count on the alarm about something: it cannot name one that may not be there. */
export function isSignal(watch: Watch | undefined): boolean {
  return watch?.attack === true && watch.isOptional !== true;
}

/** Notes on the construct what is watched there, and tells those above that want to know. */
export function recordWatched(watched: Watched): void {
  const holder = watched.scope as Holder;
  (holder[WATCHED] ??= []).push(watched);
  for (let node: Holder | undefined = holder; node !== undefined && node[BELOW] === undefined; node = node.node.scope) node[BELOW] = true;
  tell(holder, watched);
}

/** The listeners, from the root down. */
function tell(holder: Holder, watched: Watched): void {
  const { scope } = holder.node;
  if (scope !== undefined) tell(scope, watched);
  for (const listener of holder[LISTENERS] ?? []) listener(watched);
}

/** Everything that is watched at or below a construct, in tree order. Most of a tree is not watched, and is not walked through. */
export function watchedBelow(scope: IConstruct): Watched[] {
  const found: Watched[] = [];
  collect(scope, found);
  return found;
}

function collect(scope: Holder, found: Watched[]): void {
  if (scope[BELOW] === undefined) return;
  if (scope[WATCHED] !== undefined) found.push(...scope[WATCHED]);
  for (const child of scope.node.children) collect(child, found);
}

/** Calls the listener for everything that is watched at or below a construct: now for what is there, later for what is made later. */
export function forEachWatched(scope: IConstruct, listener: Listener): void {
  watchedBelow(scope).forEach(listener);
  const holder = scope as Holder;
  (holder[LISTENERS] ??= []).push(listener);
}
