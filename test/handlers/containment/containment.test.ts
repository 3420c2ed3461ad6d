import { BUCKET, finding, FUNCTION, KEY, Scene } from './support';
import { FindingResource } from '../../../handlers/common/finding';
import { contained, dismissed, respond } from '../../../handlers/contain/respond';
import { detailOf } from '../../../handlers/containment/announcer';
import { Step } from '../../../handlers/containment/containment';
import { undoAll, undoExpired, undoOne } from '../../../handlers/undo-containment/undo-containment';

const API: FindingResource = { kind: 'api', id: 'arn:aws:apigateway:eu-central-1::/restapis/abc123/stages/prod' };
const DENY_ALL = '{"Statement":[{"Action":["*"],"Effect":"Deny","Resource":["*"]}],"Version":"2012-10-17"}';

function states(steps: readonly Step[]): string[] {
  return steps.map(({ kind, state }) => `${kind} ${state}`);
}

/** Everything that the account has set, as it was when the test began. */
function untouched(scene: Scene): void {
  const absent = [...scene.cloud.settings].filter(([, state]) => Object.values(state).some((value) => value !== null) || Object.keys(state)[0] === 'block');
  expect(Object.fromEntries(absent)).toEqual(Object.fromEntries(new Scene().cloud.settings));
}

describe('a function', () => {
  test('is stopped: first what starts it, then itself, then its role', async () => {
    const scene = new Scene();
    await respond(finding(), scene.responder());
    expect(scene.cloud.writes).toEqual(['mapping', 'concurrency', 'role-policy']);
    expect(scene.cloud.get('mapping', { uuid: 'm-1' })).toEqual({ enabled: false });
    expect(scene.cloud.get('concurrency', { function: FUNCTION })).toEqual({ reserved: 0 });
    expect(scene.cloud.policyOf('OrdersRole')).toEqual({ document: DENY_ALL });
    expect(scene.log.only).toMatchObject({ state: 'active', createdAt: scene.now, expiresAt: scene.now + 3_600_000 });
    expect(states(scene.log.only.steps)).toEqual(['mapping done', 'mapping already', 'concurrency done', 'role-policy done']);
    expect(scene.actions).toEqual(['contained']);
  });

  test('is as before when it is undone, and a mapping that was off stays off', async () => {
    const scene = new Scene();
    await respond(finding(), scene.responder());
    const { id } = scene.log.only;
    expect(await undoOne(id, 'anna', scene.undoer())).toEqual({ id, outcome: 'undone', kept: [], failed: [] });
    untouched(scene);
    expect(scene.log.only).toMatchObject({ state: 'undone', by: 'anna', closedAt: scene.now });
    expect(scene.log.holders.size).toBe(0);
    expect(scene.actions).toEqual(['contained', 'undone']);
  });

  test('whose role is not protected, or is the responder\'s or never contained, keeps its role', async () => {
    for (const role of ['SharedRole', 'Responder', 'Admin']) {
      const scene = new Scene();
      scene.cloud.protectedTargets = ({ kind, id }) => kind !== 'role' || id !== 'SharedRole';
      const facts = { ...scene.cloud.facts, ofFunction: async () => ({ role, mappings: [] }) };
      await respond(finding(), { ...scene.responder(), facts });
      expect(states(scene.log.only.steps)).toEqual(['concurrency done']);
    }
  });
});

test('the sessions of a role are revoked by the time of the containment, in the form of AWS', async () => {
  const scene = new Scene();
  await respond(finding({ resources: [{ kind: 'role', id: 'arn:aws:sts::111122223333:assumed-role/Deploy/ci' }] }), scene.responder());
  expect(scene.cloud.policyOf('Deploy')).toEqual({
    document: '{"Statement":[{"Action":["*"],"Condition":{"DateLessThan":{"aws:TokenIssueTime":"2026-11-26T08:06:00.000Z"}},'
      + '"Effect":"Deny","Resource":["*"]}],"Version":"2012-10-17"}',
  });
  await undoAll('anna', scene.undoer());
  untouched(scene);
});

