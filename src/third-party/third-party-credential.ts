import { Authorization, HttpMethod, HttpParameter } from 'aws-cdk-lib/aws-events';
import { SecretContent } from '../secrets/secret/secret-content';
import { SecretRotation } from '../secrets/secret/secret-rotation';
import { SecureSecret } from '../secrets/secret/secure-secret';

/** The secret behind a credential. */
export interface CredentialOptions {
  /**
   * How the credential gets a new value: `SecretRotation.by(function)` with a function that talks to the third party, or `.off(reason)` where
   * a new one comes by another way, and is put into the secret by hand.
   */
  readonly rotation: SecretRotation;
  /**
   * An existing secret, of the form that the factory names. Its own rotation holds; `rotation` is then not looked at.
   * @default - a new secret, which costs 0.40 USD a month, with a random value until somebody puts the right one there
   */
  readonly secret?: SecureSecret;
}

/** What a third party asks for: which name and password. */
export interface BasicCredentialOptions extends CredentialOptions {
  /** The name. It is no secret: it stands in the template. */
  readonly username: string;
}

/** Where tokens are given for a client. */
export interface OAuthCredentialOptions extends CredentialOptions {
  /** The id of the client. It is no secret: it stands in the template. */
  readonly clientId: string;
  /** The address that gives tokens: `https://auth.example.com/oauth/token`. */
  readonly tokenUrl: string;
  /**
   * The rights that are asked for, as the third party names them. Ask for the fewest.
   * @default - what the third party gives to whoever names none
   */
  readonly scope?: string;
}

/** What a credential is made of, in the words of the code that refreshes a connection. */
interface CredentialKind {
  readonly type: 'API_KEY' | 'BASIC' | 'OAUTH_CLIENT_CREDENTIALS';
  readonly header?: string;
  readonly tokenUrl?: string;
  readonly scope?: string;
  /** What stands in the template, by the option that gives it. */
  readonly shown?: { readonly username?: string; readonly clientId?: string };
}

/** How a third party knows who calls it. The value lies in a `SecureSecret`: neither code nor template has it. */
export class ThirdPartyCredential {
  /**
   * A key in a header of each request. The secret is the key alone, as text.
   * @param header the name of the header: `x-api-key`
   * @param options How the value is renewed, and the secret that holds it
   */
  public static apiKey(header: string, options: CredentialOptions): ThirdPartyCredential {
    return new ThirdPartyCredential({ type: 'API_KEY', header }, SecretContent.generated(), options);
  }

  /** A name with a password in each request. The secret is a JSON document with `username` and `password`. */
  public static basic(options: BasicCredentialOptions): ThirdPartyCredential {
    return new ThirdPartyCredential({ type: 'BASIC', shown: { username: options.username } }, SecretContent.generated({ fields: { username: options.username }, secretField: 'password' }), options);
  }

  /**
   * A client that gets tokens for a while, and shows them in each request (OAuth 2.0 client credentials). The secret is a JSON document with
   * `clientId` and `clientSecret`; it is sent to the address that gives tokens, and nowhere else.
   */
  public static oauthClient(options: OAuthCredentialOptions): ThirdPartyCredential {
    const { clientId, tokenUrl, scope } = options;
    return new ThirdPartyCredential(
      { type: 'OAUTH_CLIENT_CREDENTIALS', tokenUrl, scope, shown: { clientId } }, SecretContent.generated({ fields: { clientId }, secretField: 'clientSecret' }), options,
    );
  }

  private constructor(
    /** @internal */ public readonly _kind: CredentialKind,
    /** @internal */ public readonly _content: SecretContent,
    /** @internal */ public readonly _options: CredentialOptions,
  ) {}

  /**
   * Dynamic references: CloudFormation fetches the values when it makes the connection, and the template has none.
   * @internal
   */
  public _authorization(secret: SecureSecret): Authorization {
    const { type, header, tokenUrl, scope } = this._kind;
    if (type === 'API_KEY') return Authorization.apiKey(header!, secret.secretValue);
    if (type === 'BASIC') return Authorization.basic(secret.secretValueFromJson('username').unsafeUnwrap(), secret.secretValueFromJson('password'));
    return Authorization.oauth({
      authorizationEndpoint: tokenUrl!,
      httpMethod: HttpMethod.POST,
      clientId: secret.secretValueFromJson('clientId').unsafeUnwrap(),
      clientSecret: secret.secretValueFromJson('clientSecret'),
      bodyParameters: { grant_type: HttpParameter.fromString('client_credentials'), ...scope === undefined ? {} : { scope: HttpParameter.fromString(scope) } },
    });
  }
}
