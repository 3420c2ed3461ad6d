import { Duration } from 'aws-cdk-lib';
import { HttpMethod, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { CallEgress } from './call-egress';
import { CredentialRefresh } from './credential-refresh';
import { ThirdPartyAlarms } from './third-party-alarms';
import { ThirdPartyCredential } from './third-party-credential';

/** How functions call a third party. They read it from their environment; the code that obeys it is theirs. */
export interface CallSettings {
  /**
   * How long to wait for one answer, in whole milliseconds between 1 second and 60.
   * @default Duration.seconds(3)
   */
  readonly timeout?: Duration;
  /**
   * How often to try again after no answer, 429 or 5xx: between 0 and 5. What is not idempotent must not be tried again without a key that the
   * third party knows it by.
   * @default 1
   */
  readonly retries?: number;
  /**
   * Failures in a row after which not to call any more for a while: between 1 and 100. It keeps a third party that is down from taking the
   * concurrency and the time of the function with it.
   * @default 5
   */
  readonly breakerFailures?: number;
  /**
   * For how long not to call then, between 1 second and 1 hour.
   * @default Duration.seconds(30)
   */
  readonly breakerOpen?: Duration;
}

/** Choices for a third party. */
export interface ThirdPartyApiProps {
  /** Where it answers: `https://api.example.com/v2`. Only https, port 443, a name, and no query. */
  readonly url: string;
  /** Who it is, and what the app calls it for, in a sentence: the report shows it to whoever asks why data leaves. */
  readonly purpose: string;
  /** How it knows who calls. */
  readonly credential: ThirdPartyCredential;
  /**
   * How functions call it.
   * @default - 3 seconds, 1 retry, and a pause of 30 seconds after 5 failures in a row
   */
  readonly calls?: CallSettings;
  /**
   * Who tells EventBridge when the credential has a new value.
   * @default CredentialRefresh.byFunction(), as soon as events are routed
   */
  readonly refresh?: CredentialRefresh;
  /**
   * The key that encrypts the secret, and the copy of it that EventBridge keeps.
   * @default - the data key of the stack, or AWS-owned keys where the profile settles for them
   */
  readonly encryptionKey?: IKey;
}

/** Which events reach a third party, and how. */
export interface ThirdPartyRouteOptions {
  /**
   * What follows the URL: `/charges`.
   * @default - the URL as it is
   */
  readonly path?: string;
  /**
   * The method of the request.
   * @default HttpMethod.POST
   */
  readonly method?: HttpMethod;
  /**
   * The body. Send what the third party needs, and no more: a bucket that it leaves open then has no more either.
   * @default - the detail of the event
   */
  readonly input?: RuleTargetInput;
  /**
   * Requests in a second, at most: between 1 and 300. Events beyond it wait, for up to `maxEventAge`.
   * @default 10
   */
  readonly rateLimit?: number;
  /**
   * How often EventBridge tries to deliver an event, up to 185 times. A request that came through without an answer is repeated: the third party
   * must know it again.
   * @default 185
   */
  readonly retryAttempts?: number;
  /**
   * How long EventBridge tries, between 1 minute and 1 day. What is older goes to the dead-letter queue of the stack.
   * @default - 1 day
   */
  readonly maxEventAge?: Duration;
  /**
   * Tunes the alarms of this route or switches them off.
   * @default - the defaults
   */
  readonly alarms?: ThirdPartyAlarms;
}

/** Rights of a function that calls a third party by itself. */
export interface ThirdPartyCallOptions {
  /**
   * How its requests are held to the third party.
   * @default CallEgress.network()
   */
  readonly egress?: CallEgress;
  /**
   * What the names of its environment variables begin with: capital letters, digits and underscores.
   * @default - made of the id: `Payments` gives `PAYMENTS`
   */
  readonly variablePrefix?: string;
}

