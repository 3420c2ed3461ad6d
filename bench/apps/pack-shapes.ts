import { App } from 'aws-cdk-lib';
import { build } from './ours';
import { openApiRoutes, restRoutes } from './routes';
import { buildApp } from './shape';
import { stores } from './stores';
import { workers } from './workers';

/** Apps of a number of functions that the rules are measured on: the same rule costs a different amount in each. */
export const PACK_SHAPES: { readonly [shape: string]: (functions: number) => App } = {
  'workers': (functions) => workers(functions),
  'one-stack': (functions) => workers(functions, { stacks: 1 }),
  'nested': (functions) => workers(functions, { nested: true }),
  'parameters': (functions) => workers(functions, { parameters: true }),
  'routes': restRoutes,
  'open-api': openApiRoutes,
  stores,
  'ours': (functions) => buildApp(build, functions),
};
