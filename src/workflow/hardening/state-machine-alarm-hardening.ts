import { CfnStateMachine, StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import { alarmStep } from '../../alarms/alarm-hardening';
import { HardeningStep } from '../../core/hardening/steps/hardening-step';
import { stateMachineWatches } from '../state-machine-alarms';
import { WORKFLOW_LOGGING } from '../workflow-rules';

/** How long executions may take stands in the definition, which nobody reads for that: there is no alarm on the time. */
const ALARMS = alarmStep<CfnStateMachine>({
  type: 'AWS::StepFunctions::StateMachine',
  rule: WORKFLOW_LOGGING.id,
  watches: (machine) => stateMachineWatches(machine.ref, {
    type: machine.stateMachineType === 'EXPRESS' ? StateMachineType.EXPRESS : StateMachineType.STANDARD,
  }),
});

/** What hardening does so that somebody hears of executions that fail. */
export const STATE_MACHINE_ALARM_HARDENING: readonly HardeningStep[] = [ALARMS];
