import { asked, find, front, headers, rest } from './parts';
import { ACCOUNT, alarm, allow, att, bucket, document, HTTP_FORMAT, join, Json, key, logs, NONE, ref, REST_FORMAT, sub, table, trusts, when, worker } from '../fifth/kit';
import { add, BlindSeed, breach, env, fault, prop, safe, statements } from '../support';

const CMK = att('Key');
const BELL = ref('Bell');
const uri = (fn: string): Json => sub(`arn:\${AWS::Partition}:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/\${${fn}.Arn}/invocations`);
const proxy = (fn: string): Json => ({ type: 'aws_proxy', httpMethod: 'POST', uri: uri(fn), passthroughBehavior: 'never', timeoutInMillis: 15000 });
const text = (maxLength: number): Json => ({ type: 'string', maxLength });
const closed = (properties: Json, more: Json = {}): Json => ({ type: 'object', additionalProperties: false, properties, ...more });
const body = (schema: string): Json => ({ required: true, content: { 'application/json': { schema: { $ref: `#/components/schemas/${schema}` } } } });

/** The document of the API: who may ask what, with what is asked behind. */
const BODY: Json = {
  'openapi': '3.0.1',
  'info': { title: 'market', version: '2024-11-01' },
  'x-amazon-apigateway-request-validators': { all: { validateRequestBody: true, validateRequestParameters: true } },
  'x-amazon-apigateway-request-validator': 'all',
  'x-amazon-apigateway-gateway-responses': { DEFAULT_4XX: { responseTemplates: { 'application/json': '{"message":"no"}' } }, DEFAULT_5XX: { responseTemplates: { 'application/json': '{"message":"no"}' } } },
  'paths': {
    '/offers': {
      get: { 'security': [{ traders: [] }], 'parameters': [{ name: 'kind', in: 'query', schema: text(20) }], 'responses': {}, 'x-amazon-apigateway-integration': proxy('List') },
      post: { 'security': [{ traders: [] }], 'requestBody': body('Offer'), 'responses': {}, 'x-amazon-apigateway-integration': proxy('Offer') },
      options: { 'security': [{}], 'responses': { 204: { description: 'none', headers: { 'Access-Control-Allow-Origin': { schema: { type: 'string' } } } } }, 'x-amazon-apigateway-integration': { type: 'mock', requestTemplates: { 'application/json': '{"statusCode":204}' }, responses: { default: { statusCode: '204', responseParameters: { 'method.response.header.Access-Control-Allow-Origin': "'https://market.example.com'", 'method.response.header.Access-Control-Allow-Methods': "'GET,POST'", 'method.response.header.Access-Control-Allow-Headers': "'authorization'" } } } } },
    },
    '/prices': { get: { 'security': [{ sigv4: [] }], 'responses': {}, 'x-amazon-apigateway-integration': { type: 'http_proxy', httpMethod: 'GET', uri: find('Behind', 'prod', 'Prices'), connectionType: 'INTERNET', passthroughBehavior: 'never', timeoutInMillis: 5000 } } },
    '/health': { get: { 'security': [{}], 'responses': { 200: { description: 'well' } }, 'x-amazon-apigateway-integration': { type: 'mock', requestTemplates: { 'application/json': '{"statusCode":200}' }, responses: { default: { statusCode: '200', responseTemplates: { 'application/json': '{"status":"ok"}' } } } } } },
  },
  'components': {
    schemas: {
      Offer: closed({ what: text(80), price: { $ref: '#/components/schemas/Price' }, tags: { type: 'array', maxItems: 5, items: text(20) } }, { required: ['what', 'price'] }),
      Price: closed({ amount: { type: 'integer', maximum: 1000000 }, currency: { type: 'string', enum: ['EUR', 'CHF'] } }),
    },
    securitySchemes: {
      traders: { 'type': 'apiKey', 'name': 'Authorization', 'in': 'header', 'x-amazon-apigateway-authtype': 'custom', 'x-amazon-apigateway-authorizer': { type: 'token', authorizerUri: uri('Guard'), authorizerResultTtlInSeconds: find('Behind', 'prod', 'Ttl'), identityValidationExpression: '^Bearer [-0-9a-zA-Z._]{20,2000}$', identitySource: 'method.request.header.Authorization' } },
      sigv4: { 'type': 'apiKey', 'name': 'Authorization', 'in': 'header', 'x-amazon-apigateway-authtype': 'awsSigv4' },
      key: { type: 'apiKey', name: 'x-api-key', in: 'header' },
    },
  },
};

