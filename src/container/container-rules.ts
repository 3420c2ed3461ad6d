import { CONTAINER_CLUSTER, CONTAINER_INSIGHTS, TASK_DEFINITION } from './container-baseline';
import { CONTAINER_SERVICES, hasWebAclBeforeService, isReachedFromInternet } from '../model/entries/container-services';
import { valuesOfEntry } from '../model/resources/named-entries';
import { expectEach, fail, notApplicable, Outcome, pass, Rule, Severity, unresolved } from '../model/rule';
import { alternatives, at, isUnresolved, textOf, Value } from '../model/values/values';

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

export const CONTAINER_WEB_ACL: Rule = {
  id: 'ContainerWebAcl',
  severity: Severity.MEDIUM,
  control: 'webAcl',
  appliesTo: CONTAINER_SERVICES,
  title: 'The internet reaches a service of containers with no web ACL in front of it',
  why: 'App Runner and ECS Express give a container an address, and hand on whatever arrives there: known attack patterns and floods reach the code, which is also all that asks who calls.',
  fix: 'Associate a regional web ACL (AWS::WAFv2::WebACLAssociation; SecureWebAcl makes one) with the ARN of the App Runner service, or with the load balancer of the service of ECS '
    + 'Express (attrEcsManagedResourceArnsIngressPathLoadBalancerArn). What only your network calls: IsPubliclyAccessible: false, or private subnets.',
  risks: ['no-front-line', 'attack-surface'],
  frameworks: ['OWASP Serverless S1', 'CSA SAS-08'],
  check: (service, app) => {
    const reached = isReachedFromInternet(service, app);
    if (reached === false) return notApplicable();
    const answer = hasWebAclBeforeService(service, app);
    if (answer === true) return pass();
    return answer === false && reached === true ? fail('Properties') : unresolved('Properties');
  },
};

export const CONTAINER_LOGS: Rule = {
  id: 'ContainerLogs',
  severity: Severity.LOW,
  appliesTo: [TASK_DEFINITION],
  title: 'What a container writes is lost with it',
  why: 'On Fargate nobody can read it at all, elsewhere it goes with the machine: neither the request that broke the code nor what it did then can be looked up.',
  fix: 'Give the container a LogConfiguration (logging: LogDrivers.awsLogs), with a log group that has a retention. Its tasks must reach CloudWatch Logs, or '
    + 'they no longer start.',
  risks: ['unseen-attack'],
  frameworks: ['FSBP ECS.9', 'CT.ECS.PR.5', 'cdk-nag AwsSolutions-ECS7'],
  findingForm: 'name of the container',
  check: (task) => task.items('ContainerDefinitions').map((container) => judgeLog(container)),
};

function judgeLog(container: Value): Outcome {
  const location = 'Properties.ContainerDefinitions';
  if (isUnresolved(container)) return unresolved(location);
  const drivers = alternatives(at(at(container, 'LogConfiguration'), 'LogDriver'));
  return expectEach(drivers, location, (driver) => driver !== undefined, textOf(at(container, 'Name')));
}

export const CONTAINER_RULES: readonly Rule[] = [CONTAINER_INSIGHTS_ON, CONTAINER_LOGS, CONTAINER_WEB_ACL];
