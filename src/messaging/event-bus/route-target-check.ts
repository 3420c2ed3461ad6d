import { IResource, Token, TokenComparison } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { refuse } from '../../core/configuration-error';

/** A rule calls targets of its own account and region only. What is known at deployment only is taken to be there. */
export function checkTargetPlace(bus: EventBus, target: IResource, prop: { readonly code: string; readonly prop: string }): void {
  const elsewhere = [{ here: bus.env.account, there: target.env.account }, { here: bus.env.region, there: target.env.region }]
    .find(({ here, there }) => Token.compareStrings(here, there) === TokenComparison.DIFFERENT);
  if (elsewhere === undefined) return;
  refuse(bus, {
    ...prop,
    must: `must be of the account and region of the bus (${elsewhere.here}): EventBridge starts no other`,
    got: elsewhere.there,
    fix: 'send the events to a bus there, which routes them to it',
  });
}
