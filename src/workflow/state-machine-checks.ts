import { Duration, Token } from 'aws-cdk-lib';
import { DefinitionBody, FileDefinitionBody, StateMachineType, StringDefinitionBody } from 'aws-cdk-lib/aws-stepfunctions';
import { SecureStateMachineProps } from './secure-state-machine-props';
import { EXPRESS_TIMEOUT, STANDARD_TIMEOUT } from './state-machine-baseline';
import { checkDuration, checkReason } from '../core/checks';
import { Place, refuse } from '../core/configuration-error';

/** Judges all props before anything is made. */
export function checkStateMachine(place: Place, props: SecureStateMachineProps): void {
  checkReasons(place, props);
  checkName(place, props.stateMachineName);
  checkBody(place, props);
  const { standard, most } = timeoutLimits(props.stateMachineType);
  checkDuration(place, props.timeout, Duration.seconds(1), Duration.seconds(most), {
    code: 'SecureStateMachine.Timeout', prop: 'timeout', fix: `leave it out for ${Duration.seconds(standard).toHumanString()}`,
  });
  if (props.stateMachineType === StateMachineType.EXPRESS && props.alarms?.executionsAborted !== undefined) {
    refuse(place, {
      code: 'SecureStateMachine.Alarm',
      prop: 'alarms.executionsAborted',
      must: 'must not be set for an express machine, whose executions cannot be stopped',
      fix: 'leave it out',
    });
  }
}

/** What is true of the type of a machine. */
export function timeoutLimits(type: StateMachineType | undefined): { readonly standard: number; readonly most: number } {
  return type === StateMachineType.EXPRESS ? EXPRESS_TIMEOUT : STANDARD_TIMEOUT;
}

/** Whether the definition is text that stands apart from CDK's constructs: CDK then neither adds a timeout nor finds out about rights. */
export function isText(body: DefinitionBody): boolean {
  return (body as Partial<StringDefinitionBody>).body !== undefined || filePath(body) !== undefined;
}

/** The file that holds the definition. */
export function filePath(body: DefinitionBody): string | undefined {
  return (body as Partial<FileDefinitionBody>).path;
}

function checkReasons(place: Place, props: SecureStateMachineProps): void {
  const reasons = {
    tracing: props.tracing?._offReason,
    executionData: props.executionData?._loggedReason,
    errorCatching: props.errorCatching?._offReason,
    logMasking: props.logMasking?._offReason,
  };
  for (const [prop, reason] of Object.entries(reasons)) {
    if (reason !== undefined) checkReason(place, reason, { code: 'SecureStateMachine.Reason', prop, fix: 'say why this machine may do so' });
  }
}

function checkName(place: Place, name: string | undefined): void {
  if (name === undefined || Token.isUnresolved(name) || /^[A-Za-z0-9_-]{1,80}$/.test(name)) return;
  refuse(place, {
    code: 'SecureStateMachine.Name',
    prop: 'stateMachineName',
    must: 'must be 1 to 80 letters, digits, - and _, so that metrics and log streams can carry it',
    got: name,
    fix: 'leave it out for a name that CloudFormation makes',
  });
}

function checkBody(place: Place, props: SecureStateMachineProps): void {
  const text = isText(props.definitionBody);
  for (const prop of ['timeout', 'comment', 'queryLanguage'] as const) {
    if (!text || props[prop] === undefined) continue;
    refuse(place, {
      code: 'SecureStateMachine.TextDefinition',
      prop,
      must: 'must be left out where the definition comes from text or a file, since CDK would ignore it',
      got: props[prop],
      fix: `write "${{ timeout: 'TimeoutSeconds', comment: 'Comment', queryLanguage: 'QueryLanguage' }[prop]}" into the definition`,
    });
  }
  if (!text && props.definitionSubstitutions !== undefined) {
    refuse(place, {
      code: 'SecureStateMachine.Substitutions',
      prop: 'definitionSubstitutions',
      must: 'must go with a definition from text or a file',
      got: Object.keys(props.definitionSubstitutions),
      fix: 'leave them out: chained states can use values of the app directly',
    });
  }
}
