import { entryPoint, exception, finding, fn, layers, posture, store } from './support/postures';
import { comparePostures } from '../../src/report/compare/compare-postures';
import { PostureDifference } from '../../src/report/compare/posture-difference';
import { Right } from '../../src/report/form/app-form';
import { Posture } from '../../src/report/form/posture-form';

function difference(before: Partial<Posture>, after: Partial<Posture>): PostureDifference {
  return comparePostures(posture(before), posture(after));
}

const right = (more: Partial<Right> = {}): Right => ({
  resource: '<Shop/Orders.Arn>', targets: ['Shop/Orders'], actions: ['dynamodb:GetItem'], verbs: ['read'], condition: false, wildcard: false, unscoped: false, ...more,
});
const rights = (before: readonly Right[], after: readonly Right[]) =>
  difference({ functions: [fn('Shop/Read', { rights: before })] }, { functions: [fn('Shop/Read', { rights: after })] }).widenedRights;

test('an app that stays as it is differs in nothing, and is not weaker', () => {
  const { before, after, cost, ...moved } = difference({}, {});
  expect(before).toEqual(after);
  expect(cost).toEqual({ before: 7.1, after: 7.1, difference: 0, samePrices: true, controls: [] });
  expect(moved).toEqual({
    entryPoints: { added: [], removed: [], weakened: [] },
    functions: { added: [], removed: [] },
    widenedRights: [],
    thirdParties: { added: [], removed: [] },
    stores: { added: [], removed: [], weakened: [] },
    lostAlarms: [],
    findings: { added: [], resolved: [] },
    exceptions: { added: [], ended: [] },
    hardening: { added: [], removed: [] },
    overrides: { added: [], removed: [], changed: [] },
    defaults: [],
    rules: [],
    weaker: false,
  });
});

describe('Ways in', () => {
  test('are new, gone, or lose layers', () => {
    const { entryPoints, weaker } = difference(
      { entryPoints: [entryPoint('/a'), entryPoint('/gone', { id: 'gone' })] },
      { entryPoints: [entryPoint('/a', { layers: layers({ authorization: 'none', throttle: false, webAcl: null }) }), entryPoint('/new', { id: 'new' })] },
    );
    expect(entryPoints.added.map(({ id }) => id)).toEqual(['new']);
    expect(entryPoints.removed.map(({ id }) => id)).toEqual(['gone']);
    expect(entryPoints.weakened).toEqual([{ id: 'Shop/Api GET /a', lost: ['authorization', 'throttle', 'webAcl'], authorizationBefore: 'user-pool', authorizationAfter: 'none' }]);
    expect(weaker).toBe(true);
  });

  test.each([['user-pool', 'iam', 0], ['user-pool', 'unknown', 1], ['unknown', 'none', 1], ['none', 'unknown', 0], ['none', 'iam', 0]])('from %s to %s lose authorization %d times', (before, after, times) => {
    const { entryPoints: { weakened } } = difference({ entryPoints: [entryPoint('/a', { layers: layers({ authorization: before }) })] }, { entryPoints: [entryPoint('/a', { layers: layers({ authorization: after }) })] });
    expect(weakened).toHaveLength(times);
  });
});

