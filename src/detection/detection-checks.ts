import { Stack, Token, TokenComparison } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { DetectionChoices } from './detection-choices';
import { checkAnalysis } from './services/access-analysis';
import { ThreatDetectionProps } from './threat-detection-props';
import { checkReason } from '../core/checks';
import { Place, refuse } from '../core/configuration-error';

const CLAIMS = Symbol.for('cdk-secure-serverless.account-detection');

type Holder = IConstruct & { [CLAIMS]?: { readonly prop: string; readonly by: IConstruct }[] };

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

/**
 * Refuses to make what another stack of the app makes for the same account and region, where both are known: CloudFormation would find out halfway.
 * @returns what notes that the construct, once it is there, makes these parts
 */
export function claimAccount(scope: IConstruct, place: Place, { guardDuty, accessAnalysis }: DetectionChoices): (made: IConstruct) => void {
  const parts = {
    guardDuty: guardDuty._make !== undefined && 'GuardDutyDetector.existing()',
    accessAnalysis: accessAnalysis._external && 'AccessAnalysis.existing()',
  };
  const root = scope.node.root as Holder;
  const claims = root[CLAIMS] ??= [];
  for (const [prop, instead] of Object.entries(parts)) {
    if (instead === false) continue;
    const other = claims.find((claim) => claim.prop === prop && isSameEnvironment(claim.by, scope));
    if (other === undefined) continue;
    refuse(place, {
      code: 'ThreatDetection.AccountParts',
      prop,
      must: 'must be made once for an account and region',
      got: other.by.node.path,
      fix: `pass { ${prop}: ${instead} } in one of the stacks`,
    });
  }
  return (by) => claims.push(...Object.entries(parts).filter(([, made]) => made !== false).map(([prop]) => ({ prop, by })));
}

function isSameEnvironment(one: IConstruct, other: IConstruct): boolean {
  const [here, there] = [Stack.of(one), Stack.of(other)];
  return [[here.account, there.account], [here.region, there.region]].every(([a, b]) => Token.compareStrings(a, b) === TokenComparison.SAME);
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
