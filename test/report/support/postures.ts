import { EntryPoint, FunctionPosture, Layers, StorePosture } from '../../../src/report/form/app-form';
import { ExceptionPosture, FindingPosture, Posture } from '../../../src/report/form/posture-form';

const ALL_LAYERS: Layers = { authorization: 'user-pool', validation: true, throttle: true, webAcl: true, logging: true, leastPrivilege: true };

export function entryPoint(path: string, more: Partial<EntryPoint> = {}): EntryPoint {
  const all = more.layers ?? ALL_LAYERS;
  const known = Object.entries(all).filter(([, layer]) => layer !== null);
  return {
    id: `Shop/Api GET ${path}`,
    kind: 'rest-route',
    at: 'Shop/Api',
    api: 'Shop/Api',
    method: 'GET',
    path,
    handler: 'Shop/Read',
    layers: all,
    layerCount: known.filter(([, layer]) => layer === true || typeof layer === 'string' && layer !== 'none' && layer !== 'unknown').length,
    possibleLayers: known.length,
    ...more,
  };
}

export function layers(more: Partial<Layers>): Layers {
  return { ...ALL_LAYERS, ...more };
}

export function fn(at: string, more: Partial<FunctionPosture> = {}): FunctionPosture {
  return {
    at, runtime: 'nodejs24.x', memoryMb: 256, timeoutSeconds: 15, role: `${at}/Role`, sharedRole: false, rights: [], mayDelete: [], foreignPolicies: [], triggers: [], helper: false, ...more,
  };
}

export function store(at: string, more: Partial<StorePosture> = {}): StorePosture {
  return {
    at,
    type: 'AWS::DynamoDB::Table',
    encryption: 'customer',
    key: 'Shop/DataKey',
    backup: ['point-in-time recovery 35 days'],
    retained: true,
    deletionProtection: true,
    exposure: 'private',
    readers: [],
    writers: [],
    deleters: [],
    ...more,
  };
}

export function finding(rule: string, at: string, more: Partial<FindingPosture> = {}): FindingPosture {
  return {
    fingerprint: [...`${rule}${at}`].reduce((sum, character) => (sum * 31 + character.charCodeAt(0)) % 0xffff_ffff, 7).toString(16).padStart(16, '0'),
    pack: 'ServerlessSecurity',
    rule,
    id: rule,
    severity: 'medium',
    level: 'error',
    undecided: false,
    at,
    resourceType: 'AWS::ApiGateway::Stage',
    logicalId: 'ApiStage0661E4AC',
    templatePath: 'Shop.template.json',
    locations: ['Properties'],
    title: 'A stage of a REST API has no web ACL in front of it',
    why: 'Whoever finds the API can try everything against it.',
    fix: 'Put a web ACL before it, or use SecureApi.',
    frameworks: ['FSBP APIGateway.4', 'PCI DSS 6.4.2'],
    risks: ['no-front-line'],
    accepted: null,
    ...more,
  };
}

export function exception(more: Partial<ExceptionPosture> = {}): ExceptionPosture {
  return {
    kind: 'accepted',
    control: 'ServerlessSecurity::BucketVersioning',
    at: 'Shop/Scratch',
    reason: 'holds files that are made again each night',
    owner: 'orders team',
    ticket: 'SEC-12',
    expires: '2026-12-20',
    daysLeft: 24,
    state: 'expiring',
    covers: 1,
    ...more,
  };
}