describe('Rights', () => {
  const WIDER = { at: 'Shop/Read', newFunction: false, resource: 'Shop/Orders', newTarget: false, newWildcard: false, newDelete: false, conditionGone: false };

  test('widen by a verb, and tell when it deletes', () => {
    expect(rights([right()], [right({ actions: ['dynamodb:GetItem', 'dynamodb:DeleteItem'], verbs: ['read', 'delete'] })])).toEqual([
      { ...WIDER, actions: ['dynamodb:DeleteItem'], verbs: ['delete'], newDelete: true },
    ]);
  });

  test('widen by an action of a verb that was there', () => {
    expect(rights([right()], [right({ actions: ['dynamodb:GetItem', 'dynamodb:Scan'] })])).toEqual([{ ...WIDER, actions: ['dynamodb:Scan'], verbs: [] }]);
  });

  test('widen by a target', () => {
    expect(rights([right()], [right(), right({ targets: ['Shop/Receipts'], actions: ['s3:GetObject'] })])).toEqual([
      { ...WIDER, resource: 'Shop/Receipts', actions: ['s3:GetObject'], verbs: ['read'], newTarget: true },
    ]);
  });

  test('widen by a wildcard', () => {
    expect(rights([right()], [right({ actions: ['dynamodb:*'], verbs: ['read', 'write', 'delete'], wildcard: true })])).toEqual([
      { ...WIDER, actions: ['dynamodb:*'], verbs: ['write', 'delete'], newWildcard: true, newDelete: true },
    ]);
  });

  test('widen when their condition goes', () => {
    expect(rights([right({ condition: true })], [right()])).toEqual([{ ...WIDER, actions: ['dynamodb:GetItem'], verbs: [], conditionGone: true }]);
    expect(rights([right()], [right({ condition: true })])).toStrictEqual([]);
  });

  test.each<[string, Right, Right]>([
    ['an action under a wildcard that was there', right({ actions: ['dynamodb:Get*'] }), right({ actions: ['dynamodb:GetItem'] })],
    ['letters of another case', right({ actions: ['DynamoDB:getitem'] }), right()],
    ['one letter under a question mark', right({ actions: ['dynamodb:GetIte?'] }), right()],
    ['a resource out of all', right({ resource: '*', targets: [] }), right()],
  ])('do not widen by %s', (_, before, after) => {
    expect(rights([before], [after])).toStrictEqual([]);
  });

  test('on everything cover only the actions that they name', () => {
    const logs = right({ resource: '*', targets: [], actions: ['logs:PutLogEvents'], verbs: ['write'] });
    expect(rights([logs], [logs, right({ actions: ['dynamodb:PutItem'], verbs: ['write'] })])).toMatchObject([{ actions: ['dynamodb:PutItem'], verbs: ['write'], newTarget: true }]);
  });

  test('of a new function are all new', () => {
    expect(difference({ functions: [] }, { functions: [fn('Shop/New', { rights: [right()] })] })).toMatchObject({
      functions: { added: ['Shop/New'] }, widenedRights: [{ at: 'Shop/New', newFunction: true, newTarget: true }],
    });
  });
});

describe('Stores', () => {
  const weakened = (before: Parameters<typeof store>[1], after: Parameters<typeof store>[1]) =>
    difference({ stores: [store('Shop/Orders', before)] }, { stores: [store('Shop/Orders', after)] }).stores.weakened.flatMap(({ changes }) => changes.map(({ what, before: was, after: is }) => `${what}: ${was} → ${is}`));

  test.each<[Parameters<typeof store>[1], Parameters<typeof store>[1], readonly string[]]>([
    [{}, { exposure: 'public' }, ['exposure: private → public']],
    [{ exposure: 'public' }, { exposure: 'account' }, []],
    [{}, { encryption: 'aws', key: undefined }, ['encryption: customer → aws']],
    [{ encryption: 'none' }, { encryption: 'customer' }, []],
    [{}, { backup: [] }, ['backup: point-in-time recovery 35 days → none']],
    [{ backup: [] }, { backup: ['versions'] }, []],
    [{ classification: 'personal' }, {}, ['classification: personal → none']],
    [{}, { classification: 'personal' }, []],
    [{}, { retained: false, deletionProtection: undefined }, ['retained: yes → no', 'deletion protection: yes → no']],
  ])('from %j to %j become weaker by %j', (before, after, changes) => {
    expect(weakened(before, after)).toEqual(changes);
  });
});

describe('Alarms', () => {
  const [alarm] = posture().alarms;

  test('are lost when they are gone, reach nobody, or watch less', () => {
    expect(difference({}, { alarms: [] }).lostAlarms).toEqual([{ alarm, why: 'gone' }]);
    expect(difference({}, { alarms: [{ ...alarm, reachesSomebody: false }] }).lostAlarms).toMatchObject([{ why: 'reaches nobody' }]);
    expect(difference({}, { alarms: [{ ...alarm, watches: [] }] }).lostAlarms).toMatchObject([{ why: 'watches less' }]);
  });

  test('are not lost with what they watched', () => {
    expect(difference({}, { alarms: [], functions: [] }).lostAlarms).toStrictEqual([]);
  });
});

