import { Annotations, Stack } from 'aws-cdk-lib';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { IConstruct } from 'constructs';
import { Bundle } from '../../core/bundle';
import { refuse } from '../../core/configuration-error';
import { DependencyLimits } from '../../core/third-party/dependency-limits';
import { packagesOfBundle } from '../../packages/bundle-packages';
import { judgePackages } from '../../packages/judge-packages';

/**
 * Judges what was bundled. A synthesis that bundles nothing, as that of another stack, has nothing to judge; a bundle of which nothing is known is
 * warned of.
 */
export function guardDependencies(fn: IConstruct, listing: Bundle | undefined, limits: DependencyLimits): void {
  if (!Stack.of(fn).bundlingRequired) return;
  const code = fn.node.tryFindChild('Code') as Asset | undefined;
  const found = listing === undefined ? undefined : packagesOfBundle(listing, code?.assetPath);
  if (found === undefined) {
    Annotations.of(fn).addWarningV2('cdk-secure-serverless:DependencyLimits',
      `Nobody knows which packages are in the bundle of ${fn.node.path}, so that its limits were not checked: install esbuild beside the app, since what is bundled `
      + 'in Docker is not listed.');
    return;
  }
  const [violation] = judgePackages(found.packages, limits);
  if (violation === undefined) return;
  const { limit, must, got, fix } = violation;
  refuse(fn, { code: `DependencyLimits.${limit[0].toUpperCase()}${limit.slice(1)}`, prop: 'dependencyLimits', must, got, fix });
}
