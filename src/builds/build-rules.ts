import { BUILD_PROJECT, MANAGED_OUTPUT_KEY } from './build-baseline';
import { Resource } from '../model/resources/resource';
import { expectEach, expectProperty, Outcome, Rule, Severity } from '../model/rule';
import { at, isTrue, textOf, Value } from '../model/values/values';

export const BUILD_CUSTOMER_KEY: Rule = {
  id: 'BuildCustomerKey',
  severity: Severity.LOW,
  severityIn: { regulated: Severity.MEDIUM },
  control: 'customerKeys',
  appliesTo: [BUILD_PROJECT],
  title: 'What builds write is not encrypted with a key of your own',
  why: 'Output, caches and logs of builds hold code, and what the code was built with. The key that AWS manages decrypts for everybody who may read the bucket, and for '
    + 'no other account. With your key, reading takes a second right, which can be taken away from everybody at once.',
  fix: 'Set EncryptionKey (encryptionKey of Project), in a pipeline to the key of its artifacts (crossAccountKeys: true does it in CDK), let the role and the readers use the '
    + 'key, and take EncryptionDisabled: true out.',
  risks: ['data-exposure', 'single-layer'],
  frameworks: [
    'FSBP CodeBuild.3', 'CT.CODEBUILD.PR.5', 'CT.CODEBUILD.PR.6', 'cdk-nag AwsSolutions-CB4', 'CKV_AWS_78', 'CKV_AWS_147', 'CKV_AWS_311',
  ],
  findingForm: 'what is written without the key: artifacts, name of a secondary artifact, logs',
  check: (project) => [
    expectProperty(project, 'EncryptionKey', (key) => key !== undefined && !isManaged(key)),
    ...unencrypted(project),
  ],
};

/** `alias/aws/s3`, or its ARN. */
function isManaged(key: Value): boolean {
  return (textOf(key) ?? '').endsWith(MANAGED_OUTPUT_KEY);
}

/** Nobody switched it off. */
function isOn(disabled: Value): boolean {
  return !isTrue(disabled);
}

/** One outcome for each place that can switch the encryption off. */
function unencrypted(project: Resource): readonly Outcome[] {
  const secondary = project.items('SecondaryArtifacts').map((artifacts, index) => (
    expectEach([at(artifacts, 'EncryptionDisabled')], 'Properties.SecondaryArtifacts', isOn, textOf(at(artifacts, 'ArtifactIdentifier')) ?? `${index}`)));
  return [
    expectProperty(project, 'Artifacts.EncryptionDisabled', isOn, 'artifacts'),
    ...secondary,
    expectProperty(project, 'LogsConfig.S3Logs.EncryptionDisabled', isOn, 'logs'),
  ];
}

export const BUILD_RULES: readonly Rule[] = [BUILD_CUSTOMER_KEY];
