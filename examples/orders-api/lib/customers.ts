import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { AccountRecovery, FeaturePlan, Mfa, OAuthScope, ResourceServerScope, StandardThreatProtectionMode, UserPool } from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';

/** Scopes as they stand in an access token: resource server, slash, scope. */
export const READ_ORDERS = 'orders/read';
export const WRITE_ORDERS = 'orders/write';

/** The shop's customers: strong passwords and a second factor, one web client, and scopes that the API asks for. */
export class Customers extends Construct {
  public readonly pool: UserPool;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.pool = this.userPool();
    this.addWebClient();
  }

  private userPool(): UserPool {
    return new UserPool(this, 'Pool', {
      selfSignUpEnabled: true, // a shop: customers register themselves, and their address is verified first
      signInAliases: { email: true },
      signInCaseSensitive: false,
      autoVerify: { email: true },
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      mfa: Mfa.REQUIRED,
      mfaSecondFactor: { otp: true, sms: false },
      passwordPolicy: {
        minLength: 14,
        requireDigits: true,
        requireLowercase: true,
        requireSymbols: true,
        requireUppercase: true,
        passwordHistorySize: 5,
      },
      featurePlan: FeaturePlan.PLUS, // threat protection: stolen passwords and odd sign-ins are blocked
      standardThreatProtectionMode: StandardThreatProtectionMode.FULL_FUNCTION,
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }

  private addWebClient(): void {
    const read = new ResourceServerScope({ scopeName: 'read', scopeDescription: 'See own orders' });
    const write = new ResourceServerScope({ scopeName: 'write', scopeDescription: 'Place orders' });
    const server = this.pool.addResourceServer('Orders', { identifier: 'orders', scopes: [read, write] });
    // The prefix must be free in the whole region, so it carries the account.
    this.pool.addDomain('SignIn', { cognitoDomain: { domainPrefix: `orders-api-${Stack.of(this).account}` } });
    this.pool.addClient('Web', {
      authFlows: { userSrp: true }, // the password itself never travels
      oAuth: {
        flows: { authorizationCodeGrant: true, implicitCodeGrant: false },
        scopes: [OAuthScope.OPENID, OAuthScope.resourceServer(server, read), OAuthScope.resourceServer(server, write)],
        callbackUrls: ['https://shop.example.com/signed-in'],
        logoutUrls: ['https://shop.example.com/signed-out'],
      },
      generateSecret: false, // a browser cannot keep one: it uses PKCE
      preventUserExistenceErrors: true,
      enableTokenRevocation: true,
      accessTokenValidity: Duration.minutes(60),
      idTokenValidity: Duration.minutes(60),
      refreshTokenValidity: Duration.days(30),
      refreshTokenRotationGracePeriod: Duration.seconds(10),
    });
  }
}
