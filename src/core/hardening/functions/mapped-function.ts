import { CfnResource } from 'aws-cdk-lib';
import { CfnEventSourceMapping, CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { HardeningSite } from '../hardening-site';

/**
 * The function that a mapping calls, behind an alias or a version: CDK names a version in a text of its function and its number.
 * Undefined where several may be meant.
 */
export function mappedFunction(mapping: CfnEventSourceMapping, site: HardeningSite): CfnFunction | undefined {
  const named = new Set<CfnResource>(site.targets(mapping, mapping.functionName));
  for (const one of named) {
    if (CfnFunction.isCfnFunction(one)) continue;
    for (const behind of site.targets(one, Reflect.get(one, 'functionName') as unknown)) named.add(behind);
  }
  const [fn, ...others] = [...named].filter(CfnFunction.isCfnFunction);
  return others.length === 0 ? fn : undefined;
}
