import { App, Stack } from 'aws-cdk-lib';
import { AttributeType } from 'aws-cdk-lib/aws-dynamodb';
import { Code, Runtime } from 'aws-cdk-lib/aws-lambda';
import { ApiAuth } from '../../src/api/access/api-auth';
import { SecureApi } from '../../src/api/secure-api';
import { SecurityPosture } from '../../src/app/security-posture';
import { ServerlessSecurity } from '../../src/app/serverless-security';
import { SecurityProfile } from '../../src/core/profile/security-profile';
import { SecureTable } from '../../src/database/table/secure-table';
import { SecureFunction } from '../../src/function/secure-function';
import { CostEstimate, Posture } from '../../src/report/form/posture-form';
import { SecureBucket } from '../../src/storage/secure-bucket';

const BODY = { type: 'object', properties: { note: { type: 'string', maxLength: 100 } }, additionalProperties: false };

/** Networks and signatures are no part of what the profiles are compared by. */
const REGULATED = () => SecurityProfile.regulated().with({
  networkRequired: false, codeSigningRequired: false, concurrencyRequired: false, reason: 'the cost of networks is not counted, and there is no code to sign',
});

function shopIn(profile: SecurityProfile): CostEstimate {
  const app = new App({ context: { '@aws-cdk/core:failSynthOnValidationErrors': false } });
  ServerlessSecurity.of(app).enforce({ profile, packs: [] });
  const stack = new Stack(app, 'Shop');
  new SecureBucket(stack, 'Files');
  const orders = new SecureTable(stack, 'Orders', { partitionKey: { name: 'id', type: AttributeType.STRING } });
  const [read, place] = ['Read', 'Place', 'Clean'].map((id) => (
    new SecureFunction(stack, id, { runtime: Runtime.NODEJS_24_X, handler: 'index.handler', code: Code.fromInline('exports.handler = async () => ({});') })));
  orders.allowRead(read);
  const api = new SecureApi(stack, 'Api', { auth: ApiAuth.iam() });
  api.addRoute('GET', '/orders', read);
  api.addRoute('POST', '/orders', place, { body: BODY });
  return (SecurityPosture.fromApp(app).toJson() as unknown as Posture).cost;
}

test('what another profile is said to cost is what the same app costs in it', () => {
  const costs = { sandbox: shopIn(SecurityProfile.sandbox()), production: shopIn(SecurityProfile.production()), regulated: shopIn(REGULATED()) };
  const totals = { sandbox: costs.sandbox.total, production: costs.production.total, regulated: costs.regulated.total };
  expect(totals).toEqual({ sandbox: 0.7, production: 14.8, regulated: 29.7 });
  for (const { neighbours } of Object.values(costs)) {
    for (const { profile, total } of neighbours) expect([profile, total]).toEqual([profile, totals[profile as keyof typeof totals]]);
  }
  expect(costs.production.neighbours.map(({ profile }) => profile)).toEqual(['sandbox', 'regulated']);
});
