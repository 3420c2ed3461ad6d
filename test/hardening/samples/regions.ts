import * as cdk from 'aws-cdk-lib';
import * as apigwv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpIamAuthorizer, HttpLambdaAuthorizer, HttpLambdaResponseType } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import { FunctionUrlOrigin, HttpOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';

interface RegionalProps extends cdk.StackProps {
  readonly stageName: string;
}

class RegionalApi extends cdk.Stack {
  constructor(scope: Construct, id: string, props: RegionalProps) {
    super(scope, id, props);
    const handler = new lambda.Function(this, 'Handler', {
      functionName: `orders-${props.stageName}`,
      runtime: lambda.Runtime.PYTHON_3_13,
      architecture: lambda.Architecture.ARM_64,
      handler: 'index.handler',
      code: lambda.Code.fromInline('def handler(event, context):\n    return {"statusCode": 200}'),
      timeout: cdk.Duration.seconds(15),
    });
    const auth = new lambda.Function(this, 'Auth', { runtime: lambda.Runtime.PYTHON_3_13, handler: 'index.handler', code: lambda.Code.fromInline('def handler(event, context):\n    return {"isAuthorized": True}') });
    const api = new apigwv2.HttpApi(this, 'Http', { createDefaultStage: false });
    api.addStage('Stage', { stageName: props.stageName, autoDeploy: true, throttle: { rateLimit: 50, burstLimit: 20 } });
    const integration = new HttpLambdaIntegration('Orders', handler);
    api.addRoutes({ path: '/orders', methods: [apigwv2.HttpMethod.GET], integration, authorizer: new HttpLambdaAuthorizer('Lambda', auth, { responseTypes: [HttpLambdaResponseType.SIMPLE] }) });
    api.addRoutes({ path: '/admin/{proxy+}', methods: [apigwv2.HttpMethod.ANY], integration, authorizer: new HttpIamAuthorizer() });
    new cdk.CfnOutput(this, 'ApiId', { value: api.apiId, exportName: `orders-${props.stageName}-api` });
  }
}

// The same stack in three regions and once without an environment, from a loop over context.
export const multiRegion = (app: cdk.App): void => {
  const stages: Record<string, cdk.Environment | undefined> = {
    dev: undefined,
    eu: { account: '111122223333', region: 'eu-west-1' },
    us: { account: '111122223333', region: 'us-east-2' },
    cn: { account: '999988887777', region: 'cn-north-1' },
  };
  for (const [stageName, env] of Object.entries(stages)) new RegionalApi(app, `Orders-${stageName}`, { env, stageName, terminationProtection: stageName !== 'dev' });
};

// CloudFront in front of a function URL and an API, with Lambda@Edge, a CloudFront function and a cross-region stack.
export const edgeSite = (app: cdk.App): void => {
  const env = { account: '111122223333', region: 'eu-west-1' };
  const stack = new cdk.Stack(app, 'Edge', { env });
  const ssr = new lambda.Function(stack, 'Ssr', { runtime: lambda.Runtime.NODEJS_22_X, handler: 'index.handler', code: lambda.Code.fromInline('exports.handler = async () => "<p>hi</p>";'), memorySize: 1024 });
  const url = ssr.addFunctionUrl({ authType: lambda.FunctionUrlAuthType.AWS_IAM });
  const headers = new cloudfront.experimental.EdgeFunction(stack, 'Headers', { runtime: lambda.Runtime.NODEJS_20_X, handler: 'index.handler', code: lambda.Code.fromInline('exports.handler = async (e) => e.Records[0].cf.response;') });
  const rewrite = new cloudfront.Function(stack, 'Rewrite', { code: cloudfront.FunctionCode.fromInline('function handler(event) { return event.request; }'), runtime: cloudfront.FunctionRuntime.JS_2_0 });
  new cloudfront.Distribution(stack, 'Cdn', {
    defaultBehavior: {
      origin: FunctionUrlOrigin.withOriginAccessControl(url),
      edgeLambdas: [{ functionVersion: headers.currentVersion, eventType: cloudfront.LambdaEdgeEventType.VIEWER_RESPONSE }],
      functionAssociations: [{ function: rewrite, eventType: cloudfront.FunctionEventType.VIEWER_REQUEST }],
      viewerProtocolPolicy: cloudfront.ViewerProtocolPolicy.HTTPS_ONLY,
      cachePolicy: cloudfront.CachePolicy.CACHING_DISABLED,
    },
    additionalBehaviors: { 'v1/*': { origin: new HttpOrigin('a1b2c3.execute-api.eu-west-1.amazonaws.com'), originRequestPolicy: cloudfront.OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER } },
    priceClass: cloudfront.PriceClass.PRICE_CLASS_100,
    enableLogging: true,
  });
};
