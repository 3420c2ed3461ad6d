import { AppModel } from '../../model/resources/app-model';
import { Resource } from '../../model/resources/resource';
import { expectProperty, fail, notApplicable, Outcome, pass, Rule, RuleResult, Severity, unresolved } from '../../model/rule';
import { at, isUnresolved, numberOf, textOf, Value } from '../../model/values/values';

const FUNCTION = 'AWS::Lambda::Function';
const SIGNING = 'AWS::Lambda::CodeSigningConfig';
const ACCESS_POINT = 'AWS::EFS::AccessPoint';

export const FUNCTION_CODE_SIGNING: Rule = {
  id: 'FunctionCodeSigning',
  severity: Severity.INFO,
  severityIn: { regulated: Severity.MEDIUM },
  appliesTo: [FUNCTION],
  title: 'A function takes code that nobody signed',
  why: 'Whoever can write to the bucket of artifacts, or may update the function, runs code of their own with its rights. '
    + 'Where an app signs its code, a function without the check is the way around it.',
  fix: 'Set CodeSigningConfigArn (codeSigningConfig) to a configuration that enforces signatures of your profile. Container images are signed in ECR instead.',
  risks: ['third-party', 'single-layer'],
  frameworks: ['OWASP Serverless S9', 'CSA SAS-06'],
  check: (fn, app, { profile }) => {
    const signs = app.index('whether the app signs code', () => app.ofType(SIGNING).length > 0
      || app.ofType(FUNCTION).some((one) => one.property('CodeSigningConfigArn') !== undefined));
    if ((!signs && !profile.controls.codeSigningRequired) || isImage(fn)) return notApplicable();
    return expectProperty(fn, 'CodeSigningConfigArn', (config) => config !== undefined && config !== '');
  },
};

export const CODE_SIGNING_ENFORCED: Rule = {
  id: 'CodeSigningEnforced',
  severity: Severity.LOW,
  severityIn: { regulated: Severity.MEDIUM },
  appliesTo: [SIGNING],
  title: 'A code signing configuration only warns about code that nobody signed',
  why: 'Lambda takes the code all the same; the warning stands in a metric that nobody may watch.',
  fix: 'Set CodeSigningPolicies.UntrustedArtifactOnDeployment to Enforce (untrustedArtifactOnDeployment: UntrustedArtifactOnDeployment.ENFORCE).',
  risks: ['third-party', 'misconfiguration'],
  frameworks: ['OWASP Serverless S9', 'CSA SAS-06'],
  check: (config) => expectProperty(config, 'CodeSigningPolicies.UntrustedArtifactOnDeployment', (policy) => policy === 'Enforce'),
};

export const FUNCTION_IMAGE_DIGEST: Rule = {
  id: 'FunctionImageDigest',
  severity: Severity.LOW,
  appliesTo: [FUNCTION],
  title: 'A function runs an image by a tag that can be moved',
  why: 'The same template deploys other code tomorrow: whoever may push to the repository chooses it, and nobody can tell what ran.',
  fix: 'Name the image by digest (…@sha256:…, tagOrDigest), or let CDK build it (DockerImageCode.fromImageAsset): its tag is the hash of the content.',
  risks: ['third-party', 'misconfiguration'],
  frameworks: ['OWASP Serverless S9', 'CSA SAS-06'],
  check: (fn) => (isImage(fn) ? expectProperty(fn, 'Code.ImageUri', isFixedImage) : notApplicable()),
};

export const FUNCTION_CODE_INLINE: Rule = {
  id: 'FunctionCodeInline',
  severity: Severity.LOW,
  severityIn: { sandbox: 'off' },
  appliesTo: [FUNCTION],
  title: 'The code of a function stands in the template',
  why: 'No linter, test, review of dependencies or signature ever saw it, and it has no version of its own.',
  fix: 'Keep the code in files (Code.fromAsset, NodejsFunction), where the tools of the pipeline see it.',
  risks: ['third-party', 'misconfiguration'],
  frameworks: ['OWASP Serverless S9', 'CSA SAS-06'],
  check: (fn) => expectProperty(fn, 'Code.ZipFile', (code) => code === undefined),
};

export const FILE_SYSTEM_ACCESS_POINT: Rule = {
  id: 'FileAccessPoint',
  severity: Severity.LOW,
  appliesTo: [FUNCTION, ACCESS_POINT],
  title: 'A function mounts a file system as a user who may see everything on it',
  why: 'Files outlive the request, for all instances: what one takeover writes, or reads from other applications on the same file system, stays possible for long.',
  fix: 'Give the function an access point of its own, with a PosixUser other than root and a RootDirectory below "/".',
  risks: ['over-privilege', 'data-exposure'],
  frameworks: ['FSBP EFS.3', 'FSBP EFS.4', 'CSA SAS-12'],
  findingForm: '`PosixUser` or `RootDirectory`; none for a mount that is no access point',
  check: (resource, app) => (resource.type === ACCESS_POINT ? judgeAccessPoint(resource) : judgeMounts(resource, app)),
};

function isImage(fn: Resource): boolean {
  return fn.property('PackageType') === 'Image' || at(fn.property('Code'), 'ImageUri') !== undefined;
}

/** By digest, or by the tag that CDK makes of the content's hash. */
function isFixedImage(uri: Value): boolean {
  const text = textOf(uri) ?? '';
  return /@sha256:/.test(text) || /:[0-9a-f]{64}$/.test(text) || /@?<[^<>]*>$/.test(text);
}

function judgeAccessPoint(point: Resource): RuleResult {
  return [
    expectProperty(point, 'PosixUser.Uid', (uid) => numberOf(uid) !== undefined && numberOf(uid) !== 0, 'PosixUser'),
    expectProperty(point, 'RootDirectory.Path', (path) => textOf(path) !== undefined && textOf(path) !== '/', 'RootDirectory'),
  ];
}

/** A mount names an access point by its ARN. A pointer to anything else is none. */
function judgeMounts(fn: Resource, app: AppModel): RuleResult {
  return fn.items('FileSystemConfigs').map((mount): Outcome => {
    const location = 'Properties.FileSystemConfigs';
    const arn = isUnresolved(mount) ? mount : at(mount, 'Arn');
    if (isUnresolved(arn)) return unresolved(location);
    const targets = app.targets(arn);
    const named = /:access-point\//.test(textOf(arn) ?? '');
    return named || targets.some(({ type }) => type === ACCESS_POINT || type.startsWith('AWS::S3Files::')) ? pass() : fail(location);
  });
}

export const FUNCTION_CODE_RULES: readonly Rule[] = [
  CODE_SIGNING_ENFORCED, FILE_SYSTEM_ACCESS_POINT, FUNCTION_CODE_INLINE, FUNCTION_CODE_SIGNING, FUNCTION_IMAGE_DIGEST,
];
