import { isWatchedAtAll, pointersWithin } from '../../model/alarms';
import { facingFunctions } from '../../model/entries/facing-functions';
import { AppModel } from '../../model/resources/app-model';
import { Resource } from '../../model/resources/resource';
import { settingPath, WORKERS } from '../../model/resources/web-functions';
import { hasAction, rightsNaming } from '../../model/rights/store-access';
import { fail, notApplicable, pass, Rule, Severity, unresolved } from '../../model/rule';
import { at, elements } from '../../model/values/values';
import { ITEM_CHANGES } from '../alarm-baseline';

const SECRET = 'AWS::SecretsManager::Secret';
const USER_POOL = 'AWS::Cognito::UserPool';
const TABLES = ['AWS::DynamoDB::GlobalTable', 'AWS::DynamoDB::Table'];

export const SENSITIVE_STORE_ALARM: Rule = {
  id: 'SensitiveStoreAlarm',
  severity: Severity.LOW,
  severityIn: { sandbox: 'off' },
  appliesTo: [SECRET, USER_POOL, ...TABLES],
  title: 'Nothing tells that somebody tries out a store of secrets, users or customer data',
  why: 'Guessing, scraping and emptying show as throttles, refusals, sign-ins at risk or changes of a secret: nobody is told, and the attacker has all the time.',
  fix: 'Make an alarm on a metric of the table or pool, or a rule on the events of the secret that tells a topic. Secure constructs do.',
  risks: ['unseen-attack'],
  frameworks: ['OWASP Serverless S10', 'CSA SAS-05', 'Well-Architected SEC04'],
  check: (store, app) => {
    if (TABLES.includes(store.type) && !isWrittenFromOutside(store, app)) return notApplicable();
    const watched = store.type === SECRET ? hasEventRule(store, app) : isWatchedAtAll(store, ...metricsOf(store), app);
    if (watched === undefined) return unresolved('Properties');
    return watched ? pass() : fail('Properties');
  },
};

function metricsOf(store: Resource): [namespace: string, names: ReturnType<Resource['alternatives']>] {
  return store.type === USER_POOL ? ['AWS/Cognito', [store.property('UserPoolName')]] : ['AWS/DynamoDB', [store.property('TableName')]];
}

/** A table holds what callers send if a function that answers them may change its items. */
function isWrittenFromOutside(table: Resource, app: AppModel): boolean {
  const writers = app.index('roles of functions that face the Internet', () => {
    const facing = facingFunctions(app);
    const workers = app.ofType(...WORKERS).filter(({ key }) => facing.has(key));
    return new Set(workers.flatMap((worker) => app.targets(worker.property(settingPath(worker.type, 'role')))).map(({ key }) => key));
  });
  return rightsNaming(table, app).some(({ role, statement }) => writers.has(role.key) && hasAction(statement, 'dynamodb', ITEM_CHANGES));
}

/** Secrets have no metrics: what happens to them is told by events of the trail. */
function hasEventRule(secret: Resource, app: AppModel): boolean {
  const { keys, all } = app.index('secrets with event rules', () => {
    const patterns = app.ofType('AWS::Events::Rule').map((rule) => rule.property('EventPattern'));
    return {
      keys: new Set(patterns.flatMap((pattern) => pointersWithin(pattern)).flatMap((pointer) => app.targets(pointer)).map(({ key }) => key)),
      all: patterns.some((pattern) => elements(at(pattern, 'source')).includes('aws.secretsmanager') && pointersWithin(pattern).length === 0),
    };
  });
  return all || keys.has(secret.key);
}

export const STORE_ALARM_RULES: readonly Rule[] = [SENSITIVE_STORE_ALARM];
