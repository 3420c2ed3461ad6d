import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { SecurityProfile } from '../../src/core/profile/security-profile';
import { encryptedLogGroup } from '../../src/logging/encrypted-log-group';
import { ALL_NAG_PACKS, findingsOf, PROFILES, templateOf, testStack } from '../support/apps';

/** What the packs say of the end of the logs of a stack: rule and reason. */
const onRetention = (retention: RetentionDays | undefined, profile: SecurityProfile) => {
  const stack = testStack({ profile });
  encryptedLogGroup(stack, 'Logs', { retention });
  const findings = findingsOf(stack, ALL_NAG_PACKS()).filter(({ rule }) => rule.endsWith('CloudWatchLogGroupRetentionPeriod'));
  return { stack, findings };
};

test.each(PROFILES)('logs that an author keeps for ever have a reason for all packs that ask for an end, in the profile %s', (_, profile) => {
  const { stack, findings } = onRetention(RetentionDays.INFINITE, profile());
  expect(templateOf(stack).findResources('AWS::Logs::LogGroup', { Properties: { RetentionInDays: 365 } })).toEqual({});
  expect(findings.map(({ rule }) => rule.split('-')[0]).sort()).toEqual(['HIPAA.Security', 'NIST.800.53.R4', 'NIST.800.53.R5', 'PCI.DSS.321', 'Serverless']);
  expect(findings.every(({ reason }) => reason?.includes('logRetention') === true)).toBe(true);
});

test('so have those of a profile that keeps them for ever', () => {
  const { findings } = onRetention(undefined, SecurityProfile.production().with({ logRetention: RetentionDays.INFINITE }));
  expect(findings.map(({ reason }) => reason?.includes('logRetention'))).toEqual(Array(5).fill(true));
});

test('logs with an end need none', () => {
  expect(onRetention(RetentionDays.ONE_YEAR, SecurityProfile.production()).findings).toStrictEqual([]);
});
