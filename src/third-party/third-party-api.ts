import { Connection, EventBus, EventPattern, Rule } from 'aws-cdk-lib/aws-events';
import { Grant } from 'aws-cdk-lib/aws-iam';
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { CredentialRefresh } from './credential-refresh';
import { ThirdPartyApiProps, ThirdPartyCallOptions, ThirdPartyRouteOptions } from './third-party-api-props';
import { allowCalls } from './third-party-calls';
import { checkThirdParty, hostOf } from './third-party-checks';
import { makeConnection } from './third-party-connection';
import { checkThirdPartyRoute, routeToThirdParty } from './third-party-routes';
import { placeOf } from '../core/configuration-error';
import { recordProps } from '../core/exceptions/overrides';
import { markOwn } from '../core/own-part';
import { recordThirdParty } from '../core/third-party/third-party-record';
import { SecureSecret } from '../secrets/secret/secure-secret';

/**
 * The HTTP API of somebody else: its credential in a secret of its own, events sent to it with a limit, and functions let in one by one.
 *
 * ```ts
 * const payments = new ThirdPartyApi(this, 'Payments', {
 *   url: 'https://api.example.com/v2',
 *   purpose: 'charges the cards of customers',
 *   credential: ThirdPartyCredential.apiKey('x-api-key', { rotation: SecretRotation.off('the partner issues a key once a year, by mail') }),
 * });
 * payments.routeEvents('Charge', new SecureEventBus(this, 'Bus'), { source: ['shop.orders'], detailType: ['OrderPlaced'] }, { path: '/charges' });
 * ```
 *
 * EventBridge waits for an answer for 5 seconds, and tries again; no answer comes back to the app. What needs the answer is a function with
 * `allowCall`. The report lists the third party with its purpose.
 *
 * While idle it costs its secret (0.40 USD a month), and for routes their alarms and those of the function that refreshes the credential
 * (0.10 USD each). EventBridge takes 0.20 USD for a million requests.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-api-destinations.html
 */
export class ThirdPartyApi extends Construct {
  /** Where the credential lies. Put the right value there by hand, or let its rotation do so. */
  public readonly secret: SecureSecret;
  /** The host that answers. */
  public readonly host: string;
  private connection?: Connection;

  /**
   * @throws ConfigurationError [ThirdPartyApi.Url] when the URL is not one of https, with a public name and nothing secret
   * @throws ConfigurationError [ThirdPartyApi.Purpose] when it does not say what for
   * @throws ConfigurationError [ThirdPartyApi.Credential] when EventBridge would not take its name, client or scope
   * @throws ConfigurationError [ThirdPartyApi.Header] when a key would stand in what is no header
   * @throws ConfigurationError [ThirdPartyApi.Timeout], [.Retries] or [.Breaker] when a setting for calls lies outside of its limits
   * @throws ConfigurationError [ThirdPartyApi.Reason] when the refresh is left to somebody with a reason that nobody can judge
   */
  constructor(scope: Construct, id: string, private readonly props: ThirdPartyApiProps) {
    checkThirdParty(placeOf(scope, id), props);
    super(scope, id);
    markOwn(this);
    recordProps(this, 'ThirdPartyApi', props);
    const { rotation, secret } = props.credential._options;
    this.host = hostOf(props.url);
    this.secret = secret ?? new SecureSecret(this, 'Credential', {
      description: `Credential for ${this.host}`,
      content: props.credential._content,
      rotation,
      encryptionKey: props.encryptionKey,
    });
    recordThirdParty(this, { kind: 'domain', name: this.host, reason: props.purpose });
  }

  /**
   * Sends events that match to the third party, over TLS, with its credential and no more requests in a second than `rateLimit`. What it does not
   * take in time goes to the dead-letter queue of the stack.
   * @param id Id of the rule
   * @param bus A bus of this stack
   * @param pattern Which events, by their sources at least
   * @param options What is called and how often, and when an event is given up
   * @throws ConfigurationError [EventPattern.Source] when the pattern matches events of sources that nobody named
   * @throws ConfigurationError [EventPattern.Values] when a field of the pattern has no values
   * @throws ConfigurationError [ThirdPartyApi.Path], [.Method], [.RateLimit], [.RetryAttempts] or [.MaxEventAge] for what would fail or lead elsewhere
   */
  public routeEvents(id: string, bus: EventBus, pattern: EventPattern, options: ThirdPartyRouteOptions = {}): Rule {
    const { url, credential, purpose, refresh = CredentialRefresh.byFunction() } = this.props;
    checkThirdPartyRoute(this, url, pattern, options);
    this.connection ??= makeConnection(this, { description: `${this.host}: ${purpose}`.replace(/\s+/g, ' ').slice(0, 512), secret: this.secret, credential, refresh });
    return routeToThirdParty(this, id, bus, pattern, url, this.connection, options);
  }

  /**
   * Lets a function call the third party by itself: it may read the secret, its network lets it out to the host, and its environment says how to call:
   *
   * | Variable | |
   * |---|---|
   * | `PAYMENTS_URL` | where |
   * | `PAYMENTS_CREDENTIAL_ARN` | the secret; read it once for each execution environment, and again after 401 or 403 |
   * | `PAYMENTS_TIMEOUT_MS`, `PAYMENTS_RETRIES` | for each request |
   * | `PAYMENTS_BREAKER_FAILURES`, `PAYMENTS_BREAKER_OPEN_MS` | after so many failures in a row, for how long not to call |
   *
   * @throws ConfigurationError [ThirdPartyApi.Egress] when nothing holds the requests of the function to the host
   * @throws ConfigurationError [ThirdPartyApi.CallTime] when the function could end while it waits
   * @throws ConfigurationError [ThirdPartyApi.VariablePrefix] when the names of the variables would not do
   * @throws ConfigurationError [ThirdPartyApi.Reason] when egress is open for a reason that nobody can judge
   */
  public allowCall(fn: LambdaFunction, options: ThirdPartyCallOptions = {}): Grant {
    return allowCalls(this, fn, { url: this.props.url, secret: this.secret, calls: this.props.calls ?? {} }, options);
  }
}