/** A second API, of the small kind, for machines. */
const FEED_BODY: Json = {
  'openapi': '3.0.1',
  'info': { title: 'feed', version: '1' },
  'x-amazon-apigateway-cors': { allowOrigins: ['https://market.example.com'], allowMethods: ['GET'], allowHeaders: ['authorization'], allowCredentials: true },
  'paths': { '/feed': { get: { 'security': [{ machines: ['market/feed'] }], 'responses': { default: { description: 'feed' } }, 'x-amazon-apigateway-integration': { type: 'aws_proxy', httpMethod: 'POST', payloadFormatVersion: '2.0', uri: uri('Feed') } } } },
  'components': { securitySchemes: { machines: { 'type': 'oauth2', 'x-amazon-apigateway-authorizer': { type: 'jwt', identitySource: '$request.header.Authorization', jwtConfiguration: { issuer: sub('https://${Host}/eu-west-1_Market111', { Host: ref('IdHost') }), audience: [ref('FeedAudience')] } } } } },
};

const fn = { cmk: CMK, alarms: BELL };
const TEMPLATE: Json = {
  AWSTemplateFormatVersion: '2010-09-09',
  Parameters: { Bell: { Type: 'String', Default: 'arn:aws:sns:eu-west-1:111122223333:bell' }, IdHost: { Type: 'String', Default: 'cognito-idp.eu-west-1.amazonaws.com' }, FeedAudience: { Type: 'String', Default: '7feedclient' }, Format: { Type: 'String', Default: REST_FORMAT } },
  Mappings: { Behind: { prod: { Prices: 'https://prices.example.com/v2/now', Ttl: 0, Limit: 100 } } },
  Conditions: { Big: { 'Fn::Equals': [ref('AWS::Region'), 'us-east-1'] }, Here: { 'Fn::Not': [{ Condition: 'Big' }] } },
  Resources: {
    Key: key(),
    Offers: table(CMK),
    ...worker('List', { ...fn, env: { OFFERS: ref('Offers') }, can: [allow(['dynamodb:GetItem', 'dynamodb:Query'], att('Offers'))] }),
    ...worker('Offer', { ...fn, env: { OFFERS: ref('Offers') }, can: [allow('dynamodb:PutItem', att('Offers'))] }),
    ...worker('Guard', { ...fn, more: { Timeout: 5 } }),
    ...worker('Feed', { ...fn, env: { OFFERS: ref('Offers') }, can: [allow('dynamodb:Query', att('Offers'))] }),
    ...rest('Market', BODY, CMK, BELL, ref('Format'), { DisableExecuteApiEndpoint: true }, { ClientCertificateId: ref('MarketCert') }),
    MarketCert: { Type: 'AWS::ApiGateway::ClientCertificate', Properties: { Description: 'for the prices' } },
    ListMay: asked(att('List'), ref('Market'), '/prod/GET/offers'),
    OfferMay: asked(att('Offer'), ref('Market'), '/prod/POST/offers'),
    GuardMay: asked(att('Guard'), ref('Market'), '/authorizers/*'),
    Domain: { Type: 'AWS::ApiGateway::DomainName', Properties: { DomainName: 'api.market.example.com', EndpointConfiguration: { Types: ['REGIONAL'] }, RegionalCertificateArn: sub('arn:${AWS::Partition}:acm:${AWS::Region}:${AWS::AccountId}:certificate/5c5c5c5c-1111-2222-3333-444444444444'), SecurityPolicy: 'TLS_1_2', MutualTlsAuthentication: { TruststoreUri: 's3://market-trust/roots.pem', TruststoreVersion: 'aA1bB2' } } },
    DomainMap: { Type: 'AWS::ApiGateway::BasePathMapping', Properties: { DomainName: ref('Domain'), RestApiId: ref('Market'), Stage: ref('MarketStage') } },
    Plan: { Type: 'AWS::ApiGateway::UsagePlan', Properties: { ApiStages: [{ ApiId: ref('Market'), Stage: ref('MarketStage') }], Throttle: { RateLimit: find('Behind', 'prod', 'Limit'), BurstLimit: 50 }, Quota: { Limit: 100000, Period: 'DAY' } } },
    FeedApi: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Body: FEED_BODY, DisableExecuteApiEndpoint: true } },
    FeedLogs2: logs(CMK),
    FeedStage: { Type: 'AWS::ApiGatewayV2::Stage', Properties: { ApiId: ref('FeedApi'), StageName: '$default', AutoDeploy: true, AccessLogSettings: { DestinationArn: att('FeedLogs2'), Format: HTTP_FORMAT }, DefaultRouteSettings: { ThrottlingBurstLimit: 40, ThrottlingRateLimit: 20, DetailedMetricsEnabled: true }, Tags: { stage: 'prod' } } },
    FeedMay: asked(att('Feed'), ref('FeedApi'), '/*/GET/feed'),
    FeedFailing: alarm('AWS/ApiGateway', '5xx', { ApiId: ref('FeedApi') }, BELL),
    FeedDomain: { Type: 'AWS::ApiGatewayV2::DomainName', Properties: { DomainName: 'feed.market.example.com', DomainNameConfigurations: [{ CertificateArn: 'arn:aws:acm:eu-west-1:111122223333:certificate/7c7c7c7c-1111-2222-3333-444444444444', EndpointType: 'REGIONAL', SecurityPolicy: 'TLS_1_2' }] } },
    FeedMap: { Type: 'AWS::ApiGatewayV2::ApiMapping', Properties: { ApiId: ref('FeedApi'), DomainName: ref('FeedDomain'), Stage: ref('FeedStage') } },
    Headers: headers('market'),
    ...bucket('EdgeLogs', undefined, undefined, { OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerPreferred' }] } }),
    Edge: front({ DomainName: 'feed.market.example.com', CustomOriginConfig: { OriginProtocolPolicy: 'https-only', OriginSSLProtocols: ['TLSv1.2'] } }, 'arn:aws:wafv2:us-east-1:111122223333:global/webacl/feed/5b1a2d2e-0d7b-4d93-8a5c-0d36cf1a7a11', ref('Headers'), att('EdgeLogs', 'RegionalDomainName')),
  },
};

