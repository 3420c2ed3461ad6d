import { Token } from 'aws-cdk-lib';
import { ICustomAttribute, StandardAttributes } from 'aws-cdk-lib/aws-cognito';
import { SecureUserPoolProps } from './secure-user-pool-props';
import { ATTRIBUTES_MOST, CUSTOM_ATTRIBUTE_NAME, PASSKEY_DOMAIN, STANDARD_ATTRIBUTES, USER_POOL_NAME } from './user-pool-baseline';
import { Place, refuse } from '../core/configuration-error';

/** @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SchemaAttributeType.html */
export function checkCustomAttributes(
  place: Place, { customAttributes = {}, authorizationAttributes = {} }: SecureUserPoolProps, standard: StandardAttributes,
): void {
  for (const [prop, attributes] of Object.entries({ customAttributes, authorizationAttributes })) {
    for (const [name, attribute] of Object.entries(attributes)) {
      checkName(place, prop, name);
      checkRange(place, `${prop}.${name}`, attribute);
    }
  }
  const known = Object.values(standard).filter((one) => one !== undefined).length;
  const count = known + Object.keys({ ...customAttributes, ...authorizationAttributes }).length;
  if (count <= ATTRIBUTES_MOST) return;
  refuse(place, {
    code: 'SecureUserPool.Attribute',
    prop: 'customAttributes',
    must: `must leave a pool with at most ${ATTRIBUTES_MOST} attributes, standard ones included`,
    got: count,
    fix: 'keep the rest in a table',
  });
}

/** What the pool is called, and the site that passkeys are made for. */
export function checkNames(place: Place, { userPoolName: name, passkeyRelyingPartyId: site }: SecureUserPoolProps): void {
  if (name !== undefined && !Token.isUnresolved(name) && !USER_POOL_NAME.test(name)) {
    refuse(place, {
      code: 'SecureUserPool.Name', prop: 'userPoolName', must: 'must be 1 to 128 letters, digits, blanks and _ + = , . @ -', got: name, fix: 'leave it out to have a name made',
    });
  }
  if (site === undefined || Token.isUnresolved(site) || PASSKEY_DOMAIN.test(site)) return;
  refuse(place, {
    code: 'SecureUserPool.Passkeys', prop: 'passkeyRelyingPartyId', must: 'must be a domain name in small letters of at most 63 characters', got: site, fix: "write it like 'example.com'",
  });
}

function checkName(place: Place, prop: string, name: string): void {
  if (CUSTOM_ATTRIBUTE_NAME.test(name) && !STANDARD_ATTRIBUTES.includes(name)) return;
  refuse(place, {
    code: 'SecureUserPool.Attribute',
    prop,
    must: 'must have names of 1 to 20 characters without blanks, none of which a standard attribute has',
    got: name,
    fix: 'rename it',
  });
}

function checkRange(place: Place, prop: string, attribute: ICustomAttribute): void {
  const { numberConstraints: { min, max } = {}, stringConstraints: { minLen = min, maxLen = max } = {} } = attribute.bind();
  if (minLen === undefined || maxLen === undefined || Token.isUnresolved(minLen) || Token.isUnresolved(maxLen) || minLen <= maxLen) return;
  refuse(place, { code: 'SecureUserPool.Attribute', prop, must: 'must not end before it begins', got: `${minLen} to ${maxLen}`, fix: 'exchange the two' });
}