/** A small shop: one safe and one open route, two functions, a table and a bucket, one finding of each kind. */
export function posture(more: Partial<Posture> = {}): Posture {
  const entryPoints = more.entryPoints ?? [
    entryPoint('/orders/{id}'),
    entryPoint('/health', { id: 'Shop/Api GET /health', layers: layers({ authorization: 'none', webAcl: false }), handler: 'Shop/Health' }),
  ];
  const findings = more.findings ?? [
    finding('ApiWebAcl', 'Shop/Api/Stage', { source: { file: 'lib/shop.ts', line: 12, column: 5 } }),
    finding('AlarmAction', 'Shop/Alarm', { level: 'warning', severity: 'low', title: 'An alarm rings where nobody hears it' }),
    finding('BucketVersioning', 'Shop/Scratch', { accepted: { reason: 'holds files that are made again each night', at: 'Shop/Scratch', how: 'accepted' } }),
    finding('AwsSolutions-S1', 'Shop/Receipts', { pack: 'AwsSolutions', severity: undefined, level: 'error', title: 'The S3 Bucket has server access logs disabled.' }),
  ];
  const open = findings.filter(({ accepted }) => accepted === null);
  const amount = (...levels: readonly string[]) => open.filter(({ level }) => levels.includes(level)).length;
  const functions = more.functions ?? [
    fn('Shop/Read', {
      rights: [
        { resource: '<Shop/Orders.Arn>', targets: ['Shop/Orders'], actions: ['dynamodb:GetItem', 'dynamodb:Query'], verbs: ['read'], condition: false, wildcard: false, unscoped: false },
        { resource: '<Shop/Receipts.Arn>/pdf/*', targets: ['Shop/Receipts'], actions: ['s3:PutObject'], verbs: ['write'], condition: true, wildcard: false, unscoped: false },
      ],
      triggers: ['Shop/Api GET /orders/{id}'],
      packages: [{ name: 'zod', version: '4.1.0', licence: 'MIT', purl: 'pkg:npm/zod@4.1.0' }],
    }),
    fn('Shop/Health', { triggers: ['Shop/Api GET /health'] }),
  ];
  const stores = more.stores ?? [
    store('Shop/Orders', { readers: ['Shop/Read'] }),
    store('Shop/Receipts', { type: 'AWS::S3::Bucket', backup: ['versions'], writers: ['Shop/Read'] }),
  ];
  return {
    version: '2.2',
    tool: { name: 'cdk-secure-serverless', version: '0.4.0' },
    asOf: '2026-11-26',
    profile: 'production',
    verdict: amount('fatal', 'error') > 0 ? 'fail' : 'pass',
    counts: {
      resources: 24,
      entryPoints: entryPoints.length,
      openEntryPoints: entryPoints.filter((entry) => entry.layers.authorization === 'none' && entry.preflight !== true).length,
      functions: functions.length,
      stores: stores.length,
      thirdParties: 1,
      errors: amount('fatal', 'error'),
      warnings: amount('warning'),
      infos: amount('info'),
      accepted: findings.length - open.length,
      exceptions: 1,
      unchecked: 1,
    },
    resourceTypes: { 'AWS::DynamoDB::Table': 1, 'AWS::Lambda::Function': 2, 'AWS::S3::Bucket': 1 },
    stacks: [{ at: 'Shop', region: 'eu-west-1', resources: 24 }],
    entryPoints,
    functions,
    actors: [],
    stores,
    flows: [
      { from: 'Shop/Api GET /orders/{id}', to: 'Shop/Read', kind: 'calls' },
      { from: 'Shop/Api GET /health', to: 'Shop/Health', kind: 'calls' },
      { from: 'Shop/Read', to: 'Shop/Orders', kind: 'reads' },
      { from: 'Shop/Read', to: 'Shop/Receipts', kind: 'writes' },
      { from: 'Shop/Read', to: 'domain payments.example.com', kind: 'calls' },
    ],
    trustedAccounts: [],
    thirdParties: [{
      id: 'domain payments.example.com',
      kind: 'domain',
      name: 'payments.example.com',
      relations: [{ at: 'Shop/Read', how: 'is called by Shop/Read' }],
      trusted: false,
    }],
    alarms: [
      { at: 'Shop/Read/Errors', metric: 'AWS/Lambda Errors', watches: ['Shop/Read'], actions: ['Shop/Alarms'], reachesSomebody: true, composite: false },
    ],
    findings,
    controls: [
      {
        rule: 'ApiWebAcl',
        title: 'A stage of a REST API has no web ACL in front of it',
        severity: 'medium',
        state: 'violated',
        passed: 0,
        failed: 1,
        undecided: 0,
        accepted: 0,
        risks: ['no-front-line'],
        frameworks: ['FSBP APIGateway.4'],
      },
      {
        rule: 'FunctionUrlAuth',
        title: 'A function URL answers callers that did not authenticate',
        severity: 'high',
        state: 'compliant',
        passed: 2,
        failed: 0,
        undecided: 0,
        accepted: 0,
        risks: ['broken-authentication'],
        frameworks: ['FSBP Lambda.1'],
      },
      {
        rule: 'TableBackup', title: 'A table has no way back', severity: 'low', state: 'off', passed: 0, failed: 0, undecided: 0, accepted: 0, risks: ['data-exposure'], frameworks: [],
      },
    ],
    frameworks: [{
      name: 'FSBP',
      controls: [
        { id: 'APIGateway.4', state: 'violated', rules: ['ApiWebAcl'] },
        { id: 'Lambda.1', state: 'compliant', rules: ['FunctionUrlAuth'] },
      ],
    }],
    exceptions: [exception()],
    overrides: [{ at: 'Shop/Read', construct: 'SecureFunction', prop: 'memorySize', value: '512', default: '256' }],
    hardening: [{
      at: 'Shop/Legacy/Resource',
      resourceType: 'AWS::SQS::Queue',
      property: 'the resource policy',
      after: 'a statement that denies sqs:*',
      rule: 'QueueTlsOnly',
      outcome: 'set',
      impact: 'in-place',
      dryRun: false,
    }],
    cost: {
      pricesAsOf: '2026-11-01',
      currency: 'USD',
      total: 7.1,
      items: [
        { control: 'customer keys', at: 'Shop/DataKey', quantity: 1, unit: 'key', price: 1, monthly: 1, region: 'eu-west-1', source: 'https://aws.amazon.com/pricing/', confirmed: true },
        { control: 'web ACL', at: 'Shop/WebAcl', quantity: 6, unit: 'ACL and rules', price: 1, monthly: 6, region: 'eu-west-1', source: 'https://aws.amazon.com/pricing/', confirmed: true },
        { control: 'alarms', at: 'Shop/Read/Errors', quantity: 1, unit: 'alarm', price: 0.1, monthly: 0.1, region: 'eu-west-1', source: 'https://aws.amazon.com/pricing/', confirmed: true },
      ],
      neighbours: [
        { profile: 'sandbox', total: 0.1, difference: ['no customer keys', 'no web ACL'] },
        { profile: 'regulated', total: 49.3, difference: ['isolated network', 'code signing'] },
      ],
      leftOut: ['requests', 'storage'],
    },
    unchecked: [{ at: 'Shop/Imported', topic: 'key policy', message: 'The key is imported: whether its policy lets the queue use it is not known.' }],
    files: { report: 'security/report.json' },
    ...more,
  };
}
