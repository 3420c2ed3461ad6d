import { CfnResource } from 'aws-cdk-lib';
import { CfnEventInvokeConfig, CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { HardeningArea } from '../../core/hardening/hardening-area';
import { HardeningSite } from '../../core/hardening/hardening-site';
import { fieldOf, withFields } from '../../core/hardening/nested-value';
import { HardeningPlan, HardeningStep, Standing } from '../../core/hardening/steps/hardening-step';
import { isCdkHelper } from '../../iam/cdk-helper';
import { ownRole } from '../../iam/hardening/holders/added-rights';
import { isEdgeFunction } from '../../iam/hardening/holders/edge-functions';
import { queueForFailures } from '../../messaging/failed-events';
import { withVersions } from '../invocation/function-versions';

const RULE = { area: HardeningArea.FUNCTIONS, rule: 'AsyncFailurePath' } as const;
const QUEUE = 'the dead-letter queue of the stack';
const ADVICE = 'Give the role of the function sqs:SendMessage on a queue, then name the queue as its dead-letter queue. The role is not made in this app, so it cannot be changed here.';

/**
 * Every function has a place for events that failed: who calls it without waiting is not always in the template. The queue is the one of the stack,
 * and costs nothing more; a function that is only called by those who wait never sends there.
 */
const DEAD_LETTERS: HardeningStep = {
  ...RULE,
  type: 'AWS::Lambda::Function',
  plan: (resource, site) => {
    const fn = resource as CfnFunction;
    const isSet = site.overrideOf(fn, 'DeadLetterConfig.TargetArn') !== undefined || site.resolve(fn, fn.deadLetterConfig) !== undefined;
    if (isSet || isCdkHelper(fn, site) || isEdgeFunction(fn, site)) return [];
    return planQueue(fn, fn, 'DeadLetterConfig.TargetArn', (targetArn) => { fn.deadLetterConfig = { targetArn }; }, site);
  },
};

/** Settings of asynchronous calls that say nothing of failures get the same queue: what arrives there names the function and the error. */
const DESTINATIONS: HardeningStep = {
  ...RULE,
  type: 'AWS::Lambda::EventInvokeConfig',
  plan: (resource, site) => {
    const config = resource as CfnEventInvokeConfig;
    const fn = site.target(config, config.functionName);
    const isSet = fieldOf(site, config, config.destinationConfig, 'onFailure') !== undefined || site.overrideOf(config, 'DestinationConfig') !== undefined;
    if (!CfnFunction.isCfnFunction(fn) || isSet) return [];
    return planQueue(config, fn, 'DestinationConfig.OnFailure.Destination', (destination) => {
      config.destinationConfig = withFields(config.destinationConfig ?? {}, () => ({ onFailure: { destination } }));
    }, site);
  },
};

function planQueue(user: CfnResource, fn: CfnFunction, property: string, name: (arn: string) => void, site: HardeningSite): HardeningPlan[] {
  const role = ownRole(fn, fn.role, site);
  if (role === undefined) return [{ standing: Standing.AUTHORS, property, after: QUEUE, advice: ADVICE }];
  return [{
    standing: Standing.MISSING,
    property,
    after: QUEUE,
    attention: withVersions(fn, site),
    adds: 1,
    apply: () => name(queueForFailures(user, role, site).queueArn),
  }];
}

/** Where events go that a function could not handle. */
export const FAILED_EVENTS_HARDENING: readonly HardeningStep[] = [DEAD_LETTERS, DESTINATIONS];
