import { Stack } from 'aws-cdk-lib';
import { IVpcEndpoint } from 'aws-cdk-lib/aws-ec2';
import { ArnPrincipal } from 'aws-cdk-lib/aws-iam';
import { allowed, denied, rights } from './support/rights';
import { ApiAuth } from '../../src/api/access/api-auth';
import { ApiEndpoint } from '../../src/api/domains/api-endpoint';
import { SecureApi } from '../../src/api/secure-api';
import { SecureApiProps } from '../../src/api/secure-api-props';
import { EdgeWebAcl } from '../../src/edge/edge-web-acl';
import { FunctionUrlAuth } from '../../src/http-api/function-url-auth';
import { HttpApiAuth } from '../../src/http-api/http-api-auth';
import { HttpApiFront } from '../../src/http-api/http-api-front';
import { SecureFunctionUrl } from '../../src/http-api/secure-function-url';
import { SecureHttpApi } from '../../src/http-api/secure-http-api';
import { SecureWebsite } from '../../src/website/secure-website';
import { ConnectionAction } from '../../src/websocket-api/connection-action';
import { SecureWebSocketApi } from '../../src/websocket-api/secure-web-socket-api';
import { WebSocketAuth } from '../../src/websocket-api/websocket-auth';
import { aDomain } from '../edge/audit-cases';
import { aFunction } from '../support/self-audit';

const OWN = '111122223333';
const ACL = EdgeWebAcl.fromArn(`arn:aws:wafv2:us-east-1:${OWN}:global/webacl/acl/0a1b2c3d`);
const executeApi = (stack: Stack, apiId: string, rest: string) => stack.formatArn({ service: 'execute-api', resource: apiId, resourceName: rest });

rights('SecureApi.allowInvoke', (stack) => {
  const api = new SecureApi(stack, 'Api', { auth: ApiAuth.iam() });
  const fn = aFunction(stack);
  api.addRoute('GET', '/orders/{id}', fn);
  api.addRoute('PUT', '/orders/{id}', fn);
  const caller = aFunction(stack, 'Caller');
  api.allowInvoke(caller, 'GET', '/orders/{id}');
  return { who: caller, api: executeApi(stack, api.restApi.restApiId, 'prod') };
}, [
  allowed('execute-api:Invoke', '{api}/GET/orders/42'),
  denied('execute-api:Invoke', '{api}/PUT/orders/42'),
  denied('execute-api:Invoke', '{api}/GET/customers/42'),
  denied('execute-api:Invoke', 'arn:aws:execute-api:eu-west-1:111122223333:other/prod/GET/orders/42'),
  denied('execute-api:InvalidateCache', '{api}/GET/orders/42'),
]);

rights('SecureApi.allowInvoke for a role of another account', (stack) => {
  const api = new SecureApi(stack, 'Api', { auth: ApiAuth.iam() });
  const fn = aFunction(stack);
  api.addRoute('GET', '/orders/{id}', fn);
  api.addRoute('PUT', '/orders/{id}', fn);
  api.allowInvoke(new ArnPrincipal('arn:aws:iam::444455556666:role/partner'), 'GET', '/orders/{id}');
  return { who: 'arn:aws:iam::444455556666:role/partner', api: executeApi(stack, api.restApi.restApiId, 'prod') };
}, [
  allowed('execute-api:Invoke', '{api}/GET/orders/42'),
  denied('execute-api:Invoke', '{api}/PUT/orders/42'),
]);

const guarded: [string, SecureApiProps][] = [
  ['of an organization', { auth: ApiAuth.iam(), organizationId: 'o-1234567890' }],
  ['behind a VPC endpoint', { auth: ApiAuth.iam(), endpoint: ApiEndpoint.privateVia([{ vpcEndpointId: 'vpce-1' } as IVpcEndpoint]) }],
];

