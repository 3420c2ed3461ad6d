import { Token, TokenComparison } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { PUT_EVENTS_ACTIONS, RESERVED_SOURCE_PREFIX } from './event-bus-baseline';
import { refuse } from '../../core/configuration-error';
import { acknowledgeRule } from '../../core/exceptions/acknowledgement';
import { allowOnResource } from '../../iam/resource-access';
import { serviceOf } from '../policy-statements';

/** Which events somebody may send to a bus. */
export interface EventPublishOptions {
  /**
   * The sources that the events may name, complete, for example `shop.orders`. Rules tell events apart by their source, so a publisher that can
   * name any source can drive every target of the bus.
   * @default - any source: only for publishers of the same account
   */
  readonly sources?: string[];
  /**
   * The detail types that the events may have, for example `OrderPlaced`.
   * @default - any detail type
   */
  readonly detailTypes?: string[];
}

/**
 * The right to put events on a bus. A request holds several events, so each value that it brings must be one of those named, and there must
 * be one: `ForAllValues` alone would let a request without any pass.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-conditions.html
 */
export function allowPutEvents(bus: EventBus, grantee: IGrantable, options: EventPublishOptions): Grant {
  checkOptions(bus, grantee, options);
  const named = Object.entries({ 'events:source': options.sources, 'events:detail-type': options.detailTypes })
    .filter((entry): entry is [string, string[]] => entry[1] !== undefined);
  const conditions = named.length === 0 ? undefined : {
    'ForAllValues:StringEquals': Object.fromEntries(named.map(([key, values]) => [key, [...values].sort()])),
    'Null': Object.fromEntries(named.map(([key]) => [key, 'false'])),
  };
  const { principalAccount } = grantee.grantPrincipal;
  if (isForeign(bus, grantee) && !Token.isUnresolved(principalAccount)) acknowledgeAccount(bus, principalAccount!);
  return allowOnResource(bus, 'SecureEventBus', { grantee, actions: PUT_EVENTS_ACTIONS, resources: [bus.eventBusArn], conditions });
}

/** Whoever lets another account publish has named it, and the sources of its events. */
function acknowledgeAccount(bus: EventBus, account: string): void {
  acknowledgeRule(bus, `ForeignAccountAgreed[${account}]`,
    `the code of the app lets account ${account} publish, and only events of the sources that it names`);
}

function checkOptions(bus: EventBus, grantee: IGrantable, { sources, detailTypes }: EventPublishOptions): void {
  for (const [prop, values] of Object.entries({ sources, detailTypes })) {
    const wrong = values?.find((value) => !Token.isUnresolved(value) && (value === '' || /[*?]/.test(value) || value.startsWith(RESERVED_SOURCE_PREFIX)));
    if (wrong === undefined && values?.length !== 0) continue;
    refuse(bus, {
      code: 'SecureEventBus.Events',
      prop,
      must: "must be complete names, and not begin with 'aws.', which belongs to AWS services",
      got: wrong ?? values,
      fix: prop === 'sources' ? "write them like ['shop.orders']" : "write them like ['OrderPlaced']",
    });
  }
  if (sources === undefined && isForeign(bus, grantee)) {
    refuse(bus, {
      code: 'SecureEventBus.ForeignSources',
      prop: 'sources',
      must: 'must be named for a publisher of another account, or it could send events in the name of any other',
      fix: "pass { sources: ['partner.orders'] }",
    });
  }
}

/**
 * Whether a publisher may belong to another account:
 *
 * | account of the principal | the principal is a construct | foreign |
 * |--------------------------|------------------------------|---------|
 * | the same                 | any                          | no      |
 * | another one              | any                          | yes     |
 * | not to be compared       | yes (a role, made or imported) | no    |
 * | not to be compared       | no (an ARN, an organisation) | yes     |
 */
function isForeign(bus: EventBus, { grantPrincipal }: IGrantable): boolean {
  if (serviceOf(bus, grantPrincipal) !== undefined) return false; // refused for what it is
  const compared = grantPrincipal.principalAccount === undefined ? undefined : Token.compareStrings(grantPrincipal.principalAccount, bus.env.account);
  if (compared === TokenComparison.SAME || compared === TokenComparison.BOTH_UNRESOLVED) return false;
  return compared === TokenComparison.DIFFERENT || !('node' in grantPrincipal);
}