describe('Findings, exceptions and overrides', () => {
  const one = finding('A', 'Shop/A');
  const accepted = { ...one, accepted: { reason: 'it is so', at: 'Shop/A', how: 'accepted' as const } };

  test.each<[string, readonly typeof one[], readonly typeof one[], readonly string[], readonly string[]]>([
    ['is new', [], [one], ['A'], []],
    ['is resolved', [one], [], [], ['A']],
    ['was accepted, and neither new nor resolved', [one], [accepted], [], []],
    ['is new when its acceptance is gone', [accepted], [one], ['A'], []],
  ])('a finding %s', (_, before, after, news, resolved) => {
    const { findings } = difference({ findings: before }, { findings: after });
    expect([findings.added.map(({ rule }) => rule), findings.resolved.map(({ rule }) => rule)]).toEqual([news, resolved]);
  });

  test('an exception is new, or ended by its last day', () => {
    expect(difference({ exceptions: [] }, { exceptions: [exception()] }).exceptions).toEqual({ added: [exception()], ended: [] });
    expect(difference({ exceptions: [exception()] }, { exceptions: [exception({ state: 'expired' })] }).exceptions).toEqual({ added: [], ended: [exception()] });
  });

  test('an override is new, changed or gone', () => {
    const [override] = posture().overrides;
    expect(difference({}, { overrides: [{ ...override, value: '1024' }] }).overrides).toEqual({ added: [], removed: [], changed: [{ at: 'Shop/Read', what: 'memorySize', before: '512', after: '1024' }] });
    expect(difference({ overrides: [] }, {}).overrides.added).toEqual([override]);
    expect(difference({}, { overrides: [] }).overrides.removed).toEqual([override]);
  });

  test('a rule is new, or switched off', () => {
    const [rule, ...others] = posture().controls;
    expect(difference({ controls: others }, { controls: [{ ...rule, state: 'off' }, ...others] }).rules).toEqual([{ rule: 'ApiWebAcl', severity: 'medium', change: 'added' }]);
    expect(difference({}, { controls: [{ ...rule, state: 'off' }, ...others] }).rules).toEqual([{ rule: 'ApiWebAcl', severity: 'medium', change: 'switched off' }]);
  });
});

describe('Defaults', () => {
  const older = { tool: { name: 'cdk-secure-serverless', version: '0.3.0' } };
  const slower = { functions: [fn('Shop/Read', { timeoutSeconds: 29 })], overrides: [] };
  const usual = { functions: [fn('Shop/Read')], overrides: [] };

  test('that come with another version of the library are said', () => {
    expect(difference({ ...older, ...usual }, slower).defaults).toEqual([{ at: 'Shop/Read', what: 'timeout in seconds', before: '15', after: '29' }]);
  });

  test('are not told while the version is the same', () => {
    expect(difference(usual, slower).defaults).toStrictEqual([]);
  });

  test('are not blamed for what the app overrides at or above the place', () => {
    const override = { at: 'Shop', construct: 'Shop', prop: 'timeout', value: '29', default: '15' };
    expect(difference({ ...older, ...usual }, { ...slower, overrides: [override] }).defaults).toStrictEqual([]);
    expect(difference({ ...older, ...usual }, { ...slower, overrides: [{ ...override, at: 'Sho' }] }).defaults).toHaveLength(1);
  });

  test('of overridden props are said when they move', () => {
    const [override] = posture().overrides;
    expect(difference({ ...older }, { overrides: [{ ...override, default: '512' }] }).defaults).toEqual([{ at: 'Shop/Read', what: 'default of memorySize', before: '256', after: '512' }]);
  });
});

test('costs differ by control, and say when the prices are others', () => {
  const { cost } = posture();
  const items = cost.items.filter(({ control }) => control !== 'web ACL');
  expect(difference({}, { cost: { ...cost, items, total: 1.1, pricesAsOf: '2027-01-01' } }).cost).toEqual({
    before: 7.1, after: 1.1, difference: -6, samePrices: false, controls: [{ control: 'web ACL', before: 6, after: 0 }],
  });
});
