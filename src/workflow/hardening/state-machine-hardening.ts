import { Names } from 'aws-cdk-lib';
import { CfnStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { HardeningArea } from '../../core/hardening/hardening-area';
import { hardeningPart } from '../../core/hardening/hardening-part';
import { HardeningSite } from '../../core/hardening/hardening-site';
import { fieldOf, withFields } from '../../core/hardening/nested-value';
import { HardeningStep } from '../../core/hardening/steps/hardening-step';
import { proposalStep } from '../../core/hardening/steps/proposal-step';
import { valueStep } from '../../core/hardening/steps/value-step';
import { stackInstance } from '../../core/stacks/stack-instance';
import { isCdkHelper } from '../../iam/cdk-helper';
import { encryptedLogGroup } from '../../logging/encrypted-log-group';
import { allStates, Definition, hasCatch, readDefinition, State, Substitutions } from '../definition/definition';
import { allowEncryptedLogs, allowMachine, extensibleRole, keyOfMachine } from '../rights/state-machine-rights';
import { LOG_GROUP_PREFIX } from '../state-machine-baseline';
import { TASK_ERROR_CATCH, WORKFLOW_EXECUTION_DATA, WORKFLOW_KEY, WORKFLOW_LOGGING, WORKFLOW_TIMEOUT, WORKFLOW_TRACING } from '../workflow-rules';

const MACHINE = { area: HardeningArea.STATE_MACHINES, type: 'AWS::StepFunctions::StateMachine' } as const;

/** States that can fail. */
const CAN_FAIL = ['Map', 'Parallel', 'Task'];

const NO_ROLE = 'The role of the machine is not part of the app, or has as many policies as a role can have';

const LOGS = valueStep<CfnStateMachine>({
  ...MACHINE,
  rule: WORKFLOW_LOGGING.id,
  property: 'LoggingConfiguration',
  adds: 2,
  when: (machine, site) => extensibleRole(machine, site) !== undefined && !lacksKeyForLogs(machine, site),
  read: (machine) => machine.loggingConfiguration,
  secure: () => 'the level ALL without execution data, into an encrypted log group; the rights for that in the role',
  write: writeLogs,
  safe: (logs: { readonly level?: unknown }) => logs.level !== undefined && logs.level !== 'OFF',
});

/** Failures alone do not show what an execution did before; the choice of the author stays. */
const LOG_LEVEL = valueStep<CfnStateMachine>({
  ...MACHINE,
  rule: WORKFLOW_LOGGING.id,
  property: 'LoggingConfiguration.Level',
  when: (machine, site) => !['OFF', undefined].includes(levelOf(machine, site) as string | undefined),
  read: levelOf,
  secure: () => 'ALL',
  unsafe: () => false,
  write: (machine, level) => { machine.loggingConfiguration = withFields(machine.loggingConfiguration, () => ({ level })); },
});

function levelOf(machine: CfnStateMachine, site: HardeningSite): unknown {
  return fieldOf(site, machine, machine.loggingConfiguration, 'level');
}

const LOGS_ADVICE = proposalStep<CfnStateMachine>({
  ...MACHINE,
  rule: WORKFLOW_LOGGING.id,
  property: 'LoggingConfiguration',
  when: (machine, site) => machine.loggingConfiguration === undefined && extensibleRole(machine, site) === undefined,
  after: 'the level ALL without execution data, into an encrypted log group',
  advice: `${NO_ROLE}: let it deliver logs (https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html), and set LoggingConfiguration.`,
});

const LOGS_KEY_ADVICE = proposalStep<CfnStateMachine>({
  ...MACHINE,
  rule: WORKFLOW_LOGGING.id,
  property: 'LoggingConfiguration',
  when: (machine, site) => extensibleRole(machine, site) !== undefined && lacksKeyForLogs(machine, site),
  after: 'the level ALL without execution data, into an encrypted log group',
  advice: 'The policy of the key with which the machine encrypts cannot be changed here: let delivery.logs.amazonaws.com decrypt with it, and the role of the '
    + 'machine generate data keys (https://docs.aws.amazon.com/step-functions/latest/dg/encryption-at-rest.html), and set LoggingConfiguration.',
});

function lacksKeyForLogs(machine: CfnStateMachine, site: HardeningSite): boolean {
  return machine.loggingConfiguration === undefined && keyOfMachine(machine, site).closed;
}

const EXECUTION_DATA = valueStep<CfnStateMachine>({
  ...MACHINE,
  rule: WORKFLOW_EXECUTION_DATA.id,
  property: 'LoggingConfiguration.IncludeExecutionData',
  when: (machine, site) => fieldOf(site, machine, machine.loggingConfiguration, 'includeExecutionData') !== undefined,
  read: (machine, site) => fieldOf(site, machine, machine.loggingConfiguration, 'includeExecutionData'),
  secure: () => false,
  write: (machine, included) => {
    machine.loggingConfiguration = withFields(machine.loggingConfiguration, () => ({ includeExecutionData: included }));
  },
});

const TRACING = valueStep<CfnStateMachine>({
  ...MACHINE,
  rule: WORKFLOW_TRACING.id,
  property: 'TracingConfiguration.Enabled',
  adds: 1,
  when: (machine, site) => extensibleRole(machine, site) !== undefined,
  read: (machine, site) => fieldOf(site, machine, machine.tracingConfiguration, 'enabled'),
  secure: () => true,
  write: (machine, enabled, site) => {
    machine.tracingConfiguration = { enabled };
    allowMachine(machine, 'traces', site);
  },
  unsafe: (enabled: boolean) => !enabled,
});

const TRACING_ADVICE = proposalStep<CfnStateMachine>({
  ...MACHINE,
  rule: WORKFLOW_TRACING.id,
  property: 'TracingConfiguration.Enabled',
  when: (machine, site) => machine.tracingConfiguration === undefined && extensibleRole(machine, site) === undefined,
  after: 'true',
  advice: `${NO_ROLE}: let it send traces (https://docs.aws.amazon.com/step-functions/latest/dg/concepts-xray-tracing.html), and set Enabled.`,
});

/** Whoever reads executions needs the key then: readers outside of the template would lose what they see today. */
const KEY_ADVICE = proposalStep<CfnStateMachine>({
  ...MACHINE,
  rule: WORKFLOW_KEY.id,
  property: 'EncryptionConfiguration',
  when: (machine, site) => machine.encryptionConfiguration === undefined && site.controls(machine).customerKeys && !isCdkHelper(machine, site),
  after: 'CUSTOMER_MANAGED_KMS_KEY',
  advice: 'Set EncryptionConfiguration with a key that the role of the machine, who starts it and who reads its executions may use; SecureStateMachine gives these rights.',
});

const TIMEOUT_ADVICE = proposalStep<CfnStateMachine>({
  ...MACHINE,
  rule: WORKFLOW_TIMEOUT.id,
  property: 'DefinitionString',
  when: (machine, site) => {
    const definition = machine.stateMachineType === 'EXPRESS' ? undefined : definitionOf(machine, site);
    return definition !== undefined && definition.TimeoutSeconds === undefined && !isCdkHelper(machine, site);
  },
  after: 'TimeoutSeconds beside StartAt',
  advice: 'How long an execution may take, only its author knows: write "TimeoutSeconds" beside "StartAt" (timeout: Duration.hours(1)).',
});

const CATCH_ADVICE = proposalStep<CfnStateMachine>({
  ...MACHINE,
  rule: TASK_ERROR_CATCH.id,
  property: 'DefinitionString',
  when: (machine, site) => uncaughtStates(machine, site).length > 0 && !isCdkHelper(machine, site),
  after: (machine, site) => `a Catch in ${uncaughtStates(machine, site).join(', ')}`,
  advice: 'What is to happen when a state fails, only its author knows: write a "Catch" into the state, or into a Parallel or Map state around it (addCatch).',
});

function uncaughtStates(machine: CfnStateMachine, site: HardeningSite): string[] {
  const definition = definitionOf(machine, site);
  if (definition === undefined) return [];
  return allStates(definition).filter(({ caughtOutside, state }) => !caughtOutside && isUncaught(state)).map(({ name }) => name);
}

function isUncaught(state: State): boolean {
  if (!CAN_FAIL.includes(state.Type ?? '') || hasCatch(state)) return false;
  const inner = [...state.Branches ?? [], ...[state.ItemProcessor, state.Iterator].filter((one) => one !== undefined)];
  return state.Type === 'Task' || !inner.flatMap((one) => Object.values(one.States ?? {})).every((one) => !isUncaught(one));
}

/** Undefined where the definition lies elsewhere or cannot be read. */
function definitionOf(machine: CfnStateMachine, site: HardeningSite): Definition | undefined {
  const known = site.once('definitions of state machines', () => new Map<CfnStateMachine, Definition | undefined>());
  if (!known.has(machine)) known.set(machine, readIn(machine, site));
  return known.get(machine);
}

function readIn(machine: CfnStateMachine, site: HardeningSite): Definition | undefined {
  const { definition, definitionString, definitionSubstitutions } = machine;
  if (definitionString === undefined) return site.resolve(machine, definition) as Definition | undefined;
  return readDefinition(site.resolve(machine, definitionString), site.resolve(machine, definitionSubstitutions) as Substitutions | undefined);
}

function writeLogs(machine: CfnStateMachine, _: never, site: HardeningSite): void {
  const logGroup = hardeningPart(site, machine, 'Logs', (scope, id) => encryptedLogGroup(scope, id, { logGroupName: logGroupName(scope) }));
  machine.loggingConfiguration = {
    level: 'ALL', includeExecutionData: false, destinations: [{ cloudWatchLogsLogGroup: { logGroupArn: logGroup.logGroupArn } }],
  };
  allowMachine(machine, 'logs', site);
  allowEncryptedLogs(machine, site);
}

/** Unique to this deployment of the stack: a log group that outlived an earlier one does not stand in the way. */
function logGroupName(scope: Construct): string {
  return `${LOG_GROUP_PREFIX}${Names.uniqueResourceName(scope, { maxLength: 100, separator: '-' })}-${stackInstance()}`;
}

/** What hardening does to state machines. */
export const STATE_MACHINE_HARDENING: readonly HardeningStep[] = [
  LOGS, LOG_LEVEL, LOGS_ADVICE, LOGS_KEY_ADVICE, EXECUTION_DATA, TRACING, TRACING_ADVICE, KEY_ADVICE, TIMEOUT_ADVICE, CATCH_ADVICE,
];