for (const [kind, props] of guarded) {
  const throughDoor = { 'aws:PrincipalOrgID': 'o-1234567890', 'aws:SourceVpce': 'vpce-1' };
  const setting = (stack: Stack) => {
    const api = new SecureApi(stack, 'Api', props);
    api.addRoute('GET', '/orders', aFunction(stack));
    return { api, caller: aFunction(stack, 'Caller'), arn: executeApi(stack, api.restApi.restApiId, 'prod') };
  };

  rights(`a caller of the account that got nothing, and an API ${kind}`, (stack) => {
    const { caller, arn } = setting(stack);
    return { who: caller, api: arn };
  }, [denied('execute-api:Invoke', '{api}/GET/orders', throughDoor)]);

  rights(`SecureApi.allowInvoke of an API ${kind}`, (stack) => {
    const { api, caller, arn } = setting(stack);
    api.allowInvoke(caller, 'GET', '/orders');
    return { who: caller, api: arn };
  }, [
    allowed('execute-api:Invoke', '{api}/GET/orders', throughDoor),
    denied('execute-api:Invoke', '{api}/GET/orders', { 'aws:PrincipalOrgID': 'o-other', 'aws:SourceVpce': 'vpce-other' }),
  ]);
}

rights('SecureHttpApi.allowInvoke', (stack) => {
  const api = new SecureHttpApi(stack, 'Api', { auth: HttpApiAuth.iam(), front: HttpApiFront.none('only the services of this company call it') });
  const fn = aFunction(stack);
  api.addRoute('GET', '/orders/{id}', fn);
  api.addRoute('PUT', '/orders/{id}', fn);
  const caller = aFunction(stack, 'Caller');
  api.allowInvoke(caller, 'GET', '/orders/{id}');
  return { who: caller, api: executeApi(stack, api.httpApi.apiId, api.stage.stageName) };
}, [
  allowed('execute-api:Invoke', '{api}/GET/orders/42'),
  denied('execute-api:Invoke', '{api}/PUT/orders/42'),
  denied('execute-api:Invoke', '{api}/DELETE/orders/42'),
]);

rights('SecureFunctionUrl.allowInvoke', (stack) => {
  const fn = aFunction(stack, 'Orders', { reservedConcurrentExecutions: 5 });
  const url = new SecureFunctionUrl(stack, 'Url', { handler: fn, auth: FunctionUrlAuth.iam() });
  const caller = aFunction(stack, 'Caller');
  url.allowInvoke(caller);
  return { who: caller, fn: fn.functionArn };
}, [
  allowed('lambda:InvokeFunctionUrl', '{fn}', { 'lambda:FunctionUrlAuthType': 'AWS_IAM' }),
  allowed('lambda:InvokeFunction', '{fn}', { 'lambda:InvokedViaFunctionUrl': 'true' }),
  denied('lambda:InvokeFunction', '{fn}'),
  denied('lambda:InvokeFunctionUrl', '{fn}', { 'lambda:FunctionUrlAuthType': 'NONE' }),
  denied('lambda:UpdateFunctionUrlConfig', '{fn}'),
]);

rights('CloudFront and the function behind it', (stack) => {
  const fn = aFunction(stack, 'Orders', { reservedConcurrentExecutions: 5 });
  const url = new SecureFunctionUrl(stack, 'Url', {
    handler: fn, auth: FunctionUrlAuth.insideFunction('checks the session cookie before anything else'), front: { domain: aDomain(stack), webAcl: ACL },
  });
  return { who: 'cloudfront.amazonaws.com', fn: fn.functionArn, own: url.edge!.distribution.distributionArn };
}, [
  allowed('lambda:InvokeFunctionUrl', '{fn}', { 'aws:SourceArn': '{own}', 'lambda:FunctionUrlAuthType': 'AWS_IAM' }),
  denied('lambda:InvokeFunctionUrl', '{fn}', { 'aws:SourceArn': `arn:aws:cloudfront::${OWN}:distribution/OTHER`, 'lambda:FunctionUrlAuthType': 'AWS_IAM' }),
  denied('lambda:InvokeFunctionUrl', '{fn}', { 'aws:SourceArn': '{own}', 'lambda:FunctionUrlAuthType': 'NONE' }),
  denied('lambda:InvokeFunction', '{fn}', { 'aws:SourceArn': `arn:aws:cloudfront::${OWN}:distribution/OTHER` }),
]);

