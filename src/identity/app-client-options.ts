import { Duration } from 'aws-cdk-lib';
import { ClientAttributes, OAuthScope, UserPoolClientIdentityProvider } from 'aws-cdk-lib/aws-cognito';
import { LocalCallbacks } from './local-callbacks';
import { UserPoolClientAlarms } from './user-pool-alarms';

/** Choices for an app in which users sign in. All of them may be left out. */
export interface AppClientOptions {
  /**
   * Where the sign-in pages send users with a code: exact https addresses. With them the app signs users in by the authorization code grant;
   * a public app has to add a proof key (PKCE), which Cognito checks where one is sent but does not demand. Never by the implicit grant.
   * @default - none: the app signs users in through the API only, by SRP or passkeys
   */
  readonly callbackUrls?: string[];
  /**
   * Where users may be sent after they signed out: exact https addresses.
   * @default - none
   */
  readonly logoutUrls?: string[];
  /**
   * Whether `http://localhost` may be among the addresses. The sandbox profile allows it without being asked.
   * @default - not outside of the sandbox
   */
  readonly localCallbacks?: LocalCallbacks;
  /**
   * Schemes of native apps that may be among the addresses, like `com.example.shop`. Another app on the device can claim the same scheme:
   * prefer https addresses that the system ties to the app.
   * @default - none
   */
  readonly nativeSchemes?: string[];
  /**
   * Scopes that the app may ask for. `aws.cognito.signin.user.admin`, with which tokens change the user's own attributes, is not among the
   * default ones.
   * @default - openid, email and profile
   */
  readonly scopes?: OAuthScope[];
  /**
   * Whether the app runs on a server and can keep a secret. Apps in browsers and on devices cannot.
   * @default false
   */
  readonly confidential?: boolean;
  /**
   * Who signs users in.
   * @default - the pool itself
   */
  readonly identityProviders?: UserPoolClientIdentityProvider[];
  /**
   * Whether users also sign in by challenges of your own, which the Lambda triggers of the pool make.
   * @default false
   */
  readonly customAuthentication?: boolean;
  /**
   * How long access tokens are valid: from 5 minutes to 1 day. Whoever steals one can use it until then, even after its user signed out.
   * @default Duration.minutes(60)
   */
  readonly accessTokenValidity?: Duration;
  /**
   * How long identity tokens are valid: from 5 minutes to 1 day.
   * @default Duration.minutes(60)
   */
  readonly idTokenValidity?: Duration;
  /**
   * How long a user stays signed in: from 1 hour to 90 days, and not shorter than the other tokens. Refresh tokens are exchanged with each
   * use, and an exchanged one is worth nothing after a minute.
   * @default Duration.days(30)
   */
  readonly refreshTokenValidity?: Duration;
  /**
   * Attributes that the app may read.
   * @default - all that the pool declares
   */
  readonly readAttributes?: ClientAttributes;
  /**
   * Attributes that users may write through the app. Never those for authorization.
   * @default - all that the pool declares, but those for authorization
   */
  readonly writeAttributes?: ClientAttributes;
  /**
   * What to watch.
   * @default - all alarms of the profile, with their default thresholds
   */
  readonly alarms?: UserPoolClientAlarms;
}

/** Choices for a program that calls an API in its own name. */
export interface MachineClientOptions {
  /** Scopes that the program gets, each one of an API of the pool: see `SecureUserPool.addApi`. */
  readonly scopes: OAuthScope[];
  /**
   * How long its access tokens are valid: from 5 to 60 minutes. Each new token is a charged request (about 0.00225 USD).
   * @default Duration.minutes(15)
   */
  readonly accessTokenValidity?: Duration;
}
