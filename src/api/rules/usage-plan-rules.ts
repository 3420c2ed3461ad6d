import { expectEach, fail, Outcome, pass, Rule, Severity } from '../../model/rule';
import { isUnresolved, numberOf, Text, textOf, Value } from '../../model/values/values';
import { ACCOUNT_BURST, ACCOUNT_RATE } from '../api-baseline';

/**
 * Limits of a plan count for each key, and are no layer of a way in: "not hard limits", says AWS, and not to be relied on to control costs or to block access.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html
 */
export const USAGE_PLAN_LIMITS: Rule = {
  id: 'UsagePlanLimits',
  severity: Severity.LOW,
  appliesTo: ['AWS::ApiGateway::UsagePlan'],
  title: 'A usage plan lets each of its keys call without a limit',
  why: 'One customer, or whoever holds a leaked key, uses up what all others share.',
  fix: 'Give the plan a Throttle below the quota of the account and a Quota for a day, week or month (throttle and quota of ApiUsagePlan). '
    + 'AWS keeps both on a best-effort basis, so the stage needs a throttle of its own, and a budget watches the cost.',
  risks: ['runaway-use'],
  frameworks: ['OWASP Serverless: Denial of Wallet', 'CSA SAS-08'],
  findingForm: '`throttle` or `quota`',
  check: (plan) => {
    const throttle = [['Throttle.RateLimit', ACCOUNT_RATE], ['Throttle.BurstLimit', ACCOUNT_BURST]] as const;
    return [
      ...throttle.map(([path, most]) => expectEach(plan.alternatives(path), 'Properties.Throttle', (limit) => isWithin(limit, 0, most - 1), 'throttle')),
      expectEach(plan.alternatives('Quota.Limit'), 'Properties.Quota', (limit) => isWithin(limit, 1, Number.MAX_SAFE_INTEGER), 'quota'),
    ];
  },
};

export const API_KEY_LITERAL: Rule = {
  id: 'ApiKeyLiteral',
  severity: Severity.MEDIUM,
  appliesTo: ['AWS::ApiGateway::ApiKey'],
  title: 'The value of an API key stands in the template',
  why: 'Everybody who reads the template, its history or the stack has the key, and nobody can change it without a deployment.',
  fix: 'Leave Value out: API Gateway makes the key up, and its customer gets it from there.',
  risks: ['misconfiguration', 'data-exposure'],
  frameworks: ['OWASP Serverless: Insecure Secret Management', 'CSA SAS-07'],
  check: (key): readonly Outcome[] => key.alternatives('Value').map((value) => (standsInTemplate(value) ? fail('Properties.Value') : pass())),
};

function isWithin(limit: Value, least: number, most: number): boolean {
  const number = numberOf(limit);
  return number !== undefined && number >= least && number <= most;
}

/** A dynamic reference is looked up at deployment, a parameter given then, and a pointer is no text. */
function standsInTemplate(value: Value): boolean {
  if (isUnresolved(value) || (value instanceof Text && value.parts.some(isUnresolved))) return false;
  const text = textOf(value) ?? '';
  return text.replace(/<[^<>]*>/g, '').trim() !== '' && !text.includes('{{resolve:');
}

export const USAGE_PLAN_RULES: readonly Rule[] = [API_KEY_LITERAL, USAGE_PLAN_LIMITS];
