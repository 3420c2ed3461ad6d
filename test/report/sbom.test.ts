import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { dirname, join } from 'path';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { App, Stack } from 'aws-cdk-lib';
import { aPosture } from './support';
import { ServerlessSecurity } from '../../src/app/serverless-security';
import { SecureNodejsFunction } from '../../src/function/secure-nodejs-function';
import { packagesInFolder } from '../../src/packages/folder-packages';
import { BundledPackage, PackageList } from '../../src/packages/package-list';
import { Posture } from '../../src/report/form/posture-form';
import { functionsOf } from '../../src/report/parts/functions';
import { cycloneDx } from '../../src/report/sbom/cyclonedx';
import { packagesIn } from '../../src/report/sbom/packages-of';
import { modelOf } from '../policy/support';

const SCHEMAS = join(dirname(require.resolve('@cyclonedx/cyclonedx-library/package.json')), 'res', 'schema');

/** A folder with some files in it. */
function folder(files: { readonly [path: string]: string | object }): string {
  const root = mkdtempSync(join(tmpdir(), 'bundle-'));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return root;
}

const purls = (listed: PackageList | undefined) => listed?.packages.map(({ purl }) => purl);

/** The official schema of CycloneDX 1.6, with those that it refers to. */
function problemsOf(bom: unknown): unknown {
  const ajv = new Ajv({ strict: false, validateSchema: false, allErrors: true });
  addFormats(ajv);
  ajv.addFormat('iri-reference', true).addFormat('idn-email', true);
  const read = (name: string) => JSON.parse(readFileSync(join(SCHEMAS, `${name}.SNAPSHOT.schema.json`), 'utf8')) as object;
  ajv.addSchema(read('spdx'), 'http://cyclonedx.org/schema/spdx.SNAPSHOT.schema.json');
  ajv.addSchema(read('jsf-0.82'), 'http://cyclonedx.org/schema/jsf-0.82.SNAPSHOT.schema.json');
  ajv.addSchema(read('cryptography-defs'), 'http://cyclonedx.org/schema/cryptography-defs.SNAPSHOT.schema.json');
  ajv.validate(read('bom-1.6'), bom);
  return ajv.errors;
}

