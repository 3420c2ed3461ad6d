import { Effect, ManagedPolicy, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { SELF_DENIED_ACTIONS } from './containment-baseline';
import { SecureTable } from '../database/table/secure-table';
import { SecureFunction } from '../function/secure-function';
import { SecureEventBus } from '../messaging/event-bus/secure-event-bus';

/** What a containment is made of. */
export interface SelfParts {
  readonly functions: readonly SecureFunction[];
  readonly table: SecureTable;
  readonly bus: SecureEventBus;
  readonly machine?: StateMachine;
}

/**
 * Denies the responder and the one that undoes to touch what they are made of, whatever else their roles may come to hold: a forged finding,
 * or code that was taken over, must not switch the defence off. It stands in a policy apart, because it names the functions, which wait for
 * the policies of their roles.
 */
export function denySelf(scope: Construct, { functions, table, bus, machine }: SelfParts): void {
  const [responder, undo] = functions;
  const deny = (actions: readonly string[], resources: readonly string[]) => new PolicyStatement({
    effect: Effect.DENY, actions: [...actions], resources: [...resources],
  });
  const key = table.encryptionKey;
  new ManagedPolicy(scope, 'SelfDenial', {
    roles: [responder.role!, undo.role!],
    document: new PolicyDocument({
      minimize: true,
      statements: [
        deny(SELF_DENIED_ACTIONS.functions, functions.map((fn) => fn.functionArn)),
        deny(SELF_DENIED_ACTIONS.roles, [...functions.map((fn) => fn.role!.roleArn), ...machine === undefined ? [] : [machine.role.roleArn]]),
        deny(SELF_DENIED_ACTIONS.table, [table.tableArn]),
        deny(SELF_DENIED_ACTIONS.logs, functions.map((fn) => fn.logGroup.logGroupArn)),
        ...key === undefined ? [] : [deny(SELF_DENIED_ACTIONS.key, [key.keyArn])],
        deny(SELF_DENIED_ACTIONS.bus, [bus.eventBusArn]),
        ...machine === undefined ? [] : [deny(SELF_DENIED_ACTIONS.machine, [machine.stateMachineArn])],
      ],
    }),
  });
}
