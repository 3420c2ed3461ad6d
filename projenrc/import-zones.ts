import { awscdk } from 'projen';

/**
 * Who may import whom inside src/, from the ground up: each room names the rooms that it uses besides itself, all of which stand above it here.
 * test/architecture.test.ts holds that, and the finer rules (cycles, the rules' own restrictions, no import of an index).
 */
export const ROOMS: { readonly [room: string]: readonly string[] } = {
  'core': [],
  'model': ['core'],
  'packages': ['core'],
  'iam': ['core', 'model'],
  'alarms': ['core', 'model', 'iam'],
  'logging': ['core', 'model'],
  'classification': ['core', 'alarms', 'logging'],
  'waf': ['core', 'model', 'alarms', 'logging'],
  'storage': ['core', 'model', 'iam', 'alarms', 'classification'],
  'database': ['core', 'model', 'iam', 'alarms', 'logging', 'classification'],
  'builds': ['core', 'model', 'iam', 'logging'],
  'messaging': ['core', 'model', 'iam', 'alarms', 'logging', 'classification'],
  'secrets': ['core', 'model', 'iam', 'alarms', 'messaging'],
  'network': ['core', 'model', 'iam', 'alarms', 'logging', 'storage'],
  'identity': ['core', 'model', 'iam', 'alarms', 'logging', 'waf'],
  'integration': ['core', 'model', 'iam', 'alarms', 'logging', 'messaging'],
  'triggers': ['core', 'model', 'iam', 'alarms', 'messaging', 'integration'],
  'function': ['core', 'model', 'packages', 'iam', 'alarms', 'logging', 'classification', 'messaging', 'network', 'integration', 'triggers'],
  'workflow': ['core', 'model', 'iam', 'alarms', 'logging', 'classification'],
  'container': ['core', 'model'],
  'api': ['core', 'model', 'iam', 'alarms', 'logging', 'classification', 'waf'],
  'edge': ['core', 'model', 'iam', 'alarms', 'waf', 'storage'],
  'website': ['core', 'waf', 'storage', 'edge'],
  'http-api': ['core', 'iam', 'alarms', 'logging', 'classification', 'waf', 'api', 'edge'],
  'websocket-api': ['core', 'iam', 'alarms', 'logging', 'classification', 'api'],
  'detection': ['core', 'model', 'iam', 'alarms', 'logging', 'storage', 'database', 'messaging', 'triggers', 'function'],
  'data-protection': ['core', 'iam', 'alarms', 'logging', 'classification', 'database', 'secrets', 'network', 'function'],
  'third-party': ['core', 'iam', 'alarms', 'messaging', 'secrets', 'network', 'function'],
  'containment': ['core', 'iam', 'alarms', 'waf', 'database', 'messaging', 'network', 'function', 'workflow', 'api', 'detection'],
  'policy': [
    'core', 'model', 'iam', 'alarms', 'logging', 'classification', 'waf', 'storage', 'database', 'builds', 'messaging', 'secrets', 'network',
    'identity', 'integration', 'triggers', 'function', 'workflow', 'container', 'api', 'edge', 'detection',
  ],
  'hardening': [
    'core', 'iam', 'logging', 'storage', 'database', 'builds', 'messaging', 'secrets', 'network', 'identity', 'integration', 'triggers', 'function',
    'workflow', 'container', 'api', 'edge', 'http-api', 'websocket-api',
  ],
  'report': ['core', 'model', 'packages', 'classification', 'policy'],
  'app': ['core', 'model', 'packages', 'alarms', 'policy', 'hardening', 'report'],
  'cli': ['core', 'model', 'policy', 'report', 'app'],
};

/** The same inside src/model, from the templates' text to what an attacker meets. The files beside these rooms may use all of them. */
export const MODEL_ROOMS: { readonly [room: string]: readonly string[] } = {
  templates: [],
  values: ['templates'],
  resources: ['templates', 'values'],
  rights: ['templates', 'values', 'resources'],
  flow: ['values', 'resources', 'rights'],
  network: ['values', 'resources'],
  entries: ['values', 'resources', 'network'],
};

/** Turns the first table into ESLint import zones and forbids importing an index from inside the library. */
export function restrictImports(project: awscdk.AwsCdkConstructLibrary): void {
  project.eslint?.addRules({
    'import/no-restricted-paths': ['error', {
      zones: Object.entries(ROOMS).map(([room, allowed]) => ({
        target: `./src/${room}`,
        from: './src',
        except: [room, ...allowed].map((name) => `./${name}`),
        message: `src/${room} may import only from ${['itself', ...allowed].join(', ')}.`,
      })),
    }],
    'import/order': ['error', {
      groups: ['builtin', 'external'],
      alphabetize: { order: 'asc', caseInsensitive: true },
      pathGroups: [{ pattern: 'cdk-secure-serverless', group: 'external' }],
      pathGroupsExcludedImportTypes: [],
    }],
    // examples import the library by its name, as users do; TypeScript's paths lead to src
    'import/no-unresolved': ['error', { ignore: ['^cdk-secure-serverless$'] }],
    'no-restricted-imports': ['error', { patterns: [{ regex: '(^|/)index$|^\\.\\.?$', message: 'Import the file that defines the symbol, not an index.' }] }],
  });
  project.eslint?.addOverride({ files: ['src/index.ts'], rules: { 'no-restricted-imports': 'off' } });

  // scripts/bundle-yaml.ts and bundle-dagre.ts put the library into the file: the package does not depend on it
  project.eslint?.addOverride({ files: ['src/model/templates/yaml.ts', 'src/report/render/html/graph/layout.ts'], rules: { 'import/no-extraneous-dependencies': 'off' } });

  project.eslint?.eslintTask.env('NODE_OPTIONS', '--max-old-space-size=6144'); // six programs with types: Node's own limit of 4 GB is too close

  project.eslint?.addIgnorePattern('test/fixtures/'); // apps of users: .ci/run compiles them against the packed library

  // projen's project service knows only the folders that hold a tsconfig; bench/ and scripts/ belong to that of the examples.
  const config = project.tryFindObjectFile('.eslintrc.json');
  config?.addDeletionOverride('parserOptions.projectService');
  config?.addOverride('parserOptions.project', ['./tsconfig.json', './test/tsconfig.json', './examples/tsconfig.json', './projenrc/tsconfig.json', './report-client/tsconfig.json', './handlers/tsconfig.json']);
  config?.addOverride('settings.import/resolver.typescript.noWarnOnMultipleProjects', true);
  config?.addOverride('settings.import/resolver.typescript.project', ['./tsconfig.json', './examples/tsconfig.json']);
}
