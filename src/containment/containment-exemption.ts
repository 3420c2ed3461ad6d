/** What is never contained, and why. */
export class ContainmentExemption {
  /**
   * A resource: a function, a role, a user's access key, a bucket or a stage.
   * @param arn ARN of the resource without wildcards, or the value of a `CfnParameter` with the id of an access key, which has no place in code
   * @param reason Why an attack on it must be dealt with by people, which stands in the report
   * @throws ConfigurationError [Containment.ExemptionResource] when it is neither, once the containment is made
   * @throws ConfigurationError [Containment.ExemptionReason] when the reason cannot be judged, once the containment is made
   */
  public static resource(arn: string, reason: string): ContainmentExemption {
    return new ContainmentExemption('resource', arn, reason);
  }

  /**
   * Addresses that are never refused, such as those of the own office: whoever forges a finding could lock it out.
   * @param cidr IPv4 or IPv6 block, with a prefix of at least /1
   * @param reason Whose they are, which stands in the report
   * @throws ConfigurationError [SecureWebAcl.Cidr] when it is no block, once the containment is made
   * @throws ConfigurationError [Containment.ExemptionReason] when the reason cannot be judged, once the containment is made
   */
  public static addresses(cidr: string, reason: string): ContainmentExemption {
    return new ContainmentExemption('addresses', cidr, reason);
  }

  private constructor(
    /** @internal */ public readonly _kind: 'resource' | 'addresses',
    /** @internal */ public readonly _value: string,
    /** @internal */ public readonly _reason: string,
  ) {}
}
