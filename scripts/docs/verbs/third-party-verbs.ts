import { ConstructWithVerbs } from './verb';
import { SecretRotation } from '../../../src/secrets/secret/secret-rotation';
import { CallEgress } from '../../../src/third-party/call-egress';
import { ThirdPartyApi } from '../../../src/third-party/third-party-api';
import { ThirdPartyCredential } from '../../../src/third-party/third-party-credential';
import { aFunction } from '../../../test/support/self-audit';

export const THIRD_PARTY_VERBS: readonly ConstructWithVerbs[] = [
  {
    name: 'ThirdPartyApi',
    verbs: (stack) => {
      const payments = new ThirdPartyApi(stack, 'Payments', {
        url: 'https://api.example.com',
        purpose: 'charges the cards of customers',
        credential: ThirdPartyCredential.apiKey('x-api-key', { rotation: SecretRotation.off('the partner issues a key once a year, by mail') }),
      });
      const fn = aFunction(stack);
      return [{ call: 'allowCall(fn)', give: () => payments.allowCall(fn, { egress: CallEgress.open('the page shows rights, not networks') }) }];
    },
  },
];
