import { Fn, Lazy, Stack } from 'aws-cdk-lib';
import {
  FlowLog, GatewayVpcEndpointAwsService, IpAddresses, ISecurityGroup, ISubnet, SecurityGroup, SubnetConfiguration, SubnetType, Vpc, VpcEndpoint,
} from 'aws-cdk-lib/aws-ec2';
import { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { keepHandlerLogs } from './access/default-security-group';
import { FunctionNetwork } from './access/function-network';
import { routedPeers } from './access/gateway-prefix-lists';
import { NetworkAccess } from './access/network-access';
import { DnsFirewall, endpointNames } from './egress/dns-firewall';
import { EgressInspection } from './egress/egress-inspection';
import { InternetEgress } from './egress/internet-egress';
import { endpointStatements } from './endpoint-policy';
import { judgeFinishedNetwork } from './final-network-checks';
import { watchNetwork } from './network-alarms';
import { FIREWALL_SUBNET_MASK, FUNCTION_SUBNET_BITS, NETWORK_CIDR, NETWORK_ZONES } from './network-baseline';
import { checkEndpoint, checkNetworkProps, isAgnostic } from './network-checks';
import { NetworkEndpoint } from './network-endpoint';
import { flowLog, recordGroup } from './network-logs';
import { SecureNetworkProps } from './secure-network-props';
import { placeOf } from '../core/configuration-error';
import { markOwn } from '../core/own-part';
import { SecurityProfile } from '../core/profile/security-profile';

const FUNCTION_SUBNETS = 'Functions';
const FIREWALL_SUBNETS = 'Firewall';

/**
 * A network for functions from which data does not leave: private subnets in two zones, no way to the internet unless domains are listed,
 * AWS services through endpoints that let in only the account's identities and lead only to its resources, a DNS firewall that lets only
 * their names resolve, and a log of each connection and each name.
 *
 * While idle it costs its alarms and the key of its logs. Endpoints (7.30 USD a month for each zone) and egress (from 37 USD) come by choice.
 *
 * The default security group, which AWS makes with each VPC and lets members talk to each other and to everybody, is emptied by the custom
 * resource that CDK brings along, since CloudFormation cannot: its handler runs when the VPC is made and has rights on that group alone.
 *
 * Handlers of CloudFormation's custom resources cannot run in the network: their answer goes to a bucket of AWS, which the endpoints keep
 * out of reach.
 *
 * ```ts
 * const network = new SecureNetwork(this, 'Network', { endpoints: [NetworkEndpoint.SECRETS_MANAGER, NetworkEndpoint.SQS] });
 * StackNetwork.use(this, network.forFunctions());
 * ```
 *
 * @see https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html
 */
export class SecureNetwork extends Construct {
  /** The VPC. Routes and endpoints that are added to it past this construct fail the synthesis. */
  public readonly vpc: Vpc;
  /** The group of the endpoints. It admits, on port 443, the groups of the functions that join. */
  public readonly endpointSecurityGroup: ISecurityGroup;
  /** The flow log: all connections, or the refused ones in the sandbox profile. */
  public readonly flowLog: FlowLog;
  /** Where the flow log is kept. */
  public readonly flowLogGroup: ILogGroup;
  /** Where the names that functions asked for are kept. */
  public readonly queryLogGroup: ILogGroup;

  private readonly functionSubnets: ISubnet[];
  private readonly endpoints: NetworkEndpoint[] = [];
  private readonly domains: string[];
  private readonly access: NetworkAccess;

  /**
   * @throws ConfigurationError [SecureNetwork.Cidr], [.Zones], [.EndpointName], [.EndpointTwice], [.Organization], [.TrustedAccounts],
   * [.PrefixList] or [.PathLength] for what AWS would reject
   * @throws ConfigurationError [SecureNetwork.Domain] or [.UninspectedEgress] for what would make the way out too wide
   */
  constructor(scope: Construct, id: string, private readonly props: SecureNetworkProps = {}) {
    checkNetworkProps(placeOf(scope, id), Stack.of(scope), props, SecurityProfile.of(scope));
    super(scope, id);
    markOwn(this);
    this.domains = [...props.egress?._domains ?? []];
    this.vpc = this.makeVpc();
    keepHandlerLogs(this.vpc, props.encryptionKey);
    this.functionSubnets = this.vpc.selectSubnets({ subnetGroupName: FUNCTION_SUBNETS }).subnets;
    this.flowLogGroup = recordGroup(this, 'FlowLogs', props.encryptionKey);
    this.flowLog = flowLog(this, 'FlowLog', this.vpc.vpcId, this.flowLogGroup);
    this.endpointSecurityGroup = new SecurityGroup(this, 'EndpointGroup', {
      vpc: this.vpc,
      description: 'VPC endpoints: functions of the network in, nothing out',
      allowAllOutbound: false,
      allowAllIpv6Outbound: false,
    });
    const peers = routedPeers(this, props.egress !== undefined, props.prefixLists);
    this.access = NetworkAccess._to(this.endpointSecurityGroup, peers, { all: () => this.names(), letOut: (domain) => this.letOut(domain) });
    this.gatewayEndpoint('S3', GatewayVpcEndpointAwsService.S3);
    this.gatewayEndpoint('DynamoDb', GatewayVpcEndpointAwsService.DYNAMODB);
    for (const endpoint of props.endpoints ?? []) this.addEndpoint(endpoint);
    const firewall = this.guardNames();
    this.queryLogGroup = firewall.queryLogGroup;
    const inspection = this.openEgress();
    const logs = { queries: this.queryLogGroup, flows: this.flowLogGroup, alerts: inspection?.alertLogGroup };
    watchNetwork(this, logs, props.alarms);
    this.judgeAtTheEnd();
  }

  /**
   * How functions join: pass it as `network` of a function, or to `StackNetwork.use` for all of them. Each keeps a security group of its own,
   * which reaches the endpoints, Amazon S3, DynamoDB and the listed domains on port 443, and nothing else until `allowEgressTo` opens it.
   */
  public forFunctions(): FunctionNetwork {
    return { vpc: this.vpc, subnets: { subnets: this.functionSubnets }, access: this.access };
  }

  /**
   * Adds a service that functions call: about 7.30 USD a month for each zone.
   * @throws ConfigurationError [SecureNetwork.EndpointName] for what is no name of a service
   * @throws ConfigurationError [SecureNetwork.EndpointTwice] when the network reaches the service already
   */
  public addEndpoint(endpoint: NetworkEndpoint): void {
    checkEndpoint(this, endpoint, this.endpoints);
    this.endpoints.push(endpoint);
    this.access._addEndpoint();
    this.close(this.vpc.addInterfaceEndpoint(`${endpoint._id}Endpoint`, {
      service: endpoint._service,
      privateDnsEnabled: true,
      open: false,
      securityGroups: [this.endpointSecurityGroup],
      subnets: { subnets: this.functionSubnets },
    }), endpoint);
  }

  /** Addresses for a third zone, and for firewalls, are set aside: neither moves the subnets that functions run in. */
  private makeVpc(): Vpc {
    const { addresses, egress } = this.props;
    const block = addresses?._block ?? NETWORK_CIDR.default;
    const bits = addresses?._netmaskLength ?? Number(block.split('/')[1]);
    const isolated = (name: string, cidrMask: number): SubnetConfiguration => ({ name, cidrMask, subnetType: SubnetType.PRIVATE_ISOLATED });
    const availabilityZones = this.zones();
    return new Vpc(this, 'Vpc', {
      ipAddresses: addresses?._poolId === undefined
        ? IpAddresses.cidr(block)
        : IpAddresses.awsIpamAllocation({
          ipv4IpamPoolId: addresses._poolId, ipv4NetmaskLength: bits, defaultSubnetIpv4NetmaskLength: bits + FUNCTION_SUBNET_BITS,
        }),
      availabilityZones,
      reservedAzs: NETWORK_ZONES.most - availabilityZones.length,
      subnetConfiguration: [
        isolated(FUNCTION_SUBNETS, bits + FUNCTION_SUBNET_BITS),
        ...egress?._inspected === true ? [isolated(FIREWALL_SUBNETS, FIREWALL_SUBNET_MASK)] : [],
      ],
      natGateways: 0,
      createInternetGateway: false,
      enableDnsHostnames: true,
      enableDnsSupport: true,
      restrictDefaultSecurityGroup: true,
    });
  }

  private zones(): string[] {
    const { availabilityZones, zones = NETWORK_ZONES.default } = this.props;
    if (availabilityZones !== undefined) return [...availabilityZones]; // CDK adds the zones that it reserves addresses for
    const stack = Stack.of(this);
    const all = isAgnostic(stack) ? [0, 1, 2].map((index) => Fn.select(index, Fn.getAzs())) : stack.availabilityZones;
    return all.slice(0, zones);
  }

  private gatewayEndpoint(id: string, service: GatewayVpcEndpointAwsService): void {
    this.close(this.vpc.addGatewayEndpoint(`${id}Endpoint`, { service, subnets: [{ subnets: this.functionSubnets }] }));
  }

  private close(vpcEndpoint: VpcEndpoint, endpoint?: NetworkEndpoint): void {
    const { organizationId, trustedAccounts = [] } = this.props;
    for (const statement of endpointStatements(this, { organizationId, trustedAccounts }, endpoint)) vpcEndpoint.addToPolicy(statement);
  }

  private guardNames(): DnsFirewall {
    const domains = Lazy.list({ produce: () => this.names() });
    return new DnsFirewall(this, 'DnsFirewall', { vpc: this.vpc, domains, encryptionKey: this.props.encryptionKey });
  }

  /** All that resolves: final when all endpoints are added. */
  private names(): string[] {
    return [...new Set([...endpointNames(this, this.endpoints), ...this.domains, ...this.props.resolvableDomains ?? []])];
  }

  private letOut(domain: string): boolean {
    if (this.props.egress === undefined) return false;
    if (!this.domains.includes(domain)) this.domains.push(domain);
    return true;
  }

  private openEgress(): EgressInspection | undefined {
    const { egress, encryptionKey } = this.props;
    if (egress === undefined) return undefined;
    const way = new InternetEgress(this, 'Egress', this.vpc);
    if (!egress._inspected) {
      for (const subnet of this.functionSubnets) way.routeFrom(subnet);
      return undefined;
    }
    const { subnets } = this.vpc.selectSubnets({ subnetGroupName: FIREWALL_SUBNETS });
    const inspection = new EgressInspection(this, 'Inspection', { vpc: this.vpc, subnets, domains: () => this.domains, encryptionKey });
    for (const subnet of subnets) way.routeFrom(subnet);
    this.functionSubnets.forEach((subnet, index) => way.routeThrough(inspection.endpointIds[index], subnet));
    return inspection;
  }

  private judgeAtTheEnd(): void {
    let errors: string[] | undefined;
    this.node.addValidation({ validate: () => errors ??= judgeFinishedNetwork(this, this.vpc) });
  }
}
