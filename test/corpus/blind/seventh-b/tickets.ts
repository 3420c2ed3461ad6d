import { accessControl, ALL_BUT_HOST, behavior, BY_FRONT, CACHING_OPTIMIZED, front, httpsOrigin } from './front';
import { ACCOUNT, admit, alarm, alarms, allow, arn, att, basics, fn, join, key, logs, NONE, ref, Resources, signing, sub, table, USE_KEY } from './parts';
import { accessLogs, bucket, HTTP_FORMAT } from './stores';
import { Template } from '../../seed';
import { add, breach, BlindSeed, env, fault, prop, remove, safe, statements, trust } from '../support';
import { namedGroups } from './styles';

const hostOf = (url: string): Template => ({ 'Fn::Select': [2, { 'Fn::Split': ['/', att(url, 'FunctionUrl')] }] });

const edgeParts = fn('Lang', { more: { Timeout: 5, MemorySize: 128 } });
for (const name of ['KmsKeyArn', 'TracingConfig', 'ReservedConcurrentExecutions']) delete edgeParts.Lang.Properties[name];
edgeParts.LangRole.Properties.AssumeRolePolicyDocument.Statement[0].Principal.Service = ['lambda.amazonaws.com', 'edgelambda.amazonaws.com'];
edgeParts.LangRole.Properties.Policies[0].PolicyDocument.Statement = [basics('Lang')[0]];

const wsRoute = (RouteKey: string, more: Template = {}): Template => ({
  Type: 'AWS::ApiGatewayV2::Route', Properties: { ApiId: ref('Seats'), RouteKey, Target: join('integrations/', ref('SeatsProxy')), ...more },
});