const chat = (stack: Stack) => {
  const caller = aFunction(stack, 'Caller');
  const api = new SecureWebSocketApi(stack, 'Chat', { auth: WebSocketAuth.iam(), connectHandler: aFunction(stack, 'Connect') });
  return { api, caller, names: { who: caller, api: executeApi(stack, api.webSocketApi.apiId, api.stage.stageName) } };
};

rights('SecureWebSocketApi.allowConnect', (stack) => {
  const { api, caller, names } = chat(stack);
  api.allowConnect(caller);
  return names;
}, [
  allowed('execute-api:Invoke', '{api}/$connect'),
  denied('execute-api:Invoke', '{api}/sendMessage'),
  denied('execute-api:ManageConnections', '{api}/POST/@connections/abc'),
]);

rights('SecureWebSocketApi.allowManageConnections for messages', (stack) => {
  const { api, caller, names } = chat(stack);
  api.allowManageConnections(caller, { actions: [ConnectionAction.SEND] });
  return names;
}, [
  allowed('execute-api:ManageConnections', '{api}/POST/@connections/abc'),
  denied('execute-api:ManageConnections', '{api}/DELETE/@connections/abc'),
  denied('execute-api:Invoke', '{api}/$connect'),
]);

const site = (stack: Stack) => {
  const website = new SecureWebsite(stack, 'Site', { domain: aDomain(stack), webAcl: ACL });
  const distribution = website.distribution.distributionArn;
  return { website, names: { bucket: website.bucket.bucketArn, key: website.bucket.encryptionKey!.keyArn, distribution } };
};

rights('SecureWebsite.allowDeploy', (stack) => {
  const { website, names } = site(stack);
  const pipeline = aFunction(stack, 'Pipeline');
  website.allowDeploy(pipeline);
  return { who: pipeline, ...names };
}, [
  allowed('s3:PutObject', '{bucket}/index.html'),
  allowed('s3:DeleteObject', '{bucket}/index.html'),
  allowed('s3:ListBucket', '{bucket}'),
  allowed('cloudfront:CreateInvalidation', '{distribution}'),
  denied('s3:GetObject', '{bucket}/index.html'),
  denied('s3:DeleteObjectVersion', '{bucket}/index.html'),
  denied('s3:PutBucketPolicy', '{bucket}'),
  denied('cloudfront:UpdateDistribution', '{distribution}'),
  denied('cloudfront:CreateInvalidation', `arn:aws:cloudfront::${OWN}:distribution/OTHER`),
]);

rights('CloudFront and the files of a SecureWebsite', (stack) => {
  const { names } = site(stack);
  return { who: 'cloudfront.amazonaws.com', ...names };
}, [
  allowed('s3:GetObject', '{bucket}/index.html', { 'aws:SourceArn': '{distribution}' }),
  allowed('kms:Decrypt', '{key}', { 'aws:SourceArn': '{distribution}' }),
  denied('s3:GetObject', '{bucket}/index.html', { 'aws:SourceArn': `arn:aws:cloudfront::${OWN}:distribution/OTHER` }),
  denied('s3:GetObject', '{bucket}/index.html'),
  denied('s3:PutObject', '{bucket}/index.html', { 'aws:SourceArn': '{distribution}' }),
  denied('s3:ListBucket', '{bucket}', { 'aws:SourceArn': '{distribution}' }),
  denied('kms:Decrypt', '{key}', { 'aws:SourceArn': 'arn:aws:cloudfront::444455556666:distribution/OTHER' }),
]);
