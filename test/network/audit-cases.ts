import { Stack } from 'aws-cdk-lib';
import { SecurityProfile } from '../../src/core/profile/security-profile';
import { GatewayPrefixLists } from '../../src/network/access/gateway-prefix-lists';
import { NetworkEgress } from '../../src/network/egress/network-egress';
import { NetworkAddresses } from '../../src/network/network-addresses';
import { NetworkEndpoint } from '../../src/network/network-endpoint';
import { SecureNetwork } from '../../src/network/secure-network';
import { SecureNetworkProps } from '../../src/network/secure-network-props';
import { StackNetwork } from '../../src/network/stack-network';
import { aFunction, AuditCase } from '../support/self-audit';

/** A network, and a function in it. */
function joined(stack: Stack, props: SecureNetworkProps = {}): void {
  const network = new SecureNetwork(stack, 'Network', props);
  aFunction(stack, 'Orders', { network: network.forFunctions() });
}

export const NETWORK_CASES: readonly AuditCase[] = [
  ['SecureNetwork', (stack) => { new SecureNetwork(stack, 'Network'); }],
  ['SecureNetwork that a function joins', (stack) => { joined(stack); }],
  ['SecureNetwork with endpoints, an organization and trusted accounts', (stack) => {
    joined(stack, {
      zones: 3,
      endpoints: [NetworkEndpoint.EXECUTE_API, NetworkEndpoint.KINESIS, NetworkEndpoint.SECRETS_MANAGER, NetworkEndpoint.of('textract')],
      organizationId: 'o-a1b2c3d4e5',
      trustedAccounts: ['111122223333'],
      prefixLists: GatewayPrefixLists.ids('pl-1', 'pl-2'),
    });
  }],
  ['SecureNetwork with addresses from IPAM', (stack) => { joined(stack, { addresses: NetworkAddresses.ipam('ipam-pool-1') }); }],
  ['SecureNetwork with inspected egress', (stack) => { joined(stack, { egress: NetworkEgress.inspectedDomains(['api.example.com', '*.example.org']) }); }],
  ['SecureNetwork with egress, inspected where the profile asks for it', (stack) => {
    const domains = ['api.example.com'];
    const { networkRequired } = SecurityProfile.of(stack).controls;
    joined(stack, { egress: networkRequired ? NetworkEgress.inspectedDomains(domains) : NetworkEgress.domains(domains) });
  }],
  ['StackNetwork', (stack) => {
    StackNetwork.use(stack, new SecureNetwork(stack, 'Network').forFunctions());
    aFunction(stack, 'Orders', { network: undefined });
  }],
];