const doc = (t: Json): Json => prop(t, 'Market').Body;
const feed = (t: Json): Json => prop(t, 'FeedApi').Body;
const op = (t: Json, path: string, verb: string): Json => doc(t).paths[path][verb];
const behind = (t: Json, path: string, verb: string): Json => op(t, path, verb)['x-amazon-apigateway-integration'];
const guard = (t: Json): Json => doc(t).components.securitySchemes.traders['x-amazon-apigateway-authorizer'];
const schemas = (t: Json): Json => doc(t).components.schemas;
const direct = (t: Json, uriTail: string, template: unknown): void => {
  add(t, 'Direct', 'AWS::IAM::Role', { AssumeRolePolicyDocument: trusts('apigateway.amazonaws.com'), Policies: [{ PolicyName: 'q', PolicyDocument: document(allow('dynamodb:Query', att('Offers'))) }] });
  op(t, '/offers', 'get')['x-amazon-apigateway-integration'] = { type: 'aws', httpMethod: 'POST', credentials: att('Direct'), uri: sub(`arn:\${AWS::Partition}:apigateway:\${AWS::Region}:dynamodb:action/${uriTail}`), passthroughBehavior: 'never', requestTemplates: { 'application/json': template }, responses: { default: { statusCode: '200' } } };
};

