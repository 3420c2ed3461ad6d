import { Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { findDebugSwitch } from './environment-findings';
import { Place, refuse } from '../../core/configuration-error';
import { SecurityProfile } from '../../core/profile/security-profile';
import { secretIn } from '../../core/secrets/secret-in-value';
import { RESERVED_VARIABLES, VARIABLE_NAME } from '../function-baseline';

/** Refuses names that Lambda would reject at deployment. */
export function checkVariableName(place: Place, prop: string, name: string): void {
  if (VARIABLE_NAME.test(name) && !RESERVED_VARIABLES.includes(name)) return;
  refuse(place, {
    code: 'SecureFunction.VariableName',
    prop,
    must: 'must be a name of two or more letters, digits and underscores that begins with a letter and is not reserved by Lambda',
    got: name,
    fix: 'choose another name',
  });
}

/**
 * Refuses a variable that would show a secret to everybody who may read the function's configuration, or that opens the function.
 * The message names the variable and the kind of secret, never the value.
 */
export function checkVariable(scope: IConstruct, place: Place, name: string, value: string): void {
  const secret = secretIn(scope, name, value);
  if (secret !== undefined) {
    refuse(place, {
      code: 'SecureFunction.SecretInEnvironment',
      prop: `environment.${name}`,
      must: `must not hold a secret, and this looks like ${secret}`,
      fix: `keep it in AWS Secrets Manager and pass { secrets: { ${name}: secret } }, which gives the function its ARN and the right to read it`,
    });
  }
  const open = Token.isUnresolved(value) ? undefined : findDebugSwitch(name, value);
  if (open === undefined || (open.sandbox && SecurityProfile.of(scope).name === 'sandbox')) return;
  refuse(place, {
    code: 'SecureFunction.DebugSwitch',
    prop: `environment.${name}`,
    must: `must not be turned on, because it ${open.name}`,
    fix: open.sandbox ? 'leave it out, or choose SecurityProfile.sandbox() for the stack in which you experiment' : 'leave it out',
  });
}
