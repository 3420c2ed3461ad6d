import { awscdk } from 'projen';

/**
 * Who may import whom inside src/: each room names the rooms it may use besides itself.
 * test/architecture.test.ts holds the finer rules (cycles, the rules' own restrictions, no import of an index).
 */
export const ROOMS: { readonly [room: string]: readonly string[] } = {
  'core': [],
  'packages': ['core'],
  'iam': ['core', 'policy/model'],
  'alarms': ['core', 'iam', 'policy/model'],
  'logging': ['core', 'policy/model'],
  'classification': ['core', 'alarms', 'logging'],
  'waf': ['core', 'iam', 'alarms', 'logging', 'policy/model'],
  'storage': ['core', 'iam', 'alarms', 'classification', 'policy/model'],
  'database': ['core', 'iam', 'alarms', 'logging', 'classification', 'policy/model'],
  'builds': ['core', 'iam', 'logging', 'policy/model'],
  'messaging': ['core', 'iam', 'alarms', 'logging', 'classification', 'policy/model'],
  'secrets': ['core', 'iam', 'alarms', 'messaging', 'policy/model'],
  'network': ['core', 'iam', 'alarms', 'logging', 'storage', 'policy/model'],
  'identity': ['core', 'iam', 'alarms', 'logging', 'waf', 'policy/model'],
  'integration': ['core', 'iam', 'alarms', 'logging', 'messaging', 'policy/model'],
  'triggers': ['core', 'iam', 'alarms', 'logging', 'messaging', 'integration', 'policy/model'],
  'function': ['core', 'packages', 'iam', 'alarms', 'logging', 'classification', 'storage', 'messaging', 'network', 'integration', 'triggers', 'policy/model'],
  'workflow': ['core', 'iam', 'alarms', 'logging', 'classification', 'messaging', 'policy/model'],
  'container': ['core', 'iam', 'logging', 'policy/model'],
  'api': ['core', 'iam', 'alarms', 'logging', 'classification', 'waf', 'storage', 'function', 'policy/model'],
  'edge': ['core', 'iam', 'alarms', 'logging', 'waf', 'storage', 'policy/model'],
  'website': ['core', 'iam', 'alarms', 'logging', 'waf', 'storage', 'edge', 'policy/model'],
  'http-api': ['core', 'iam', 'alarms', 'logging', 'classification', 'waf', 'storage', 'function', 'api', 'edge', 'policy/model'],
  'websocket-api': ['core', 'iam', 'alarms', 'logging', 'classification', 'function', 'api', 'policy/model'],
  'detection': [
    'core', 'iam', 'alarms', 'logging', 'storage', 'database', 'messaging', 'secrets', 'network', 'integration', 'triggers', 'function', 'policy/model',
  ],
  'data-protection': ['core', 'iam', 'alarms', 'logging', 'classification', 'database', 'secrets', 'network', 'function', 'policy/model'],
  'third-party': ['core', 'iam', 'alarms', 'logging', 'messaging', 'secrets', 'network', 'function', 'policy/model'],
  'containment': [
    'core', 'iam', 'alarms', 'logging', 'waf', 'storage', 'database', 'messaging', 'network', 'integration', 'triggers', 'function', 'workflow', 'api', 'detection',
    'policy/model',
  ],
  'policy': [
    'core', 'alarms', 'api', 'builds', 'classification', 'container', 'database', 'detection', 'edge', 'function', 'http-api', 'iam', 'identity', 'integration', 'logging', 'messaging',
    'network', 'secrets', 'storage', 'triggers', 'waf', 'websocket-api', 'workflow',
  ],
  'hardening': [
    'core', 'alarms', 'api', 'builds', 'container', 'database', 'edge', 'function', 'http-api', 'iam', 'identity', 'integration', 'logging', 'messaging',
    'network', 'secrets', 'storage', 'triggers', 'waf', 'website', 'websocket-api', 'workflow', 'policy/model',
  ],
  'report': ['core', 'classification', 'packages', 'policy'],
  'app': ['core', 'packages', 'alarms', 'hardening', 'policy', 'report'],
  'cli': ['core', 'policy', 'report', 'app'],
};

/** The same inside src/policy/model, from the templates' text to what an attacker meets. The files beside these rooms may use all of them. */
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
  project.eslint?.addOverride({ files: ['src/policy/model/templates/yaml.ts', 'src/report/render/html/graph/layout.ts'], rules: { 'import/no-extraneous-dependencies': 'off' } });

  project.eslint?.eslintTask.env('NODE_OPTIONS', '--max-old-space-size=6144'); // six programs with types: Node's own limit of 4 GB is too close

  project.eslint?.addIgnorePattern('test/fixtures/'); // apps of users: .ci/run compiles them against the packed library

  // projen's project service knows only the folders that hold a tsconfig; bench/ and scripts/ belong to that of the examples.
  const config = project.tryFindObjectFile('.eslintrc.json');
  config?.addDeletionOverride('parserOptions.projectService');
  config?.addOverride('parserOptions.project', ['./tsconfig.json', './test/tsconfig.json', './examples/tsconfig.json', './projenrc/tsconfig.json', './report-client/tsconfig.json', './handlers/tsconfig.json']);
  config?.addOverride('settings.import/resolver.typescript.noWarnOnMultipleProjects', true);
  config?.addOverride('settings.import/resolver.typescript.project', ['./tsconfig.json', './examples/tsconfig.json']);
}
