import { CfnResource, Token } from 'aws-cdk-lib';
import { HardeningSite } from './hardening-site';
import { isIntrinsic } from './intrinsics';
import { propertyOf } from './property-of';

/**
 * Web functions came to `aws-cdk-lib` after the oldest version that this library works with: their properties are read by the names that CloudFormation
 * gives them, of the classes of newer versions and of plain resources alike.
 */
export const WEB_FUNCTION = 'AWS::Lambda::WebFunction';
export const WEB_ENDPOINT = 'AWS::Lambda::WebFunctionEndpoint';
export const WEB_REVISION = 'AWS::Lambda::WebFunctionRevision';

/**
 * A part of a property, tokens included: what an escape hatch sets, or what the resource has. Where only the deployment knows the whole, that is the answer.
 * @param path the names in CloudFormation, joined by dots: `ServiceConfig.ExecutionRoleArn`
 */
export function settingOf(resource: CfnResource, path: string, site: HardeningSite): unknown {
  const overridden = site.overrideOf(resource, path);
  if (overridden !== undefined) return overridden;
  const [property, ...fields] = path.split('.');
  let at = propertyOf(resource, property);
  for (const field of fields) {
    const whole = Token.isUnresolved(at) ? site.resolve(resource, at) : at;
    if (typeof whole !== 'object' || whole === null || isIntrinsic(whole)) return whole ?? undefined;
    at = Reflect.get(whole, `${field[0].toLowerCase()}${field.slice(1)}`) ?? Reflect.get(whole, field);
  }
  return site.resolve(resource, at) === undefined ? undefined : at;
}

/** The roles in which a revision of a web function may run: more than one where a condition decides. */
export function rolesOfWebFunction(revision: CfnResource, site: HardeningSite): readonly CfnResource[] {
  return site.targets(revision, settingOf(revision, 'ServiceConfig.ExecutionRoleArn', site));
}
