import { CfnResource, Lazy } from 'aws-cdk-lib';
import { CfnFunction, CfnVersion } from 'aws-cdk-lib/aws-lambda';
import { HardeningArea } from '../../core/hardening/hardening-area';
import { HardeningSite } from '../../core/hardening/hardening-site';
import { HardeningStep, Standing } from '../../core/hardening/steps/hardening-step';
import { proposalStep } from '../../core/hardening/steps/proposal-step';
import { valueStep } from '../../core/hardening/steps/value-step';
import { DEFAULT_TIMEOUTS } from '../../triggers/trigger-baseline';
import { FUNCTION_MEMORY, MEMORY_ON_INSTANCES_LEAST } from '../function-baseline';

type Limit = 'timeout' | 'memorySize';

/** What Lambda chooses by itself is written down: nothing changes, and from now on somebody decided it. */
function limitStep(property: string, limit: Limit, value: number): HardeningStep {
  return withKeptVersion(limit, valueStep<CfnFunction>({
    area: HardeningArea.FUNCTIONS,
    type: 'AWS::Lambda::Function',
    rule: 'FunctionLimits',
    property,
    when: (fn, site) => limit !== 'memorySize' || !isOnInstances(fn, site),
    read: (fn) => fn[limit],
    secure: () => value,
    write: (fn, written) => { fn[limit] = written; },
    safe: () => true,
  }));
}

/** On instances of the account, Lambda takes no function as small as elsewhere. */
function isOnInstances(fn: CfnFunction, site: HardeningSite): boolean {
  return site.overrideOf(fn, 'CapacityProviderConfig') !== undefined || fn.capacityProviderConfig !== undefined;
}

const MEMORY_ON_INSTANCES = proposalStep<CfnFunction>({
  area: HardeningArea.FUNCTIONS,
  type: 'AWS::Lambda::Function',
  rule: 'FunctionLimits',
  property: 'MemorySize',
  when: (fn, site) => isOnInstances(fn, site) && fn.memorySize === undefined && site.overrideOf(fn, 'MemorySize') === undefined,
  after: `${MEMORY_ON_INSTANCES_LEAST} or more`,
  advice: 'Say how much memory the function has: on instances its executions share it, and it decides how many of them an instance holds.',
});

/** Both values are within what CloudFront takes for Lambda@Edge: 5 s and 128 MB where viewers wait. */
export const FUNCTION_LIMIT_HARDENING: readonly HardeningStep[] = [
  limitStep('Timeout', 'timeout', DEFAULT_TIMEOUTS.function), limitStep('MemorySize', 'memorySize', FUNCTION_MEMORY.min), MEMORY_ON_INSTANCES,
];

const ADVICE = 'Write it down together with the next change of the function: alone, it has CDK publish a version that Lambda refuses, since nothing changed.';

/**
 * `currentVersion` of CDK has a new id whenever a property of its function is another one, and Lambda publishes no second version of a configuration
 * that is the same: the deployment would fail with "A version for this Lambda function exists". So the version keeps the id that it has without the
 * value. Where nobody may set that id any more, since another stack goes by it, the value is proposed.
 *
 * @see https://github.com/aws/aws-cdk/pull/26777
 */
function withKeptVersion(limit: Limit, step: HardeningStep): HardeningStep {
  return {
    ...step,
    plan: (fn, site) => step.plan(fn, site).map((plan) => {
      const versions = publishedByChange(site).get(fn);
      if (plan.apply === undefined || versions === undefined) return plan;
      if (!versions.every(canKeepId)) return { standing: Standing.AUTHORS, property: plan.property, after: plan.after, advice: ADVICE };
      const apply = () => {
        for (const version of versions) keepId(version, fn as CfnFunction, limit);
        plan.apply?.();
      };
      return { ...plan, apply };
    }),
  };
}

/** CDK makes these versions below their function, under this id. */
function publishedByChange(site: HardeningSite): ReadonlyMap<CfnResource, readonly CfnVersion[]> {
  return site.once('functions that currentVersion publishes', () => {
    const published = new Map<CfnResource, CfnVersion[]>();
    for (const version of site.resources('AWS::Lambda::Version') as CfnVersion[]) {
      if (version.node.scope?.node.id !== 'CurrentVersion') continue;
      for (const fn of site.targets(version, version.functionName)) published.set(fn, [...published.get(fn) ?? [], version]);
    }
    return published;
  });
}

const madeId = (version: CfnVersion): unknown => Reflect.get(version, '_logicalIdOverride');

/** CDK set the id, and it may still be set: another stack may have been told. */
function canKeepId(version: CfnVersion): boolean {
  return typeof madeId(version) === 'string' && Reflect.get(version, '_logicalIdLocked') !== true;
}

/** The id stays the one that CDK makes of all other properties of the function: what the author or an aspect changes later still publishes a version. */
function keepId(version: CfnVersion, fn: CfnFunction, limit: Limit): void {
  const made = madeId(version);
  version.overrideLogicalId(Lazy.uncachedString({
    produce: () => {
      const written = fn[limit];
      fn[limit] = undefined;
      try {
        return version.stack.resolve(made) as string;
      } finally {
        fn[limit] = written;
      }
    },
  }));
}