/** What an author writes who thinks in documents: all of the API is one text. */
export const MARKET: BlindSeed = {
  name: 'Market in OpenAPI: two documents, one of each kind of API',
  style: 'yaml',
  stacks: { Market: TEMPLATE },
  mutants: [
    fault('G07', 'the word for the prices is a static header of the document', ({ Market }) => { behind(Market, '/prices', 'get').requestParameters = { 'integration.request.header.x-api-key': join("'", 'pr1ces-5e884898da28047151d0', "'") }; }),
    fault('G07', 'the word for the prices is a variable of the stage', ({ Market }) => { prop(Market, 'MarketStage').Variables = { pricesToken: '5e884898da28047151d0e56f8dc62927' }; }),
    fault('G11', 'any page may read the feed with credentials', ({ Market }) => { feed(Market)['x-amazon-apigateway-cors'].allowOrigins = when('Here', ['*'], ['https://market.example.com']); }),
    fault('G13', 'any page may ask with credentials, by the document', ({ Market }) => { Object.assign(behind(Market, '/offers', 'options').responses.default.responseParameters, { 'method.response.header.Access-Control-Allow-Origin': "'*'", 'method.response.header.Access-Control-Allow-Credentials': "'true'" }); }),
    fault('G13', 'what goes wrong may be read by any page, by the document', ({ Market }) => { doc(Market)['x-amazon-apigateway-gateway-responses'].DEFAULT_4XX.responseParameters = { 'gatewayresponse.header.Access-Control-Allow-Origin': "'*'" }; }),
    fault('G14', 'what the guard said for one path holds for the next, by the mapping', ({ Market }) => { Market.Mappings.Behind.prod.Ttl = 600; }),
    fault('G15', 'the guard is asked whatever the word looks like', ({ Market }) => { delete guard(Market).identityValidationExpression; }),
    fault('G16', 'the guard looks into the address', ({ Market }) => { Object.assign(guard(Market), { type: 'request', identitySource: 'method.request.querystring.token' }); delete guard(Market).identityValidationExpression; }),
    fault('G17', 'a token for whatever app opens the feed', ({ Market }) => { feed(Market).components.securitySchemes.machines['x-amazon-apigateway-authorizer'].jwtConfiguration.audience = []; }),
    fault('G17', 'who gives out tokens is asked in the clear', ({ Market }) => { feed(Market).components.securitySchemes.machines['x-amazon-apigateway-authorizer'].jwtConfiguration.issuer = sub('http://${Host}/eu-west-1_Market111', { Host: ref('IdHost') }); }),
    fault('G18', 'a token without a scope reads the feed', ({ Market }) => { feed(Market).paths['/feed'].get.security[0].machines = []; }),
    fault('G19', 'offers are made with a key alone', ({ Market }) => { op(Market, '/offers', 'post').security = [{ key: [] }]; }),
    breach('apigw.method-auth', 'offers are made by whoever comes: the root of the document alone names the guard, and is not heard', ({ Market }) => { doc(Market).security = [{ traders: [] }]; delete op(Market, '/offers', 'post').security; }),
    fault('G20', 'all below offers is asked by whoever comes', ({ Market }) => { doc(Market).paths['/offers/{rest+}'] = { 'x-amazon-apigateway-any-method': { 'security': [], 'responses': {}, 'x-amazon-apigateway-integration': proxy('Offer') } }; }),
    fault('G23', 'the roots of the domain may be exchanged', ({ Market }) => { prop(Market, 'Domain').MutualTlsAuthentication.TruststoreVersion = when('Here', NONE, 'aA1bB2'); }),
    fault('G31', 'listing writes, by a policy of Amazon', ({ Market }) => { prop(Market, 'ListRole').ManagedPolicyArns = [sub('arn:${AWS::Partition}:iam::aws:policy/AmazonDynamoDBFullAccess')]; }),
    fault('G31', 'the feed updates, by a star in the middle of a verb', ({ Market }) => { statements(Market, 'FeedRole')[3].Action = 'dynamodb:*Item'; }),
    fault('G56', 'offers are not looked at: the operation has another validator', ({ Market }) => { doc(Market)['x-amazon-apigateway-request-validators'].none = { validateRequestBody: false, validateRequestParameters: true }; op(Market, '/offers', 'post')['x-amazon-apigateway-request-validator'] = 'none'; }),
    fault('G57', 'a price is not closed, one reference on', ({ Market }) => { delete schemas(Market).Price.additionalProperties; }),
    fault('G57', 'what is offered is as long as one likes, in one of two', ({ Market }) => { schemas(Market).Offer = { oneOf: [schemas(Market).Offer, closed({ what: { type: 'string' }, free: { type: 'boolean' } })] }; }),
    fault('G57', 'tags are without an end', ({ Market }) => { schemas(Market).Offer.properties.tags = { type: 'array', items: { $ref: '#/components/schemas/Tag' } }; schemas(Market).Tag = { type: 'string' }; }),
    fault('G58', 'the kind goes raw into the question, by a variable of the template', ({ Market }) => { direct(Market, 'Query', sub('#set($k = $input.params(\'kind\'))\n{"TableName":"${Offers}","KeyConditionExpression":"pk = :k","ExpressionAttributeValues":{":k":{"S":"$k"}}}')); }),
    fault('G59', 'prices are asked in the clear, by the mapping', ({ Market }) => { Market.Mappings.Behind.prod.Prices = 'http://prices.example.com/v2/now'; }),
    fault('G59', 'the certificate of the prices is not looked at', ({ Market }) => { behind(Market, '/prices', 'get').tlsConfig = { insecureSkipVerification: when('Here', true, false) }; }),
    fault('G61', 'a plan for each has no end', ({ Market }) => { Object.assign(prop(Market, 'Plan'), { Throttle: NONE, Quota: NONE }); }),
    fault('G61', 'a key for partners is written out', ({ Market }) => { add(Market, 'Partner', 'AWS::ApiGateway::ApiKey', { Enabled: true, Value: sub('p4rtner-${Name}', { Name: 'k3y-77d1e0c2a95b4cafe8' }) }); }),
    fault('G63', 'the fence counts no calls', ({ Market }) => { prop(Market, 'MarketAcl').Rules.pop(); }),
    fault('G62', 'the lists of what is bad count, and stop nothing', ({ Market }) => { prop(Market, 'MarketAcl').Rules[0].OverrideAction = { Count: {} }; prop(Market, 'MarketAcl').Rules[1].OverrideAction = { Count: {} }; }),
    fault('G67', 'what one trader saw is kept for the next', ({ Market }) => { Object.assign(prop(Market, 'MarketStage'), { CacheClusterEnabled: true, CacheClusterSize: '0.5' }); Object.assign(prop(Market, 'MarketStage').MethodSettings[0], { CachingEnabled: 'true', CacheDataEncrypted: true, CacheTtlInSeconds: 60 }); behind(Market, '/offers', 'get').cacheKeyParameters = ['method.request.querystring.kind']; }),
    fault('G69', 'bodies are in the log, here', ({ Market }) => { prop(Market, 'MarketStage').MethodSettings[0].DataTraceEnabled = when('Here', 'true', 'false'); }),
    fault('G71', 'the log tells the whole address with its words, by the default of a parameter', ({ Market }) => { Market.Parameters.Format.Default = REST_FORMAT.replace('$context.authorizer.principalId', '$context.authorizer.email","key":"$context.identity.apiKey'); }),
    fault('G47', 'an old method is gone from the document, and its permission is not', ({ Market }) => { add(Market, 'Old', 'AWS::Lambda::Permission', asked(att('Offer'), ref('Market'), '/prod/DELETE/offers/*').Properties); }),
    fault('G90', 'offering may take longer than the API waits', ({ Market }) => { prop(Market, 'Offer').Timeout = when('Here', 60, 20); }),
    breach('apigw.method-auth', 'offers are listed for whoever comes: one of two is enough', ({ Market }) => { op(Market, '/offers', 'get').security = [{ traders: [] }, {}]; }),
    breach('apigw.method-auth', 'health is told by a function, to whoever comes', ({ Market }) => { op(Market, '/health', 'get')['x-amazon-apigateway-integration'] = proxy('Feed'); }),
  ],
  variants: [
    safe('health is told in more words, by the mock', ({ Market }) => { behind(Market, '/health', 'get').responses.default.responseTemplates['application/json'] = '{"status":"ok","version":"2024-11-01"}'; }),
    safe('the answer of the guard is kept for each path and verb', ({ Market }) => { Market.Mappings.Behind.prod.Ttl = 60; Object.assign(guard(Market), { type: 'request', identitySource: 'method.request.header.Authorization, context.path, context.httpMethod' }); delete guard(Market).identityValidationExpression; }),
    safe('traders need a key besides', ({ Market }) => { op(Market, '/offers', 'post').security = [{ traders: [], key: [] }]; }),
    safe('the table is asked, with what is escaped', ({ Market }) => { direct(Market, 'Query', sub('#set($k = $util.escapeJavaScript($input.params(\'kind\')))\n{"TableName":"${Offers}","KeyConditionExpression":"pk = :k","ExpressionAttributeValues":{":k":{"S":"$k"}}}')); }),
    safe('a price has a note, which ends', ({ Market }) => { schemas(Market).Price.properties.note = { allOf: [{ type: 'string' }, { maxLength: 40 }] }; }),
    safe('a scheme that nobody uses is open', ({ Market }) => { doc(Market).components.securitySchemes.old = { type: 'apiKey', name: 'token', in: 'query' }; }),
    safe('a schema that nobody uses is open', ({ Market }) => { schemas(Market).Draft = { type: 'object' }; }),
    safe('the log tells who, by the principal', ({ Market }) => { Market.Parameters.Format.Default = REST_FORMAT.replace('"status"', '"authorizerStatus":"$context.authorizer.status","status"'); env(Market, 'List').CALLER = ACCOUNT; }),
    safe('prices by another host, by TLS', ({ Market }) => { behind(Market, '/prices', 'get').uri = when('Here', 'https://eu.prices.example.com/v2/now', find('Behind', 'prod', 'Prices')); }),
  ],
};
