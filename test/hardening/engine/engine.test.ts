import { App, Stack } from 'aws-cdk-lib';
import { CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnQueue, Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { ConfigurationError } from '../../../src/core/configuration-error';
import { HardeningArea } from '../../../src/core/hardening/hardening-area';
import { changesOf } from '../../../src/core/hardening/hardening-change';
import { hardeningPart } from '../../../src/core/hardening/hardening-part';
import { HardeningSite } from '../../../src/core/hardening/hardening-site';
import { HardeningPlan, HardeningStep, Standing } from '../../../src/core/hardening/steps/hardening-step';
import { HardeningOptions } from '../../../src/hardening/hardening-options';
import { HardeningScope } from '../../../src/hardening/hardening-scope';
import { StageHardening } from '../../../src/hardening/stage-hardening';

type PlanFor = (queue: CfnQueue, site: HardeningSite) => Omit<HardeningPlan, 'after'>;

/** Runs one step over a stack of queues, and tells what came of it. */
function run(plan: PlanFor, queues: number, options: HardeningOptions = {}, context = {}): (string | undefined)[][] {
  const app = new App({ context });
  const stack = new Stack(app, 'Shop');
  for (let i = 0; i < queues; i++) new Queue(stack, `Queue${i}`);
  const step: HardeningStep = {
    area: HardeningArea.MESSAGING, type: 'AWS::SQS::Queue', rule: 'QueueEncryption', plan: (queue, site) => [{ after: 'new', ...plan(queue as CfnQueue, site) }],
  };
  new StageHardening(app, new HardeningScope(stack, options, () => true), [step]).run();
  return (changesOf(app) ?? []).map(({ outcome, impact, note }) => [outcome, impact, note]);
}

test('what replaces a resource that keeps data is withheld, unless its path is named', () => {
  const replacing: PlanFor = () => ({ standing: Standing.MISSING, property: 'QueueName', apply: () => {} });
  expect(run(replacing, 1)).toEqual([['withheld', 'replacement',
    'a change of QueueName replaces the resource with what it keeps; name its path in replacePaths to have it nevertheless']]);
  expect(run(replacing, 1, { replacePaths: ['Shop/Queue0'] })).toEqual([['set', 'replacement', undefined]]);
  expect(run(replacing, 1, { replacePaths: ['Shop/Queue'] })).toEqual([['withheld', 'replacement', expect.any(String)]]);
});

test('a note of what somebody may notice makes a change in place one that needs attention', () => {
  expect(run(() => ({ standing: Standing.MISSING, property: 'Tags', attention: 'bills change' }), 1)).toEqual([['set', 'needs-attention', 'bills change']]);
  expect(run(() => ({ standing: Standing.AUTHORS, property: 'Tags', advice: 'name an owner' }), 1)).toEqual([['proposed', 'in-place', 'name an owner']]);
});

test('a stack gets no alarms that would make it too large to be deployed', () => {
  const alarms: PlanFor = (queue, site) => ({
    standing: Standing.MISSING,
    property: 'alarms',
    adds: 4,
    apply: () => {
      hardeningPart(site, queue, 'Alarms', (scope, id) => {
        const part = new Construct(scope, id);
        for (let i = 0; i < 4; i++) new CfnAlarm(part, `Alarm${i}`, { comparisonOperator: 'GreaterThanThreshold', evaluationPeriods: 1 });
        return part;
      });
    },
  });
  const outcomes = (limit: number) => run(alarms, 3, {}, { '@aws-cdk/core:stackResourceLimit': limit }).map(([outcome]) => outcome);
  expect(outcomes(3 + 12 + 15)).toEqual(['set', 'set', 'set']);
  expect(outcomes(3 + 12 + 14)).toEqual(['set', 'set', 'withheld']);
  expect(outcomes(0)).toEqual(['set', 'set', 'set']);

});

test('fails with one clear error when nothing is left', () => {
  expect(() => new HardeningScope({ node: { path: 'Shop' } }, { only: [] }, () => true)).toThrow(ConfigurationError);
});
