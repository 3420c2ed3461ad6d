import { expectProperty, pass, Rule, Severity } from '../../model/rule';
import { isTrue, textOf } from '../../model/values/values';

export const IMAGE_REPOSITORY_CHECKS: Rule = {
  id: 'ImageRepositoryChecks',
  severity: Severity.LOW,
  appliesTo: ['AWS::ECR::Repository'],
  title: 'Images may be exchanged under their tag, or nobody looks for holes in them',
  why: 'Whoever may push puts other code under the tag that was reviewed, and a library with a known hole stays in the image for years.',
  fix: 'Set ImageTagMutability to IMMUTABLE and ImageScanningConfiguration.ScanOnPush to true (imageTagMutability, imageScanOnPush), or let the registry scan.',
  risks: ['third-party', 'misconfiguration'],
  frameworks: ['FSBP ECR.1', 'FSBP ECR.2', 'CKV_AWS_51', 'CKV_AWS_163', 'OWASP Serverless S9', 'CSA SAS-06'],
  findingForm: '`Tags` or `Scan`',
  check: (repository, app) => [
    expectProperty(repository, 'ImageTagMutability', (value) => /^IMMUTABLE/i.test(textOf(value) ?? ''), 'Tags'),
    app.index('the registry scans', () => app.ofType('AWS::ECR::RegistryScanningConfiguration').some((registry) => registry.items('Rules').length > 0))
      ? pass() : expectProperty(repository, 'ImageScanningConfiguration.ScanOnPush', isTrue, 'Scan'),
  ],
};

export const IMAGE_RULES: readonly Rule[] = [IMAGE_REPOSITORY_CHECKS];
