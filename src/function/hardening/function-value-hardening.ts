import { CfnFunction, CfnUrl, Runtime } from 'aws-cdk-lib/aws-lambda';
import { HardeningArea } from '../../core/hardening/hardening-area';
import { HardeningSite } from '../../core/hardening/hardening-site';
import { secretAdvice } from '../../core/hardening/secret-advice';
import { HardeningPlan, HardeningStep, Standing } from '../../core/hardening/steps/hardening-step';
import { valueStep } from '../../core/hardening/steps/value-step';
import { dataKeyFor } from '../../core/keys/stack-data-key';
import { findSecret } from '../../core/secrets/secret-findings';
import { flattenReference } from '../../core/values/flatten-reference';
import { isCdkHelper } from '../../iam/cdk-helper';
import { isEdgeFunction } from '../../iam/hardening/holders/edge-functions';
import { DEPRECATED_RUNTIMES } from '../function-baseline';
import { withVersions } from '../invocation/function-versions';

const FUNCTION = { area: HardeningArea.FUNCTIONS, type: 'AWS::Lambda::Function' } as const;

/** Lambda ends loops by itself: only who says no gets none. Some functions start themselves on purpose, so that it stays a choice. */
const RECURSION = valueStep<CfnFunction>({
  ...FUNCTION,
  rule: 'RecursionGuard',
  property: 'RecursiveLoop',
  when: (fn) => fn.recursiveLoop !== undefined,
  read: (fn) => fn.recursiveLoop,
  secure: () => 'Terminate',
  write: (fn, guard) => { fn.recursiveLoop = guard; },
});

/** Lambda gets a grant of KMS for the role when the function is deployed: the role itself needs no right on the key. */
const ENVIRONMENT_KEY: HardeningStep = {
  ...FUNCTION,
  rule: 'FunctionEnvironmentKey',
  plan: (resource, site) => {
    const fn = resource as CfnFunction;
    if (isCdkHelper(fn, site) || !site.controls(fn).customerKeys || Object.keys(variablesOf(fn, site)).length === 0) return [];
    const before = site.overrideOf(fn, 'KmsKeyArn') ?? site.resolve(fn, fn.kmsKeyArn);
    const plan = { property: 'KmsKeyArn', before, after: 'the data key of the stack' };
    if (before !== undefined) return typeof before === 'string' && before.includes('alias/aws/') ? [{ ...plan, standing: Standing.WEAKER }] : [];
    return [{
      ...plan,
      standing: Standing.MISSING,
      attention: withVersions(fn, site, 'Whoever deploys needs kms:CreateGrant and kms:Encrypt on the key, and whoever reads the variables in the console kms:Decrypt.'),
      apply: () => { fn.kmsKeyArn = dataKeyFor(fn)!.keyArn; },
    }];
  },
};

const SECRETS: HardeningStep = {
  ...FUNCTION,
  rule: 'EnvironmentSecret',
  plan: (resource, site) => Object.entries(variablesOf(resource as CfnFunction, site)).flatMap(([name, value]): HardeningPlan[] => {
    const kind = typeof value === 'string' ? findSecret(name, flattenReference(value)) : undefined;
    return kind === undefined ? [] : [{
      standing: Standing.AUTHORS,
      property: `Environment.Variables.${name}`,
      after: 'the ARN of a secret in Secrets Manager',
      advice: secretAdvice(kind, 'let the function read it there'),
    }];
  }),
};

const RUNTIME: HardeningStep = {
  ...FUNCTION,
  rule: 'RuntimeDeprecated',
  plan: (resource, site) => {
    const before = site.overrideOf(resource, 'Runtime') ?? site.resolve(resource, (resource as CfnFunction).runtime);
    if (typeof before !== 'string' || !DEPRECATED_RUNTIMES.includes(before) || isCdkHelper(resource, site)) return [];
    return [{
      standing: Standing.AUTHORS,
      property: 'Runtime',
      before,
      after: isEdgeFunction(resource as CfnFunction, site) ? 'a runtime that AWS patches, and CloudFront copies' : newestOf(before),
      advice: 'AWS patches this runtime no more. The code must be tested on the new one, so nobody else can change it.',
    }];
  },
};

const URL: HardeningStep = {
  area: HardeningArea.FUNCTIONS,
  type: 'AWS::Lambda::Url',
  rule: 'FunctionUrlAuth',
  plan: (resource, site) => {
    const before = site.overrideOf(resource, 'AuthType') ?? site.resolve(resource, (resource as CfnUrl).authType);
    return before !== 'NONE' ? [] : [{
      standing: Standing.AUTHORS,
      property: 'AuthType',
      before,
      after: 'AWS_IAM',
      advice: 'Everybody can call this function. If the callers are AWS identities, set AuthType to AWS_IAM; if they are browsers, put the function behind a route of an API with an authorizer.',
    }];
  },
};

/** Lambda@Edge refuses most settings, so such functions are left as they are. */
export const FUNCTION_VALUE_HARDENING: readonly HardeningStep[] = [
  ...[RECURSION, ENVIRONMENT_KEY, SECRETS].map(outsideOfEdge), RUNTIME, URL,
];

function outsideOfEdge(step: HardeningStep): HardeningStep {
  return { ...step, plan: (resource, site) => (isEdgeFunction(resource as CfnFunction, site) ? [] : step.plan(resource, site)) };
}

/** The variables by name; none where they are known only at deployment as a whole. */
function variablesOf(fn: CfnFunction, site: HardeningSite): { readonly [name: string]: unknown } {
  if (fn.environment === undefined) return {};
  const environment = site.resolve(fn, fn.environment) as { readonly variables?: unknown } | undefined;
  const { variables } = environment ?? {};
  return typeof variables === 'object' && variables !== null ? variables as { readonly [name: string]: unknown } : {};
}

/** The newest runtime of a family that CDK knows: `nodejs24.x` for `nodejs16.x`. */
function newestOf(runtime: string): string {
  const family = familyOf(runtime);
  const version = (name: string): string => name.slice(family?.length);
  const known = Runtime.ALL.map(({ name }) => name).filter((name) => familyOf(name) === family && !DEPRECATED_RUNTIMES.includes(name));
  return known.sort((a, b) => version(a).localeCompare(version(b), undefined, { numeric: true })).pop() ?? 'a runtime that is supported';
}

/** `FROM_IMAGE` has none. */
function familyOf(runtime: string): string | undefined {
  return /^[a-z]+/.exec(runtime)?.[0];
}
