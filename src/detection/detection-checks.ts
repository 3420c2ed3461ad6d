import { Stack, Token, TokenComparison } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { checkAnalysis } from './access-analysis';
import { ThreatDetectionProps } from './threat-detection-props';
import { checkReason } from '../core/checks';
import { Place, refuse } from '../core/configuration-error';

/** Judges everything before anything is made. */
export function checkDetection(scope: IConstruct, place: Place, props: ThreatDetectionProps): void {
  checkReasons(place, props);
  checkAnalysis(place, props.accessAnalysis);
  checkBus(scope, place, props);
  if (props.sources?.length === 0) {
    refuse(place, {
      code: 'ThreatDetection.Sources', prop: 'sources', must: 'must name at least one, or nobody hears of any finding', got: [], fix: 'leave it out to listen to those of the profile',
    });
  }
}

/** Refuses a second detection in one stack. Both would listen to the same events, and make what an account has once. */
export function refuseSecond(place: Place, first: IConstruct): never {
  refuse(place, {
    code: 'ThreatDetection.Twice',
    prop: 'scope',
    must: 'must not be a stack that has a ThreatDetection already',
    got: first.node.path,
    fix: 'use the one that is there: ThreatDetection.find(this)',
  });
}

function checkReasons(place: Place, { guardDuty, auditTrail, accessAnalysis, logAnomalies, notification }: ThreatDetectionProps): void {
  for (const [prop, choice] of Object.entries({ guardDuty, auditTrail, accessAnalysis, logAnomalies, notification })) {
    if (choice?._offReason === undefined) continue;
    checkReason(place, choice._offReason, { code: 'ThreatDetection.Reason', prop, fix: 'say why this account may do without' });
  }
}

function checkBus(scope: IConstruct, place: Place, { bus }: ThreatDetectionProps): void {
  if (bus === undefined) return;
  const { account, region } = Stack.of(scope);
  const elsewhere = [{ here: account, there: bus.env.account }, { here: region, there: bus.env.region }]
    .find(({ here, there }) => Token.compareStrings(here, there) === TokenComparison.DIFFERENT);
  if (elsewhere === undefined) return;
  refuse(place, {
    code: 'ThreatDetection.ForeignBus',
    prop: 'bus',
    must: `must lie in the account and region of the detection (${elsewhere.here})`,
    got: elsewhere.there,
    fix: 'leave it out to have one made, and route its events over there',
  });
}
