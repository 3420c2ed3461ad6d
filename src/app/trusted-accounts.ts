import { IConstruct } from 'constructs';
import { checkReason } from '../core/checks';
import { refuse } from '../core/configuration-error';
import { recordThirdParty } from '../core/third-party/third-party-record';
import { AccountUse, recordTrust, trustsOf } from '../core/third-party/trusted-account';

/** Why another account is accepted, and what with. */
export interface TrustedAccountOptions {
  /** Whose account it is: `log archive`, `vendor of the telemetry layer`. */
  readonly name: string;
  /** Why the app accepts it, in a sentence that a reviewer can judge. It stands in the report. */
  readonly reason: string;
  /** What it is trusted with. What it is found with besides stays a finding: whoever delivers a layer needs no data. */
  readonly uses: AccountUse[];
}

/**
 * The accounts outside of the app that it accepts, each with a reason and with what it is trusted: the one place that answers who they are.
 *
 * ```ts
 * TrustedAccounts.of(app).add('444455556666', { name: 'log archive', reason: 'our security team keeps all logs there', uses: [AccountUse.DATA] });
 * ```
 *
 * Rules about other accounts accept them, functions take layers of those trusted with code, and the report shows name and reason beside each place.
 * One that the templates name nowhere is warned of: trust that nobody needs is taken away.
 */
export class TrustedAccounts {
  /** The trusted accounts of an app: those of its root, whatever the scope. */
  public static of(scope: IConstruct): TrustedAccounts {
    return new TrustedAccounts(scope);
  }

  private constructor(private readonly scope: IConstruct) {}

  /**
   * Trusts an account. Name it before the first construct that depends on it.
   * @param account its id, 12 digits
   * @param options Whose it is, why it is trusted, and with what
   * @throws ConfigurationError [TrustedAccounts.Account] when it is no id of an account, or was named before
   * @throws ConfigurationError [TrustedAccounts.Name] when nobody can tell whose it is
   * @throws ConfigurationError [TrustedAccounts.Reason] when the reason says nothing
   * @throws ConfigurationError [TrustedAccounts.Uses] when it is trusted with nothing
   */
  public add(account: string, options: TrustedAccountOptions): TrustedAccounts {
    const { name, reason, uses } = options;
    if (!/^\d{12}$/.test(account)) {
      refuse(this.scope, {
        code: 'TrustedAccounts.Account', prop: 'account', must: 'must be the id of an account, 12 digits', got: account, fix: 'give the id as a text, with its leading zeros',
      });
    }
    if (trustsOf(this.scope).some((known) => known.account === account)) {
      refuse(this.scope, { code: 'TrustedAccounts.Account', prop: 'account', must: 'must be named once', got: account, fix: 'name all its uses in one call' });
    }
    if (name.trim() === '') refuse(this.scope, { code: 'TrustedAccounts.Name', prop: 'name', must: 'must say whose account it is', got: name, fix: "write it like 'log archive'" });
    checkReason(this.scope, reason, { code: 'TrustedAccounts.Reason', prop: 'reason', fix: 'say why the app accepts this account' });
    if (uses.length === 0) {
      refuse(this.scope, { code: 'TrustedAccounts.Uses', prop: 'uses', must: 'must name at least one use', got: uses, fix: 'write [AccountUse.CODE], or leave the account out' });
    }
    recordTrust(this.scope, { account, name, reason, uses: [...uses] });
    return this;
  }

  /**
   * Accepts the events of a partner, whose bus belongs to no account that could be named.
   * @param name the name of the bus, which is that of the partner's event source: `aws.partner/example.com/orders`
   * @param reason why the app accepts it, in a sentence that a reviewer can judge
   * @throws ConfigurationError [TrustedAccounts.PartnerBus] when it is no name of a partner's bus
   * @throws ConfigurationError [TrustedAccounts.Reason] when the reason says nothing
   */
  public addPartnerBus(name: string, reason: string): TrustedAccounts {
    if (!/^aws\.partner\/[A-Za-z0-9._-]+(\/[A-Za-z0-9._-]+)+$/.test(name)) {
      refuse(this.scope, {
        code: 'TrustedAccounts.PartnerBus', prop: 'name', must: "must be of the form 'aws.partner/…/…'", got: name, fix: 'read it with aws events list-event-sources',
      });
    }
    checkReason(this.scope, reason, { code: 'TrustedAccounts.Reason', prop: 'reason', fix: 'say why the app accepts this partner' });
    recordThirdParty(this.scope.node.root, { kind: 'partner-bus', name, reason });
    return this;
  }
}
