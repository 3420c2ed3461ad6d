import { entryPoint, finding, fn, posture, store, layers } from './postures';
import { EntryPoint, Flow, FunctionPosture, Right, Verb } from '../../../src/report/form/app-form';
import { Posture } from '../../../src/report/form/posture-form';

const DOMAINS = ['Orders', 'Payments', 'Shipping', 'Catalog', 'Customers', 'Returns', 'Invoices', 'Search', 'Stock', 'Reviews'];
const TASKS = ['Create', 'Read', 'List', 'Update', 'Cancel', 'Archive', 'Notify', 'Export', 'Import', 'Reconcile'];
const STORE_TYPES = ['AWS::DynamoDB::GlobalTable', 'AWS::S3::Bucket', 'AWS::SQS::Queue', 'AWS::Events::EventBus'];
const VERBS: readonly Verb[] = ['read', 'write', 'send', 'delete'];

/** An app of so many functions, the same each time: each has a way in, and rights on two or three of its domain's stores and one of another. */
export function syntheticPosture(amount: number): Posture {
  const storesPerDomain = 4;
  const stores = DOMAINS.flatMap((domain) => STORE_TYPES.slice(0, storesPerDomain).map((type, index) => (
    store(`Platform/${domain}/${domain}${type.slice(type.lastIndexOf(':') + 1)}`, { type, exposure: index === 1 && domain === 'Search' ? 'public' : 'private', backup: index === 0 ? ['point-in-time recovery 35 days'] : [] }))));
  const place = (index: number) => {
    const domain = DOMAINS[index % DOMAINS.length];
    return `Platform/${domain}/${TASKS[Math.floor(index / DOMAINS.length) % TASKS.length]}${domain}${index >= 100 ? Math.floor(index / 100) : ''}`;
  };
  const targets = (index: number) => [
    stores[(index % DOMAINS.length) * storesPerDomain + Math.floor(index / DOMAINS.length) % 4].at,
    stores[(index % DOMAINS.length) * storesPerDomain + Math.floor(index / 20) % 3].at,
    ...index % 5 === 0 ? [stores[(index * 7) % stores.length].at] : [],
  ];
  const verb = (index: number, which: number) => VERBS[(index + which) % (index % 9 === 0 ? 4 : 3)];
  const functions = Array.from({ length: amount }, (_, index): FunctionPosture => {
    const rights = targets(index).map((target, which): Right => ({
      resource: `<${target}.Arn>`, targets: [target], actions: [`dynamodb:${verb(index, which)}Item`], verbs: [verb(index, which)], condition: which === 1, wildcard: index % 31 === 0, unscoped: false,
    }));
    return fn(place(index), {
      rights: [...rights, { resource: '*', targets: [], actions: ['xray:PutTraceSegments'], verbs: ['write'], condition: false, wildcard: false, unscoped: true }],
      mayDelete: rights.filter(({ verbs }) => verbs.includes('delete')).flatMap((right) => right.targets),
      packages: [{ name: 'zod', version: '4.1.0', licence: 'MIT', purl: 'pkg:npm/zod@4.1.0' }, { name: `package-${index % 12}`, version: '1.0.0', licence: 'ISC', purl: `pkg:npm/package-${index % 12}@1.0.0` }],
    });
  });
  const entryPoints = functions.map(({ at }, index): EntryPoint => {
    const domain = DOMAINS[index % DOMAINS.length];
    const path = `/${domain.toLowerCase()}/${TASKS[Math.floor(index / 10) % 10].toLowerCase()}${index >= 100 ? '/{id}' : ''}`;
    return entryPoint(path, {
      id: `Platform/${domain}/Api POST ${path}`,
      at: `Platform/${domain}/Api`,
      api: `Platform/${domain}/Api`,
      method: 'POST',
      handler: at,
      layers: layers(index % 17 === 0 ? { authorization: 'none', validation: false } : { webAcl: index % 7 !== 0 }),
    });
  });
  const flows = functions.flatMap(({ at, rights }, index): readonly Flow[] => [
    { from: entryPoints[index].id, to: at, kind: 'calls' },
    ...rights.flatMap((right) => right.targets.map((to): Flow => ({ from: at, to, kind: right.verbs.includes('read') ? 'reads' : right.verbs.includes('delete') ? 'deletes' : 'writes' }))),
    ...index % 20 === 0 ? [{ from: at, to: 'domain payments.example.com', kind: 'calls' as const }] : [],
  ]);
  const small = posture();
  return posture({
    entryPoints,
    functions,
    stores,
    flows,
    findings: functions.filter((_, index) => index % 3 === 0).map(({ at }, index) => finding(`Rule${index % 9}`, at, {
      level: index % 4 === 0 ? 'error' : 'warning', title: `Something of kind ${index % 9} is missing`, source: { file: `lib/${DOMAINS[index % 10].toLowerCase()}.ts`, line: index + 1 },
    })),
    alarms: functions.flatMap(({ at }) => ['Errors', 'Throttles', 'Duration'].map((metric) => (
      { at: `${at}/${metric}`, metric: `AWS/Lambda ${metric}`, watches: [at], actions: ['Platform/Alarms'], reachesSomebody: true, composite: false }))),
    cost: { ...small.cost, items: functions.map(({ at }) => ({ control: 'alarms', at, quantity: 3, unit: 'alarm', price: 0.1, monthly: 0.3, region: 'eu-west-1', source: 'https://aws.amazon.com/pricing/', confirmed: true })) },
  });
}
