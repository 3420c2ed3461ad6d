import { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';

/** A managed rule group of AWS that a web ACL may run besides its baseline. Nothing that costs extra runs unless it is named here. */
export class ManagedRuleGroup {
  /** Blocks anonymizing proxies, VPN exits and hosting providers. Free; also blocks honest users behind a VPN. 50 WCU. */
  public static anonymousIps(): ManagedRuleGroup {
    return new ManagedRuleGroup('AWSManagedRulesAnonymousIpList', 50);
  }

  /** Blocks requests for administration pages of common software. Free. 100 WCU. */
  public static adminProtection(): ManagedRuleGroup {
    return new ManagedRuleGroup('AWSManagedRulesAdminProtectionRuleSet', 100);
  }

  /**
   * Recognises self-declared and plainly automated bots. Costs 10 USD a month and 1 USD per million requests. 50 WCU.
   * @see https://aws.amazon.com/waf/pricing/
   */
  public static commonBots(): ManagedRuleGroup {
    return ManagedRuleGroup.bots('COMMON');
  }

  /**
   * Recognises bots that hide, by behaviour. Costs 10 USD a month and 10 USD per million requests. 50 WCU.
   * @see https://aws.amazon.com/waf/pricing/
   */
  public static targetedBots(): ManagedRuleGroup {
    return ManagedRuleGroup.bots('TARGETED');
  }

  private static bots(inspectionLevel: string): ManagedRuleGroup {
    return new ManagedRuleGroup('AWSManagedRulesBotControlRuleSet', 50, [{ awsManagedRulesBotControlRuleSet: { inspectionLevel } }]);
  }

  private constructor(
    /** Name of the group at AWS. */
    public readonly name: string,
    /** Web ACL capacity units that the group takes of the 1,500 included in the price. */
    public readonly capacity: number,
    /** @internal */ public readonly _configs?: CfnWebACL.ManagedRuleGroupConfigProperty[],
  ) {}
}
