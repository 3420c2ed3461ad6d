import { CfnCluster } from 'aws-cdk-lib/aws-ecs';
import { CONTAINER_CLUSTER, CONTAINER_INSIGHTS } from './container-baseline';
import { CONTAINER_INSIGHTS_ON } from './container-rules';
import { SERVICE_HARDENING } from './service-hardening';
import { TASK_HARDENING } from './task-hardening';
import { HardeningArea } from '../core/hardening/hardening-area';
import { entryStep } from '../core/hardening/steps/entry-step';
import { HardeningStep } from '../core/hardening/steps/hardening-step';
import { SecurityProfile } from '../core/profile/security-profile';

/** In the sandbox profile, which drops what costs while idle, nothing is measured. */
const INSIGHTS = entryStep<CfnCluster>({
  area: HardeningArea.CONTAINERS,
  type: CONTAINER_CLUSTER,
  rule: CONTAINER_INSIGHTS_ON.id,
  list: 'ClusterSettings',
  nameField: 'name',
  entry: CONTAINER_INSIGHTS.setting,
  readList: ({ clusterSettings }) => clusterSettings,
  writeList: (cluster, settings) => { cluster.clusterSettings = settings as CfnCluster['clusterSettings']; },
  secure: (cluster) => (SecurityProfile.of(cluster).name === 'sandbox' ? undefined : CONTAINER_INSIGHTS.standard),
  safe: (value: string) => CONTAINER_INSIGHTS.accepted.includes(value),
  attention: 'CloudWatch bills the metrics by their number, some ten for each cluster and each service. In an account whose own setting is enhanced there are fewer than '
    + 'before: set containerInsightsV2 to ENHANCED there.',
});

/** What hardening does to Amazon ECS: nothing that stops a task. */
export const CONTAINER_HARDENING: readonly HardeningStep[] = [INSIGHTS, ...TASK_HARDENING, ...SERVICE_HARDENING];
