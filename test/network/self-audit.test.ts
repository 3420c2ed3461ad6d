import { NETWORK_CASES } from './audit-cases';
import { SecurityProfile } from '../../src/core/security-profile';
import { NetworkEndpoint } from '../../src/network/network-endpoint';
import { SecureNetwork } from '../../src/network/secure-network';
import { StackNetwork } from '../../src/network/stack-network';
import { API_CASES } from '../api/audit-cases';
import { FUNCTION_CASES } from '../function/audit-cases';
import { STORAGE_CASES } from '../storage/audit-cases';
import { testStack, unexplained } from '../support/apps';
import { audit, FLAGS, selfAudit } from '../support/self-audit';

selfAudit(NETWORK_CASES, ['IAM5[Resource::*]', 'LambdaDLQ', 'LambdaStarPermissions', 'SQSRedrivePolicy']);

describe.each(FLAGS)('inside of a network, in the regulated profile, with %s', (_, flags) => {
  test.each([...FUNCTION_CASES, ...STORAGE_CASES, ...API_CASES])('%s has no finding without a reason in all six packs and ours', (__, make) => {
    const stack = testStack({ profile: SecurityProfile.regulated(), flags });
    StackNetwork.use(stack, new SecureNetwork(stack, 'Network', { endpoints: [NetworkEndpoint.SQS] }).forFunctions());
    make(stack);
    expect(unexplained(audit(stack))).toEqual([]);
  });
});
