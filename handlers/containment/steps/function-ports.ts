import {
  DeleteFunctionConcurrencyCommand, GetEventSourceMappingCommand, GetFunctionConcurrencyCommand, LambdaClient, PutFunctionConcurrencyCommand,
  UpdateEventSourceMappingCommand,
} from '@aws-sdk/client-lambda';
import { unless } from './errors';
import { functionName } from '../arns';
import { SettingPort } from '../ports';

const GONE = ['ResourceNotFoundException'];

/** `{ enabled }` of what starts a function from a queue or a stream. A mapping that is on its way counts as arrived. */
export function mappingPort(lambda: LambdaClient): SettingPort {
  return {
    read: ({ uuid }) => unless(GONE, undefined, async () => {
      const { State: state = '' } = await lambda.send(new GetEventSourceMappingCommand({ UUID: uuid }));
      return state === 'Deleting' ? undefined : { enabled: !['Disabled', 'Disabling'].includes(state) };
    }),
    write: async ({ uuid }, { enabled }) => {
      await lambda.send(new UpdateEventSourceMappingCommand({ UUID: uuid, Enabled: enabled === true }));
    },
  };
}

/** `{ reserved }` concurrency of a function: null where none is reserved. */
export function concurrencyPort(lambda: LambdaClient): SettingPort {
  return {
    read: ({ function: arn }) => unless(GONE, undefined, async () => {
      const { ReservedConcurrentExecutions: reserved } = await lambda.send(new GetFunctionConcurrencyCommand({ FunctionName: functionName(arn) }));
      return { reserved: reserved ?? null };
    }),
    write: async ({ function: arn }, { reserved }) => {
      const FunctionName = functionName(arn);
      await (reserved === null
        ? lambda.send(new DeleteFunctionConcurrencyCommand({ FunctionName }))
        : lambda.send(new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: reserved as number })));
    },
  };
}
