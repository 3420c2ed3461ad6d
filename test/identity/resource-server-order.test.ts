import { SecureUserPool } from '../../src/identity/secure-user-pool';
import { templateOf, testStack } from '../support/apps';

test('scopes stand by their names, in whatever order a language hands them over', () => {
  const [one, other] = [{ write: 'Place orders', read: 'See own orders' }, { read: 'See own orders', write: 'Place orders' }].map((scopes) => {
    const stack = testStack();
    new SecureUserPool(stack, 'Customers').addApi('Orders', { identifier: 'orders', scopes });
    return JSON.stringify(templateOf(stack));
  });
  expect(one).toBe(other);
  expect(one).toContain('"Scopes":[{"ScopeDescription":"See own orders","ScopeName":"read"},{"ScopeDescription":"Place orders","ScopeName":"write"}]');
});
