import { NETWORK_CASES } from './audit-cases';
import { SecurityProfile } from '../../src/core/profile/security-profile';
import { NetworkEgress } from '../../src/network/egress/network-egress';
import { NetworkEndpoint } from '../../src/network/network-endpoint';
import { SecureNetwork } from '../../src/network/secure-network';
import { StackNetwork } from '../../src/network/stack-network';
import { API_CASES } from '../api/audit-cases';
import { FUNCTION_CASES } from '../function/audit-cases';
import { STORAGE_CASES } from '../storage/audit-cases';
import { PROFILES, templateOf, testStack, unexplained } from '../support/apps';
import { aFunction, audit, FLAGS, selfAudit } from '../support/self-audit';

selfAudit(NETWORK_CASES, ['IAM5[Resource::*]', 'LambdaDLQ', 'LambdaStarPermissions', 'SQSRedrivePolicy']);

describe.each(FLAGS)('inside of a network, in the regulated profile, with %s', (_, flags) => {
  test.each([...FUNCTION_CASES, ...STORAGE_CASES, ...API_CASES])('%s has no finding without a reason in all six packs and ours', (__, make) => {
    const stack = testStack({ profile: SecurityProfile.regulated(), flags });
    StackNetwork.use(stack, new SecureNetwork(stack, 'Network', { endpoints: [NetworkEndpoint.SQS] }).forFunctions());
    make(stack);
    expect(unexplained(audit(stack))).toStrictEqual([]);
  });
});

describe.each(PROFILES)('in a stack whose zones are known, in the profile %s', (_, profile) => {
  test.each([2, 3])('inspected egress of %d zones through one firewall has no finding without a reason', (zones) => {
    const env = { account: '111122223333', region: 'eu-central-1' };
    const known = { [`availability-zones:account=${env.account}:region=${env.region}`]: ['a', 'b', 'c'].map((letter) => `${env.region}${letter}`) };
    const stack = testStack({ profile: profile(), env, flags: known });
    const network = new SecureNetwork(stack, 'Network', { zones, egress: NetworkEgress.inspectedDomains(['api.example.com', '*.example.org']) });
    aFunction(stack, 'Orders', { network: network.forFunctions() });
    templateOf(stack).resourceCountIs('AWS::NetworkFirewall::Firewall', 1);
    expect(unexplained(audit(stack))).toStrictEqual([]);
  });
});
