import { ClientAttributes, ICustomAttribute, StandardAttributes, StandardAttributesMask } from 'aws-cdk-lib/aws-cognito';

/** The attributes that a pool declares. */
export interface DeclaredAttributes {
  readonly standard: StandardAttributes;
  readonly custom: { readonly [name: string]: ICustomAttribute };
  /** Names of those for authorization, which stand in `custom` too. */
  readonly authorization: readonly string[];
}

/** Always given to clients: left out, Cognito would let users write every attribute of the pool. */
export function writableAttributes({ standard, custom, authorization }: DeclaredAttributes): ClientAttributes {
  return new ClientAttributes()
    .withStandardAttributes(mask(standard))
    .withCustomAttributes(...Object.keys(custom).filter((name) => !authorization.includes(name)));
}

export function readableAttributes({ standard, custom }: DeclaredAttributes): ClientAttributes {
  return new ClientAttributes().withStandardAttributes({ ...mask(standard), emailVerified: true }).withCustomAttributes(...Object.keys(custom));
}

/** The time of the last update is Cognito's own to write, and not worth a right. */
function mask(standard: StandardAttributes): StandardAttributesMask {
  return Object.fromEntries(Object.entries(standard).filter(([, attribute]) => attribute !== undefined).map(([name]) => [name, true]));
}