test('a key of a user is deactivated, and activated again', async () => {
  const scene = new Scene();
  await respond(finding({ resources: [{ kind: 'credential', id: KEY }] }), scene.responder());
  expect(scene.cloud.get('access-key', { user: 'deploy', key: KEY })).toEqual({ active: false });
  await undoAll('anna', scene.undoer());
  untouched(scene);
});

test('an attack on an API lists the address, and lowers what is above the floor', async () => {
  const scene = new Scene();
  await respond(finding({ resources: [API], actor: { ip: '203.0.113.7' } }), scene.responder());
  expect(scene.cloud.get('throttle', { api: 'abc123', stage: 'prod' })).toEqual({ '*/*': { rate: 10, burst: 5 }, '~1orders/POST': { rate: 8, burst: 5 } });
  expect([...scene.cloud.settings].filter(([key]) => key.startsWith('address')).map(([, state]) => state)).toEqual([{ listed: true }]);
  await undoAll('anna', scene.undoer());
  untouched(scene);
});

test('a bucket is closed and frozen, its policy kept as evidence, and opened again', async () => {
  const scene = new Scene();
  await respond(finding({ resources: [{ kind: 'bucket', id: BUCKET }] }), scene.responder());
  expect(scene.cloud.get('versioning', { bucket: 'receipts' })).toEqual({ status: 'Enabled' });
  expect(scene.cloud.get('public-access', { bucket: 'receipts' })).toEqual({
    block: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true },
  });
  const sid = `Containment${scene.log.only.id.slice(0, 16)}`;
  expect(JSON.parse(scene.cloud.get('bucket-denial', { bucket: 'receipts', sid })!.statement as string)).toEqual({
    Sid: sid,
    Effect: 'Deny',
    Principal: '*',
    Action: [
      's3:BypassGovernanceRetention', 's3:DeleteBucket', 's3:DeleteObject', 's3:DeleteObjectVersion', 's3:PutBucketAcl', 's3:PutBucketVersioning',
      's3:PutLifecycleConfiguration', 's3:PutObject', 's3:PutObjectAcl', 's3:PutReplicationConfiguration',
    ],
    Resource: [BUCKET, `${BUCKET}/*`],
    Condition: { ArnNotLike: { 'aws:PrincipalArn': ['arn:aws:iam::111122223333:role/ops/Admin', 'arn:aws:iam::111122223333:role/Responder'] } },
  });
  expect(scene.log.only.steps.map(({ kind }) => kind)).toEqual(['versioning', 'bucket-denial', 'public-access']);
  expect(scene.log.only.steps[1].evidence).toBe('{"Version":"2012-10-17","Statement":[]}');
  await undoAll('anna', scene.undoer());
  untouched(scene);
});

test('a bucket that stands open takes the denial before its switches are on, and loses it after they are off: S3 takes no open policy in between', async () => {
  const scene = new Scene();
  scene.cloud.onWrite = (kind) => {
    if (kind === 'bucket-denial' && scene.cloud.get('public-access', { bucket: 'receipts' })!.block !== null) throw new Error('AccessDenied');
  };
  await respond(finding({ resources: [{ kind: 'bucket', id: BUCKET }] }), scene.responder());
  expect(await undoAll('anna', scene.undoer())).toMatchObject([{ outcome: 'undone', failed: [] }]);
  untouched(scene);
});

