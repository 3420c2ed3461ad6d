import { CfnResource } from 'aws-cdk-lib';
import { CfnFunction, CfnVersion } from 'aws-cdk-lib/aws-lambda';
import { HardeningArea } from '../../core/hardening/hardening-area';
import { changesOf, HardeningChange, HardeningOutcome } from '../../core/hardening/hardening-change';
import { HardeningSite } from '../../core/hardening/hardening-site';
import { HardeningStep, Standing } from '../../core/hardening/hardening-step';
import { valueStep } from '../../core/hardening/value-step';
import { isEdgeFunction } from '../../iam/hardening/edge-functions';
import { DEFAULT_TIMEOUTS } from '../../triggers/trigger-baseline';
import { FUNCTION_MEMORY } from '../function-baseline';

const LIMITS = { area: HardeningArea.FUNCTIONS, type: 'AWS::Lambda::Function', rule: 'FunctionLimits' } as const;

/** What Lambda chooses by itself is written down: nothing changes, and from now on somebody decided it. */
const TIMEOUT = valueStep<CfnFunction>({
  ...LIMITS,
  property: 'Timeout',
  read: (fn) => fn.timeout,
  secure: () => DEFAULT_TIMEOUTS.function,
  write: (fn, seconds) => { fn.timeout = seconds; },
  safe: () => true,
});

const MEMORY = valueStep<CfnFunction>({
  ...LIMITS,
  property: 'MemorySize',
  read: (fn) => fn.memorySize,
  secure: () => FUNCTION_MEMORY.min,
  write: (fn, mebibytes) => { fn.memorySize = mebibytes; },
  safe: () => true,
});

const WRITTEN = ['Timeout', 'MemorySize'];
const ADVICE = 'Write it down together with the next change of the function: alone, it has CDK publish a version that Lambda refuses, since nothing changed.';

/** Come after what changes a function truly. */
export const FUNCTION_LIMIT_HARDENING: readonly HardeningStep[] = [TIMEOUT, MEMORY].map(withAnotherChange);

/**
 * `currentVersion` of CDK has a new id whenever a property of its function is another one, and Lambda publishes no second version of a configuration
 * that is the same: the deployment would fail with "A version for this Lambda function exists".
 *
 * | versions of the function | hardening changes it otherwise | what is done |
 * |---|---|---|
 * | none by `currentVersion` | | written down |
 * | by `currentVersion` | yes | written down |
 * | by `currentVersion` | no | proposed |
 *
 * Lambda@Edge runs versions only, and hardening changes nothing else of it: proposed as well.
 *
 * @see https://github.com/aws/aws-cdk/pull/26777
 */
function withAnotherChange(step: HardeningStep): HardeningStep {
  return {
    ...step,
    plan: (fn, site) => {
      const plans = step.plan(fn, site);
      if (!isEdgeFunction(fn as CfnFunction, site) && (!publishedByChange(site).has(fn) || isChanged(fn))) return plans;
      return plans.map(({ after, property }) => ({ standing: Standing.AUTHORS, property, after, advice: ADVICE }));
    },
  };
}

/** CDK makes these versions below their function, under this id. */
function publishedByChange(site: HardeningSite): ReadonlySet<CfnResource> {
  return site.once('functions that currentVersion publishes', () => new Set(site.resources('AWS::Lambda::Version')
    .filter(({ node }) => node.scope?.node.id === 'CurrentVersion').flatMap((version) => site.targets(version, (version as CfnVersion).functionName))));
}

function isChanged({ node }: CfnResource): boolean {
  return changesOf(node.root)?.some((change) => change.at === node.path && isOfProperty(change)) === true;
}

/** What stands beside the function is told in words: its alarms, its findings. */
function isOfProperty({ outcome, property }: HardeningChange): boolean {
  return [HardeningOutcome.SET, HardeningOutcome.REPLACED].includes(outcome) && /^[A-Z]/.test(property) && !WRITTEN.includes(property);
}
