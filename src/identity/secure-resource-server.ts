import { Token } from 'aws-cdk-lib';
import { IUserPool, OAuthScope, ResourceServerScope, UserPoolResourceServer } from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import { SERVER_SCOPES } from './user-pool-baseline';
import { checkLength } from '../core/checks';
import { placeOf, refuse } from '../core/configuration-error';
import { markOwn } from '../core/own-part';

/** An API, and what one may do with it. */
export interface ResourceServerOptions {
  /** What the API is called in scopes: `orders` for `orders/read`. It cannot be changed later. */
  readonly identifier: string;
  /** The scopes, each with a sentence that says what it opens: `{ read: 'See orders' }`. */
  readonly scopes: { [name: string]: string };
}

/**
 * An API of which a user pool gives out scopes: a resource server, in the words of OAuth. `SecureUserPool.addApi` makes it.
 * It costs nothing.
 */
export class SecureResourceServer extends UserPoolResourceServer {
  /** @internal */
  public static _in(scope: Construct, id: string, userPool: IUserPool, options: ResourceServerOptions): SecureResourceServer {
    check(scope, id, options);
    return new SecureResourceServer(scope, id, userPool, options);
  }

  private readonly known: Map<string, ResourceServerScope>;
  private readonly identifierOfScopes: string;

  private constructor(scope: Construct, id: string, userPool: IUserPool, { identifier, scopes }: ResourceServerOptions) {
    // by name: maps of some languages have another order at each synthesis
    const known = new Map(Object.keys(scopes).sort().map((scopeName) => (
      [scopeName, new ResourceServerScope({ scopeName, scopeDescription: scopes[scopeName] })])));
    super(scope, id, { userPool, identifier, userPoolResourceServerName: nameOf(identifier), scopes: [...known.values()] });
    markOwn(this);
    this.known = known;
    this.identifierOfScopes = identifier;
  }

  /**
   * One of the scopes, for the clients of the pool.
   * @throws ConfigurationError [SecureResourceServer.UnknownScope] when the API has no such scope
   */
  public scope(name: string): OAuthScope {
    return OAuthScope.resourceServer(this, this.find(name));
  }

  /**
   * The name of one of the scopes as it stands in tokens, for `ApiAuth.userPool` and the routes of `SecureApi`.
   * @throws ConfigurationError [SecureResourceServer.UnknownScope] when the API has no such scope
   */
  public scopeName(name: string): string {
    return `${this.identifierOfScopes}/${this.find(name).scopeName}`;
  }

  private find(name: string): ResourceServerScope {
    return this.known.get(name) ?? refuse(this, {
      code: 'SecureResourceServer.UnknownScope', prop: 'name', must: `must be one of ${[...this.known.keys()].join(', ')}`, got: name, fix: 'add it to the scopes of the API',
    });
  }
}

/** What the console shows: fewer characters than an identifier, which may be a URL, can have. */
function nameOf(identifier: string): string {
  return Token.isUnresolved(identifier) ? identifier : identifier.replace(/[^\w\s+=,.@-]/g, '-');
}

function check(scope: Construct, id: string, { identifier, scopes }: ResourceServerOptions): void {
  const place = placeOf(scope, id);
  const names = Object.keys(scopes);
  const wrong = names.find((name) => !/^[\x21\x23-\x2E\x30-\x5B\x5D-\x7E]{1,256}$/.test(name));
  if (names.length === 0 || wrong !== undefined) {
    refuse(place, {
      code: 'SecureResourceServer.Scopes',
      prop: 'scopes',
      must: 'must be one or more names without spaces, quotes and slashes',
      got: wrong ?? scopes,
      fix: "write them like { read: 'See orders' }",
    });
  }
  if (names.length > SERVER_SCOPES.most) {
    refuse(place, { code: 'SecureResourceServer.Scopes', prop: 'scopes', must: `must be at most ${SERVER_SCOPES.most}`, got: names.length, fix: 'make a second API' });
  }
  for (const name of names) {
    checkLength(place, scopes[name], 1, SERVER_SCOPES.longest, { code: 'SecureResourceServer.Scopes', prop: `scopes.${name}`, fix: 'say in a sentence what the scope opens' });
  }
  if (Token.isUnresolved(identifier) || /^[\x21\x23-\x5B\x5D-\x7E]{1,256}$/.test(identifier)) return;
  refuse(place, {
    code: 'SecureResourceServer.Identifier', prop: 'identifier', must: 'must be a name without spaces and quotes', got: identifier, fix: "write it like 'orders'",
  });
}