describe('What is in a bundle', () => {
  test('is told by the packages that lie in it, those that packages bring along included', () => {
    const asset = folder({
      'index.js': 'require("a")',
      'node_modules/a/package.json': { name: 'a', version: '1.0.0', license: 'MIT' },
      'node_modules/a/node_modules/b/package.json': { name: 'b', version: '2.0.0', licenses: [{ type: 'MIT' }, { type: 'Apache-2.0' }] },
      'node_modules/@scope/c/package.json': { name: '@scope/c', version: '3.0.0' },
      'node_modules/.package-lock.json': {},
    });
    expect(packagesInFolder(asset, 'nodejs24.x', '/nowhere')).toEqual({
      complete: true,
      packages: [
        { name: '@scope/c', version: '3.0.0', purl: 'pkg:npm/%40scope/c@3.0.0' },
        { name: 'a', version: '1.0.0', licence: 'MIT', purl: 'pkg:npm/a@1.0.0' },
        { name: 'b', version: '2.0.0', licence: '(MIT OR Apache-2.0)', purl: 'pkg:npm/b@2.0.0' },
      ],
    });
  });

  test('is told by the marks of an unminified bundle; versions come from where it was bundled, or from the lock file there', () => {
    const home = folder({
      'node_modules/zod/package.json': { name: 'zod', version: '4.0.1', license: 'MIT' },
      'package-lock.json': { packages: { 'node_modules/locked': { version: '5.1.0', license: 'ISC' } } },
    });
    const asset = folder({ 'index.js': '// node_modules/zod/index.js\nvar a;\n  // node_modules/locked/lib/x.mjs\n// node_modules/gone/y.cjs\n// src/handler.ts\nvar b;\n' });
    expect(packagesInFolder(asset, 'nodejs24.x', home)).toEqual({
      complete: false,
      packages: [
        { name: 'gone', purl: 'pkg:npm/gone', installScript: 'unknown' },
        { name: 'locked', version: '5.1.0', licence: 'ISC', purl: 'pkg:npm/locked@5.1.0' },
        { name: 'zod', version: '4.0.1', licence: 'MIT', purl: 'pkg:npm/zod@4.0.1' },
      ],
    });
    expect(purls(packagesInFolder(folder({ 'index.js': '// src/handler.ts\nvar b;\n' }), 'nodejs24.x', home))).toStrictEqual([]);
  });

  const YARN_1 = [
    '# yarn lockfile v1', '', '"@scope/a@^1.0.0", "@scope/a@^1.1.0":', '  version "1.2.3"', '  resolved "https://registry.yarnpkg.com/x"', '  dependencies:', '    zod "^4.0.0"',
    '', 'twice@^1.0.0:', '  version "1.5.0"', '', 'twice@^2.0.0:', '  version "2.0.0"', '', 'zod@^4.0.0:', '  version "4.0.1"', '',
  ];
  const YARN_BERRY = [
    '__metadata:', '  version: 8', '', '"@scope/a@npm:^1.0.0, @scope/a@npm:^1.1.0":', '  version: 1.2.3', '  resolution: "@scope/a@npm:1.2.3"', '', '"shop@workspace:.":',
    '  version: 0.0.0-use.local', '', '"twice@npm:^1.0.0":', '  version: 1.5.0', '', '"twice@npm:^2.0.0":', '  version: 2.0.0', '', '"zod@npm:^4.0.0":', '  version: 4.0.1', '',
  ];
  const PNPM_9 = [
    "lockfileVersion: '9.0'", '', 'importers:', '', '  .:', '    dependencies:', '      zod:', '        specifier: ^4', '        version: 4.0.1', '', 'packages:', '', "  '@scope/a@1.2.3':",
    '    resolution: {integrity: sha512-x}', '', '  twice@1.5.0:', '    resolution: {integrity: sha512-y}', '', '  twice@2.0.0(zod@4.0.1):', '    resolution: {}', '', '  zod@4.0.1:',
    '    resolution: {integrity: sha512-z}', '', 'snapshots:', '', '  other@9.9.9: {}', '',
  ];
  const PNPM_5 = ['lockfileVersion: 5.4', '', 'packages:', '', '  /@scope/a/1.2.3:', '    dev: false', '  /twice/1.5.0:', '    dev: false', '  /twice/2.0.0_zod@4.0.1:', '    dev: false', '  /zod/4.0.1:', '    dev: false', ''];

  test.each<[string, string, readonly string[]]>([
    ['Yarn 1', 'yarn.lock', YARN_1], ['Yarn', 'yarn.lock', YARN_BERRY], ['pnpm', 'pnpm-lock.yaml', PNPM_9], ['pnpm 7', 'pnpm-lock.yaml', PNPM_5],
  ])('has the versions of the lock file of %s; of several versions none', (_manager, file, lines) => {
    const home = folder({ [file]: lines.join('\n') });
    const inputs = Object.fromEntries(['@scope/a', 'other', 'twice', 'zod'].map((name) => [`node_modules/${name}/index.js`, {}]));
    expect(packagesInFolder(folder({ 'index.js': 'var a', 'index.meta.json': { inputs } }), 'nodejs24.x', home)).toEqual({
      complete: true,
      packages: [
        { name: '@scope/a', version: '1.2.3', purl: 'pkg:npm/%40scope/a@1.2.3' }, { name: 'other', purl: 'pkg:npm/other' }, { name: 'twice', purl: 'pkg:npm/twice' },
        { name: 'zod', version: '4.0.1', purl: 'pkg:npm/zod@4.0.1' },
      ].map((one) => ({ ...one, installScript: 'unknown' })),
    });
  });

  test.each([
    ['node_modules/.pnpm/@scope+twice@2.0.0_zod@4.0.1/node_modules/@scope/twice/index.js', 'pkg:npm/%40scope/twice@2.0.0'],
    ['../.yarn/berry/cache/twice-npm-1.5.0-3f5bd2ae9b-10c0.zip/node_modules/twice/index.js', 'pkg:npm/twice@1.5.0'],
    ['../.yarn/berry/cache/twice-npm-1.5.0-rc.1-3f5bd2ae9b-10c0.zip/node_modules/twice/index.js', 'pkg:npm/twice@1.5.0-rc.1'],
  ])('has the version that the path %s says', (path, purl) => {
    expect(purls(packagesInFolder(folder({ 'index.js': 'var a', 'index.meta.json': { inputs: { [path]: {} } } }), 'nodejs24.x', '/nowhere'))).toEqual([purl]);
  });

  test('is told by a list of esbuild beside the bundle', () => {
    const asset = folder({ 'index.js': 'var a', 'index.meta.json': { inputs: { 'src/x.ts': {}, 'node_modules/.pnpm/p@1/node_modules/p/i.js': {} } } });
    expect(purls(packagesInFolder(asset, 'nodejs24.x', '/nowhere'))).toEqual(['pkg:npm/p@1']);
  });

  test('is not known of a minified bundle, of a folder that tells nothing and of other languages', () => {
    expect(packagesInFolder(folder({ 'index.js': 'var a=1;' }), 'nodejs24.x', '/nowhere')).toBeUndefined();
    expect(packagesInFolder(folder({ 'handler.py': '' }), 'python3.14', '/nowhere')).toBeUndefined();
    expect(packagesInFolder(folder({ bootstrap: '' }), 'provided.al2023', '/nowhere')).toBeUndefined();
  });

  test('of Python stands in what pip leaves behind, or in requirements with exact versions', () => {
    expect(packagesInFolder(folder({
      'requests-2.32.3.dist-info/METADATA': 'Metadata-Version: 2.1\nName: requests\nVersion: 2.32.3\nLicense: Apache-2.0\n\nText\nName: no',
      'Typing_Extensions-4.dist-info/METADATA': 'Name: typing_extensions\nVersion: 4.1\nLicense-Expression: PSF-2.0\n\n',
    }), 'python3.14', '/nowhere')).toEqual({
      complete: true,
      packages: [
        { name: 'requests', version: '2.32.3', licence: 'Apache-2.0', purl: 'pkg:pypi/requests@2.32.3' },
        { name: 'typing_extensions', version: '4.1', licence: 'PSF-2.0', purl: 'pkg:pypi/typing-extensions@4.1' },
      ],
    });
    expect(purls(packagesInFolder(folder({ 'requirements.txt': '# ours\nboto3==1.40.0\npydantic[email]>=2\n-r more.txt\n' }), 'python3.14', '/nowhere')))
      .toEqual(['pkg:pypi/boto3@1.40.0', 'pkg:pypi/pydantic']);
  });

  test('of Java stands in the names of the jars', () => {
    expect(purls(packagesInFolder(folder({ 'lib/jackson-core-2.17.1.jar': '' }), 'java25', '/nowhere'))).toEqual(['pkg:generic/jackson-core@2.17.1']);
  });

  test('is found by the manifests of an assembly and of those in it; code in the template has no package', () => {
    const assembly = folder({
      'Shop.assets.json': { files: { h: { source: { path: 'asset.h' }, destinations: { d: { objectKey: 'h.zip' } } } } },
      'asset.h/requirements.txt': 'a==1',
      'assembly-Prod/Prod.assets.json': { files: { i: { source: { path: '../asset.i' }, destinations: { d: { objectKey: 'i.zip' } } } } },
      'asset.i/requirements.txt': 'b==2',
    });
    const fn = (Code: object) => ({ Type: 'AWS::Lambda::Function', Properties: { Runtime: 'python3.14', Code } });
    const app = modelOf({ One: fn({ S3Key: 'h.zip' }), Two: fn({ S3Key: 'i.zip' }), Three: fn({ ZipFile: 'pass' }), Four: fn({ S3Key: 'elsewhere.zip' }) });
    const packagesOf = packagesIn({ assembly }, app);
    expect(app.resources.map((one) => purls(packagesOf(one)))).toEqual([['pkg:pypi/a@1'], ['pkg:pypi/b@2'], [], undefined]);
  });
});

