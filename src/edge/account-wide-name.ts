import { Names, Stack } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/** As long as names of regions get, with a hyphen. */
const REGION_LENGTH = 17;

/**
 * The name of something that CloudFront keeps for the whole account, where other services keep it for a region: without the region in it,
 * a stack that is deployed to a second region would be refused there.
 *
 * @param part Tells apart what one construct makes several of
 */
export function accountWideName(scope: IConstruct, maxLength: number, part?: string): string {
  const end = part === undefined ? '' : `-${part}`;
  const name = Names.uniqueResourceName(scope, { maxLength: maxLength - end.length - REGION_LENGTH, separator: '-' });
  return `${name}${end}-${Stack.of(scope).region}`;
}
