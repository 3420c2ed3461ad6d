/** Which private addresses a network has. They cannot be changed afterwards, and networks that are to be connected must not overlap. */
export class NetworkAddresses {
  /**
   * A fixed block, between /16 and /24 of the private ranges: `10.20.0.0/16`.
   * @throws ConfigurationError [SecureNetwork.Cidr] when the block is public or of another size, once the network is made
   */
  public static cidr(block: string): NetworkAddresses {
    return new NetworkAddresses(block, undefined, undefined);
  }

  /**
   * A block that Amazon VPC IPAM hands out when the network is deployed. IPAM costs 0.00027 USD an hour for each address in use, in its
   * advanced tier; within one account and region it is free.
   * @param poolId the pool, which must be shared with the account: `ipam-pool-0123456789abcdef0`
   * @param netmaskLength size of the block, between 16 and 24 (left out: 16)
   * @throws ConfigurationError [SecureNetwork.Cidr] when the block is of another size, once the network is made
   */
  public static ipam(poolId: string, netmaskLength?: number): NetworkAddresses {
    return new NetworkAddresses(undefined, poolId, netmaskLength ?? 16);
  }

  private constructor(
    /** @internal */ public readonly _block: string | undefined,
    /** @internal */ public readonly _poolId: string | undefined,
    /** @internal */ public readonly _netmaskLength: number | undefined,
  ) {}
}
