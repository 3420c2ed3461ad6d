import { AppModel } from './app-model';
import { Resource } from './resource';
import { at } from '../values/values';

/** A function of Lambda that serves HTTP by itself, without an event for each request. */
export const WEB_FUNCTION = 'AWS::Lambda::WebFunction';

/** The code of a web function with its settings, its role among them. It never changes: a change makes another one. */
export const WEB_FUNCTION_REVISION = 'AWS::Lambda::WebFunctionRevision';

/** The address at which callers reach revisions of a web function. */
export const WEB_FUNCTION_ENDPOINT = 'AWS::Lambda::WebFunctionEndpoint';

/** What runs code of the author's with a role, and writes a log: functions, and revisions of web functions. */
export const WORKERS: readonly string[] = ['AWS::Lambda::Function', WEB_FUNCTION_REVISION];

type Setting = 'logGroup' | 'role' | 'runtime' | 'variables';

const OF_FUNCTIONS: { readonly [setting in Setting]: string } = {
  logGroup: 'LoggingConfig.LogGroup', role: 'Role', runtime: 'Runtime', variables: 'Environment.Variables',
};

const OF_REVISIONS: { readonly [setting in Setting]: string } = {
  logGroup: 'ServiceConfig.TelemetryConfig.LoggingConfig.LogGroup',
  role: 'ServiceConfig.ExecutionRoleArn',
  runtime: 'BuildConfig.RuntimeConfig.Runtime',
  variables: 'ServiceConfig.EnvironmentVariables',
};

/** The path of a setting below `Properties`, for the type of a worker. */
export function settingPath(type: string, setting: Setting): string {
  return (type === WEB_FUNCTION_REVISION ? OF_REVISIONS : OF_FUNCTIONS)[setting];
}

/** The web function that an endpoint or a revision belongs to, when the app holds it. */
export function webFunctionOf(part: Resource, app: AppModel): Resource | undefined {
  return app.named(part.property('FunctionName'), WEB_FUNCTION);
}

/** The revisions that answer at an endpoint: those that it gives a weight, or all of its function where it names none of the app. */
export function revisionsBehind(endpoint: Resource, app: AppModel): readonly Resource[] {
  const weighted = endpoint.items('RevisionWeights').flatMap((one) => app.targets(at(one, 'RevisionId'))).filter(({ type }) => type === WEB_FUNCTION_REVISION);
  if (weighted.length > 0) return [...new Set(weighted)];
  const fn = webFunctionOf(endpoint, app);
  return fn === undefined ? [] : app.ofType(WEB_FUNCTION_REVISION).filter((revision) => webFunctionOf(revision, app) === fn);
}
