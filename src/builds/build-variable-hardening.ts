import { CfnProject } from 'aws-cdk-lib/aws-codebuild';
import { AWS_CREDENTIAL_VARIABLES, BUILD_PROJECT } from './build-baseline';
import { HardeningArea } from '../core/hardening/hardening-area';
import { HardeningSite } from '../core/hardening/hardening-site';
import { fieldOf } from '../core/hardening/nested-value';
import { secretAdvice } from '../core/hardening/secret-advice';
import { HardeningPlan, HardeningStep, Standing } from '../core/hardening/steps/hardening-step';
import { findSecret } from '../core/secrets/secret-findings';
import { flattenReference } from '../core/values/flatten-reference';

interface Variable {
  readonly name?: unknown;
  readonly type?: unknown;
  readonly value?: unknown;
}

/** A secret in a variable is read by everybody who may describe the project. The value itself is never told. */
export const BUILD_VARIABLE_HARDENING: HardeningStep = {
  area: HardeningArea.BUILDS,
  type: BUILD_PROJECT,
  rule: 'PassThroughSecret',
  plan: (resource, site) => variablesOf(resource as CfnProject, site).flatMap(({ name, type, value }): HardeningPlan[] => {
    const kind = type === undefined || type === 'PLAINTEXT' ? kindOf(name, value) : undefined;
    if (kind === undefined) return [];
    const isOfAws = AWS_CREDENTIAL_VARIABLES.includes(String(name));
    return [{
      standing: Standing.AUTHORS,
      property: `Environment.EnvironmentVariables.${String(name)}`,
      after: isOfAws ? 'the role of the project' : 'a secret in Secrets Manager',
      advice: isOfAws
        ? 'Take the variable out, give the role of the project the rights that the build needs, and delete the key that stood here.'
        : secretAdvice(kind, 'name it with the type SECRETS_MANAGER'),
    }];
  }),
};

function kindOf(name: unknown, value: unknown): string | undefined {
  if (typeof name !== 'string' || value === undefined) return undefined;
  return AWS_CREDENTIAL_VARIABLES.includes(name) ? 'a key of AWS' : findSecret(name, flattenReference(value));
}

function variablesOf(project: CfnProject, site: HardeningSite): readonly Variable[] {
  if (site.overrideOf(project, 'Environment.EnvironmentVariables') !== undefined) return [];
  const variables = fieldOf(site, project, project.environment, 'environmentVariables');
  return Array.isArray(variables) ? variables.map((one: unknown) => site.resolve(project, one) as Variable) : [];
}
