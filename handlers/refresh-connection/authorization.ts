import { UpdateConnectionCommandInput } from '@aws-sdk/client-eventbridge';

/** How a connection authorizes, as the construct says it. */
export interface ConnectionSettings {
  readonly name: string;
  readonly type: string;
  readonly header?: string;
  readonly tokenUrl?: string;
  readonly scope?: string;
}

/**
 * What to tell EventBridge of a credential. A value of another form than the third party needs is refused, and never shown: with it the
 * connection would go on to fail, and nobody would know why.
 */
export function updateOf({ name, type, header, tokenUrl, scope }: ConnectionSettings, secret: string): UpdateConnectionCommandInput {
  switch (type) {
    case 'API_KEY':
      return {
        Name: name, AuthorizationType: type, AuthParameters: { ApiKeyAuthParameters: { ApiKeyName: header, ApiKeyValue: secret } },
      };
    case 'BASIC':
      return {
        Name: name,
        AuthorizationType: type,
        AuthParameters: { BasicAuthParameters: { Username: fieldOf(secret, 'username'), Password: fieldOf(secret, 'password') } },
      };
    case 'OAUTH_CLIENT_CREDENTIALS': {
      const body = [['grant_type', 'client_credentials'], ...scope === undefined ? [] : [['scope', scope]]];
      return {
        Name: name,
        AuthorizationType: type,
        AuthParameters: {
          OAuthParameters: {
            AuthorizationEndpoint: tokenUrl,
            HttpMethod: 'POST',
            ClientParameters: { ClientID: fieldOf(secret, 'clientId'), ClientSecret: fieldOf(secret, 'clientSecret') },
            OAuthHttpParameters: { BodyParameters: body.map(([Key, Value]) => ({ Key, Value, IsValueSecret: false })) },
          },
        },
      };
    }
    default:
      throw new Error(`the authorization type ${type} is not known: deploy the construct again`);
  }
}

function fieldOf(secret: string, field: string): string {
  const value = (parsed(secret) as { readonly [name: string]: unknown } | null)?.[field];
  if (typeof value === 'string' && value !== '') return value;
  throw new Error(`the secret must be a JSON document with a text in '${field}'`);
}

function parsed(secret: string): unknown {
  try {
    return JSON.parse(secret);
  } catch {
    return null; // the message of the parser would show a part of the value
  }
}
