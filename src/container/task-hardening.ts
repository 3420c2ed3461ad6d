import { CfnTaskDefinition } from 'aws-cdk-lib/aws-ecs';
import { TASK_DEFINITION } from './container-baseline';
import { CONTAINER_LOGS } from './container-rules';
import { HardeningArea } from '../core/hardening/hardening-area';
import { HardeningSite } from '../core/hardening/hardening-site';
import { secretAdvice } from '../core/hardening/secret-advice';
import { HardeningPlan, HardeningStep, Standing } from '../core/hardening/steps/hardening-step';
import { isIntrinsic } from '../core/hardening/values/intrinsics';
import { ListItem } from '../core/hardening/values/list-items';
import { findSecret } from '../core/secrets/secret-findings';
import { flattenReference } from '../core/values/flatten-reference';

const TASK = { area: HardeningArea.CONTAINERS, type: TASK_DEFINITION } as const;

/** A container as it is rendered, and how the report names it. */
interface Container {
  readonly name: string;
  readonly value: ListItem;
  /** Whether an escape hatch says something of a field of it. */
  readonly isOverridden: (field: string) => boolean;
}

/** None where only the deployment knows them, or an escape hatch says them all. */
function containersOf(task: CfnTaskDefinition, site: HardeningSite): readonly Container[] {
  const list = site.resolve(task, task.containerDefinitions);
  if (!Array.isArray(list) || Array.isArray(site.overrideOf(task, 'ContainerDefinitions'))) return [];
  return (list as readonly ListItem[]).map((value, index): Container => ({
    name: typeof value.name === 'string' ? value.name : String(index),
    value,
    isOverridden: (field) => site.overrideOf(task, `ContainerDefinitions.${index}.${field}`) !== undefined,
  })).filter(({ value }) => !isIntrinsic(value));
}

/**
 * Nothing is set: a container whose log cannot reach CloudWatch Logs does not start, and who starts the tasks in which network is not seen from here.
 *
 * @see https://repost.aws/knowledge-center/ecs-fargate-docker-timeout-error
 */
const LOGS: HardeningStep = {
  ...TASK,
  rule: CONTAINER_LOGS.id,
  plan: (resource, site) => containersOf(resource as CfnTaskDefinition, site)
    .filter(({ value, isOverridden }) => value.logConfiguration === undefined && !isOverridden('LogConfiguration'))
    .map(({ name }): HardeningPlan => ({
      standing: Standing.AUTHORS,
      property: `ContainerDefinitions.${name}.LogConfiguration`,
      after: 'a log group of the app',
      advice: 'Give the container logging: LogDrivers.awsLogs({ streamPrefix, logGroup, mode: AwsLogDriverMode.NON_BLOCKING }). Its tasks must reach CloudWatch '
        + 'Logs, or they no longer start: in a network without a way out, add the endpoint of CloudWatch Logs before. Services start their tasks anew.',
    })),
};

/** Which variables are secret, only their author can say; those that look so are told of one by one. */
const VARIABLES: HardeningStep = {
  ...TASK,
  rule: 'PassThroughSecret',
  plan: (resource, site) => containersOf(resource as CfnTaskDefinition, site).filter(({ isOverridden }) => !isOverridden('Environment')).flatMap(planVariables),
};

function planVariables({ name: container, value }: Container): readonly HardeningPlan[] {
  const variables = Array.isArray(value.environment) ? value.environment as readonly ListItem[] : [];
  const known = variables.filter((variable) => !isIntrinsic(variable));
  const named = known.map(({ name, value: text }) => ({ name: String(name), kind: kindOf(name, text) }));
  const others = named.filter(({ kind }) => kind === undefined).map(({ name }) => name);
  const property = `ContainerDefinitions.${container}.Environment`;
  return [
    ...named.flatMap(({ name, kind }): HardeningPlan[] => (kind === undefined ? [] : [{
      standing: Standing.AUTHORS,
      property: `${property}.${name}`,
      after: 'a secret in Secrets Manager',
      advice: secretAdvice(kind, 'name it among the secrets of the container (Secret.fromSecretsManager)'),
    }])),
    ...others.length === 0 ? [] : [{
      standing: Standing.AUTHORS,
      property,
      before: others.join(', '),
      after: 'secrets, and a file for the rest',
      advice: 'Everybody who may describe the task definition reads these. Name what is secret among the secrets of the container, and put what nobody needs to '
        + 'see there into a file in a bucket (environmentFiles). What everybody may see can stay: acknowledge AwsSolutions-ECS2 with that reason.',
    }],
  ];
}

function kindOf(name: unknown, value: unknown): string | undefined {
  return typeof name === 'string' && value !== undefined ? findSecret(name, flattenReference(value)) : undefined;
}

/** What hardening says of the containers of tasks: each change of a task definition is a new revision, from which services start their tasks anew. */
export const TASK_HARDENING: readonly HardeningStep[] = [LOGS, VARIABLES];