const resources: Resources = {
  Key: key('cloudwatch', 'cloudfront'),
  Signing: signing(),
  ...alarms(),
  ...accessLogs(),
  ...bucket('Site', {}, admit({ Service: 'cloudfront.amazonaws.com' }, 's3:GetObject', join(att('Site'), '/*'), BY_FRONT)),
  SiteControl: accessControl('s3'),
  UrlControl: accessControl('lambda'),
  ...edgeParts,
  LangVersion: { Type: 'AWS::Lambda::Version', Properties: { FunctionName: ref('Lang'), Description: 'one for each language' } },
  ...fn('Buy', { can: [allow(['dynamodb:PutItem', 'dynamodb:GetItem'], att('Sold')), USE_KEY], env: { SOLD: ref('Sold') } }),
  BuyLive: { Type: 'AWS::Lambda::Alias', Properties: { FunctionName: ref('Buy'), FunctionVersion: att('BuyVersion', 'Version'), Name: 'live' } },
  BuyVersion: { Type: 'AWS::Lambda::Version', Properties: { FunctionName: ref('Buy') } },
  BuyUrl: {
    Type: 'AWS::Lambda::Url',
    DependsOn: ['BuyLive'],
    Properties: {
      TargetFunctionArn: ref('Buy'),
      Qualifier: 'live',
      AuthType: 'AWS_IAM',
      InvokeMode: 'BUFFERED',
      Cors: { AllowOrigins: ['https://tickets.example.org'], AllowMethods: ['POST'], AllowHeaders: ['content-type'], AllowCredentials: true, MaxAge: 300 },
    },
  },
  BuyByFront: {
    Type: 'AWS::Lambda::Permission',
    Properties: {
      FunctionName: ref('BuyLive'),
      Action: 'lambda:InvokeFunctionUrl',
      FunctionUrlAuthType: 'AWS_IAM',
      Principal: 'cloudfront.amazonaws.com',
      SourceArn: sub('arn:${AWS::Partition}:cloudfront::${AWS::AccountId}:distribution/${Front}'),
      SourceAccount: ACCOUNT,
    },
  },
  BuyInvokedByFront: {
    Type: 'AWS::Lambda::Permission',
    Properties: {
      FunctionName: ref('BuyLive'),
      Action: 'lambda:InvokeFunction',
      InvokedViaFunctionUrl: true,
      Principal: 'cloudfront.amazonaws.com',
      SourceArn: sub('arn:${AWS::Partition}:cloudfront::${AWS::AccountId}:distribution/${Front}'),
      SourceAccount: ACCOUNT,
    },
  },
  Sold: table(['show', 'seat']),
  ...front('tickets.example.org', [
    { Id: 'site', DomainName: att('Site', 'RegionalDomainName'), OriginAccessControlId: att('SiteControl', 'Id'), S3OriginConfig: { OriginAccessIdentity: '' } },
    { ...httpsOrigin('buy', hostOf('BuyUrl')), OriginAccessControlId: att('UrlControl', 'Id') },
  ], behavior('site', { CachePolicyId: CACHING_OPTIMIZED, LambdaFunctionAssociations: [{ EventType: 'viewer-request', LambdaFunctionARN: ref('LangVersion') }] }), {
    CacheBehaviors: [behavior('buy', { PathPattern: '/buy/*', AllowedMethods: ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE'], OriginRequestPolicyId: ALL_BUT_HOST })],
    CustomErrorResponses: [{ ErrorCode: 403, ResponseCode: 404, ResponsePagePath: '/404.html' }],
  }),
  FrontFails: alarm('AWS/CloudFront', '5xxErrorRate', { DistributionId: ref('Front'), Region: 'Global' }, 'Average'),
  Seats: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'seats', ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.action' } },
  ...fn('Hold', { can: [allow('dynamodb:UpdateItem', att('Sold')), USE_KEY], env: { SOLD: ref('Sold') } }),
  HoldCalled: {
    Type: 'AWS::Lambda::Permission',
    Properties: { FunctionName: ref('Hold'), Action: 'lambda:InvokeFunction', Principal: 'apigateway.amazonaws.com', SourceAccount: ACCOUNT, SourceArn: arn('execute-api', '${Seats}/live/$connect') },
  },
  HoldCalledForSeat: {
    Type: 'AWS::Lambda::Permission',
    Properties: { FunctionName: ref('Hold'), Action: 'lambda:InvokeFunction', Principal: 'apigateway.amazonaws.com', SourceAccount: ACCOUNT, SourceArn: arn('execute-api', '${Seats}/live/hold') },
  },
  SeatsProxy: {
    Type: 'AWS::ApiGatewayV2::Integration',
    Properties: { ApiId: ref('Seats'), IntegrationType: 'AWS_PROXY', IntegrationUri: sub('arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Hold.Arn}/invocations') },
  },
  SeatsConnect: wsRoute('$connect', { AuthorizationType: 'AWS_IAM' }),
  SeatsHold: wsRoute('hold'),
  SeatsLogs: logs(sub('/api/${AWS::StackName}/seats')),
  SeatsLive: {
    Type: 'AWS::ApiGatewayV2::Stage',
    Properties: {
      ApiId: ref('Seats'),
      StageName: 'live',
      AutoDeploy: true,
      AccessLogSettings: { DestinationArn: att('SeatsLogs'), Format: HTTP_FORMAT.replace('$context.authorizer.principalId', '$context.identity.userArn') },
      DefaultRouteSettings: { ThrottlingBurstLimit: 100, ThrottlingRateLimit: 50, LoggingLevel: 'ERROR', DataTraceEnabled: false, DetailedMetricsEnabled: true },
    },
  },
  SeatsFail: alarm('AWS/ApiGateway', 'IntegrationError', { ApiId: ref('Seats'), Stage: 'live' }),
};

const config = (t: Template): Template => prop(t, 'Front').DistributionConfig as Template;
const headers = (t: Template): Template => prop(t, 'Headers').ResponseHeadersPolicyConfig.SecurityHeadersConfig as Template;

export const TICKETS: BlindSeed = {
  name: 'A sale of tickets: a site at the edge, function URLs and a WebSocket API',
  style: 'terraform',
  stacks: { Tickets: { Resources: namedGroups(resources) } },
  mutants: [
    fault('G10', 'the sale runs a wrapper around its handler', ({ Tickets }) => { env(Tickets, 'Buy').AWS_LAMBDA_EXEC_WRAPPER = '/opt/start.sh'; }),
    fault('G11', 'any page with TLS may buy in the name of its visitor', ({ Tickets }) => { prop(Tickets, 'BuyUrl').Cors = { AllowOrigins: [join('https', '://', '*')], AllowCredentials: 'true', AllowMethods: ['POST'] }; }),
    fault('G12', 'a page on plain HTTP may use the second API', ({ Tickets }) => {
      add(Tickets, 'More', 'AWS::ApiGatewayV2::Api', { Name: 'more', ProtocolType: 'HTTP', CorsConfiguration: { AllowOrigins: [sub('http://shop.${AWS::Region}.example.org')], AllowHeaders: ['*'] } });
    }),
    fault('G21', 'everybody may connect to the seats', ({ Tickets }) => { prop(Tickets, 'SeatsConnect').AuthorizationType = 'NONE'; }),
    fault('G21', 'no check is named for the connection to the seats', ({ Tickets }) => { delete prop(Tickets, 'SeatsConnect').AuthorizationType; }),
    fault('G25', 'all distributions of all accounts may call the URL', ({ Tickets }) => { delete prop(Tickets, 'BuyByFront').SourceArn; delete prop(Tickets, 'BuyByFront').SourceAccount; }),
    fault('G25', 'every caller with a signature may call the URL', ({ Tickets }) => { Object.assign(prop(Tickets, 'BuyByFront'), { Principal: '*', SourceArn: NONE, SourceAccount: NONE }); }),
    fault('G25', 'every distribution of the account may call the URL', ({ Tickets }) => { prop(Tickets, 'BuyByFront').SourceArn = join('arn:aws:cloudfront::', ACCOUNT, ':distribution/*'); }),
    fault('G26', 'the sale has no bound of its own', ({ Tickets }) => { prop(Tickets, 'Buy').ReservedConcurrentExecutions = NONE; }),
    fault('G26', 'the URL calls the newest code, not the alias', ({ Tickets }) => { delete prop(Tickets, 'BuyUrl').Qualifier; }),
    fault('G27', 'any route of any API of the account may call the holding', ({ Tickets }) => { prop(Tickets, 'HoldCalled').SourceArn = arn('execute-api', '*'); }),
    fault('G65', 'the sale is called without the distribution', ({ Tickets }) => {
      config(Tickets).Origins.pop();
      config(Tickets).CacheBehaviors = [];
      remove(Tickets, 'BuyByFront', 'BuyInvokedByFront', 'UrlControl');
      prop(Tickets, 'BuyUrl').AuthType = 'NONE';
      add(Tickets, 'BuyByAll', 'AWS::Lambda::Permission', { FunctionName: ref('BuyLive'), Action: 'lambda:InvokeFunctionUrl', FunctionUrlAuthType: 'NONE', Principal: '*' });
    }),
    fault('G66', 'the distribution calls a URL that answers everybody', ({ Tickets }) => { prop(Tickets, 'BuyUrl').AuthType = 'NONE'; }),
    fault('G66', 'the bucket of the site is a website that answers everybody', ({ Tickets }) => {
      prop(Tickets, 'Site').WebsiteConfiguration = { IndexDocument: 'index.html' };
      config(Tickets).Origins[0] = { Id: 'site', DomainName: hostOf('Site'), CustomOriginConfig: { OriginProtocolPolicy: 'http-only' } };
      config(Tickets).Origins[0].DomainName = { 'Fn::Select': [2, { 'Fn::Split': ['/', att('Site', 'WebsiteURL')] }] };
    }),
    fault('G67', 'answers of the sale are cached for a day, whoever asks', ({ Tickets }) => {
      const { CachePolicyId: _, OriginRequestPolicyId: __, ...rest } = config(Tickets).CacheBehaviors[0];
      config(Tickets).CacheBehaviors[0] = { ...rest, DefaultTTL: 86400, ForwardedValues: { QueryString: true, Cookies: { Forward: 'none' }, Headers: [] } };
    }),
    fault('G67', 'a policy of its own caches the sale by the path', ({ Tickets }) => {
      add(Tickets, 'Short', 'AWS::CloudFront::CachePolicy', {
        CachePolicyConfig: {
          Name: 'short',
          DefaultTTL: 30,
          MinTTL: 1,
          MaxTTL: 60,
          ParametersInCacheKeyAndForwardedToOrigin: { EnableAcceptEncodingGzip: true, CookiesConfig: { CookieBehavior: 'none' }, HeadersConfig: { HeaderBehavior: 'none' }, QueryStringsConfig: { QueryStringBehavior: 'all' } },
        },
      });
      config(Tickets).CacheBehaviors[0].CachePolicyId = ref('Short');
    }),
    fault('G68', 'the pages may be framed by everybody', ({ Tickets }) => { delete headers(Tickets).FrameOptions; headers(Tickets).ContentSecurityPolicy.ContentSecurityPolicy = "default-src 'self'"; }),
    fault('G68', 'no headers are added to the pages', ({ Tickets }) => { delete config(Tickets).DefaultCacheBehavior.ResponseHeadersPolicyId; }),
    fault('G68', 'the browser forgets TLS at once', ({ Tickets }) => { headers(Tickets).StrictTransportSecurity = { AccessControlMaxAgeSec: '0', Override: true }; }),
    fault('G69', 'the frames of the seats are logged whole', ({ Tickets }) => { Object.assign(prop(Tickets, 'SeatsLive').DefaultRouteSettings, { LoggingLevel: 'INFO', DataTraceEnabled: true }); }),
    fault('G71', 'the log of the seats does not say where a call came from', ({ Tickets }) => { prop(Tickets, 'SeatsLive').AccessLogSettings.Format = '{"requestId":"$context.requestId","route":"$context.routeKey","status":"$context.status"}'; }),
    fault('G73', 'the group of the sale has another name than its function', ({ Tickets }) => { prop(Tickets, 'BuyLogs').LogGroupName = { 'Fn::Sub': '/aws/lambda/${AWS::StackName}-buy' }; }),
    fault('G07', 'the distribution shows a secret to its origin, resolved into a header', ({ Tickets }) => { config(Tickets).Origins[1].OriginCustomHeaders = [{ HeaderName: 'x-origin', HeaderValue: '{{resolve:secretsmanager:origin:SecretString:key}}' }]; }),
    breach('cf.viewer-https', 'the sale answers over plain HTTP', ({ Tickets }) => { config(Tickets).CacheBehaviors[0].ViewerProtocolPolicy = 'allow-all'; }),
    breach('cf.tls-min', 'old versions of TLS are accepted', ({ Tickets }) => { config(Tickets).ViewerCertificate.MinimumProtocolVersion = 'TLSv1.1_2016'; }),
    breach('s3.policy-cross-account', 'the site may be read by every distribution', ({ Tickets }) => { delete statements(Tickets, 'SitePolicy', 'PolicyDocument')[1].Condition; }),
    breach('iam.notaction', 'the function at the edge may do everything with buckets', ({ Tickets }) => { statements(Tickets, 'LangRole').push({ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }); }),
  ],
  variants: [
    safe('the site is cached by a policy of its own', ({ Tickets }) => {
      add(Tickets, 'Day', 'AWS::CloudFront::CachePolicy', {
        CachePolicyConfig: {
          Name: 'day',
          DefaultTTL: 86400,
          MinTTL: 0,
          MaxTTL: 86400,
          ParametersInCacheKeyAndForwardedToOrigin: { EnableAcceptEncodingGzip: true, CookiesConfig: { CookieBehavior: 'none' }, HeadersConfig: { HeaderBehavior: 'none' }, QueryStringsConfig: { QueryStringBehavior: 'none' } },
        },
      });
      config(Tickets).DefaultCacheBehavior.CachePolicyId = ref('Day');
    }),
    safe('the frame is refused by the content policy alone', ({ Tickets }) => { delete headers(Tickets).FrameOptions; }),
    safe('a second origin of the own site in the list of the URL', ({ Tickets }) => { prop(Tickets, 'BuyUrl').Cors.AllowOrigins.push('https://www.tickets.example.org'); }),
    safe('a static header that is no secret', ({ Tickets }) => { config(Tickets).Origins[1].OriginCustomHeaders = [{ HeaderName: 'x-token-region', HeaderValue: 'eu-west-1' }]; }),
    safe('the message routes of the seats say that they have no check', ({ Tickets }) => { prop(Tickets, 'SeatsHold').AuthorizationType = 'NONE'; trust(Tickets, 'HoldRole')[0].Sid = 'Lambda'; }),
  ],
};
