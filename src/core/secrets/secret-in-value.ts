import { CfnParameter, Reference, SecretValue, Stack, Token, Tokenization } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { findSecret } from './secret-findings';
import { flattenReference } from '../values/flatten-reference';

const DYNAMIC_SECRET = 'a reference that CloudFormation replaces by a secret';

/** What kind of secret the value that stands under a name is or holds, tokens included; undefined where it is none. */
export function secretIn(scope: IConstruct, name: string, value: string): string | undefined {
  if (!Token.isUnresolved(value)) return findSecret(name, value);
  if (holdsSecretToken(value)) return DYNAMIC_SECRET;
  const rendered = tryToRender(scope, value);
  return rendered === undefined ? undefined : findSecret(name, rendered);
}

/** Secret values and parameters with NoEcho are secrets even where they render as a harmless reference. */
function holdsSecretToken(value: string): boolean {
  return Tokenization.reverseString(value).tokens.some((token) => SecretValue.isSecretValue(token)
    || (Reference.isReference(token) && CfnParameter.isCfnElement(token.target) && (token.target as Partial<CfnParameter>).noEcho === true));
}

/** Lazy values may not be known yet. */
function tryToRender(scope: IConstruct, value: string): string | undefined {
  try {
    return flattenReference(Stack.of(scope).resolve(value));
  } catch {
    return undefined;
  }
}
