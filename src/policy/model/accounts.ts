import { AppModel } from './app-model';
import { isAccountId, parseArn } from './arn';
import { identityStatements, IDENTITY_POLICY_TYPES, statementsOf } from './iam';
import { meantBy } from './names';
import { Resource } from './resource';
import { at, elements, Value } from './values';

/** Policies that must name a resource of their own account. */
const POLICIES_ON_OWN_RESOURCES = ['AWS::SNS::TopicPolicy', 'AWS::SQS::QueuePolicy'];

/** Resources and the property that must name a role of their own account. */
const ROLE_PROPERTIES: readonly (readonly [type: string, property: string])[] = [
  ['AWS::Lambda::Function', 'Role'], ['AWS::StepFunctions::StateMachine', 'RoleArn'],
];

/** CDK names its buckets after the account that it deploys to. */
const ASSET_BUCKET = /^cdk-[a-z0-9]+-assets-(\d{12})-/;

/**
 * The accounts that the app is known to live in: those of its stacks, and those in ARNs that can only be its own. Templates that were written
 * by hand or converted name their own account as a number, which must not be taken for somebody else's.
 */
export function ownAccounts(app: AppModel): ReadonlySet<string> {
  return app.index('own accounts', () => new Set([...app.accounts, ...(app.accounts.size > 0 ? [] : [...accountsInOwnArns(app), ...accountOfAssets(app)])]));
}

/** Whether an id is that of an account which is neither the app's own nor trusted. */
export function isForeign(account: string | undefined, app: AppModel, trusted: readonly string[]): boolean {
  return account !== undefined && isAccountId(account) && !ownAccounts(app).has(account) && !trusted.includes(account);
}

/** The id of the account in an ARN, or the id itself; undefined where none is written out. */
export function accountIn(text: string): string | undefined {
  if (isAccountId(text)) return text;
  const account = parseArn(text)?.account;
  return account !== undefined && isAccountId(account) ? account : undefined;
}

function accountsInOwnArns(app: AppModel): readonly string[] {
  const roles = ROLE_PROPERTIES.flatMap(([type, property]) => app.ofType(type).flatMap((resource) => resource.alternatives(property)));
  const policies = app.ofType(...POLICIES_ON_OWN_RESOURCES)
    .flatMap((policy) => statementsOf(policy.property('PolicyDocument'), '').flatMap(({ resources }) => resources));
  const named = app.ofType(...IDENTITY_POLICY_TYPES).flatMap((holder) => identityStatements(holder, app)
    .flatMap(({ resources }) => resources.filter((value) => meantBy(value, app, holder.stackId).resources.length > 0)));
  return [...roles, ...policies, ...named].map((value: Value) => accountIn(app.describe(value) ?? '')).filter((account) => account !== undefined);
}

/** One mention may be a fault; the account that comes most often is the app's own. */
function accountOfAssets(app: AppModel): readonly string[] {
  const counts = new Map<string, number>();
  const count = (account: string | undefined) => account !== undefined && counts.set(account, (counts.get(account) ?? 0) + 1);
  for (const fn of app.ofType('AWS::Lambda::Function')) count(ASSET_BUCKET.exec(app.describe(fn.property('Code.S3Bucket')) ?? '')?.[1]);
  for (const layer of app.ofType('AWS::Lambda::LayerVersion')) count(ASSET_BUCKET.exec(app.describe(layer.property('Content.S3Bucket')) ?? '')?.[1]);
  for (const key of app.ofType('AWS::KMS::Key')) for (const account of administratorsOf(key, app)) count(account);
  const [first, second] = [...counts.entries()].sort(([, one], [, other]) => other - one);
  return first !== undefined && first[1] > Math.max(1, second?.[1] ?? 0) ? [first[0]] : [];
}

/** The accounts to which a key belongs: the first statement of its policy gives it to them as a whole. */
function administratorsOf(key: Resource, app: AppModel): readonly string[] {
  return statementsOf(key.property('KeyPolicy'), '').filter(({ allows, actions }) => allows && actions.includes('kms:*'))
    .flatMap(({ principals }) => elements(at(principals, 'AWS')).map((principal) => accountIn(app.describe(principal) ?? '')))
    .filter((account) => account !== undefined);
}
