import { App, Stack } from 'aws-cdk-lib';

/** An API of this many routes has a function for every five of them. */
const ROUTES_PER_FUNCTION = 5;

/** Builds one API, a bucket that its functions read, and the functions: for each the paths that it answers to GET. */
export type BuildApi = (stack: Stack, paths: readonly (readonly string[])[]) => void;

/** One stack with one API. */
export function buildWide(build: BuildApi, routes: number): App {
  const app = new App({ context: { 'aws:cdk:bundling-stacks': [] } });
  const numbers = Array.from({ length: routes }, (_, i) => i);
  const first = numbers.filter((i) => i % ROUTES_PER_FUNCTION === 0);
  build(new Stack(app, 'Catalog'), first.map((from) => numbers.slice(from, from + ROUTES_PER_FUNCTION).map((i) => `items${i}`)));
  return app;
}
