import { EVERYTHING_POLICIES, STORE_KEYS } from './store-key-baseline';
import { AppModel } from '../model/resources/app-model';
import { Resource } from '../model/resources/resource';
import { admitsEverybody, conditionsOf, foreignManagedPolicies, Statement, statementsOf, statementsOfRole } from '../model/rights/iam';
import { keysAt } from '../model/rights/keys';
import { hasAction, rightsNaming } from '../model/rights/store-access';
import { fail, notApplicable, Outcome, pass, Rule, Severity } from '../model/rule';
import { at, elements, Value } from '../model/values/values';

export const STORE_KEY_BYPASSED: Rule = {
  id: 'StoreKeyBypassed',
  severity: Severity.LOW,
  appliesTo: Object.keys(STORE_KEYS),
  title: 'The key of a store keeps nobody out',
  why: 'A key of your own is a second right that a reader needs. Where the reader may decrypt with every key, or everybody with this one, only the first right is left.',
  fix: 'Give kms:Decrypt on the ARN of the key, with kms:ViaService, and name the principals of the key policy. The verbs of secure constructs do.',
  risks: ['over-privilege', 'single-layer', 'data-exposure'],
  frameworks: ['FSBP KMS.1', 'FSBP KMS.2', 'OWASP Serverless S5', 'CSA SAS-04'],
  findingForm: 'name of the role, or KeyPolicy',
  check: (store, app) => {
    const keys = keysOf(store, app);
    if (keys.length === 0) return notApplicable();
    const everything = app.index('roles that decrypt with every key', () => new Set(app.ofType('AWS::IAM::Role')
      .filter((role) => decryptsEverything(role, app)).map(({ key }) => key)));
    const readers = new Set(rightsNaming(store, app).map(({ role }) => role).filter(({ key }) => everything.has(key)));
    const open = keys.some((key) => statementsOf(key.property('KeyPolicy'), '').some(opensToEverybody));
    const failed = [...[...readers].map((role): Outcome => fail('Properties', role.name)), ...open ? [fail('Properties', 'KeyPolicy')] : []];
    return failed.length > 0 ? failed : pass();
  },
};

/** The keys of the app that a store is encrypted with, also through an alias. */
function keysOf(store: Resource, app: AppModel): readonly Resource[] {
  const values = (STORE_KEYS[store.type] ?? []).flatMap((path) => valuesAt(store.property(path.split('.')[0]), path.split('.').slice(1)));
  return values.flatMap((value) => keysAt(value, app));
}

/** The values at a path that leads through lists. */
function valuesAt(value: Value, path: readonly string[]): readonly Value[] {
  const [key, ...rest] = path;
  return key === undefined ? elements(value) : elements(value).flatMap((element) => valuesAt(at(element, key), rest));
}

/** A right that goes through one service is still bound to what that service holds. */
function decryptsEverything(role: Resource, app: AppModel): boolean {
  if (foreignManagedPolicies(role, app).some((arn) => EVERYTHING_POLICIES.some((name) => arn.endsWith(`/${name}`)))) return true;
  return statementsOfRole(role, app).some((statement) => statement.allows && !statement.unresolved && conditionsOf(statement).length === 0
    && hasAction(statement, 'kms', ['decrypt']) && statement.resources.some((resource) => /^(\*|arn:.*:key\/\*)$/.test(app.describe(resource) ?? '')));
}

function opensToEverybody(statement: Statement): boolean {
  return statement.allows && conditionsOf(statement).length === 0 && hasAction(statement, 'kms', ['decrypt'])
    && (admitsEverybody(statement.principals) || statement.notPrincipals !== undefined);
}

export const STORE_KEY_RULES: readonly Rule[] = [STORE_KEY_BYPASSED];
