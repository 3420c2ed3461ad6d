import { join } from 'path';
import { Duration, Stack } from 'aws-cdk-lib';
import { LambdaVersion, OAuthScope, StringAttribute, UserPoolOperation } from 'aws-cdk-lib/aws-cognito';
import { SecureFunctionOptions, SecureNodejsFunction, SecureUserPool, SecureUserPoolClient, SignInDomain } from 'cdk-secure-serverless';
import { Construct } from 'constructs';
import { NotesNames } from './notes-names';

export interface MembersProps {
  readonly names: NotesNames;
  /** The address of the page, to which the sign-in pages send members back. */
  readonly pageUrl: string;
  /** What all functions have in common. */
  readonly functions: SecureFunctionOptions;
}

/** Who signs in: people who were invited, each of one organization, with two factors. */
export class Members extends Construct {
  public readonly pool: SecureUserPool;
  /** The page, a client that keeps no secret. */
  public readonly page: SecureUserPoolClient;
  /** Scopes as they stand in access tokens. */
  public readonly scopes: { readonly read: string; readonly write: string };
  public readonly signInUrl: string;

  constructor(scope: Construct, id: string, { names, pageUrl, functions }: MembersProps) {
    super(scope, id);
    this.pool = new SecureUserPool(this, 'Pool', {
      domain: SignInDomain.prefix(names.signInPrefix),
      // Decides whose notes a member sees: members cannot write it, an administrator does when inviting them.
      authorizationAttributes: { tenant: new StringAttribute({ minLen: 1, maxLen: 64, mutable: true }) },
    });
    this.signInUrl = `https://${names.signInPrefix}.auth.${Stack.of(this).region}.amazoncognito.com`;
    this.addTenantToTokens(functions);
    const notes = this.pool.addApi('Notes', { identifier: 'notes', scopes: { read: 'See the notes of your organization', write: 'Write and remove notes' } });
    this.scopes = { read: notes.scopeName('read'), write: notes.scopeName('write') };
    this.page = this.pool.addAppClient('Page', {
      callbackUrls: [pageUrl],
      logoutUrls: [pageUrl],
      scopes: [OAuthScope.OPENID, notes.scope('read'), notes.scope('write')],
    });
  }

  /** Access tokens carry no attributes of users by themselves, and the API takes access tokens only: scopes stand nowhere else. */
  private addTenantToTokens(functions: SecureFunctionOptions): void {
    const addTenant = new SecureNodejsFunction(this, 'AddTenant', {
      ...functions,
      entry: join(__dirname, '..', 'src', 'add-tenant.ts'),
      timeout: Duration.seconds(5), // Cognito waits no longer
    });
    this.pool.addTrigger(UserPoolOperation.PRE_TOKEN_GENERATION_CONFIG, addTenant, LambdaVersion.V2_0);
  }
}
