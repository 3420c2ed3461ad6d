import { App, CfnOutput, RemovalPolicy, Stack, StackProps } from 'aws-cdk-lib';
import { CorsHttpMethod, HttpApi, HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpJwtAuthorizer, HttpUserPoolAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { OAuthScope, UserPool, UserPoolClientIdentityProvider, VerificationEmailStyle } from 'aws-cdk-lib/aws-cognito';
import { TableV2, AttributeType, Billing } from 'aws-cdk-lib/aws-dynamodb';
import { Architecture, Code, Function, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';

// An HTTP API whose routes ask for a token of a user pool, one of a foreign issuer, or none.
class NotesStack extends Stack {
  readonly pool: UserPool;

  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    this.pool = new UserPool(this, 'UserPool', {
      selfSignUpEnabled: true,
      signInAliases: { email: true },
      autoVerify: { email: true },
      userVerification: { emailStyle: VerificationEmailStyle.LINK },
      standardAttributes: { email: { required: true, mutable: true } },
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.pool.addDomain('Domain', { cognitoDomain: { domainPrefix: 'notes-sample' } });
    const client = this.pool.addClient('WebClient', {
      generateSecret: false,
      authFlows: { userPassword: true, userSrp: true },
      oAuth: { flows: { implicitCodeGrant: true }, scopes: [OAuthScope.OPENID, OAuthScope.EMAIL], callbackUrls: ['http://localhost:3000', 'https://notes.example.com'] },
      supportedIdentityProviders: [UserPoolClientIdentityProvider.COGNITO],
    });

    const notes = new TableV2(this, 'Notes', {
      partitionKey: { name: 'owner', type: AttributeType.STRING },
      sortKey: { name: 'id', type: AttributeType.STRING },
      billing: Billing.onDemand(),
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const handler = new Function(this, 'NotesFn', {
      runtime: Runtime.NODEJS_22_X,
      architecture: Architecture.ARM_64,
      tracing: Tracing.ACTIVE,
      handler: 'index.handler',
      code: Code.fromInline('exports.handler = async () => ({ statusCode: 200 })'),
      environment: { TABLE_NAME: notes.tableName },
    });
    notes.grantReadWriteData(handler);

    const api = new HttpApi(this, 'NotesApi', {
      defaultAuthorizer: new HttpUserPoolAuthorizer('UserPoolAuth', this.pool, { userPoolClients: [client] }),
      corsPreflight: { allowOrigins: ['https://notes.example.com'], allowMethods: [CorsHttpMethod.GET, CorsHttpMethod.POST], allowHeaders: ['Authorization'] },
    });
    const integration = new HttpLambdaIntegration('NotesIntegration', handler);
    api.addRoutes({ path: '/notes', methods: [HttpMethod.GET, HttpMethod.POST], integration });
    api.addRoutes({
      path: '/partners/notes',
      methods: [HttpMethod.GET],
      integration,
      authorizer: new HttpJwtAuthorizer('Partner', 'https://login.example.com', { jwtAudience: ['3131231'] }),
    });
    new CfnOutput(this, 'ApiUrl', { value: api.url! });
    new CfnOutput(this, 'UserPoolId', { value: this.pool.userPoolId });
  }
}

export const cognitoHttp = (app: App): void => {
  new NotesStack(app, 'Notes', { env: { account: '111122223333', region: 'eu-west-1' } });
};
