import { IConstruct } from 'constructs';

/** What another account is trusted with. */
export enum AccountUse {
  /** Its code runs here: layers, container images, packages in its buckets, signing configurations. */
  CODE = 'code',
  /** It gets data: by the policy of a resource, by a replica, or because events, logs or reports are sent there. */
  DATA = 'data',
  /** What happens there starts something here: it writes to a queue, topic, stream, bucket or bus, or owns one that is listened to. */
  EVENTS = 'events',
  /** It may assume roles. */
  ROLES = 'roles',
}

/** Another account that the app accepts, and why. */
export interface AccountTrust {
  readonly account: string;
  readonly name: string;
  readonly reason: string;
  readonly uses: readonly AccountUse[];
}

const TRUSTS = Symbol.for('cdk-secure-serverless.trusted-accounts');

type Root = IConstruct & { [TRUSTS]?: AccountTrust[] };

/** Notes for a whole app that another account is trusted. */
export function recordTrust(scope: IConstruct, trust: AccountTrust): void {
  const root = scope.node.root as Root;
  (root[TRUSTS] ??= []).push(trust);
}

/** The accounts that the app of a construct trusts, in the order in which they were named. */
export function trustsOf(scope: IConstruct): readonly AccountTrust[] {
  return (scope.node.root as Root)[TRUSTS] ?? [];
}
