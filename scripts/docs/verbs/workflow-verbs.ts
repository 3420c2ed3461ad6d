import { DefinitionBody, Pass, StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import { ConstructWithVerbs } from './verb';
import { SecureStateMachine } from '../../../src/workflow/secure-state-machine';
import { aFunction } from '../../../test/support/self-audit';

export const WORKFLOW_VERBS: readonly ConstructWithVerbs[] = [
  {
    name: 'SecureStateMachine',
    verbs: (stack) => {
      const definitionOf = (id: string) => DefinitionBody.fromChainable(new Pass(stack, id));
      const machine = new SecureStateMachine(stack, 'Machine', { definitionBody: definitionOf('Done') });
      const express = new SecureStateMachine(stack, 'ExpressMachine', {
        definitionBody: definitionOf('DoneAtOnce'), stateMachineType: StateMachineType.EXPRESS,
      });
      return [
        { call: 'allowStart(fn)', give: (fn) => machine.allowStart(fn) },
        { call: 'allowStartSync(fn)', give: (fn) => express.allowStartSync(fn) },
        { call: 'allowReadExecutions(fn)', give: (fn) => machine.allowReadExecutions(fn) },
        { call: 'allowStop(fn)', give: (fn) => machine.allowStop(fn) },
        { call: 'allowRedrive(fn)', give: (fn) => machine.allowRedrive(fn) },
        { call: 'allowTaskResponse(fn)', give: (fn) => machine.allowTaskResponse(fn) },
      ];
    },
  },
  {
    name: 'SecureFunctionAlias',
    verbs: (stack) => {
      const alias = aFunction(stack, 'Aliased').addAlias('live');
      return [{ call: 'allowInvoke(fn)', give: (fn) => alias.allowInvoke(fn) }];
    },
  },
];
