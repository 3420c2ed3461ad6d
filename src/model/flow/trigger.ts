import { Resource } from '../resources/resource';
import { Value } from '../values/values';

/** What makes a function run. */
export type TriggerKind =
  | 'alarm' | 'api' | 'bucket' | 'deployment' | 'edge' | 'function' | 'graph' | 'identity' | 'iot' | 'logs' | 'mail' | 'other' | 'pipe'
  | 'queue' | 'rule' | 'schedule' | 'state-machine' | 'stream' | 'topic' | 'url';

/** One way in which a function comes to run. */
export interface Trigger {
  readonly kind: TriggerKind;
  readonly fn: Resource;
  /** The alias or version that is called, as `qualifierAt` names it; undefined when only the deployment knows. */
  readonly qualifier: string | undefined;
  /** Lambda takes the event into its own queue, tries it three times, and nobody waits for the answer. */
  readonly asynchronous: boolean;
  /** The queue, topic, bucket, table, stream, bus, API … that the events come from, if it belongs to the app. */
  readonly source?: Resource;
  /** The source as the template names it. */
  readonly sourceValue: Value;
  /** The mapping, subscription, rule, bucket, permission … */
  readonly declaredBy: Resource;
  /** The path in the declaring resource. */
  readonly location: string;
  /** What is taken of the source: the filter rules of a bucket notification, the pattern of a rule, the filters of a mapping. */
  readonly filter: Value;
  /** A permission, which only says that the service may call: what calls is not in the app, or is another trigger. */
  readonly onlyPermitted: boolean;
}
