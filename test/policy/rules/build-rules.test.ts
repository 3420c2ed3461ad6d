import { BUILD_RULES } from '../../../src/builds/build-rules';
import { SecurityProfile } from '../../../src/core/profile/security-profile';
import { findings, judged, Resources, RuleCase, shownBy } from '../support';

const OPEN = { Parameters: { SetAtDeployment: { Type: 'String' } } };
const PARAMETER = { Ref: 'SetAtDeployment' };
const project = (Properties: object = {}): Resources => ({
  B: { Type: 'AWS::CodeBuild::Project', Properties },
  K: { Type: 'AWS::KMS::Key', Properties: { EnableKeyRotation: true } },
});
const KEY = { EncryptionKey: { 'Fn::GetAtt': ['K', 'Arn'] } };
const off = (EncryptionDisabled: unknown, more: object = {}) => ({ Type: 'S3', EncryptionDisabled, ...more });

const CASES: readonly RuleCase[] = [
  ['BuildCustomerKey', 'a key of the app', project(KEY), []],
  ['BuildCustomerKey', 'a key elsewhere', project({ EncryptionKey: 'arn:aws:kms:eu-west-1:111122223333:key/0' }), []],
  ['BuildCustomerKey', 'nothing said', project(), ['BuildCustomerKey at B']],
  ['BuildCustomerKey', 'the managed key, as CDK writes it', project({ EncryptionKey: 'alias/aws/s3' }), ['BuildCustomerKey at B']],
  ['BuildCustomerKey', 'the managed key by its ARN', project({ EncryptionKey: { 'Fn::Sub': 'arn:aws:kms:eu-west-1:111122223333:alias/aws/s3' } }), ['BuildCustomerKey at B']],
  ['BuildCustomerKey', 'a parameter', project({ EncryptionKey: PARAMETER }), ['BuildCustomerKey[undecided] at B']],
  ['BuildCustomerKey', 'artifacts in the clear', project({ ...KEY, Artifacts: off(true) }), ['BuildCustomerKey[artifacts] at B']],
  ['BuildCustomerKey', 'artifacts that are encrypted', project({ ...KEY, Artifacts: off('false') }), []],
  ['BuildCustomerKey', 'one of two more artifacts in the clear', project({ ...KEY, SecondaryArtifacts: [off(false), off('true', { ArtifactIdentifier: 'site' })] }),
    ['BuildCustomerKey[site] at B']],
  ['BuildCustomerKey', 'logs in the clear', project({ ...KEY, LogsConfig: { S3Logs: { Status: 'ENABLED', EncryptionDisabled: true } } }), ['BuildCustomerKey[logs] at B']],
  ['BuildCustomerKey', 'logs that are perhaps in the clear', project({ ...KEY, LogsConfig: { S3Logs: { EncryptionDisabled: PARAMETER } } }),
    ['BuildCustomerKey[undecided logs] at B']],
  ['BuildCustomerKey', 'a bucket', { B: { Type: 'AWS::S3::Bucket', Properties: {} } }, []],
];

describe('The rules for builds', () => {
  test.each(CASES)('%s: %s', (rule, _name, resources, expected) => {
    expect(findings(rule, resources, undefined, OPEN)).toEqual(expected);
  });

  test.each(BUILD_RULES.map(({ id }) => [id]))('%s is shown compliant, violated and open', (id) => {
    expect(shownBy(CASES, id)).toEqual({ compliant: true, violated: true, open: true });
  });

  test('no key of your own is asked for where the profile has none', () => {
    expect(findings('BuildCustomerKey', project(), SecurityProfile.sandbox())).toStrictEqual([]);
  });

  test('malformed values are no crash', () => {
    for (const value of [1, 'x', [], {}, [null], [[1]]]) {
      expect(judged('BuildCustomerKey', project({ EncryptionKey: value, Artifacts: value, SecondaryArtifacts: value, LogsConfig: value }))).toBeGreaterThan(2);
    }
  });
});
