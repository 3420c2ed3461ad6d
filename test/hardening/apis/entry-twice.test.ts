import { App, Stack } from 'aws-cdk-lib';
import { HttpIntegration, RequestValidator, RestApi } from 'aws-cdk-lib/aws-apigateway';
import { HttpApi, WebSocketApi, WebSocketStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { Distribution } from 'aws-cdk-lib/aws-cloudfront';
import { S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { DefinitionBody, Pass, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { ServerlessSecurity } from '../../../src/app/serverless-security';
import { changesOf } from '../../../src/core/hardening/hardening-change';
import { SecurityProfile } from '../../../src/core/profile/security-profile';
import { hardened, linesOn } from '../support/compared';

test('a second synthesis finds nothing more to do or to tell', () => {
  const app = new App();
  ServerlessSecurity.of(app).harden({ profile: SecurityProfile.regulated() });
  const stack = new Stack(app, 'Shop', { env: { account: '123456789012', region: 'us-east-1' } });
  new RestApi(stack, 'Api').root.addMethod('GET', new HttpIntegration('https://example.org'));
  new HttpApi(stack, 'Http');
  new WebSocketStage(stack, 'Stage', { webSocketApi: new WebSocketApi(stack, 'Socket'), stageName: 'live', autoDeploy: true });
  new Distribution(stack, 'Site', { defaultBehavior: { origin: S3BucketOrigin.withOriginAccessIdentity(new Bucket(stack, 'Files')) } });
  new UserPool(stack, 'Pool', { signInAliases: { email: true } }).addClient('Client');
  new StateMachine(stack, 'Machine', { definitionBody: DefinitionBody.fromChainable(new Pass(stack, 'Done')) });
  const { template } = app.synth().getStackByName('Shop');
  const told = [...changesOf(app)!];
  expect(app.synth({ force: true }).getStackByName('Shop').template).toEqual(template);
  expect(changesOf(app)).toEqual(told);
});

test('what an author points at is no news', () => {
  const { changes } = hardened((stack) => {
    const api = new RestApi(stack, 'Api');
    const requestValidator = new RequestValidator(stack, 'Validator', { restApi: api, validateRequestBody: true });
    api.root.addMethod('GET', new HttpIntegration('https://example.org'), { requestValidator });
  });
  expect(linesOn(changes, 'RequestValidatorId')).toStrictEqual([]);
});
