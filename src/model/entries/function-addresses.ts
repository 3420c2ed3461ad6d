import { Resource } from '../resources/resource';
import { WEB_FUNCTION_ENDPOINT } from '../resources/web-functions';

const FUNCTION_URL = 'AWS::Lambda::Url';

/** The addresses that Lambda gives to functions, and the type of authorization with which it asks callers for a signature. */
const SIGNED: { readonly [type: string]: string } = { [FUNCTION_URL]: 'AWS_IAM', [WEB_FUNCTION_ENDPOINT]: 'IamAuth' };

export const FUNCTION_ADDRESSES: readonly string[] = Object.keys(SIGNED);

/** Whether a resource is an address of a function: no API stands there. */
export function isFunctionAddress({ type }: Resource): boolean {
  return type in SIGNED;
}

/** The type of authorization with which callers of an address must sign. */
export function signedAuthType({ type }: Resource): string {
  return SIGNED[type];
}
