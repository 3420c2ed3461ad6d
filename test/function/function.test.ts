import { Code, Runtime } from 'aws-cdk-lib/aws-lambda';
import { SecureFunction } from '../../src/function/secure-function';
import { RECOMMENDED_FLAGS, findingsOf, templateOf, testStack, unexplained } from '../support/apps';

test('try', () => {
  for (const flags of [{}, RECOMMENDED_FLAGS]) {
    const stack = testStack({ flags });
    new SecureFunction(stack, 'Orders', { code: Code.fromInline('exports.handler = () => {}'), handler: 'index.handler', runtime: Runtime.NODEJS_24_X, environment: { TABLE: 'a' }, asyncInvocation: {} });
    const t = templateOf(stack).toJSON(); console.log(Object.entries(t.Resources).map(([k, v]: any) => k + " " + v.Type).join("\n"), JSON.stringify(Object.values(t.Resources).filter((v: any) => /Lambda|Role/.test(v.Type)), null, 1).slice(0, 0), JSON.stringify(Object.values(t.Resources).filter((v: any) => /Lambda/.test(v.Type)), null, 1));
    console.log(findingsOf(stack), unexplained(findingsOf(stack)));
  }
});
