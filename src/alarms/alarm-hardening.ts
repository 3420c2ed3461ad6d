import { CfnCondition, CfnResource } from 'aws-cdk-lib';
import { CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { wantsWatch, Watch, watch } from './watch';
import { namesOf, WatchedMetrics } from './watched-metrics';
import { HardeningArea } from '../core/hardening/hardening-area';
import { hardeningPart } from '../core/hardening/hardening-part';
import { HardeningSite } from '../core/hardening/hardening-site';
import { HardeningPlan, HardeningStep, Standing } from '../core/hardening/steps/hardening-step';
import { untraced } from '../core/hardening/untraced';
import { conditionOf, shareCondition } from '../core/values/resource-condition';

/** The alarms of resources of one type. */
export interface AlarmStep<T extends CfnResource> {
  readonly type: string;
  /** The rule that asks for them. */
  readonly rule: string;
  /** A condition of its stack under which alone there is something to see. None, if left out. */
  readonly under?: (resource: T) => CfnCondition | undefined;
  /** Whether a resource has alarms at all. Always, if left out. */
  readonly when?: (resource: T, site: HardeningSite) => boolean;
  /** What is to be watched, as the alarm file of the slice says it. */
  readonly watches: (resource: T, site: HardeningSite) => readonly Watch[];
  /** The names by which an alarm of the author's may mean the resource, besides pointing at it: `queue.queueName`. */
  readonly names?: (resource: T, site: HardeningSite) => readonly unknown[];
}

/**
 * A step that makes the alarms of a slice for the resources of authors.
 *
 * | the profile wants the alarm | an alarm of the stage looks at the metric of the resource | alarm |
 * |-----------------------------|-----------------------------------------------------------|-------|
 * | no                          | any                                                       | none  |
 * | yes                         | yes, whatever its threshold                               | none  |
 * | yes                         | no                                                        | made, told to the alarm topic of the stack |
 */
export function alarmStep<T extends CfnResource>(step: AlarmStep<T>): HardeningStep {
  const { type, rule } = step;
  return {
    area: HardeningArea.ALARMS,
    type,
    rule,
    plan: (resource, site) => {
      if (step.when?.(resource as T, site) === false) return [];
      const wanted = step.watches(resource as T, site).filter((one) => wantsWatch(resource, one));
      const conditionIn = () => step.under?.(resource as T);
      return wanted.filter((one) => !isWatched(step, resource as T, one, site)).map((one) => planAlarm(resource, one, conditionIn, site));
    },
  };
}

function planAlarm(resource: CfnResource, one: Watch, conditionIn: () => CfnCondition | undefined, site: HardeningSite): HardeningPlan {
  return {
    standing: Standing.MISSING,
    property: `the alarm ${one.name}`,
    after: `an alarm that says: ${one.description}`,
    adds: 1,
    comesLast: one.essential !== true,
    apply: () => {
      const alarms = hardeningPart(site, resource, 'Alarms', untraced);
      const under = conditionIn();
      const watched = under === undefined && conditionOf(resource) === undefined ? one : { ...one, isOptional: true };
      for (const alarm of watch(alarms, [watched], {})) {
        if (under !== undefined) (alarm.node.defaultChild as CfnAlarm).cfnOptions.condition = under;
        site.room.grow(alarm);
      }
      shareCondition(resource, alarms);
    },
  };
}

function isWatched<T extends CfnResource>(step: AlarmStep<T>, resource: T, one: Watch, site: HardeningSite): boolean {
  const watched = WatchedMetrics.of(site);
  if (watched.isEmpty) return false;
  return namesOf(one.metric({})).some(({ namespace, metricName }) => watched.holds(resource, namespace, metricName, step.names?.(resource, site)));
}
