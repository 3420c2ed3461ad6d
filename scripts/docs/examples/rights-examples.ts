import {
  aws_apigateway as apigateway, aws_apigatewayv2 as apigatewayv2, aws_cognito as cognito, aws_dynamodb as dynamodb, aws_ec2 as ec2, aws_iam as iam,
  aws_kms as kms, aws_lambda as lambda, aws_logs as logs, aws_secretsmanager as secretsmanager,
  aws_sns as sns, aws_sqs as sqs, CustomResource,
} from 'aws-cdk-lib';
import { RuleExamples } from './rule-example';

const CODE = { code: lambda.Code.fromInline('exports.handler = async () => {};'), handler: 'index.handler', runtime: lambda.Runtime.NODEJS_24_X };

export const RIGHTS_EXAMPLES: RuleExamples = {
  CognitoTrustAudience: {
    violates(stack) {
      new iam.Role(stack, 'Customer', { assumedBy: new iam.WebIdentityPrincipal('cognito-identity.amazonaws.com') });
    },
    passes(stack) {
      const pool = new cognito.CfnIdentityPool(stack, 'Pool', { allowUnauthenticatedIdentities: false });
      new iam.Role(stack, 'Customer', {
        assumedBy: new iam.WebIdentityPrincipal('cognito-identity.amazonaws.com', {
          'StringEquals': { 'cognito-identity.amazonaws.com:aud': pool.ref },
          'ForAnyValue:StringLike': { 'cognito-identity.amazonaws.com:amr': 'authenticated' },
        }),
      });
    },
  },
  EndpointPolicyOpen: {
    violates(stack) {
      new ec2.CfnVPCEndpoint(stack, 'Endpoint', { vpcId: 'vpc-1', serviceName: 'com.amazonaws.eu-west-1.s3' });
    },
    passes(stack) {
      const own = { StringEquals: { 'aws:ResourceAccount': stack.account, 'aws:PrincipalAccount': stack.account } };
      new ec2.CfnVPCEndpoint(stack, 'Endpoint', {
        vpcId: 'vpc-1',
        serviceName: 'com.amazonaws.eu-west-1.s3',
        policyDocument: { Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*', Condition: own }] },
      });
    },
  },
  FederatedSubjectBreadth: {
    violates(stack) {
      new iam.Role(stack, 'Pipeline', {
        assumedBy: new iam.WebIdentityPrincipal(`arn:aws:iam::${stack.account}:oidc-provider/token.actions.githubusercontent.com`, {
          StringLike: { 'token.actions.githubusercontent.com:sub': 'repo:my-org/*' },
        }),
      });
    },
    passes(stack) {
      new iam.Role(stack, 'Pipeline', {
        assumedBy: new iam.WebIdentityPrincipal(`arn:aws:iam::${stack.account}:oidc-provider/token.actions.githubusercontent.com`, {
          StringEquals: { 'token.actions.githubusercontent.com:sub': 'repo:my-org/shop:environment:production' },
        }),
      });
    },
  },
  FederatedTrustSubject: {
    violates(stack) {
      new iam.Role(stack, 'Pipeline', {
        assumedBy: new iam.WebIdentityPrincipal(`arn:aws:iam::${stack.account}:oidc-provider/token.actions.githubusercontent.com`, {
          StringEquals: { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com' },
        }),
      });
    },
    passes(stack) {
      new iam.Role(stack, 'Pipeline', {
        assumedBy: new iam.WebIdentityPrincipal(`arn:aws:iam::${stack.account}:oidc-provider/token.actions.githubusercontent.com`, {
          StringEquals: { 'token.actions.githubusercontent.com:sub': 'repo:my-org/shop:environment:production' },
        }),
      });
    },
  },
  ForeignAccountAgreed: {
    violates(stack) {
      new lambda.CfnLayerVersionPermission(stack, 'Share', { action: 'lambda:GetLayerVersion', layerVersionArn: 'common:3', principal: '999988887777' });
    },
    passes(stack) {
      new lambda.CfnLayerVersionPermission(stack, 'Share', { action: 'lambda:GetLayerVersion', layerVersionArn: 'common:3', principal: stack.account });
    },
  },
  CustomResourceAbroad: {
    violates(stack) {
      new CustomResource(stack, 'Seed', { serviceToken: `arn:aws:lambda:${stack.region}:999988887777:function:seed` });
    },
    passes(stack) {
      new CustomResource(stack, 'Seed', { serviceToken: `arn:aws:lambda:${stack.region}:${stack.account}:function:seed` });
    },
  },
  ForeignCodeSource: {
    violates(stack) {
      const layer = lambda.LayerVersion.fromLayerVersionArn(stack, 'Agent', `arn:aws:lambda:${stack.region}:999988887777:layer:agent:7`);
      new lambda.Function(stack, 'Print', { ...CODE, layers: [layer] });
    },
    passes(stack) {
      const layer = lambda.LayerVersion.fromLayerVersionArn(stack, 'Agent', `arn:aws:lambda:${stack.region}:${stack.account}:layer:agent:7`);
      new lambda.Function(stack, 'Print', { ...CODE, layers: [layer] });
    },
  },
  ForeignEventSource: {
    violates(stack) {
      new lambda.CfnEventSourceMapping(stack, 'Orders', { functionName: 'print', eventSourceArn: `arn:aws:sqs:${stack.region}:999988887777:orders` });
    },
    passes(stack) {
      new lambda.CfnEventSourceMapping(stack, 'Orders', { functionName: 'print', eventSourceArn: new sqs.Queue(stack, 'Queue').queueArn });
    },
  },
  FunctionCodeRights: {
    violates(stack) {
      const print = new lambda.Function(stack, 'Print', CODE);
      print.addToRolePolicy(new iam.PolicyStatement({ actions: ['lambda:UpdateFunctionCode'], resources: ['*'] }));
    },
    passes(stack) {
      new lambda.Function(stack, 'Pay', CODE).grantInvoke(new lambda.Function(stack, 'Print', CODE));
    },
  },
  GrantWithoutUse: {
    violates(stack) {
      const [orders, jobs] = [new sqs.Queue(stack, 'Orders'), new sqs.Queue(stack, 'Jobs')];
      const print = new lambda.Function(stack, 'Print', { ...CODE, environment: { ORDERS: orders.queueUrl } });
      orders.grantSendMessages(print);
      jobs.grantSendMessages(print);
    },
    passes(stack) {
      const orders = new sqs.Queue(stack, 'Orders');
      orders.grantSendMessages(new lambda.Function(stack, 'Print', { ...CODE, environment: { ORDERS: orders.queueUrl } }));
    },
  },
  GuestRoleRights: {
    violates(stack) {
      const guest = new iam.Role(stack, 'Guest', { assumedBy: new iam.WebIdentityPrincipal('cognito-identity.amazonaws.com') });
      guest.addToPolicy(new iam.PolicyStatement({ actions: ['dynamodb:Query'], resources: ['arn:aws:dynamodb:eu-west-1:111122223333:table/orders'] }));
      new cognito.CfnIdentityPoolRoleAttachment(stack, 'Roles', { identityPoolId: 'pool', roles: { unauthenticated: guest.roleArn } });
    },
    passes(stack) {
      const guest = new iam.Role(stack, 'Guest', { assumedBy: new iam.WebIdentityPrincipal('cognito-identity.amazonaws.com') });
      guest.addToPolicy(new iam.PolicyStatement({ actions: ['mobiletargeting:PutEvents'], resources: ['arn:aws:mobiletargeting:eu-west-1:111122223333:apps/a/events'] }));
      new cognito.CfnIdentityPoolRoleAttachment(stack, 'Roles', { identityPoolId: 'pool', roles: { unauthenticated: guest.roleArn } });
    },
  },
  MemberRoleIsolation: {
    violates(stack) {
      const customer = new iam.Role(stack, 'Customer', { assumedBy: new iam.WebIdentityPrincipal('cognito-identity.amazonaws.com') });
      customer.addToPolicy(new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: ['arn:aws:s3:::files/own/*'] }));
      new cognito.CfnIdentityPoolRoleAttachment(stack, 'Roles', { identityPoolId: 'pool', roles: { authenticated: customer.roleArn } });
    },
    passes(stack) {
      const customer = new iam.Role(stack, 'Customer', { assumedBy: new iam.WebIdentityPrincipal('cognito-identity.amazonaws.com') });
      const own = 'arn:aws:s3:::files/own/${cognito-identity.amazonaws.com:sub}/*';
      customer.addToPolicy(new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: [own] }));
      new cognito.CfnIdentityPoolRoleAttachment(stack, 'Roles', { identityPoolId: 'pool', roles: { authenticated: customer.roleArn } });
    },
  },
  IamPrivilegeEscalation: {
    violates(stack) {
      const start = new lambda.Function(stack, 'Start', CODE);
      start.addToRolePolicy(new iam.PolicyStatement({ actions: ['iam:PassRole'], resources: ['*'] }));
    },
    passes(stack) {
      const start = new lambda.Function(stack, 'Start', CODE);
      new iam.Role(stack, 'Worker', { assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com') }).grantPassRole(start.grantPrincipal);
    },
  },
  IamUserKeys: {
    violates(stack) {
      new iam.AccessKey(stack, 'Key', { user: new iam.User(stack, 'Deploy') });
    },
    passes(stack) {
      new iam.User(stack, 'Deploy');
    },
  },
  IamUserPresent: {
    violates(stack) {
      new iam.User(stack, 'Deploy');
    },
    passes(stack) {
      new iam.Role(stack, 'Deploy', { assumedBy: new iam.AccountPrincipal(stack.account) });
    },
  },
  IndexGrantUnused: {
    violates(stack) {
      const orders = new dynamodb.TableV2(stack, 'Orders', { partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING } });
      const show = new lambda.Function(stack, 'Show', CODE);
      show.addToRolePolicy(new iam.PolicyStatement({ actions: ['dynamodb:Query'], resources: [`${orders.tableArn}/index/*`] }));
    },
    passes(stack) {
      const orders = new dynamodb.TableV2(stack, 'Orders', { partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING } });
      orders.grantReadData(new lambda.Function(stack, 'Show', CODE));
    },
  },
  IntegrationCallerCredentials: {
    violates(stack) {
      new apigatewayv2.CfnIntegration(stack, 'Store', { apiId: 'api', integrationType: 'AWS_PROXY', credentialsArn: 'arn:aws:iam::*:user/*' });
    },
    passes(stack) {
      const role = new iam.Role(stack, 'Sender', { assumedBy: new iam.ServicePrincipal('apigateway.amazonaws.com') });
      new sqs.Queue(stack, 'Orders').grantSendMessages(role);
      new apigateway.CfnMethod(stack, 'Store', {
        restApiId: 'api', resourceId: 'orders', httpMethod: 'POST', authorizationType: 'AWS_IAM', integration: { type: 'AWS', credentials: role.roleArn },
      });
    },
  },
  KeyControlRights: {
    violates(stack) {
      const print = new lambda.Function(stack, 'Print', CODE);
      new kms.Key(stack, 'Key').grant(print, 'kms:CreateGrant');
    },
    passes(stack) {
      const print = new lambda.Function(stack, 'Print', CODE);
      new kms.Key(stack, 'Key').grant(print, 'kms:Decrypt');
    },
  },
  KeyDecryptScope: {
    violates(stack) {
      const login = new lambda.Function(stack, 'Login', CODE);
      new secretsmanager.Secret(stack, 'Password').grantRead(login);
      login.addToRolePolicy(new iam.PolicyStatement({ actions: ['kms:Decrypt'], resources: [new kms.Key(stack, 'Key').keyArn] }));
    },
    passes(stack) {
      const login = new lambda.Function(stack, 'Login', CODE);
      new secretsmanager.Secret(stack, 'Password').grantRead(login);
      const conditions = { StringEquals: { 'kms:ViaService': `secretsmanager.${stack.region}.amazonaws.com` } };
      login.addToRolePolicy(new iam.PolicyStatement({ actions: ['kms:Decrypt'], resources: [new kms.Key(stack, 'Key').keyArn], conditions }));
    },
  },
  LayerOpenEveryone: {
    violates(stack) {
      new lambda.CfnLayerVersionPermission(stack, 'Share', { action: 'lambda:GetLayerVersion', layerVersionArn: 'common:3', principal: '*' });
    },
    passes(stack) {
      new lambda.CfnLayerVersionPermission(stack, 'Share', {
        action: 'lambda:GetLayerVersion', layerVersionArn: 'common:3', principal: '*', organizationId: 'o-abcdefghij',
      });
    },
  },
  LogDataAbroad: {
    violates(stack) {
      new logs.CfnSubscriptionFilter(stack, 'Copy', {
        logGroupName: 'orders', filterPattern: '', destinationArn: `arn:aws:logs:${stack.region}:999988887777:destination:collect`,
      });
    },
    passes(stack) {
      new logs.CfnSubscriptionFilter(stack, 'Copy', {
        logGroupName: 'orders', filterPattern: '', destinationArn: `arn:aws:logs:${stack.region}:${stack.account}:destination:collect`,
      });
    },
  },
  ManagedPolicyAccess: {
    violates(stack) {
      const print = new lambda.Function(stack, 'Print', CODE);
      print.role!.addManagedPolicy(iam.ManagedPolicy.fromAwsManagedPolicyName('AmazonSQSFullAccess'));
    },
    passes(stack) {
      new sqs.Queue(stack, 'Orders').grantSendMessages(new lambda.Function(stack, 'Print', CODE));
    },
  },
  ManagedPolicyBreadth: {
    violates(stack) {
      const print = new lambda.Function(stack, 'Print', CODE);
      print.role!.addManagedPolicy(iam.ManagedPolicy.fromAwsManagedPolicyName('AmazonS3ReadOnlyAccess'));
    },
    passes(stack) {
      new lambda.Function(stack, 'Print', CODE); // with AWSLambdaBasicExecutionRole
    },
  },
  PermissionActionScope: {
    violates(stack) {
      new lambda.CfnPermission(stack, 'Call', { functionName: 'print', principal: 'events.amazonaws.com', action: 'lambda:*' });
    },
    passes(stack) {
      new lambda.CfnPermission(stack, 'Call', { functionName: 'print', principal: 'events.amazonaws.com', action: 'lambda:InvokeFunction' });
    },
  },
  PermissionSourceBreadth: {
    violates(stack) {
      new lambda.CfnPermission(stack, 'Call', {
        functionName: 'print', principal: 'events.amazonaws.com', action: 'lambda:InvokeFunction', sourceArn: stack.formatArn({ service: 'events', resource: 'rule', resourceName: '*' }),
      });
    },
    passes(stack) {
      new lambda.CfnPermission(stack, 'Call', {
        functionName: 'print', principal: 'events.amazonaws.com', action: 'lambda:InvokeFunction', sourceArn: stack.formatArn({ service: 'events', resource: 'rule', resourceName: 'nightly' }),
      });
    },
  },
  PolicyActionWildcard: {
    violates(stack) {
      new sqs.Queue(stack, 'Orders').addToResourcePolicy(new iam.PolicyStatement({
        principals: [new iam.ArnPrincipal(`arn:aws:iam::${stack.account}:role/sender`)], actions: ['sqs:*'], resources: ['*'],
      }));
    },
    passes(stack) {
      new sqs.Queue(stack, 'Orders').addToResourcePolicy(new iam.PolicyStatement({
        principals: [new iam.ArnPrincipal(`arn:aws:iam::${stack.account}:role/sender`)], actions: ['sqs:SendMessage'], resources: ['*'],
      }));
    },
  },
  PolicyForeignAccount: {
    violates(stack) {
      new sqs.Queue(stack, 'Orders').grantSendMessages(new iam.AccountPrincipal('999988887777'));
    },
    passes(stack) {
      new sqs.Queue(stack, 'Orders').grantSendMessages(new iam.AccountPrincipal(stack.account));
    },
  },
  PolicyOpenEveryone: {
    violates(stack) {
      new sqs.Queue(stack, 'Orders').grantSendMessages(new iam.AnyPrincipal());
    },
    passes(stack) {
      new sqs.Queue(stack, 'Orders').grantSendMessages(new iam.OrganizationPrincipal('o-abcdefghij'));
    },
  },
  ReadRouteRights: {
    violates(stack) {
      const orders = new dynamodb.TableV2(stack, 'Orders', { partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING } });
      const show = new lambda.Function(stack, 'Show', CODE);
      orders.grantReadWriteData(show);
      new apigateway.RestApi(stack, 'Api').root.addMethod('GET', new apigateway.LambdaIntegration(show));
    },
    passes(stack) {
      const orders = new dynamodb.TableV2(stack, 'Orders', { partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING } });
      const show = new lambda.Function(stack, 'Show', CODE);
      orders.grantReadData(show);
      new apigateway.RestApi(stack, 'Api').root.addMethod('GET', new apigateway.LambdaIntegration(show));
    },
  },
  RoleTrustEveryone: {
    violates(stack) {
      new iam.Role(stack, 'Reader', { assumedBy: new iam.AnyPrincipal() });
    },
    passes(stack) {
      new iam.Role(stack, 'Reader', { assumedBy: new iam.OrganizationPrincipal('o-abcdefghij') });
    },
  },
  RoleTrustForeign: {
    violates(stack) {
      new iam.Role(stack, 'Reader', { assumedBy: new iam.AccountPrincipal('999988887777') });
    },
    passes(stack) {
      new iam.Role(stack, 'Reader', { assumedBy: new iam.AccountPrincipal('999988887777'), externalIds: ['agreed-with-the-partner'] });
    },
  },
  RoleTrustServices: {
    violates(stack) {
      new iam.Role(stack, 'Worker', {
        assumedBy: new iam.CompositePrincipal(new iam.ServicePrincipal('lambda.amazonaws.com'), new iam.ServicePrincipal('ec2.amazonaws.com')),
      });
    },
    passes(stack) {
      new iam.Role(stack, 'Worker', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    },
  },
  RoleTrustSource: {
    violates(stack) {
      new iam.Role(stack, 'Nightly', { assumedBy: new iam.ServicePrincipal('scheduler.amazonaws.com') });
    },
    passes(stack) {
      new iam.Role(stack, 'Nightly', {
        assumedBy: new iam.ServicePrincipal('scheduler.amazonaws.com', { conditions: { StringEquals: { 'aws:SourceAccount': stack.account } } }),
      });
    },
  },
  SecretManyReaders: {
    violates(stack) {
      const secret = new secretsmanager.Secret(stack, 'Password');
      for (const name of ['Login', 'Logout', 'Mail', 'Report']) secret.grantRead(new lambda.Function(stack, name, CODE));
    },
    passes(stack) {
      const secret = new secretsmanager.Secret(stack, 'Password');
      secret.grantRead(new lambda.Function(stack, 'Login', CODE));
    },
  },
  ServiceGrantCustomary: {
    violates(stack) {
      new sns.Topic(stack, 'Alarms').grantPublish(new iam.ServicePrincipal('cloudwatch.amazonaws.com'));
    },
    passes(stack) {
      const cloudwatch = new iam.ServicePrincipal('cloudwatch.amazonaws.com', { conditions: { StringEquals: { 'aws:SourceAccount': stack.account } } });
      new sns.Topic(stack, 'Alarms').grantPublish(cloudwatch);
    },
  },
  ServiceGrantSource: {
    violates(stack) {
      new sqs.Queue(stack, 'Orders').grantSendMessages(new iam.ServicePrincipal('sns.amazonaws.com'));
    },
    passes(stack) {
      const topics = new iam.ServicePrincipal('sns.amazonaws.com', { conditions: { StringEquals: { 'aws:SourceAccount': stack.account } } });
      new sqs.Queue(stack, 'Orders').grantSendMessages(topics);
    },
  },
  StoreControlRights: {
    violates(stack) {
      const orders = new dynamodb.TableV2(stack, 'Orders', { partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING } });
      const place = new lambda.Function(stack, 'Place', CODE);
      place.addToRolePolicy(new iam.PolicyStatement({ actions: ['dynamodb:PutItem', 'dynamodb:PutResourcePolicy'], resources: [orders.tableArn] }));
    },
    passes(stack) {
      const orders = new dynamodb.TableV2(stack, 'Orders', { partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING } });
      const place = new lambda.Function(stack, 'Place', CODE);
      place.addToRolePolicy(new iam.PolicyStatement({ actions: ['dynamodb:PutItem'], resources: [orders.tableArn] }));
    },
  },
  TenantScanRights: {
    violates(stack) {
      const orders = new dynamodb.TableV2(stack, 'Orders', { partitionKey: { name: 'tenantId', type: dynamodb.AttributeType.STRING } });
      const show = new lambda.Function(stack, 'Show', CODE);
      orders.grantReadData(show);
      new lambda.FunctionUrl(stack, 'Url', { function: show });
    },
    passes(stack) {
      const orders = new dynamodb.TableV2(stack, 'Orders', { partitionKey: { name: 'tenantId', type: dynamodb.AttributeType.STRING } });
      const show = new lambda.Function(stack, 'Show', CODE);
      orders.grant(show, 'dynamodb:Query');
      new lambda.FunctionUrl(stack, 'Url', { function: show });
    },
  },
  UrlPermissionScope: {
    violates(stack) {
      new lambda.CfnPermission(stack, 'Call', { functionName: 'print', action: 'lambda:InvokeFunctionUrl', principal: 'cloudfront.amazonaws.com', sourceAccount: stack.account });
    },
    passes(stack) {
      new lambda.CfnPermission(stack, 'Call', {
        functionName: 'print', action: 'lambda:InvokeFunctionUrl', principal: 'cloudfront.amazonaws.com', sourceArn: `arn:aws:cloudfront::${stack.account}:distribution/E1`,
      });
    },
  },
};
