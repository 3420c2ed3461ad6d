import { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Place, refuse } from './configuration-error';

const HAS_URL = Symbol.for('cdk-secure-serverless.function-url');

/** Lambda gives a function one URL, and each of its aliases. This is the first one of this function or alias, or it is refused. */
export function claimUrl(place: Place, code: string, prop: string, fn: IFunction & { [HAS_URL]?: string }): void {
  const first = fn[HAS_URL] ?? fn.node.tryFindChild('FunctionUrl')?.node.path; // CDK's own
  if (first !== undefined) {
    refuse(place, { code, prop, must: 'must have one URL, as Lambda gives it to a function or alias', got: first, fix: 'use the URL that is there, or give an alias another one' });
  }
  fn[HAS_URL] = place.node.path;
}
