import { HttpOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { anEdge, EDGE_CASES } from './audit-cases';
import { waiversBelow } from '../../src/core/exceptions/waiver';
import { EdgeDistribution } from '../../src/edge/edge-distribution';
import { EdgeDomain } from '../../src/edge/edge-domain';
import { EdgeKind } from '../../src/edge/edge-kind';
import { PROFILES, testStack, unexplained } from '../support/apps';
import { audit, kindOf, selfAudit } from '../support/self-audit';

selfAudit(EDGE_CASES, [
  'CFR1',
  'CFR2',
  'DistributionCountries',
  'IAM5[Resource::*]',
  'LambdaDLQ', // of the function that empties the cache
  'LambdaStarPermissions',
  'S1',
  'S3BucketDefaultLockEnabled',
  'S3BucketLoggingEnabled',
  'S3BucketReplicationEnabled',
  'S3DefaultEncryptionKMS',
  'SQSRedrivePolicy', // of the failure queues of regulated functions
]);

test.each(PROFILES)('what a distribution does without is explained in the profile %s', (_, profile) => {
  const stack = testStack({ profile: profile() });
  const edge = anEdge(stack, { domain: EdgeDomain.generated('an internal tool without a name of its own') });
  const findings = audit(stack);
  expect(unexplained(findings)).toStrictEqual([]);
  expect(findings.map(({ rule }) => kindOf(rule))).toContain('CFR4');
  const waived = { sandbox: [], production: ['Edge.domain'], regulated: ['Edge.countries', 'Edge.domain'] }[profile().name];
  expect(waiversBelow(edge).map(({ control }) => control).sort()).toEqual(waived);
});

test('a distribution of the sandbox profile needs no name and no web ACL', () => {
  const [, sandbox] = PROFILES[0];
  const stack = testStack({ profile: sandbox() });
  new EdgeDistribution(stack, 'Edge', { kind: EdgeKind.api(), origin: new HttpOrigin('backend.example.com') });
  expect(unexplained(audit(stack))).toStrictEqual([]);
});
