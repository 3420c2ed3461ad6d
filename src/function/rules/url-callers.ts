import { AppModel } from '../../model/resources/app-model';
import { Resource } from '../../model/resources/resource';
import { serviceName } from '../../model/rights/grantees';
import { isTrue, textOf } from '../../model/values/values';

const URL_CALL = /^(lambda:invokefunctionurl|lambda:\*|\*|lambda:invoke\*|lambda:invokefunction\*)$/;
const PLAIN_CALL = /^(lambda:invokefunction|lambda:\*|\*|lambda:invoke\*|lambda:invokefunction\*)$/;

/** The second permission that CloudFront needs since 2025 allows the plain call, but only if it came over the URL. */
export function isForUrl(permission: Resource): boolean {
  const actions = permission.alternatives('Action').map((action) => (textOf(action) ?? '').toLowerCase());
  const overUrl = permission.alternatives('InvokedViaFunctionUrl').some((only) => only !== undefined && textOf(only) !== 'false')
    || permission.property('FunctionUrlAuthType') !== undefined;
  const calledByEdge = permission.alternatives('Principal').some((principal) => serviceName(textOf(principal) ?? '') === 'cloudfront');
  return actions.some((action) => URL_CALL.test(action) || ((overUrl || calledByEdge) && PLAIN_CALL.test(action)));
}

/** Where the URL asks for no authentication, there is none to undo: `FunctionUrlAuth` tells of it. */
export function undoesNoAuthentication(permission: Resource, app: AppModel): boolean {
  return isForOpenUrlsOnly(permission) || urlsOf(permission, app) === 'open';
}

/**
 * Whether another rule tells that everybody may call: a URL without authentication needs a permission for `*` that has no source, and since October 2025
 * a second one (https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html).
 *
 * | the permission holds for                   | URLs of the function           | tells of it              |
 * |--------------------------------------------|--------------------------------|--------------------------|
 * | calls over URLs without authentication     | one has no authentication      | `FunctionUrlAuth`        |
 * | calls over URLs without authentication     | none in the app, or all have   | `InvokePermissionSource` |
 * | calls over URLs with authentication        | any                            | `UrlPermissionScope`     |
 * | calls over any URL                         | all have no authentication     | `FunctionUrlAuth`        |
 * | calls over any URL                         | none in the app, or others     | `UrlPermissionScope`     |
 * | any calls                                  | any                            | `InvokePermissionSource` |
 */
export function isToldOfTheUrl(permission: Resource, app: AppModel): boolean {
  if (!isForUrl(permission)) return false;
  if (isForOpenUrlsOnly(permission)) return urlsOf(permission, app) !== 'closed';
  return isGiven(permission, 'FunctionUrlAuthType') || permission.alternatives('InvokedViaFunctionUrl').every(isTrue);
}

function isForOpenUrlsOnly(permission: Resource): boolean {
  return isNone(permission, 'FunctionUrlAuthType');
}

function isGiven(permission: Resource, property: string): boolean {
  return permission.alternatives(property).every((value) => value !== undefined);
}

function urlsOf(permission: Resource, app: AppModel): 'open' | 'some-open' | 'closed' {
  const urls = app.index('function URLs by function', () => urlsByFunction(app)).get(app.functionBehind(permission.property('FunctionName'))?.key ?? '') ?? [];
  if (!urls.some((url) => isNone(url, 'AuthType'))) return 'closed';
  return urls.every((url) => isNone(url, 'AuthType')) ? 'open' : 'some-open';
}

function urlsByFunction(app: AppModel): ReadonlyMap<string, readonly Resource[]> {
  const urls = new Map<string, Resource[]>();
  for (const url of app.ofType('AWS::Lambda::Url')) {
    const key = app.functionBehind(url.property('TargetFunctionArn'))?.key;
    if (key !== undefined) urls.set(key, [...urls.get(key) ?? [], url]);
  }
  return urls;
}

function isNone(resource: Resource, property: string): boolean {
  return resource.alternatives(property).every((value) => textOf(value) === 'NONE');
}
