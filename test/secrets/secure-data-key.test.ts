import { join } from 'path';
import { caseFiles } from '../../scripts/judges/cases';
import { StackDataKey } from '../../src/core/keys/stack-data-key';
import { SecurityProfile } from '../../src/core/profile/security-profile';
import { SecureKey } from '../../src/secrets/key/secure-key';
import { Json } from '../support/api';
import { templateOf, testStack } from '../support/apps';
import { AuditCase } from '../support/self-audit';

const CASES = caseFiles().flatMap((file) => Object.entries(jest.requireActual<{ [name: string]: AuditCase[] }>(join(__dirname, '..', file)))
  .filter(([name]) => name.endsWith('_CASES')).flatMap(([, cases]) => cases));

/** Cases that bring a data key along themselves, or have none. */
const OWN = /as the data key of its stack|^StackDataKey$/;

test.each(CASES.filter(([name]) => !OWN.test(name)))('a SecureKey as the data key of the stack opens itself for all that is needed: %s', (_, make) => {
  const stack = testStack({ profile: SecurityProfile.production() });
  const key = new SecureKey(stack, 'OwnKey');
  StackDataKey.use(stack, key);
  make(stack);
  const keys = Object.values(templateOf(stack).findResources('AWS::KMS::Key', { Properties: { Description: 'Shop/OwnKey' } })) as Json[];
  expect(keys.map(({ Properties }) => Properties.KeyPolicy.Statement.map(({ Sid }: Json) => Sid).slice(0, 2))).toEqual([['IamPolicies', 'GrantsOnlyForAwsServices']]);
});
