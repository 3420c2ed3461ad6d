import { awscdk, javascript, JsonFile } from 'projen';

const EXAMPLES_TSCONFIG = 'examples/tsconfig.json';

/** What runs in the browser of whoever opens the report: a project of its own, since jsii's knows no browser. */
const CLIENT_TSCONFIG = 'report-client/tsconfig.json';

/** What runs on Lambda: a project of its own too, since jsii would publish it as part of the library's types. */
const HANDLERS_TSCONFIG = 'handlers/tsconfig.json';

const EMULATOR_JEST = 'test/emulator/jest.config.json';

const GENERATED_PAGES = {
  rules: 'the rule records',
  controls: 'the catalogue of controls',
  rights: 'the synthesized policies',
  resources: 'the synthesized templates',
};

/** Adds the tasks that README and .ci/run name: `npm test`, `npm run demo`, the benchmarks and the generated documents. */
export function addQualityTasks(project: awscdk.AwsCdkConstructLibrary): void {
  new javascript.TypescriptConfig(project, {
    fileName: EXAMPLES_TSCONFIG,
    extends: javascript.TypescriptConfigExtends.fromTypescriptConfigs([project.tsconfigDev]),
    include: ['**/*.ts', '../bench/**/*.ts', '../scripts/**/*.ts'],
    exclude: ['**/cdk.out/**', '**/node_modules/**'],
    // src/index.ts re-exports structs by name, as jsii wants it; isolatedModules would ask for "export type"
    compilerOptions: { noEmit: true, rootDir: '..', isolatedModules: false, paths: { 'cdk-secure-serverless': ['../src'] } },
  });

  const lazyIndex = project.addTask('lazy-index', {
    description: 'Make the compiled index load a file when its symbol is first used',
    execArgs: ['tsx', 'scripts/lazy-index.ts'],
  });
  project.compileTask.prependSpawn(project.addTask('bundle-handlers', {
    description: 'Bundle the functions that the library ships, from handlers/ to assets/',
    execArgs: ['tsx', 'scripts/bundle-handlers.ts'],
  }));
  project.compileTask.spawn(lazyIndex);
  project.compileTask.spawn(project.addTask('bundle-yaml', {
    description: 'Put the YAML library into the compiled file that uses it',
    execArgs: ['tsx', 'scripts/bundle-yaml.ts'],
  }));

  project.compileTask.spawn(project.addTask('bundle-dagre', {
    description: 'Put the layout library of the report into the compiled file that uses it',
    execArgs: ['tsx', 'scripts/bundle-dagre.ts'],
  }));
  project.preCompileTask.spawn(project.addTask('bundle-report-client', {
    description: 'Write the style and script of the HTML report, from report-client/, as texts into the library',
    execArgs: ['tsx', 'scripts/bundle-report-client.ts'],
  }));
  new javascript.TypescriptConfig(project, {
    fileName: CLIENT_TSCONFIG,
    include: ['**/*.ts'],
    compilerOptions: {
      lib: ['es2022', 'dom', 'dom.iterable'],
      target: 'ES2022',
      module: 'esnext',
      moduleResolution: javascript.TypeScriptModuleResolution.BUNDLER,
      noEmit: true,
      noUnusedLocals: true,
      noUnusedParameters: true,
      strict: true,
      types: [],
    },
  });
  project.testTask.execArgs(['tsc', '-p', CLIENT_TSCONFIG]);

  new javascript.TypescriptConfig(project, {
    fileName: HANDLERS_TSCONFIG,
    include: ['**/*.ts'],
    compilerOptions: {
      lib: ['es2023'],
      target: 'ES2023',
      module: 'esnext',
      moduleResolution: javascript.TypeScriptModuleResolution.BUNDLER,
      noEmit: true,
      noUnusedLocals: true,
      noUnusedParameters: true,
      skipLibCheck: true,
      strict: true,
      types: ['node', 'aws-lambda'],
    },
  });
  project.testTask.execArgs(['tsc', '-p', HANDLERS_TSCONFIG]);

  const { globalSetup, globalTeardown, setupFiles, moduleNameMapper, transform, clearMocks } = project.jest!.config as { [option: string]: unknown };
  new JsonFile(project, EMULATOR_JEST, {
    obj: {
      rootDir: '../..',
      testMatch: ['<rootDir>/test/emulator/**/*.emulator.ts', '<rootDir>/examples/**/*.emulator.ts'],
      setupFilesAfterEnv: ['<rootDir>/test/emulator/reset.ts'],
      testTimeout: 60_000,
      globalSetup,
      globalTeardown,
      setupFiles,
      moduleNameMapper,
      transform,
      clearMocks,
    },
  });
  project.addTask('test:emulator', {
    description: 'Run the shipped functions and deploy the examples against an emulator of AWS, which is started and stopped',
    steps: [{ execArgs: ['scripts/ci/with-emulator.sh', '.emulator', 'jest', '-c', EMULATOR_JEST, '--runInBand'], receiveArgs: true }],
  });

  project.addTask('test:mutation', {
    description: 'Change the sources of a room (policy, iam, guards) or a file in small ways, and see whether a test notices',
    steps: [{ exec: 'nice -n 19 tsx scripts/test-mutation.ts', receiveArgs: true }],
  });

  project.package.addField('jsiiRosetta', { strict: true });
  project.postCompileTask.prependSpawn(project.addTask('rosetta:extract', {
    description: 'Compile the README and @example snippets, translate them, and look at the translations',
    steps: [{ execArgs: ['jsii-rosetta', 'extract', '--strict'] }, { execArgs: ['tsx', 'scripts/check-translations.ts'] }],
  }));

  for (const [page, from] of Object.entries(GENERATED_PAGES)) {
    project.postCompileTask.spawn(project.addTask(`${page}:docs`, {
      description: `Write docs/${page}.md from ${from}`,
      env: { CDK_VALIDATION: 'false' },
      execArgs: ['tsx', `scripts/write-${page}-docs.ts`],
    }));
  }

  project.postCompileTask.spawn(project.addTask('schema:write', {
    description: 'Write schema/posture.schema.json from the types of the report',
    execArgs: ['tsx', 'scripts/write-report-schema.ts'],
  }));

  project.postCompileTask.spawn(project.addTask('replacements:write', {
    description: 'Write from the resource schemas which change replaces a resource',
    execArgs: ['tsx', 'scripts/write-replacement-table.ts'],
  }));

  project.postCompileTask.spawn(project.addTask('actions:write', {
    description: 'Write which actions the wildcards in grants of CDK stand for, and which ones know no resource',
    execArgs: ['tsx', 'scripts/write-action-tables.ts'],
  }));

  project.addTask('demo', {
    description: 'Synthesize, check and report an example: orders (the default), insecure, order-pipeline or saas-frontend',
    steps: [{ execArgs: ['tsx', '--tsconfig', EXAMPLES_TSCONFIG, 'scripts/demo.ts'], receiveArgs: true }],
  });
  const bench = project.addTask('bench', {
    description: 'Measure synth, rules, import and audits, beside the same by hand and by others',
    receiveArgs: true,
  });
  bench.spawn(project.compileTask);
  bench.execArgs(['tsx', '--tsconfig', EXAMPLES_TSCONFIG, 'bench/all.ts'], { receiveArgs: true });
  project.testTask.execArgs(['tsc', '--noEmit', '-p', EXAMPLES_TSCONFIG]);

  project.testTask.spawn(project.addTask('guides:check', {
    description: 'Compile the samples of docs/guides/ against the built library',
    execArgs: ['tsx', 'scripts/check-guides.ts'],
  }));

  const verify = project.addTask('verify', {
    description: 'What "npm test" runs: compile, README and doc samples, generated documents, unit tests, type check, lint',
  });
  verify.spawn(project.compileTask);
  verify.spawn(project.postCompileTask);
  verify.spawn(project.testTask);
  project.setScript('test', 'npx projen verify');

  // The foreign languages need toolchains of their own: the release workflow builds each in its own job.
  project.packageTask.reset();
  project.packageTask.spawn(project.tasks.tryFind('package:js')!);
  const bindings = project.addTask('bindings', { description: 'Generate (not build) the Python, Java, .NET and Go bindings' });
  bindings.execArgs(['jsii-pacmak', '--code-only', '-t', 'python', 'java', 'dotnet', 'go', '--outdir', '.bindings']);
}
