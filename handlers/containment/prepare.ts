import { bucketName, roleName } from './arns';
import { canonical, State, StepKind, StepPlan, StepTarget, Target } from './containment';
import { BUCKET_DENIED_ACTIONS, denyAll, denyWrites, revokeOlderSessions } from './documents';
import { Facts, SettingPorts } from './ports';
import { Settings } from './settings';

/** What the planning of steps needs. */
export interface Preparation {
  readonly id: string;
  readonly target: Target;
  readonly now: number;
  readonly settings: Settings;
  readonly facts: Facts;
  readonly ports: SettingPorts;
}

/**
 * The steps that contain a target, in their order, with what is there now. It reads and changes nothing.
 *
 * Functions: first what starts them, or a queue would count refused messages as failed and drop them; then the function; then its role, for
 * what is still running.
 */
export async function prepare(preparation: Preparation): Promise<StepPlan[]> {
  const { target } = preparation;
  switch (target.kind) {
    case 'function': return forFunction(preparation);
    case 'role': return [await policyStep(preparation, target.id, revokeOlderSessions(preparation.now))];
    case 'access-key': return forKey(preparation);
    case 'address': return forAddress(preparation);
    case 'stage': return forStage(preparation);
    case 'bucket': return forBucket(preparation);
  }
}

async function forFunction(preparation: Preparation): Promise<StepPlan[]> {
  const { target, facts } = preparation;
  const { role, mappings } = await facts.ofFunction(target.id);
  const steps: StepPlan[] = [];
  for (const uuid of mappings) steps.push(await step(preparation, 'mapping', { uuid }, () => ({ enabled: false })));
  steps.push(await step(preparation, 'concurrency', { function: target.id }, () => ({ reserved: 0 })));
  if (await mayContainRole(preparation, role)) steps.push(await policyStep(preparation, role, denyAll()));
  return steps;
}

/** The role of a function may be shared with something that must go on. */
async function mayContainRole({ settings, facts }: Preparation, role: string): Promise<boolean> {
  const spared = [...settings.self, ...settings.never.resources].some((arn) => roleName(arn, settings) === role);
  return !spared && await facts.isProtected({ kind: 'role', id: role });
}

/** The name of the policy is the containment's own: it never replaces one, and undoing it removes nothing else. */
async function policyStep(preparation: Preparation, role: string, document: string): Promise<StepPlan> {
  return step(preparation, 'role-policy', { role, policy: `Containment-${preparation.id}` }, () => ({ document }));
}

async function forKey(preparation: Preparation): Promise<StepPlan[]> {
  const { target: { id: key }, facts } = preparation;
  const user = await facts.userOf(key);
  return user === undefined ? [] : [await step(preparation, 'access-key', { user, key }, () => ({ active: false }))];
}

async function forAddress(preparation: Preparation): Promise<StepPlan[]> {
  const { target: { id: block }, settings: { denyLists } } = preparation;
  const lists = block.includes(':') ? denyLists.version6 : denyLists.version4;
  return Promise.all(lists.map((list) => step(preparation, 'address', { list, block }, () => ({ listed: true }))));
}

async function forStage(preparation: Preparation): Promise<StepPlan[]> {
  const { target: { id }, settings: { floor } } = preparation;
  const [api, stage] = id.split('/');
  return [await step(preparation, 'throttle', { api, stage }, (before) => Object.fromEntries(
    Object.entries(before).map(([path, limits]) => {
      const { rate, burst } = limits as { rate: number; burst: number };
      return [path, { rate: Math.min(rate, floor.rate), burst: Math.min(burst, floor.burst) }];
    })))];
}

const BLOCK_ALL = { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true };

/**
 * The policy comes before the switches: with these on, S3 takes no policy any more that lets the public in, and that of a bucket which stands
 * open still does, whatever is denied besides. Undoing goes the other way round.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
 */
async function forBucket(preparation: Preparation): Promise<StepPlan[]> {
  const { id, target, settings, facts } = preparation;
  const bucket = bucketName(target.id);
  const sid = `Containment${id.slice(0, 16)}`;
  const statement = denyWrites(sid, target.id, BUCKET_DENIED_ACTIONS, [...settings.administrators, ...settings.self.filter((arn) => arn.includes(':role/'))]);
  const versioning = await step(preparation, 'versioning', { bucket }, ({ status }) => ({ status: status === 'Suspended' ? 'Enabled' : status }));
  const denial = await step(preparation, 'bucket-denial', { bucket, sid }, () => ({ statement: canonical(statement) }));
  const publicAccess = await step(preparation, 'public-access', { bucket }, () => ({ block: BLOCK_ALL }));
  return [versioning, { ...denial, evidence: await facts.policyOf(bucket) }, publicAccess];
}

async function step(
  { ports }: Preparation, kind: StepKind, target: StepTarget, goal: (before: State) => State,
): Promise<StepPlan> {
  const before = await ports[kind].read(target);
  if (before === undefined) throw new Error(`there is nothing to contain: ${kind} of ${Object.values(target).join(' ')} is gone`);
  return { kind, target, before, after: goal(before) };
}