describe('what is not done', () => {
  test('a target without the tag of this containment is left alone, and nothing is written down', async () => {
    const scene = new Scene();
    scene.cloud.protectedTargets = () => false;
    await respond(finding(), scene.responder());
    expect(scene.cloud.writes).toStrictEqual([]);
    expect(scene.log.rows.size).toBe(0);
    expect(scene.actions).toEqual(['refused: unprotected']);
  });

  test('a dry run tells what would be done, once, and changes nothing', async () => {
    const scene = new Scene();
    await respond(finding(), scene.responder({ mode: 'dry-run' }));
    await respond(finding(), scene.responder({ mode: 'dry-run' }));
    expect(scene.cloud.writes).toStrictEqual([]);
    expect(scene.actions).toEqual(['would-contain']);
    expect(states(scene.announced[0].containment!.steps)).toEqual(['mapping planned', 'mapping planned', 'concurrency planned', 'role-policy planned']);
    expect(scene.log.holders.size).toBe(0);
    expect(await scene.log.open()).toStrictEqual([]);
  });

  test('the same event does nothing more, while it is contained and afterwards', async () => {
    const scene = new Scene();
    await respond(finding(), scene.responder());
    await respond(finding(), scene.responder());
    await undoAll('anna', scene.undoer());
    await respond(finding(), scene.responder());
    expect(scene.actions).toEqual(['contained', 'undone']);
    untouched(scene);
  });

  test('after a person undid it, the same finding is no reason any more, but another one is', async () => {
    const scene = new Scene();
    await respond(finding(), scene.responder());
    await undoAll('anna', scene.undoer());
    await respond(finding({ lastSeen: '2026-11-26T10:00:00Z' }), scene.responder());
    expect(scene.actions).toEqual(['contained', 'undone']);
    await respond(finding({ id: 'finding-2' }), scene.responder());
    expect(scene.actions).toEqual(['contained', 'undone', 'contained']);
  });

  test('more than the bound in an hour is refused for this kind, and not for others; the next hour begins anew', async () => {
    const scene = new Scene();
    const attack = (index: number) => respond(finding({ id: `f-${index}`, resources: [{ kind: 'function', id: `${FUNCTION}${index}` }] }), scene.responder());
    for (let index = 0; index < 6; index++) {
      scene.cloud.set('concurrency', { function: `${FUNCTION}${index}` }, { reserved: null });
      await attack(index);
    }
    expect(scene.actions).toEqual([...Array<string>(5).fill('contained'), 'limited']);
    expect(scene.cloud.get('concurrency', { function: `${FUNCTION}5` })).toEqual({ reserved: null });
    expect(scene.log.holders.has(`function ${FUNCTION}5`)).toBe(false);
    await respond(finding({ id: 'f-key', resources: [{ kind: 'credential', id: KEY }] }), scene.responder());
    scene.now += 3_600_000;
    scene.cloud.set('concurrency', { function: `${FUNCTION}6` }, { reserved: null });
    await attack(6);
    expect(scene.actions.slice(6)).toEqual(['contained', 'contained']);
  });
});

