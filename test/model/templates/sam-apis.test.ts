import { expandSam } from '../../../src/model/templates/sam';

type Raw = { readonly [key: string]: unknown };

/** The permission of an API to call a function, for a stage, a method and a path. */
const calledBy = (fn: string, api: unknown, route: string): Raw => ({
  Type: 'AWS::Lambda::Permission',
  Properties: {
    Action: 'lambda:InvokeFunction',
    FunctionName: { 'Fn::GetAtt': [fn, 'Arn'] },
    Principal: 'apigateway.amazonaws.com',
    SourceArn: { 'Fn::Sub': [`arn:\${AWS::Partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${Api}/${route}`, { Api: api }] },
  },
});

/** Name, resources, globals, and what is made of them: what stays as it was is left out. */
const CASES: readonly (readonly [name: string, resources: Raw, globals: Raw, made: Raw])[] = [
  ['an API that events ask for, with its globals', {
    F: {
      Type: 'AWS::Serverless::Function',
      Properties: {
        Role: 'r',
        Events: {
          A: { Type: 'Api', Properties: { Path: '/orders/{id}', Method: 'get' } },
          B: { Type: 'Api', Properties: { Path: '/orders/{id}', Method: 'ANY' } },
          C: { Type: 'HttpApi', Properties: {} },
          D: { Type: 'HttpApi', Properties: { Path: '/a', Method: 'post', PayloadFormatVersion: '1.0' } },
          E: { Type: 'HttpApi', Properties: { ApiId: { 'Fn::ImportValue': 'x' }, Path: '/b' } },
        },
      },
    },
  }, { Api: { Name: 'shop', TracingEnabled: true }, HttpApi: { Name: 'http' } }, {
    F: { Type: 'AWS::Lambda::Function', Properties: { Code: {}, Role: 'r' } },
    FAPermission: calledBy('F', { Ref: 'ServerlessRestApi' }, '*/GET/orders/*'),
    FBPermission: calledBy('F', { Ref: 'ServerlessRestApi' }, '*/*/orders/*'),
    FCPermission: calledBy('F', { Ref: 'ServerlessHttpApi' }, '*/$default'),
    FDPermission: calledBy('F', { Ref: 'ServerlessHttpApi' }, '*/POST/a'),
    FEPermission: calledBy('F', { 'Fn::ImportValue': 'x' }, '*/*/b'),
    ServerlessRestApi: {
      Type: 'AWS::ApiGateway::RestApi',
      Properties: {
        Name: 'shop',
        Body: {
          'swagger': '2.0',
          'paths': {
            '/orders/{id}': {
              'get': {
                'x-amazon-apigateway-integration': {
                  type: 'aws_proxy',
                  httpMethod: 'POST',
                  uri: {
                    'Fn::Sub': [
                      'arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Target}/invocations',
                      { Target: { 'Fn::GetAtt': ['F', 'Arn'] } },
                    ],
                  },
                },
              },
              'x-amazon-apigateway-any-method': {
                'x-amazon-apigateway-integration': {
                  type: 'aws_proxy',
                  httpMethod: 'POST',
                  uri: {
                    'Fn::Sub': [
                      'arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Target}/invocations',
                      { Target: { 'Fn::GetAtt': ['F', 'Arn'] } },
                    ],
                  },
                },
              },
            },
          },
          'securityDefinitions': {
            AWS_IAM: { 'type': 'apiKey', 'name': 'Authorization', 'in': 'header', 'x-amazon-apigateway-authtype': 'awsSigv4' },
            api_key: { type: 'apiKey', name: 'x-api-key', in: 'header' },
          },
          'x-amazon-apigateway-request-validators': {},
        },
      },
    },
    ServerlessRestApiDeployment: { Type: 'AWS::ApiGateway::Deployment', Properties: { RestApiId: { Ref: 'ServerlessRestApi' } } },
    ServerlessRestApiProdStage: {
      Type: 'AWS::ApiGateway::Stage',
      Properties: {
        TracingEnabled: true,
        DeploymentId: { Ref: 'ServerlessRestApiDeployment' },
        RestApiId: { Ref: 'ServerlessRestApi' },
        StageName: 'Prod',
      },
    },
    ServerlessHttpApi: {
      Type: 'AWS::ApiGatewayV2::Api',
      Properties: {
        Name: 'http',
        Body: {
          openapi: '3.0.1',
          paths: {
            '$default': {
              'x-amazon-apigateway-any-method': {
                'x-amazon-apigateway-integration': {
                  type: 'aws_proxy',
                  httpMethod: 'POST',
                  uri: {
                    'Fn::Sub': [
                      'arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Target}/invocations',
                      { Target: { 'Fn::GetAtt': ['F', 'Arn'] } },
                    ],
                  },
                  payloadFormatVersion: '2.0',
                },
              },
            },
            '/a': {
              post: {
                'x-amazon-apigateway-integration': {
                  type: 'aws_proxy',
                  httpMethod: 'POST',
                  uri: {
                    'Fn::Sub': [
                      'arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Target}/invocations',
                      { Target: { 'Fn::GetAtt': ['F', 'Arn'] } },
                    ],
                  },
                  payloadFormatVersion: '1.0',
                },
              },
            },
          },
          components: {
            securitySchemes: {
              AWS_IAM: { 'type': 'apiKey', 'name': 'Authorization', 'in': 'header', 'x-amazon-apigateway-authtype': 'awsSigv4' },
              api_key: { type: 'apiKey', name: 'x-api-key', in: 'header' },
            },
          },
        },
      },
    },
    ServerlessHttpApiApiGatewayDefaultStage: {
      Type: 'AWS::ApiGatewayV2::Stage',
      Properties: { ApiId: { Ref: 'ServerlessHttpApi' }, AutoDeploy: true, StageName: '$default' },
    },
  }],
  ['a REST API with everything', {
    A: {
      Type: 'AWS::Serverless::Api',
      Properties: {
        ApiKeySourceType: 'given ApiKeySourceType',
        BinaryMediaTypes: 'given BinaryMediaTypes',
        Description: 'given Description',
        DisableExecuteApiEndpoint: 'given DisableExecuteApiEndpoint',
        FailOnWarnings: 'given FailOnWarnings',
        MinimumCompressionSize: 'given MinimumCompressionSize',
        Name: 'given Name',
        SecurityPolicy: 'given SecurityPolicy',
        AccessLogSetting: 'given AccessLogSetting',
        CacheClusterEnabled: 'given CacheClusterEnabled',
        CacheClusterSize: 'given CacheClusterSize',
        CanarySetting: 'given CanarySetting',
        MethodSettings: 'given MethodSettings',
        TracingEnabled: 'given TracingEnabled',
        Variables: 'given Variables',
        StageName: 'prod-1',
        EndpointConfiguration: { Type: 'PRIVATE', VPCEndpointIds: ['vpce-1'] },
        Tags: { a: 'b' },
        Cors: { AllowOrigin: "'*'", AllowHeaders: "'X'", AllowCredentials: true },
        Models: { Order: { type: 'object' } },
        GatewayResponses: { DEFAULT_4XX: { ResponseParameters: { Headers: { X: "'y'" } }, ResponseTemplates: { t: 1 } } },
        Auth: {
          DefaultAuthorizer: 'Pool',
          AddDefaultAuthorizerToCorsPreflight: false,
          ApiKeyRequired: true,
          Authorizers: {
            Pool: { UserPoolArn: 'p', AuthorizationScopes: ['s'] },
            Token: { FunctionArn: 'f', Identity: { Header: 'X-Auth', ValidationExpression: 'v', ReauthorizeEvery: 5 } },
            Request: {
              FunctionArn: 'f',
              FunctionPayloadType: 'REQUEST',
              Identity: { Headers: ['H'], QueryStrings: ['q'], StageVariables: ['v'], Context: ['c'] },
            },
          },
          UsagePlan: { CreateUsagePlan: 'PER_API', Description: 1, Quota: 2, Throttle: 3, UsagePlanName: 4 },
          ResourcePolicy: { IpRangeWhitelist: ['203.0.113.0/24'] },
        },
        Domain: { DomainName: 'd', CertificateArn: 'c', SecurityPolicy: 'TLS_1_2', MutualTlsAuthentication: { m: 1 } },
      },
    },
    F: {
      Type: 'AWS::Serverless::Function',
      Properties: {
        Role: 'r',
        Events: {
          A: {
            Type: 'Api',
            Properties: {
              RestApiId: { Ref: 'A' },
              Path: '/a',
              Method: 'post',
              RequestModel: { Model: 'Order', ValidateBody: true, ValidateParameters: true },
              Auth: { InvokeRole: 'CALLER_CREDENTIALS' },
            },
          },
          B: {
            Type: 'Api',
            Properties: {
              RestApiId: { Ref: 'A' },
              Path: '/b',
              Method: 'get',
              RequestModel: { ValidateBody: true },
              Auth: { Authorizer: 'NONE', ApiKeyRequired: false, InvokeRole: 'NONE' },
            },
          },
          C: {
            Type: 'Api',
            Properties: {
              RestApiId: { Ref: 'A' },
              Path: '/c',
              Method: 'get',
              Auth: { Authorizer: 'Token', AuthorizationScopes: ['x'], InvokeRole: 'arn:role' },
            },
          },
        },
      },
    },
  }, {}, {
    A: {
      Type: 'AWS::ApiGateway::RestApi',
      Properties: {
        ApiKeySourceType: 'given ApiKeySourceType',
        BinaryMediaTypes: 'given BinaryMediaTypes',
        Description: 'given Description',
        DisableExecuteApiEndpoint: 'given DisableExecuteApiEndpoint',
        FailOnWarnings: 'given FailOnWarnings',
        MinimumCompressionSize: 'given MinimumCompressionSize',
        Name: 'given Name',
        SecurityPolicy: 'given SecurityPolicy',
        Body: {
          'swagger': '2.0',
          'paths': {
            '/a': {
              post: {
                'x-amazon-apigateway-integration': {
                  type: 'aws_proxy',
                  httpMethod: 'POST',
                  uri: {
                    'Fn::Sub': [
                      'arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Target}/invocations',
                      { Target: { 'Fn::GetAtt': ['F', 'Arn'] } },
                    ],
                  },
                  credentials: { 'Fn::Sub': 'arn:${AWS::Partition}:iam::*:user/*' },
                },
                'security': [{ Pool: ['s'] }, { api_key: [] }],
                'x-amazon-apigateway-request-validator': 'body-params',
                'parameters': [{ in: 'body', name: 'Order', schema: { $ref: '#/definitions/Order' } }],
              },
              options: {
                'x-amazon-apigateway-integration': {
                  type: 'mock',
                  responses: {
                    default: {
                      statusCode: '200',
                      responseParameters: {
                        'method.response.header.Access-Control-Allow-Origin': "'*'",
                        'method.response.header.Access-Control-Allow-Headers': "'X'",
                        'method.response.header.Access-Control-Allow-Credentials': "'true'",
                      },
                    },
                  },
                },
              },
            },
            '/b': {
              get: {
                'x-amazon-apigateway-integration': {
                  type: 'aws_proxy',
                  httpMethod: 'POST',
                  uri: {
                    'Fn::Sub': [
                      'arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Target}/invocations',
                      { Target: { 'Fn::GetAtt': ['F', 'Arn'] } },
                    ],
                  },
                },
                'security': [],
                'x-amazon-apigateway-request-validator': 'body',
              },
              options: {
                'x-amazon-apigateway-integration': {
                  type: 'mock',
                  responses: {
                    default: {
                      statusCode: '200',
                      responseParameters: {
                        'method.response.header.Access-Control-Allow-Origin': "'*'",
                        'method.response.header.Access-Control-Allow-Headers': "'X'",
                        'method.response.header.Access-Control-Allow-Credentials': "'true'",
                      },
                    },
                  },
                },
              },
            },
            '/c': {
              get: {
                'x-amazon-apigateway-integration': {
                  type: 'aws_proxy',
                  httpMethod: 'POST',
                  uri: {
                    'Fn::Sub': [
                      'arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Target}/invocations',
                      { Target: { 'Fn::GetAtt': ['F', 'Arn'] } },
                    ],
                  },
                  credentials: 'arn:role',
                },
                'security': [{ Token: ['x'] }, { api_key: [] }],
              },
              options: {
                'x-amazon-apigateway-integration': {
                  type: 'mock',
                  responses: {
                    default: {
                      statusCode: '200',
                      responseParameters: {
                        'method.response.header.Access-Control-Allow-Origin': "'*'",
                        'method.response.header.Access-Control-Allow-Headers': "'X'",
                        'method.response.header.Access-Control-Allow-Credentials': "'true'",
                      },
                    },
                  },
                },
              },
            },
          },
          'securityDefinitions': {
            Pool: {
              'type': 'apiKey',
              'name': 'Authorization',
              'in': 'header',
              'x-amazon-apigateway-authtype': 'cognito_user_pools',
              'x-amazon-apigateway-authorizer': { type: 'cognito_user_pools', providerARNs: ['p'] },
            },
            Token: {
              'type': 'apiKey',
              'name': 'Authorization',
              'in': 'header',
              'x-amazon-apigateway-authtype': 'custom',
              'x-amazon-apigateway-authorizer': {
                type: 'token',
                authorizerUri: {
                  'Fn::Sub': [
                    'arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Fn}/invocations',
                    { Fn: 'f' },
                  ],
                },
                authorizerResultTtlInSeconds: 5,
                identitySource: 'method.request.header.X-Auth',
                identityValidationExpression: 'v',
              },
            },
            Request: {
              'type': 'apiKey',
              'name': 'Authorization',
              'in': 'header',
              'x-amazon-apigateway-authtype': 'custom',
              'x-amazon-apigateway-authorizer': {
                type: 'request',
                authorizerUri: {
                  'Fn::Sub': [
                    'arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Fn}/invocations',
                    { Fn: 'f' },
                  ],
                },
                identitySource: 'method.request.header.H, method.request.querystring.q, stageVariables.v, context.c',
              },
            },
            AWS_IAM: { 'type': 'apiKey', 'name': 'Authorization', 'in': 'header', 'x-amazon-apigateway-authtype': 'awsSigv4' },
            api_key: { type: 'apiKey', name: 'x-api-key', in: 'header' },
          },
          'x-amazon-apigateway-request-validators': {
            'body-params': { validateRequestBody: true, validateRequestParameters: true },
            'body': { validateRequestBody: true, validateRequestParameters: false },
          },
          'x-amazon-apigateway-gateway-responses': { DEFAULT_4XX: { responseParameters: { 'gatewayresponse.header.X': "'y'" }, responseTemplates: { t: 1 } } },
          'definitions': { Order: { type: 'object' } },
        },
        EndpointConfiguration: { Types: ['PRIVATE'], VpcEndpointIds: ['vpce-1'] },
        Policy: {
          Version: '2012-10-17',
          Statement: [
            { Effect: 'Allow', Principal: '*', Action: 'execute-api:Invoke', Resource: ['execute-api:/*'] },
            {
              Effect: 'Deny',
              Principal: '*',
              Action: 'execute-api:Invoke',
              Resource: ['execute-api:/*'],
              Condition: { NotIpAddress: { 'aws:SourceIp': ['203.0.113.0/24'] } },
            },
          ],
        },
        Tags: [{ Key: 'a', Value: 'b' }],
      },
    },
    F: { Type: 'AWS::Lambda::Function', Properties: { Code: {}, Role: 'r' } },
    FAPermission: {
      Type: 'AWS::Lambda::Permission',
      Properties: {
        Action: 'lambda:InvokeFunction',
        FunctionName: { 'Fn::GetAtt': ['F', 'Arn'] },
        Principal: 'apigateway.amazonaws.com',
        SourceArn: {
          'Fn::Sub': ['arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${Api}/*/POST/a', { Api: { Ref: 'A' } }],
        },
      },
    },
    FBPermission: {
      Type: 'AWS::Lambda::Permission',
      Properties: {
        Action: 'lambda:InvokeFunction',
        FunctionName: { 'Fn::GetAtt': ['F', 'Arn'] },
        Principal: 'apigateway.amazonaws.com',
        SourceArn: {
          'Fn::Sub': ['arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${Api}/*/GET/b', { Api: { Ref: 'A' } }],
        },
      },
    },
    FCPermission: {
      Type: 'AWS::Lambda::Permission',
      Properties: {
        Action: 'lambda:InvokeFunction',
        FunctionName: { 'Fn::GetAtt': ['F', 'Arn'] },
        Principal: 'apigateway.amazonaws.com',
        SourceArn: {
          'Fn::Sub': ['arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${Api}/*/GET/c', { Api: { Ref: 'A' } }],
        },
      },
    },
    ADeployment: { Type: 'AWS::ApiGateway::Deployment', Properties: { RestApiId: { Ref: 'A' } } },
    Aprod1Stage: {
      Type: 'AWS::ApiGateway::Stage',
      Properties: {
        AccessLogSetting: 'given AccessLogSetting',
        CacheClusterEnabled: 'given CacheClusterEnabled',
        CacheClusterSize: 'given CacheClusterSize',
        CanarySetting: 'given CanarySetting',
        MethodSettings: 'given MethodSettings',
        TracingEnabled: 'given TracingEnabled',
        Variables: 'given Variables',
        DeploymentId: { Ref: 'ADeployment' },
        RestApiId: { Ref: 'A' },
        StageName: 'prod-1',
      },
    },
    AUsagePlan: {
      Type: 'AWS::ApiGateway::UsagePlan',
      Properties: {
        Description: 1,
        Quota: 2,
        Throttle: 3,
        UsagePlanName: 4,
        ApiStages: [{ ApiId: { Ref: 'A' }, Stage: { Ref: 'Aprod1Stage' } }],
      },
    },
    AMapping: {
      Type: 'AWS::ApiGateway::BasePathMapping',
      Properties: { DomainName: { Ref: 'ADomainName' }, Stage: { Ref: 'Aprod1Stage' }, RestApiId: { Ref: 'A' } },
    },
    ADomainName: {
      Type: 'AWS::ApiGateway::DomainName',
      Properties: {
        DomainName: 'd',
        MutualTlsAuthentication: { m: 1 },
        SecurityPolicy: 'TLS_1_2',
        EndpointConfiguration: { Types: ['REGIONAL'] },
        RegionalCertificateArn: 'c',
      },
    },
  }],
  ['an HTTP API with everything', {
    A: {
      Type: 'AWS::Serverless::HttpApi',
      Properties: {
        Description: 'given Description',
        DisableExecuteApiEndpoint: 'given DisableExecuteApiEndpoint',
        FailOnWarnings: 'given FailOnWarnings',
        Name: 'given Name',
        AccessLogSettings: 'given AccessLogSettings',
        DefaultRouteSettings: 'given DefaultRouteSettings',
        RouteSettings: 'given RouteSettings',
        StageVariables: 'given StageVariables',
        StageName: 'prod',
        Tags: { a: 'b' },
        CorsConfiguration: { AllowOrigins: ['x'], AllowCredentials: true },
        Auth: {
          DefaultAuthorizer: 'Jwt',
          Authorizers: {
            Jwt: { JwtConfiguration: { issuer: 'i' }, IdentitySource: '$request.header.Authorization' },
            Fn: {
              FunctionArn: 'f',
              Identity: { Headers: ['h'], QueryStrings: ['q'], StageVariables: ['v'], Context: ['c'] },
            },
          },
        },
        Domain: {
          DomainName: 'd',
          CertificateArn: 'c',
          SecurityPolicy: 'TLS_1_2',
          MutualTlsAuthentication: { m: 1 },
          EndpointConfiguration: 'REGIONAL',
        },
      },
    },
    B: { Type: 'AWS::Serverless::HttpApi', Properties: { CorsConfiguration: true } },
  }, {}, {
    A: {
      Type: 'AWS::ApiGatewayV2::Api',
      Properties: {
        Description: 'given Description',
        DisableExecuteApiEndpoint: 'given DisableExecuteApiEndpoint',
        FailOnWarnings: 'given FailOnWarnings',
        Name: 'given Name',
        Body: {
          'openapi': '3.0.1',
          'paths': {},
          'components': {
            securitySchemes: {
              Jwt: {
                'type': 'oauth2',
                'x-amazon-apigateway-authorizer': { type: 'jwt', jwtConfiguration: { issuer: 'i' }, identitySource: '$request.header.Authorization' },
              },
              Fn: {
                'type': 'apiKey',
                'name': 'Authorization',
                'in': 'header',
                'x-amazon-apigateway-authtype': 'custom',
                'x-amazon-apigateway-authorizer': {
                  type: 'request',
                  authorizerUri: {
                    'Fn::Sub': [
                      'arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Fn}/invocations',
                      { Fn: 'f' },
                    ],
                  },
                  identitySource: '$request.header.h, $request.querystring.q, $stageVariables.v, $context.c',
                },
              },
              AWS_IAM: { 'type': 'apiKey', 'name': 'Authorization', 'in': 'header', 'x-amazon-apigateway-authtype': 'awsSigv4' },
              api_key: { type: 'apiKey', name: 'x-api-key', in: 'header' },
            },
          },
          'x-amazon-apigateway-cors': { allowOrigins: ['x'], allowCredentials: true },
        },
        Tags: { a: 'b' },
      },
    },
    B: {
      Type: 'AWS::ApiGatewayV2::Api',
      Properties: {
        Body: {
          'openapi': '3.0.1',
          'paths': {},
          'components': {
            securitySchemes: {
              AWS_IAM: { 'type': 'apiKey', 'name': 'Authorization', 'in': 'header', 'x-amazon-apigateway-authtype': 'awsSigv4' },
              api_key: { type: 'apiKey', name: 'x-api-key', in: 'header' },
            },
          },
          'x-amazon-apigateway-cors': { allowOrigins: ['*'] },
        },
      },
    },
    AprodStage: {
      Type: 'AWS::ApiGatewayV2::Stage',
      Properties: {
        AccessLogSettings: 'given AccessLogSettings',
        DefaultRouteSettings: 'given DefaultRouteSettings',
        RouteSettings: 'given RouteSettings',
        StageVariables: 'given StageVariables',
        ApiId: { Ref: 'A' },
        AutoDeploy: true,
        StageName: 'prod',
      },
    },
    AMapping: {
      Type: 'AWS::ApiGatewayV2::ApiMapping',
      Properties: { DomainName: { Ref: 'ADomainName' }, Stage: { Ref: 'AprodStage' }, ApiId: { Ref: 'A' } },
    },
    ADomainName: {
      Type: 'AWS::ApiGatewayV2::DomainName',
      Properties: {
        DomainName: 'd',
        MutualTlsAuthentication: { m: 1 },
        DomainNameConfigurations: [{ CertificateArn: 'c', SecurityPolicy: 'TLS_1_2', EndpointType: 'REGIONAL' }],
      },
    },
    BApiGatewayDefaultStage: { Type: 'AWS::ApiGatewayV2::Stage', Properties: { ApiId: { Ref: 'B' }, AutoDeploy: true, StageName: '$default' } },
  }],
  ['given descriptions', {
    A: {
      Type: 'AWS::Serverless::Api',
      Properties: {
        StageName: 'v',
        EndpointConfiguration: 'EDGE',
        DefinitionBody: {
          openapi: '3.0.1',
          paths: { '/a': { get: {}, options: { security: [] }, parameters: [1] } },
          components: { schemas: { S: 1 }, securitySchemes: { Own: 1 } },
        },
        Cors: "'*'",
        Auth: { DefaultAuthorizer: 'AWS_IAM' },
        Domain: { DomainName: 'd', CertificateArn: 'c', EndpointConfiguration: 'EDGE' },
      },
    },
    B: { Type: 'AWS::Serverless::Api', Properties: { DefinitionBody: { 'Fn::Transform': { Name: 'AWS::Include' } } } },
    C: { Type: 'AWS::Serverless::Api', Properties: { DefinitionUri: 's3://bucket/a/key' } },
    D: { Type: 'AWS::Serverless::HttpApi', Properties: { DefinitionUri: './here.yaml' } },
    E: { Type: 'AWS::Serverless::Api', Properties: { DefinitionUri: { Bucket: 'b', Key: 'k' } } },
  }, {}, {
    A: {
      Type: 'AWS::ApiGateway::RestApi',
      Properties: {
        Body: {
          'openapi': '3.0.1',
          'paths': { '/a': { get: { security: [{ AWS_IAM: [] }] }, options: { security: [] }, parameters: [1] } },
          'components': {
            schemas: { S: 1 },
            securitySchemes: {
              AWS_IAM: { 'type': 'apiKey', 'name': 'Authorization', 'in': 'header', 'x-amazon-apigateway-authtype': 'awsSigv4' },
              api_key: { type: 'apiKey', name: 'x-api-key', in: 'header' },
              Own: 1,
            },
          },
          'x-amazon-apigateway-request-validators': {},
        },
        EndpointConfiguration: { Types: ['EDGE'] },
      },
    },
    B: { Type: 'AWS::ApiGateway::RestApi', Properties: { Body: { 'Fn::Transform': { Name: 'AWS::Include' } } } },
    C: { Type: 'AWS::ApiGateway::RestApi', Properties: { BodyS3Location: { Bucket: 'bucket', Key: 'a/key' } } },
    D: { Type: 'AWS::ApiGatewayV2::Api', Properties: { BodyS3Location: { Bucket: './here.yaml', Key: './here.yaml' } } },
    E: { Type: 'AWS::ApiGateway::RestApi', Properties: { BodyS3Location: { Bucket: 'b', Key: 'k' } } },
    ADeployment: { Type: 'AWS::ApiGateway::Deployment', Properties: { RestApiId: { Ref: 'A' } } },
    AvStage: {
      Type: 'AWS::ApiGateway::Stage',
      Properties: { DeploymentId: { Ref: 'ADeployment' }, RestApiId: { Ref: 'A' }, StageName: 'v' },
    },
    AMapping: {
      Type: 'AWS::ApiGateway::BasePathMapping',
      Properties: { DomainName: { Ref: 'ADomainName' }, Stage: { Ref: 'AvStage' }, RestApiId: { Ref: 'A' } },
    },
    ADomainName: {
      Type: 'AWS::ApiGateway::DomainName',
      Properties: { DomainName: 'd', EndpointConfiguration: { Types: ['EDGE'] }, CertificateArn: 'c' },
    },
    BDeployment: { Type: 'AWS::ApiGateway::Deployment', Properties: { RestApiId: { Ref: 'B' } } },
    BProdStage: {
      Type: 'AWS::ApiGateway::Stage',
      Properties: { DeploymentId: { Ref: 'BDeployment' }, RestApiId: { Ref: 'B' }, StageName: 'Prod' },
    },
    CDeployment: { Type: 'AWS::ApiGateway::Deployment', Properties: { RestApiId: { Ref: 'C' } } },
    CProdStage: {
      Type: 'AWS::ApiGateway::Stage',
      Properties: { DeploymentId: { Ref: 'CDeployment' }, RestApiId: { Ref: 'C' }, StageName: 'Prod' },
    },
    EDeployment: { Type: 'AWS::ApiGateway::Deployment', Properties: { RestApiId: { Ref: 'E' } } },
    EProdStage: {
      Type: 'AWS::ApiGateway::Stage',
      Properties: { DeploymentId: { Ref: 'EDeployment' }, RestApiId: { Ref: 'E' }, StageName: 'Prod' },
    },
    DApiGatewayDefaultStage: { Type: 'AWS::ApiGatewayV2::Stage', Properties: { ApiId: { Ref: 'D' }, AutoDeploy: true, StageName: '$default' } },
  }],
  ['who may call a private API', {
    Accounts: {
      Type: 'AWS::Serverless::Api',
      Properties: { Auth: { ResourcePolicy: { AwsAccountWhitelist: ['1'] } }, DefinitionUri: 'x' },
    },
    Networks: {
      Type: 'AWS::Serverless::Api',
      Properties: {
        Auth: { ResourcePolicy: { IntrinsicVpcWhitelist: ['vpc-1'], IntrinsicVpceWhitelist: ['vpce-1'] } },
        DefinitionUri: 'x',
      },
    },
    Sources: {
      Type: 'AWS::Serverless::Api',
      Properties: { Auth: { ResourcePolicy: { SourceVpcWhitelist: ['vpc-1', 'vpce-1'] } }, DefinitionUri: 'x' },
    },
  }, {}, {
    Accounts: {
      Type: 'AWS::ApiGateway::RestApi',
      Properties: {
        BodyS3Location: { Bucket: 'x', Key: 'x' },
        Policy: {
          Version: '2012-10-17',
          Statement: [
            { Effect: 'Allow', Principal: { AWS: ['1'] }, Action: 'execute-api:Invoke', Resource: ['execute-api:/*'] },
          ],
        },
      },
    },
    Networks: {
      Type: 'AWS::ApiGateway::RestApi',
      Properties: {
        BodyS3Location: { Bucket: 'x', Key: 'x' },
        Policy: {
          Version: '2012-10-17',
          Statement: [
            { Effect: 'Allow', Principal: '*', Action: 'execute-api:Invoke', Resource: ['execute-api:/*'] },
            {
              Effect: 'Deny',
              Principal: '*',
              Action: 'execute-api:Invoke',
              Resource: ['execute-api:/*'],
              Condition: { StringNotEquals: { 'aws:SourceVpc': ['vpc-1'], 'aws:SourceVpce': ['vpce-1'] } },
            },
          ],
        },
      },
    },
    Sources: {
      Type: 'AWS::ApiGateway::RestApi',
      Properties: {
        BodyS3Location: { Bucket: 'x', Key: 'x' },
        Policy: {
          Version: '2012-10-17',
          Statement: [
            { Effect: 'Allow', Principal: '*', Action: 'execute-api:Invoke', Resource: ['execute-api:/*'] },
            {
              Effect: 'Deny',
              Principal: '*',
              Action: 'execute-api:Invoke',
              Resource: ['execute-api:/*'],
              Condition: { StringNotEquals: { 'aws:SourceVpc': ['vpc-1'], 'aws:SourceVpce': ['vpce-1'] } },
            },
          ],
        },
      },
    },
    AccountsDeployment: { Type: 'AWS::ApiGateway::Deployment', Properties: { RestApiId: { Ref: 'Accounts' } } },
    AccountsProdStage: {
      Type: 'AWS::ApiGateway::Stage',
      Properties: { DeploymentId: { Ref: 'AccountsDeployment' }, RestApiId: { Ref: 'Accounts' }, StageName: 'Prod' },
    },
    NetworksDeployment: { Type: 'AWS::ApiGateway::Deployment', Properties: { RestApiId: { Ref: 'Networks' } } },
    NetworksProdStage: {
      Type: 'AWS::ApiGateway::Stage',
      Properties: { DeploymentId: { Ref: 'NetworksDeployment' }, RestApiId: { Ref: 'Networks' }, StageName: 'Prod' },
    },
    SourcesDeployment: { Type: 'AWS::ApiGateway::Deployment', Properties: { RestApiId: { Ref: 'Sources' } } },
    SourcesProdStage: {
      Type: 'AWS::ApiGateway::Stage',
      Properties: { DeploymentId: { Ref: 'SourcesDeployment' }, RestApiId: { Ref: 'Sources' }, StageName: 'Prod' },
    },
  }],
];

test.each(CASES)('what SAM makes of APIs: %s', (_, Resources, Globals, made) => {
  const { template } = expandSam({ Transform: 'AWS::Serverless-2016-10-31', Resources, Globals });
  const expanded = (template as { readonly Resources: Raw }).Resources;
  expect(JSON.parse(JSON.stringify({ ...expanded }))).toEqual({ ...Resources, ...made });
});
