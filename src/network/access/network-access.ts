import { Validations } from 'aws-cdk-lib';
import { IPeer, ISecurityGroup, Port } from 'aws-cdk-lib/aws-ec2';
import { ClosedSecurityGroup } from './closed-security-group';
import { SECURITY_GROUP_RULES } from '../network-baseline';

/** A peer behind the routes of a network, and what the rule to it says. */
export interface RoutedPeer {
  readonly peer: IPeer;
  readonly description: string;
}

/** The names that resolve in a network. */
export interface NetworkNames {
  /** All of them: final when all endpoints are added. */
  readonly all: () => readonly string[];
  /** Adds a domain outside of AWS, where there is a way to it. */
  readonly letOut: (domain: string) => boolean;
}

/**
 * What the functions of a network reach on port 443: its endpoints, and what its routes lead to. Made by `SecureNetwork.forFunctions()`.
 *
 * Each function keeps a security group of its own, which the group of the endpoints admits by name.
 */
export class NetworkAccess {
  /** @internal */
  public static _to(endpoints: ISecurityGroup, routed: readonly RoutedPeer[], names: NetworkNames): NetworkAccess {
    return new NetworkAccess(endpoints, routed, names);
  }

  /** Groups that joined, in order: they are admitted once there is an endpoint, since the rules of its group are limited. */
  private readonly joined: ClosedSecurityGroup[] = [];
  private hasEndpoints = false;

  private constructor(
    private readonly endpoints: ISecurityGroup, private readonly routed: readonly RoutedPeer[], private readonly names: NetworkNames,
  ) {}

  /** @internal */
  public _open(group: ClosedSecurityGroup): void {
    this.joined.push(group);
    if (this.hasEndpoints) this.admit(group);
    for (const { peer, description } of this.routed) group.addRoutedEgressRule(peer, Port.HTTPS, description);
  }

  /** @internal */
  public _addEndpoint(): void {
    if (this.hasEndpoints) return;
    this.hasEndpoints = true;
    for (const group of this.joined) this.admit(group);
  }

  /** @internal Whether a host of AWS resolves in the network; known when all endpoints are. */
  public _resolves(host: string): boolean {
    return this.names.all().some((name) => name.startsWith(`${host}.`));
  }

  /** @internal Adds a domain to those that functions reach. False where the network has no way out. */
  public _letOut(domain: string): boolean {
    return this.names.letOut(domain);
  }

  private admit(group: ClosedSecurityGroup): void {
    group.addEgressRule(this.endpoints, Port.HTTPS, 'VPC endpoints');
    this.endpoints.addIngressRule(group, Port.HTTPS, 'A function of the network', true);
    if (this.joined.indexOf(group) !== SECURITY_GROUP_RULES) return;
    Validations.of(this.endpoints).addWarning('cdk-secure-serverless:EndpointRules',
      `More than ${SECURITY_GROUP_RULES} functions use the endpoints of ${this.endpoints.node.path}: raise the quota 'Inbound or outbound rules per `
      + 'security group\' of Amazon VPC, or the deployment fails.');
  }
}
