import { Lazy, Stack } from 'aws-cdk-lib';
import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CfnStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { IConstruct } from 'constructs';
import { refuse } from '../../core/configuration-error';
import { KEY_ACTIONS_MEANT } from '../state-machine-baseline';

/** What a machine's role is given, and the wildcards in it that name no other resource. */
export interface ExactStatement {
  readonly statement: PolicyStatement;
  readonly wildcards: readonly { readonly resource: string; readonly reason: string }[];
}

/**
 * A statement for the role of a machine, in exact terms: CDK's tasks, and grants of its other constructs, ask for more than they need.
 *
 * | asked for                                      | given                                        |
 * |------------------------------------------------|----------------------------------------------|
 * | `lambda:InvokeFunction` on `F` and `F:*`       | on `F`: versions and aliases are others      |
 * | an execution, as `…:execution:M*`              | `…:execution:M:*`: not those of `Mine`       |
 * | `kms:GenerateDataKey*` and its like            | the complete actions that are meant          |
 * | another action with a wildcard, or NotAction   | refused                                      |
 * | all resources but some (NotResource)           | refused                                      |
 * | anything else                                  | that                                         |
 */
export function exactStatement(role: IConstruct, statement: PolicyStatement): ExactStatement {
  if (statement.effect !== Effect.ALLOW) return { statement, wildcards: [] };
  const actions = statement.actions.flatMap((action) => KEY_ACTIONS_MEANT[action] ?? [action]);
  refuseWildcards(role, [...actions, ...statement.notActions.length > 0 ? ['NotAction'] : []]);
  refuseNotResource(role, statement);
  if (statement.resources.length === 0) return { statement: statement.copy({ actions }), wildcards: [] };
  const resources = exactResources(role, actions, statement.resources);
  return {
    statement: statement.copy({ actions, resources: resources.map(({ resource }) => resource) }),
    wildcards: resources.flatMap(({ resource, reason }) => (reason === undefined ? [] : [{ resource, reason }])),
  };
}

/** Whether somebody asks for a key without saying through which service: as tasks do whose resource is encrypted. */
export function namesKeyOnly(statement: PolicyStatement): boolean {
  const conditions = Object.values(statement.conditions as Record<string, Record<string, unknown>>).flatMap((operator) => Object.keys(operator));
  // The task that calls AWS APIs directly writes actions with a small letter: it uses the key itself, through no service.
  return statement.effect === Effect.ALLOW && statement.actions.length > 0 && statement.actions.every((action) => /^kms:[A-Z]/.test(action))
    && !conditions.some((key) => key.startsWith('kms:'));
}

function exactResources(role: IConstruct, actions: readonly string[], resources: readonly string[]): { resource: string; reason?: string }[] {
  const toInvoke = actions.every((action) => action === 'lambda:InvokeFunction');
  return resources.filter((arn) => !(toInvoke && arn.endsWith(':*') && resources.includes(arn.slice(0, -2)))).map((arn) => {
    if (/:execution:[^*]+\*$/.test(arn)) return { resource: ofMachine(role, arn.replace(/:?\*$/, ':*')), reason: EXECUTIONS_REASON };
    const objects = actions.every((action) => action.startsWith('s3:')) && /^[^*?]*[^*?:]\/[^*?]*\*$/.test(arn);
    return { resource: arn, reason: objects ? OBJECTS_REASON : undefined };
  });
}

const EXECUTIONS_REASON = 'Executions get their names when they start: the right covers those of one state machine, and the actions are complete.';

const OBJECTS_REASON = 'The keys of objects are chosen at run time: the right covers objects of one bucket, and the actions are complete.';

/** CDK cuts the name of a machine out of its ARN, where nothing that reads the template can follow it. */
function ofMachine(role: IConstruct, executionArn: string): string {
  return Lazy.uncachedString({ produce: ({ resolve }) => withNames(Stack.of(role), resolve(executionArn)) as string });
}

function withNames(stack: Stack, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((one) => withNames(stack, one));
  const machine = (value as CutName)['Fn::Select']?.[1]?.['Fn::Split']?.[1]?.Ref;
  if (machine !== undefined && isStateMachine(stack, machine)) return { 'Fn::GetAtt': [machine, 'Name'] };
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, withNames(stack, one)]));
}

interface CutName {
  readonly 'Fn::Select'?: [unknown, { readonly 'Fn::Split'?: [string, { readonly Ref?: string }] }];
}

function isStateMachine(stack: Stack, logicalId: string): boolean {
  return stack.node.findAll().some((node) => (
    CfnStateMachine.isCfnStateMachine(node) && node.stack === stack && stack.resolve(node.logicalId) === logicalId));
}

function refuseWildcards(role: IConstruct, actions: readonly string[]): void {
  const wildcard = actions.find((action) => /[*?]|^NotAction$/.test(action));
  if (wildcard === undefined) return;
  refuse(role, {
    code: 'SecureStateMachine.ActionWildcard',
    prop: 'actions',
    must: 'must be complete names in the role of a state machine',
    got: wildcard,
    fix: "use the allow…() methods of this library's constructs, or a PolicyStatement that names each action",
  });
}

function refuseNotResource(role: IConstruct, { notResources }: PolicyStatement): void {
  if (notResources.length === 0) return;
  refuse(role, {
    code: 'SecureStateMachine.NotResource',
    prop: 'notResources',
    must: 'must be left out of the role of a state machine: the right would cover all that is not named, in every account that lets it in',
    got: Stack.of(role).resolve(notResources),
    fix: 'name the resources in a PolicyStatement with resources, and what must stay closed in one that denies',
  });
}
