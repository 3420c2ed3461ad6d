import { CfnResource, Token } from 'aws-cdk-lib';
import { HardeningSite } from './hardening-site';
import { isIntrinsic } from './values/intrinsics';
import { propertyOf } from './values/property-of';

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
