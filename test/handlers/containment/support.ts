import { Finding } from '../../../handlers/common/finding';
import { LEASE_MS, Responder } from '../../../handlers/contain/respond';
import { canonical, Containment, isOpen, State, StepKind, StepTarget, STEP_KINDS, Target } from '../../../handlers/containment/containment';
import { keyOf } from '../../../handlers/containment/plan';
import { ActionLog, Announcement, Facts, Lease, Question, SettingPorts } from '../../../handlers/containment/ports';
import { Settings } from '../../../handlers/containment/settings';
import { Undoer } from '../../../handlers/undo-containment/undo-containment';

export const FUNCTION = 'arn:aws:lambda:eu-central-1:111122223333:function:Orders';
export const OWN_FUNCTION = 'arn:aws:lambda:eu-central-1:111122223333:function:Responder';
export const OWN_ROLE = 'arn:aws:iam::111122223333:role/Responder';
export const BUCKET = 'arn:aws:s3:::receipts';
export const KEY = 'AKIAIOSFODNN7EXAMPLE';

const EACH = { from: 'high', minutes: 60, limit: 5 } as const;

export const SETTINGS: Settings = {
  name: 'Shop-Containment',
  account: '111122223333',
  region: 'eu-central-1',
  mode: 'automatic',
  approvalMinutes: 60,
  playbooks: { 'function': EACH, 'role': EACH, 'access-key': EACH, 'address': EACH, 'stage': EACH, 'bucket': EACH },
  never: { resources: ['arn:aws:lambda:eu-central-1:111122223333:function:Alarm', 'arn:aws:iam::111122223333:role/ops/Admin'], addresses: ['198.51.100.0/24', '2001:db8:1::/64'] },
  self: [OWN_FUNCTION, OWN_ROLE],
  stages: ['abc123/prod', 'abc123/beta'],
  denyLists: {
    version4: ['arn:aws:wafv2:eu-central-1:111122223333:regional/ipset/Four/4444'], version6: ['arn:aws:wafv2:eu-central-1:111122223333:regional/ipset/Six/6666'],
  },
  floor: { rate: 10, burst: 5 },
  administrators: ['arn:aws:iam::111122223333:role/ops/Admin'],
};

export function finding(changes: Partial<Finding> = {}): Finding {
  return {
    version: '1',
    id: 'finding-1',
    provider: 'guardduty',
    type: 'CryptoCurrency:Lambda/BitcoinTool.B',
    severity: 'critical',
    score: 95,
    title: 'title',
    description: 'description',
    account: '111122223333',
    region: 'eu-central-1',
    firstSeen: '2026-11-26T08:00:00Z',
    lastSeen: '2026-11-26T08:05:00Z',
    count: 1,
    resources: [{ kind: 'function', id: FUNCTION }],
    actor: {},
    link: '',
    ...changes,
  };
}

/** The settings of a small account. A write can be made to fail, and somebody can come in between. */
export class Cloud {
  public readonly settings = new Map<string, State>();
  public readonly writes: string[] = [];
  public readonly failing = new Set<StepKind>();
  public onWrite: (kind: StepKind, target: StepTarget) => void;
  public protectedTargets: (target: Target) => boolean;

  public readonly facts: Facts = {
    isProtected: async (target) => this.protectedTargets(target),
    ofFunction: async () => ({ role: 'OrdersRole', mappings: ['m-1', 'm-2'] }),
    userOf: async (key) => (key === KEY ? 'deploy' : undefined),
    policyOf: async () => '{"Version":"2012-10-17","Statement":[]}',
  };

  public readonly ports = Object.fromEntries(STEP_KINDS.map((kind) => [kind, {
    read: async (target: StepTarget) => this.get(kind, target),
    write: async (target: StepTarget, fields: State) => {
      this.onWrite(kind, target);
      if (this.failing.has(kind)) throw Object.assign(new Error('arn:aws:iam::111122223333:role/secret is not allowed'), { name: 'AccessDenied' });
      this.writes.push(kind);
      this.set(kind, target, { ...this.get(kind, target), ...fields });
    },
  }])) as unknown as SettingPorts;

  constructor() {
    this.onWrite = () => {};
    this.protectedTargets = () => true;
    this.set('mapping', { uuid: 'm-1' }, { enabled: true });
    this.set('mapping', { uuid: 'm-2' }, { enabled: false });
    this.set('concurrency', { function: FUNCTION }, { reserved: 25 });
    this.set('access-key', { user: 'deploy', key: KEY }, { active: true });
    this.set('address', { list: SETTINGS.denyLists.version4[0], block: '203.0.113.7/32' }, { listed: false });
    this.set('throttle', { api: 'abc123', stage: 'prod' }, { '*/*': { rate: 500, burst: 250 }, '~1orders/POST': { rate: 8, burst: 20 } });
    this.set('versioning', { bucket: 'receipts' }, { status: 'Suspended' });
    this.set('public-access', { bucket: 'receipts' }, { block: null });
  }

