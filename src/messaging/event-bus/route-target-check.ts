import { IResource, Stack, Token, TokenComparison } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import { refuse } from '../../core/configuration-error';
import { expectNoKeyCircle } from '../../core/keys/key-circle';

/** A rule calls targets of its own account and region only. What is known at deployment only is taken to be there. */
export function checkTargetPlace(bus: EventBus, target: IResource, prop: { readonly code: string; readonly prop: string }): void {
  const elsewhere = otherPlace(bus, target.env);
  if (elsewhere === undefined) return;
  refuse(bus, {
    ...prop,
    must: `must be of the account and region of the bus (${elsewhere.here}): EventBridge starts no other`,
    got: elsewhere.there,
    fix: 'send the events to a bus there, which routes them to it',
  });
}

/** Judges where a rule stands that is not below its bus, and gives the place: it names the bus, and must stand in its account and region. */
export function placeOfRule(bus: EventBus, scope: Construct | undefined): Construct {
  if (scope === undefined) return bus;
  const elsewhere = otherPlace(bus, Stack.of(scope));
  if (elsewhere !== undefined) {
    refuse(bus, {
      code: 'SecureEventBus.RuleScope',
      prop: 'scope',
      must: `must be of the account and region of the bus (${elsewhere.here}): a rule stands beside its bus`,
      got: elsewhere.there,
      fix: 'leave it out',
    });
  }
  expectNoKeyCircle(scope, bus);
  return scope;
}

type Place = { readonly account: string; readonly region: string };

function otherPlace({ env }: EventBus, { account, region }: Place): { readonly here: string; readonly there: string } | undefined {
  return [{ here: env.account, there: account }, { here: env.region, there: region }]
    .find(({ here, there }) => Token.compareStrings(here, there) === TokenComparison.DIFFERENT);
}
