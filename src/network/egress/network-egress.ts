/**
 * Which domains functions of a network may reach outside of AWS, over HTTPS.
 *
 * | | names that are not listed | addresses without a name | while idle, for each zone |
 * |---|---|---|---|
 * | none | do not resolve | no route | nothing |
 * | `domains` | do not resolve | reached | about 37 USD a month |
 * | `inspectedDomains` | do not resolve | dropped, unless the caller forges the name of a listed one | about 325 USD a month |
 *
 * `*.example.org` stands for every name below `example.org`, and not for itself. Whoever controls a listed domain decides where its names
 * lead: list what you trust, as narrowly as you can.
 */
export class NetworkEgress {
  /**
   * Listed names resolve, others do not: a DNS firewall answers that they do not exist. It looks at names only: code that knows an address
   * reaches it on port 443, which the flow log shows. It costs a NAT gateway, about 33 USD a month for each zone in use and 3.65 USD for its
   * public address, and 0.045 USD for each GB.
   * @throws ConfigurationError [SecureNetwork.Domain] for what is no domain, or one that everybody has a part of, once the network is made
   * @throws ConfigurationError [SecureNetwork.UninspectedEgress] where the profile requires networks, once the network is made
   */
  public static domains(domains: string[]): NetworkEgress {
    return new NetworkEgress([...domains], false);
  }

  /**
   * As `domains`, and AWS Network Firewall drops each connection whose TLS handshake does not name a listed domain (`*.example.org` includes
   * `example.org` there). It does not decrypt: code that names a listed domain and connects to the address of another server gets through.
   * It adds about 288 USD a month for each zone, and 0.065 USD for each GB.
   *
   * Where the names of all zones are known at synth (the stack has an account and a region, or `availabilityZones` names them), one firewall
   * has an endpoint in each zone. Elsewhere each zone has a firewall of its own, at the same price, and controls that count the zones of each
   * firewall find one (NetworkFirewall.1 of Security Hub). Where the profile retains data, firewalls are protected against deletion and against
   * a change of their subnets: switch that off (`aws network-firewall update-subnet-change-protection`, `update-firewall-delete-protection`)
   * before a deployment that changes the zones, or that gives the stack an account and a region.
   * @throws ConfigurationError [SecureNetwork.Domain] for what is no domain, or one that everybody has a part of, once the network is made
   * @see https://aws.amazon.com/network-firewall/pricing/
   * @see https://docs.aws.amazon.com/securityhub/latest/userguide/networkfirewall-controls.html
   */
  public static inspectedDomains(domains: string[]): NetworkEgress {
    return new NetworkEgress([...domains], true);
  }

  private constructor(
    /** @internal */ public readonly _domains: readonly string[],
    /** @internal */ public readonly _inspected: boolean,
  ) {}
}