  public set(kind: StepKind, target: StepTarget, state: State): void {
    this.settings.set(`${kind} ${canonical(target)}`, state);
  }

  public get(kind: StepKind, target: StepTarget): State | undefined {
    const absent: { readonly [one in StepKind]?: State } = { 'role-policy': { document: null }, 'bucket-denial': { statement: null } };
    return this.settings.get(`${kind} ${canonical(target)}`) ?? absent[kind];
  }

  /** The only policy that a role of this account has. */
  public policyOf(role: string): State | undefined {
    return [...this.settings].find(([key, { document }]) => key.startsWith('role-policy') && key.includes(`"role":"${role}"`) && document !== null)?.[1];
  }
}

interface Row { containment: Containment; owner?: string; until?: number }

/** The log in memory, with the conditions of the one in DynamoDB. */
export class MemoryLog implements ActionLog {
  public readonly rows = new Map<string, Row>();
  public readonly holders = new Map<string, string>();
  public readonly counts = new Map<string, number>();
  public readonly released = new Map<string, string>();
  public readonly questions = new Map<string, Question>();

  public async get(id: string) { return this.rows.get(id)?.containment; }

  public async create(containment: Containment, { owner, until }: Lease) {
    if (this.rows.has(containment.id)) return false;
    this.rows.set(containment.id, { containment, owner, until });
    return true;
  }

  public async claim(id: string, states: readonly Containment['state'][], { owner, until }: Lease, now: number) {
    const row = this.rows.get(id);
    if (row === undefined || !states.includes(row.containment.state)) return undefined;
    if (row.until !== undefined && row.until >= now && row.owner !== owner) return undefined;
    this.rows.set(id, { ...row, owner, until });
    return row.containment;
  }

  public async save(containment: Containment, owner: string, release = false) {
    const row = this.rows.get(containment.id);
    if (row?.owner !== owner) throw new Error('somebody else works on it');
    this.rows.set(containment.id, release ? { containment } : { ...row, containment });
  }

  public async open(expiredBy = Infinity) {
    return [...this.rows.values()].map(({ containment }) => containment)
      .filter(({ state, expiresAt }) => isOpen(state) && expiresAt <= expiredBy).sort((a, b) => a.expiresAt - b.expiresAt);
  }

  public async hold(target: Target, id: string) {
    const key = keyOf(target);
    if (!this.holders.has(key)) this.holders.set(key, id);
    return this.holders.get(key)!;
  }

  public async release(target: Target, id: string) {
    if (this.holders.get(keyOf(target)) === id) this.holders.delete(keyOf(target));
  }

  public async count(kind: Target['kind'], hour: string, limit: number) {
    const now = this.counts.get(`${kind} ${hour}`) ?? 0;
    if (now >= limit) return false;
    this.counts.set(`${kind} ${hour}`, now + 1);
    return true;
  }

  public async isReleased(id: string) { return this.released.has(id); }
  public async markReleased(id: string, by: string) { this.released.set(id, by); }
  public async ask(question: Question) { this.questions.set(question.execution, question); }
  public async question(execution: string) { return this.questions.get(execution); }

  public async answer(execution: string, answer: string) {
    const question = this.questions.get(execution);
    if (question === undefined || question.answer !== undefined) return false;
    this.questions.set(execution, { ...question, token: '', answer });
    return true;
  }

  /** The only containment there is. */
  public get only(): Containment {
    expect(this.rows.size).toBe(1);
    return [...this.rows.values()][0].containment;
  }
}

/** An account, a log and a clock that stands still until somebody turns it. */
export class Scene {
  public readonly cloud = new Cloud();
  public readonly log = new MemoryLog();
  public readonly announced: Announcement[] = [];
  public now = Date.parse('2026-11-26T08:06:00Z');
  private invocations = 0;
  private readonly announcer = { announce: async (one: Announcement) => { this.announced.push(one); } };

  public responder(settings: Partial<Settings> = {}, owner = `invocation-${this.invocations++}`): Responder {
    const { cloud: { facts, ports }, log } = this;
    return { settings: { ...SETTINGS, ...settings }, log, facts, ports, announcer: this.announcer, clock: () => this.now, owner };
  }

  public undoer(owner = `invocation-${this.invocations++}`): Undoer {
    return { log: this.log, ports: this.cloud.ports, announcer: this.announcer, clock: () => this.now, owner };
  }

  public get actions(): string[] {
    return this.announced.map(({ action, reason }) => (action === 'refused' ? `refused: ${reason}` : action));
  }

  /** Lets the claim of an invocation that died run out. */
  public afterLease(): void {
    this.now += LEASE_MS + 1;
  }
}
