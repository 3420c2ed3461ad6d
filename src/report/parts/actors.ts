import { routesOf } from '../../model/entries/api-routes';
import { CONTAINER_SERVICE_ROLES } from '../../model/entries/container-services';
import { usersOf } from '../../model/entries/file-servers';
import { TOPIC_RULE } from '../../model/flow/topic-rules';
import { AGENT_GATEWAY, AGENT_ROLES } from '../../model/resources/agents';
import { AppModel } from '../../model/resources/app-model';
import { resourceMeant } from '../../model/resources/names';
import { resourcesAt, valuesAt, valuesBelow } from '../../model/resources/pointers';
import { Resource } from '../../model/resources/resource';
import { settingPath, WORKERS } from '../../model/resources/web-functions';
import { rolesOfService, TASK_SERVICE } from '../../model/rights/task-roles';
import { at, entries, Value } from '../../model/values/values';

const ROLE = 'AWS::IAM::Role';
export const IDENTITY_POOL = 'AWS::Cognito::IdentityPool';

/** Where resources that act by themselves name the role that they act with; lists on the way count with each element. */
const ROLE_PATHS: { readonly [type: string]: readonly string[] } = {
  'AWS::AppSync::DataSource': ['ServiceRoleArn'],
  [AGENT_GATEWAY]: ['RoleArn'],
  ...Object.fromEntries(Object.entries({ ...AGENT_ROLES, ...CONTAINER_SERVICE_ROLES }).map(([type, path]) => [type, [path]])),
  'AWS::CodeBuild::Project': ['ServiceRole', 'BuildBatchConfig.ServiceRole'],
  'AWS::CodePipeline::Pipeline': ['RoleArn', 'Stages.Actions.RoleArn'],
  'AWS::Cognito::UserPoolGroup': ['RoleArn'],
  'AWS::Events::Rule': ['Targets.RoleArn'],
  'AWS::EventsV2::Subscriber': ['InvokeConfiguration.RoleArn'],
  'AWS::KinesisFirehose::DeliveryStream': ['ExtendedS3DestinationConfiguration.RoleARN', 'S3DestinationConfiguration.RoleARN'],
  ...Object.fromEntries(WORKERS.map((type) => [type, [settingPath(type, 'role')]])),
  'AWS::Pipes::Pipe': ['RoleArn'],
  'AWS::Scheduler::Schedule': ['Target.RoleArn'],
  'AWS::StepFunctions::StateMachine': ['RoleArn'],
};

/** A resource of the app that acts, and the role that it acts with. */
export interface Actor {
  readonly actor: Resource;
  readonly role: Resource;
}

/**
 * Everything in the app that acts with a role of the app: functions, state machines, pipes, rules, schedules, APIs, services of containers, file servers,
 * builds and pipelines, identity pools and groups for their users.
 */
export function actorsOf(app: AppModel): readonly Actor[] {
  return app.index('actors', () => {
    const declared = Object.entries(ROLE_PATHS).flatMap(([type, paths]) => app.ofType(type).flatMap((actor) => (
      paths.flatMap((path) => valuesAt(actor, path)).flatMap((value) => rolesIn(value, actor, app)))));
    const routes = app.ofType('AWS::ApiGateway::RestApi', 'AWS::ApiGateway::Method', 'AWS::ApiGatewayV2::Api', 'AWS::ApiGatewayV2::Route')
      .flatMap((resource) => routesOf(resource, app));
    const callers = routes.flatMap(({ api, declaredBy, credentials }) => rolesIn(credentials, api ?? declaredBy, app));
    const users = usersOf(app).flatMap(({ server, role }) => rolesIn(role, server, app));
    const topicRules = app.ofType(TOPIC_RULE).flatMap((rule) => rolesOfTopicRule(rule).flatMap((value) => rolesIn(value, rule, app)));
    const pools = rolesOfIdentityPools(app).flatMap(({ pool, role }) => rolesIn(role, pool, app));
    const tasks = app.ofType(TASK_SERVICE).flatMap((actor) => rolesOfService(actor, app).map((role) => ({ actor, role })));
    const seen = new Set<string>();
    return [...declared, ...topicRules, ...pools, ...callers, ...tasks, ...users].filter(({ actor, role }) => !seen.has(`${actor.key} ${role.key}`) && seen.add(`${actor.key} ${role.key}`));
  });
}

/** Who acts with a role. */
export function actorsWith(role: Resource, app: AppModel): readonly Resource[] {
  return app.index('actors by role', () => {
    const table = new Map<string, Resource[]>();
    for (const { actor, role: { key } } of actorsOf(app)) {
      const known = table.get(key);
      if (known === undefined) table.set(key, [actor]);
      else known.push(actor);
    }
    return table;
  }).get(role.key) ?? [];
}

/** An identity pool gives roles to guests, to users, and to users of whom a token says more. */
export function rolesOfIdentityPools(app: AppModel): readonly { readonly pool: Resource; readonly role: Value }[] {
  return app.ofType('AWS::Cognito::IdentityPoolRoleAttachment').flatMap((attachment) => {
    const mapped = entries(attachment.property('RoleMappings')).flatMap(([, mapping]) => valuesBelow(mapping, 'RulesConfiguration.Rules.RoleARN'));
    const roles = ['unauthenticated', 'authenticated'].flatMap((kind) => attachment.alternatives(`Roles.${kind}`)).filter((role) => role !== undefined);
    return resourcesAt(attachment.property('IdentityPoolId'), app, IDENTITY_POOL).flatMap((pool) => [...roles, ...mapped].map((role) => ({ pool, role })));
  });
}

/** Each action of a rule of IoT has a kind of its own, and a role below it. */
export function rolesOfTopicRule(rule: Resource): readonly Value[] {
  return ['TopicRulePayload.Actions', 'TopicRulePayload.ErrorAction'].flatMap((path) => valuesAt(rule, path))
    .flatMap((action) => entries(action)).map(([, settings]) => at(settings, 'RoleArn'));
}

function rolesIn(value: Value, actor: Resource, app: AppModel): readonly Actor[] {
  const role = resourceMeant(value, app, actor.stackId, ROLE);
  return role === undefined ? [] : [{ actor, role }];
}
