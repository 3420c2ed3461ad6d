import { SecureEventBus } from '../../src/messaging/event-bus/secure-event-bus';
import { SecretRotation } from '../../src/secrets/secret/secret-rotation';
import { CallEgress } from '../../src/third-party/call-egress';
import { CredentialRefresh } from '../../src/third-party/credential-refresh';
import { ThirdPartyApi } from '../../src/third-party/third-party-api';
import { ThirdPartyCredential } from '../../src/third-party/third-party-credential';
import { aFunction, AuditCase, demanded } from '../support/self-audit';

const rotation = SecretRotation.off('the partner issues a key once a year, by mail');
const ABOUT = { url: 'https://api.example.com/v2', purpose: 'charges the cards of customers' };
const PATTERN = { source: ['shop.orders'], detailType: ['OrderPlaced'] };

export const THIRD_PARTY_CASES: readonly AuditCase[] = [
  ['ThirdPartyApi', (stack) => { new ThirdPartyApi(stack, 'Payments', { ...ABOUT, credential: ThirdPartyCredential.apiKey('x-api-key', { rotation }) }); }],
  ['ThirdPartyApi that gets events', (stack) => {
    const credential = ThirdPartyCredential.oauthClient({ rotation, clientId: 'shop', tokenUrl: 'https://auth.example.com/token', scope: 'charge' });
    const payments = new ThirdPartyApi(stack, 'Payments', { ...ABOUT, credential, refresh: CredentialRefresh.byFunction(demanded(stack)) });
    payments.routeEvents('Charge', new SecureEventBus(stack, 'Bus'), PATTERN, { path: '/charges' });
  }],
  ['ThirdPartyApi that a function calls', (stack) => {
    const payments = new ThirdPartyApi(stack, 'Payments', { ...ABOUT, credential: ThirdPartyCredential.basic({ rotation, username: 'shop' }) });
    payments.allowCall(aFunction(stack), { egress: CallEgress.open('the networks of this test have no way out') });
  }],
];