describe('two at once', () => {
  test('two findings about one function contain it once, and what was there before is what undoing restores', async () => {
    const scene = new Scene();
    await Promise.all([respond(finding(), scene.responder()), respond(finding({ id: 'finding-2' }), scene.responder())]);
    expect(scene.actions.sort()).toEqual(['contained', 'joined']);
    expect(await undoAll('anna', scene.undoer())).toHaveLength(1);
    untouched(scene);
  });

  test('two deliveries of one event contain it once; the second comes back, in case the first does not finish', async () => {
    const scene = new Scene();
    const outcomes = await Promise.allSettled([respond(finding(), scene.responder()), respond(finding(), scene.responder())]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await respond(finding(), scene.responder());
    expect(scene.actions).toEqual(['contained']);
    expect(scene.cloud.writes).toEqual(['mapping', 'concurrency', 'role-policy']);
  });

  test('undoing waits for an invocation that still contains', async () => {
    const scene = new Scene();
    let outcome: unknown;
    scene.cloud.onWrite = () => {
      outcome ??= undoOne(scene.log.only.id, 'anna', scene.undoer());
    };
    await respond(finding(), scene.responder());
    expect(await (outcome as Promise<unknown>)).toMatchObject({ outcome: 'busy' });
    expect(await undoAll('anna', scene.undoer())).toMatchObject([{ outcome: 'undone' }]);
    untouched(scene);
  });

  test('an invocation that lost its claim can write nothing down any more', async () => {
    const scene = new Scene();
    scene.cloud.onWrite = (kind) => {
      if (kind !== 'mapping') return;
      scene.log.rows.get(scene.log.only.id)!.owner = 'somebody else';
    };
    await expect(respond(finding(), scene.responder())).rejects.toThrow('somebody else works on it');
    expect(scene.cloud.writes).toEqual(['mapping']);
  });
});

describe('when something fails', () => {
  test('the other steps are taken, the event comes back, and only what is left is tried again', async () => {
    const scene = new Scene();
    scene.cloud.failing.add('concurrency');
    await expect(respond(finding(), scene.responder())).rejects.toThrow(/^containment is incomplete and has to be tried again: [0-9a-f]{32}$/);
    expect(states(scene.log.only.steps)).toEqual(['mapping done', 'mapping already', 'concurrency failed', 'role-policy done']);
    expect(scene.log.only).toMatchObject({ state: 'incomplete' });
    scene.cloud.failing.clear();
    await respond(finding(), scene.responder());
    expect(scene.cloud.writes).toEqual(['mapping', 'role-policy', 'concurrency']);
    expect(scene.actions).toEqual(['incomplete', 'contained']);
    expect(scene.log.counts.get('function 2026-11-26T08')).toBe(1);
    await undoAll('anna', scene.undoer());
    untouched(scene);
  });

  test('an invocation that died in the middle is continued with what was there before, not with what it left', async () => {
    const scene = new Scene();
    scene.cloud.onWrite = (kind) => { if (kind === 'role-policy') throw new Error('the process ended'); };
    const save = scene.log.save.bind(scene.log);
    let saves = 0;
    scene.log.save = async (...args) => { // dies after the concurrency was written and before that was written down
      saves += 1;
      if (saves === 5) throw new Error('the process ended');
      return save(...args);
    };
    await expect(respond(finding(), scene.responder())).rejects.toThrow('the process ended');
    expect(states(scene.log.only.steps)).toEqual(['mapping done', 'mapping already', 'concurrency doing', 'role-policy planned']);
    scene.log.save = save;
    scene.cloud.onWrite = () => {};
    await expect(respond(finding(), scene.responder())).rejects.toThrow('has to be tried again'); // the claim of the first still holds
    scene.afterLease();
    await respond(finding(), scene.responder());
    expect(scene.log.only).toMatchObject({ state: 'active' });
    await undoAll('anna', scene.undoer());
    untouched(scene);
  });

  test('half a containment can be undone', async () => {
    const scene = new Scene();
    scene.cloud.failing.add('role-policy');
    await expect(respond(finding(), scene.responder())).rejects.toThrow('has to be tried again');
    scene.cloud.failing.clear();
    await undoAll('anna', scene.undoer());
    untouched(scene);
    expect(states(scene.log.only.steps)).toEqual(['mapping restored', 'mapping already', 'concurrency restored', 'role-policy restored']);
  });

  test('what cannot be restored stays open, holds its target and is tried again by the sweep', async () => {
    const scene = new Scene();
    await respond(finding(), scene.responder());
    scene.cloud.failing.add('concurrency');
    expect(await undoAll('anna', scene.undoer())).toMatchObject([{ outcome: 'incomplete', failed: ['concurrency'] }]);
    await respond(finding({ id: 'finding-2' }), scene.responder());
    scene.cloud.failing.clear();
    expect(await undoExpired(scene.undoer())).toMatchObject([{ outcome: 'undone' }]);
    untouched(scene);
    expect(scene.actions).toEqual(['contained', 'undo-incomplete', 'joined', 'undone']);
  });

  test('an invocation that could not even look gives the record up: the next one need not wait', async () => {
    const scene = new Scene();
    const facts = { ...scene.cloud.facts, ofFunction: async () => Promise.reject(new Error('TooManyRequestsException')) };
    await expect(respond(finding(), { ...scene.responder(), facts })).rejects.toThrow('TooManyRequestsException');
    await respond(finding(), scene.responder());
    expect(scene.log.only).toMatchObject({ state: 'active' });
    expect(scene.log.counts.get('function 2026-11-26T08')).toBe(1);
  });

  test('one target that cannot be read does not keep the others from being contained', async () => {
    const scene = new Scene();
    const resources: FindingResource[] = [{ kind: 'bucket', id: 'arn:aws:s3:::gone-bucket' }, { kind: 'credential', id: KEY }];
    await expect(respond(finding({ resources }), scene.responder())).rejects.toThrow('there is nothing to contain: versioning of gone-bucket is gone');
    expect(scene.cloud.get('access-key', { user: 'deploy', key: KEY })).toEqual({ active: false });
  });

  test('messages of AWS, which name principals, stand neither in the log nor in the event', async () => {
    const scene = new Scene();
    scene.cloud.failing.add('concurrency');
    await expect(respond(finding(), scene.responder())).rejects.toThrow('containment is incomplete and has to be tried again');
    expect(scene.log.only.steps[2].error).toBe('AccessDenied');
    expect(JSON.stringify([scene.log.only, scene.announced])).not.toContain('secret');
  });
});

describe('when somebody changed it in between', () => {
  test('their change stands and is reported, and the rest is restored', async () => {
    const scene = new Scene();
    await respond(finding(), scene.responder());
    scene.cloud.set('concurrency', { function: FUNCTION }, { reserved: 3 });
    expect(await undoAll('anna', scene.undoer())).toMatchObject([{ outcome: 'undone', kept: ['concurrency'] }]);
    expect(scene.cloud.get('concurrency', { function: FUNCTION })).toEqual({ reserved: 3 });
    expect(scene.cloud.get('mapping', { uuid: 'm-1' })).toEqual({ enabled: true });
    expect(scene.cloud.policyOf('OrdersRole')).toBeUndefined();
  });

  test('who restored it by hand already is not overwritten', async () => {
    const scene = new Scene();
    await respond(finding(), scene.responder());
    scene.cloud.set('concurrency', { function: FUNCTION }, { reserved: 25 });
    scene.cloud.writes.length = 0;
    await undoAll('anna', scene.undoer());
    expect(scene.cloud.writes).toEqual(['role-policy', 'mapping']);
  });

  test('one route of a stage that was deployed anew keeps its throttle, and the others get theirs back', async () => {
    const scene = new Scene();
    await respond(finding({ resources: [API] }), scene.responder());
    scene.cloud.set('throttle', { api: 'abc123', stage: 'prod' }, { '*/*': { rate: 10, burst: 5 }, '~1orders/POST': { rate: 100, burst: 100 } });
    expect(await undoAll('anna', scene.undoer())).toMatchObject([{ outcome: 'undone', kept: ['throttle'] }]);
    expect(scene.cloud.get('throttle', { api: 'abc123', stage: 'prod' })).toEqual({ '*/*': { rate: 500, burst: 250 }, '~1orders/POST': { rate: 100, burst: 100 } });
  });

  test('what was deleted is no obstacle', async () => {
    const scene = new Scene();
    await respond(finding(), scene.responder());
    scene.cloud.settings.delete('mapping {"uuid":"m-1"}');
    expect(await undoAll('anna', scene.undoer())).toMatchObject([{ outcome: 'undone' }]);
    expect(states(scene.log.only.steps)[0]).toBe('mapping gone');
  });
});

describe('time', () => {
  test('a containment is undone when its time is over, not before', async () => {
    const scene = new Scene();
    await respond(finding(), scene.responder());
    scene.now += 3_600_000 - 1;
    expect(await undoExpired(scene.undoer())).toStrictEqual([]);
    scene.now += 1;
    expect(await undoExpired(scene.undoer())).toMatchObject([{ outcome: 'undone' }]);
    untouched(scene);
  });

  test('an attack that goes on is contained again after that: nobody said that it is none', async () => {
    const scene = new Scene();
    await respond(finding(), scene.responder());
    scene.now += 3_600_000;
    await undoExpired(scene.undoer());
    await respond(finding({ lastSeen: '2026-11-26T09:06:00Z' }), scene.responder());
    expect(scene.actions).toEqual(['contained', 'undone', 'contained']);
  });

  test('a record that an invocation began and never filled gives its target back', async () => {
    const scene = new Scene();
    const facts = { ...scene.cloud.facts, ofFunction: async () => Promise.reject(new Error('TooManyRequestsException')) };
    await expect(respond(finding(), { ...scene.responder(), facts })).rejects.toThrow('TooManyRequestsException');
    scene.now += 3_600_000;
    expect(await undoExpired(scene.undoer())).toMatchObject([{ outcome: 'undone' }]);
    expect(scene.log.holders.size).toBe(0);
  });

  test('undoing twice, or what there is not, says so', async () => {
    const scene = new Scene();
    await respond(finding(), scene.responder());
    const { id } = scene.log.only;
    await undoOne(id, 'anna', scene.undoer());
    expect(await undoOne(id, 'anna', scene.undoer())).toMatchObject({ outcome: 'over' });
    expect(await undoOne('0'.repeat(32), 'anna', scene.undoer())).toMatchObject({ outcome: 'unknown' });
  });
});

describe('with approval', () => {
  async function asked(): Promise<{ scene: Scene; ids: string[] }> {
    const scene = new Scene();
    const ids = await respond(finding(), scene.responder({ mode: 'approval' }));
    return { scene, ids };
  }

  test('nothing is done before somebody approves, and the time runs from then on', async () => {
    const { scene, ids } = await asked();
    expect(scene.cloud.writes).toStrictEqual([]);
    expect(ids).toEqual([scene.log.only.id]);
    scene.now += 600_000;
    await contained(ids, 'anna', scene.responder({ mode: 'approval' }));
    expect(scene.log.only).toMatchObject({ state: 'active', by: 'anna', expiresAt: scene.now + 3_600_000 });
    await contained(ids, 'anna', scene.responder({ mode: 'approval' }));
    expect(scene.actions).toEqual(['awaiting-approval', 'contained']);
  });

  test('a denial gives the target back, and cannot be approved any more', async () => {
    const { scene, ids } = await asked();
    await dismissed(ids, 'anna', scene.responder({ mode: 'approval' }));
    await contained(ids, 'eve', scene.responder({ mode: 'approval' }));
    expect(scene.log.only).toMatchObject({ state: 'not-approved', by: 'anna' });
    expect(scene.log.holders.size).toBe(0);
    untouched(scene);
    expect(scene.actions).toEqual(['awaiting-approval', 'not-approved']);
  });

  test('while one waits, another finding about the target asks nobody again', async () => {
    const { scene } = await asked();
    expect(await respond(finding({ id: 'finding-2' }), scene.responder({ mode: 'approval' }))).toStrictEqual([]);
    expect(scene.actions).toEqual(['awaiting-approval', 'joined']);
  });

  test('the same event, delivered again, names the same containment', async () => {
    const { scene, ids } = await asked();
    expect(await respond(finding(), scene.responder({ mode: 'approval' }))).toEqual(ids);
    expect(scene.actions).toEqual(['awaiting-approval']);
  });
});

test('an event tells names, ids and outcomes, and of a key the end of its id', async () => {
  const scene = new Scene();
  await respond(finding({ resources: [{ kind: 'credential', id: KEY }] }), scene.responder());
  expect(detailOf(scene.announced[0], 'Shop')).toEqual({
    version: '1',
    name: 'Shop',
    action: 'contained',
    containment: scene.log.only.id,
    target: { kind: 'access-key', id: '…MPLE' },
    finding: 'finding-1',
    findingType: 'CryptoCurrency:Lambda/BitcoinTool.B',
    severity: 'critical',
    provider: 'guardduty',
    expiresAt: '2026-11-26T09:06:00.000Z',
    by: undefined,
    reason: undefined,
    steps: [{ kind: 'access-key', state: 'done', error: undefined }],
  });
});
