import { App, Duration, SecretValue, Stack } from 'aws-cdk-lib';
import { RestApi, LambdaIntegration, AuthorizationType } from 'aws-cdk-lib/aws-apigateway';
import { ApiDestination, Authorization, Connection, HttpMethod, Rule } from 'aws-cdk-lib/aws-events';
import { ApiDestination as ApiDestinationTarget } from 'aws-cdk-lib/aws-events-targets';
import { AnyPrincipal, Effect, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Code, Function, ParamsAndSecretsLayerVersion, ParamsAndSecretsVersions, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { asset } from './sample';

// Secrets with a rotation function, a connection to an outside API, parameters, and an API closed to one network by its resource policy.
export const secretsRotation = (app: App): void => {
  const stack = new Stack(app, 'Secrets');
  const secret = new Secret(stack, 'ApiKey', { generateSecretString: { excludePunctuation: true, passwordLength: 40 } });
  const template = new Secret(stack, 'Login', { secretName: 'app/login', generateSecretString: { secretStringTemplate: '{"user":"admin"}', generateStringKey: 'password' } });
  const rotate = new Function(stack, 'Rotate', { runtime: Runtime.PYTHON_3_13, handler: 'app.handler', code: Code.fromAsset(asset('python')), timeout: Duration.minutes(5) });
  secret.addRotationSchedule('Monthly', { rotationLambda: rotate, automaticallyAfter: Duration.days(30) });

  const connection = new Connection(stack, 'Vendor', { authorization: Authorization.apiKey('x-api-key', SecretValue.secretsManager(secret.secretName)) });
  const destination = new ApiDestination(stack, 'VendorApi', { connection, endpoint: 'https://api.vendor.example/v1/events', httpMethod: HttpMethod.POST, rateLimitPerSecond: 20 });
  new Rule(stack, 'ToVendor', { eventPattern: { source: ['app'] }, targets: [new ApiDestinationTarget(destination)] });

  const fn = new Function(stack, 'Fn', {
    runtime: Runtime.PYTHON_3_13,
    handler: 'app.handler',
    code: Code.fromAsset(asset('python')),
    paramsAndSecrets: ParamsAndSecretsLayerVersion.fromVersion(ParamsAndSecretsVersions.V1_0_103, { cacheSize: 500 }),
    environment: { LOGIN: template.secretName },
  });
  template.grantRead(fn);
  new StringParameter(stack, 'Endpoint', { stringValue: 'https://api.vendor.example' }).grantRead(fn);

  const api = new RestApi(stack, 'Internal', {
    policy: new PolicyDocument({
      statements: [
        new PolicyStatement({ effect: Effect.ALLOW, principals: [new AnyPrincipal()], actions: ['execute-api:Invoke'], resources: ['execute-api:/*'] }),
        new PolicyStatement({ effect: Effect.DENY, principals: [new AnyPrincipal()], actions: ['execute-api:Invoke'], resources: ['execute-api:/*'], conditions: { NotIpAddress: { 'aws:SourceIp': ['192.0.2.0/24'] } } }),
      ],
    }),
    defaultMethodOptions: { authorizationType: AuthorizationType.IAM },
  });
  api.root.addResource('login').addMethod('POST', new LambdaIntegration(fn, { proxy: true }));
};