describe('The bill of materials', () => {
  const fn = (at: string, packages?: readonly BundledPackage[]): Posture['functions'][number] => ({
    at, sharedRole: false, rights: [], mayDelete: [], foreignPolicies: [], triggers: [], helper: false, packages,
  });
  const zod: BundledPackage = { name: 'zod', version: '4.0.1', licence: 'MIT', purl: 'pkg:npm/zod@4.0.1' };

  test('is valid CycloneDX 1.6, with each package once and functions that cannot be told apart', () => {
    const odd = ['SEE LICENSE IN LICENSE', '(MIT OR Apache-2.0)', 'UNLICENSED', 'Public domain?'].map((licence, index): BundledPackage => (
      { name: `odd${index}`, licence, purl: `pkg:npm/odd${index}` }));
    const bom = JSON.parse(cycloneDx(aPosture({ functions: [fn('Shop/A', [zod, ...odd]), fn('Shop/B', [zod]), fn('Shop/C')] }))) as {
      components: { name: string; licenses?: object[] }[]; dependencies: object[]; compositions: object[];
    };
    expect(problemsOf(bom)).toBeNull();
    expect(bom.components.map(({ name }) => name)).toEqual(['Shop/A', 'Shop/B', 'Shop/C', 'odd0', 'odd1', 'odd2', 'odd3', 'zod']);
    expect(bom.components.slice(3).map(({ licenses }) => licenses)).toEqual([
      [{ license: { name: 'SEE LICENSE IN LICENSE' } }], [{ expression: '(MIT OR Apache-2.0)' }], [{ license: { name: 'UNLICENSED' } }],
      [{ license: { name: 'Public domain?' } }], [{ expression: 'MIT' }],
    ]);
    expect(bom.dependencies).toContainEqual({ ref: 'function Shop/B', dependsOn: ['pkg:npm/zod@4.0.1'] });
    expect(bom.compositions).toEqual([{ aggregate: 'incomplete', assemblies: ['function Shop/A', 'function Shop/B'] }, { aggregate: 'unknown', assemblies: ['function Shop/C'] }]);
  });

  test('says of which functions it knows all packages, some, or none', () => {
    const assembly = folder({
      'Shop.assets.json': { files: Object.fromEntries(['a', 'b', 'c'].map((name) => [name, { source: { path: `asset.${name}` }, destinations: { d: { objectKey: `${name}.zip` } } }])) },
      'asset.a/zod-1.dist-info/METADATA': 'Name: zod\nVersion: 1\n\n',
      'asset.b/requirements.txt': 'b==2',
      'asset.c/handler.py': '',
    });
    const fn_ = (key: string, more = {}) => ({ Type: 'AWS::Lambda::Function', Properties: { Runtime: 'python3.14', Code: { S3Key: key }, ...more } });
    const app = modelOf({ All: fn_('a.zip'), Layered: fn_('a.zip', { Layers: ['arn:aws:lambda:eu-west-1:111122223333:layer:x:1'] }), Asked: fn_('b.zip'), Silent: fn_('c.zip') });
    const bom = JSON.parse(cycloneDx(aPosture({ functions: functionsOf(app, packagesIn({ assembly }, app)) }))) as { compositions: object[] };
    expect(problemsOf(bom)).toBeNull();
    expect(bom.compositions).toEqual([
      { aggregate: 'complete', assemblies: ['function Shop/All'] }, { aggregate: 'incomplete', assemblies: ['function Shop/Layered', 'function Shop/Asked'] },
      { aggregate: 'unknown', assemblies: ['function Shop/Silent'] },
    ]);
  });

  test('is the same for the same app, and has another serial number for another', () => {
    const posture = aPosture({ functions: [fn('Shop/A', [zod])] });
    expect(cycloneDx(posture)).toBe(cycloneDx(posture));
    const serial = (text: string) => (JSON.parse(text) as { serialNumber: string }).serialNumber;
    expect(serial(cycloneDx(posture))).not.toBe(serial(cycloneDx(aPosture({ functions: [fn('Shop/A', [])] }))));
  });
});

test('a secure Node.js function lists exactly what was bundled, although it is minified, and nothing of it is deployed', () => {
  const app = new App({ context: { '@aws-cdk/core:failSynthOnValidationErrors': false } });
  ServerlessSecurity.of(app).enforce({ packs: [] });
  new SecureNodejsFunction(new Stack(app, 'Shop'), 'Fn', { entry: join(__dirname, '..', '..', 'examples', 'order-pipeline', 'src', 'accept-order.ts') });
  const { directory } = app.synth();
  const { functions } = JSON.parse(readFileSync(join(directory, 'security', 'report.json'), 'utf8')) as Posture;
  const { version } = JSON.parse(readFileSync(require.resolve('zod/package.json'), 'utf8')) as { version: string };
  expect(functions.map(({ packages }) => packages)).toEqual([[{ name: 'zod', version, licence: 'MIT', purl: `pkg:npm/zod@${version}` }]]);
  expect(problemsOf(JSON.parse(readFileSync(join(directory, 'security', 'sbom.cdx.json'), 'utf8')))).toBeNull();
  expect(readdirSync(directory).filter((name) => name.startsWith('asset.')).flatMap((name) => readdirSync(join(directory, name)))).toEqual(['index.js']);
});
