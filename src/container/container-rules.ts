import { CONTAINER_CLUSTER, CONTAINER_INSIGHTS } from './container-baseline';
import { valuesOfEntry } from '../policy/model/resources/named-entries';
import { expectEach, Rule, Severity } from '../policy/model/rule';
import { textOf } from '../policy/model/values/values';

export const CONTAINER_INSIGHTS_ON: Rule = {
  id: 'ContainerInsights',
  severity: Severity.LOW,
  severityIn: { sandbox: 'off' },
  appliesTo: [CONTAINER_CLUSTER],
  title: 'Nobody measures what the containers of a cluster do',
  why: 'Without it there are averages of processors and memory alone. Tasks that restart, networks that are full and machines that compute for somebody else '
    + 'show in no number, and no alarm can ring.',
  fix: 'Set containerInsights to enabled or enhanced in ClusterSettings (containerInsightsV2: ContainerInsights.ENABLED). CloudWatch bills the metrics by their number.',
  risks: ['unseen-attack'],
  frameworks: ['FSBP ECS.12', 'CT.ECS.PR.2', 'cdk-nag AwsSolutions-ECS4', 'CKV_AWS_65'],
  check: (cluster) => expectEach(
    valuesOfEntry(cluster, 'ClusterSettings', 'Name', CONTAINER_INSIGHTS.setting), 'Properties.ClusterSettings',
    (value) => CONTAINER_INSIGHTS.accepted.includes(textOf(value) ?? ''),
  ),
};

export const CONTAINER_RULES: readonly Rule[] = [CONTAINER_INSIGHTS_ON];
