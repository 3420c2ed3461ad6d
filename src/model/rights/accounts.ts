import { identityStatements, IDENTITY_POLICY_TYPES, statementsOf } from './iam';
import { AppModel } from '../resources/app-model';
import { meantBy } from '../resources/names';
import { settingPath, WORKERS } from '../resources/web-functions';
import { isAccountId, parseArn } from '../values/arn';
import { at, elements, Value } from '../values/values';

/** Policies that must name a resource of their own account. */
const POLICIES_ON_OWN_RESOURCES = ['AWS::SNS::TopicPolicy', 'AWS::SQS::QueuePolicy'];

/** Resources and the property that must name a role of their own account. */
const ROLE_PROPERTIES: readonly (readonly [type: string, property: string])[] = [
  ...WORKERS.map((type): [string, string] => [type, settingPath(type, 'role')]), ['AWS::StepFunctions::StateMachine', 'RoleArn'],
];

/** CDK names the buckets of its assets after the account. */
const ASSET_BUCKET = /^cdk-[a-z0-9]+-assets-(\d{12}|<AWS::AccountId>)-/;

/**
 * The accounts that the app is known to live in: those of its stacks, and those in ARNs that can only be its own. Templates that were written
 * by hand or converted name their own account as a number, which must not be taken for somebody else's.
 */
export function ownAccounts(app: AppModel): ReadonlySet<string> {
  return app.index('own accounts', () => new Set([...app.accounts, ...(app.accounts.size > 0 ? [] : accountsInOwnArns(app))]));
}

/** Whether an id is that of an account which is neither the app's own nor trusted. */
export function isForeign(account: string | undefined, app: AppModel, trusted: readonly string[]): boolean {
  return account !== undefined && isAccountId(account) && !ownAccounts(app).has(account) && !trusted.includes(account);
}

/** The id of the account in an ARN, or the id itself; undefined where none is written out. */
export function accountIn(text: string): string | undefined {
  if (!/\d{12}/.test(text)) return undefined; // most ARNs are pointers
  if (isAccountId(text)) return text;
  const account = parseArn(text)?.account;
  return account !== undefined && isAccountId(account) ? account : undefined;
}

function accountsInOwnArns(app: AppModel): readonly string[] {
  const roles = ROLE_PROPERTIES.flatMap(([type, property]) => app.ofType(type).flatMap((resource) => resource.alternatives(property)));
  const policies = app.ofType(...POLICIES_ON_OWN_RESOURCES)
    .flatMap((policy) => statementsOf(policy.property('PolicyDocument'), '').flatMap(({ resources }) => resources));
  const named = app.ofType(...IDENTITY_POLICY_TYPES).flatMap((holder) => identityStatements(holder, app)
    .flatMap(({ resources }) => resources.filter((value) => (
      accountNamed(value, app) !== undefined && meantBy(value, app, holder.stackId).resources.length > 0))));
  const inArns = [...roles, ...policies, ...named, ...keyOwners(app)].map((value: Value) => accountNamed(value, app));
  return [...inArns, ...assetOwners(app)].filter((account) => account !== undefined);
}

function accountNamed(value: Value, app: AppModel): string | undefined {
  return accountIn(app.describe(value) ?? '');
}

/** A key is administered by the account that it lies in: of accounts that may do everything with it, the first. */
function keyOwners(app: AppModel): readonly Value[] {
  return app.ofType('AWS::KMS::Key').flatMap((key) => {
    const owners = statementsOf(key.property('KeyPolicy'), '').filter(({ allows, actions }) => allows && actions.includes('kms:*'));
    return owners.slice(0, 1).flatMap(({ principals }) => elements(at(principals, 'AWS')).slice(0, 1));
  });
}

/** The account whose assets most functions run: one function may be run from elsewhere by mistake. */
function assetOwners(app: AppModel): readonly (string | undefined)[] {
  const counts = new Map<string, number>();
  for (const fn of app.ofType('AWS::Lambda::Function')) {
    const account = ASSET_BUCKET.exec(app.describe(fn.property('Code.S3Bucket')) ?? '')?.[1];
    if (account !== undefined) counts.set(account, (counts.get(account) ?? 0) + 1);
  }
  const [most] = [...counts.entries()].sort(([, one], [, other]) => other - one);
  return most === undefined || most[1] < 2 ? [] : [most[0]];
}
