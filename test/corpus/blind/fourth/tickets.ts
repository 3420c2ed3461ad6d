import { resourceOf, Template } from '../../seed';
import { add, BlindSeed, breach, fault, idOf, of, prop, safe } from '../support';

const TEMPLATE = `
Description: Tickets with attachments
Resources:
  DataKey4A1C9E70:
    Type: AWS::KMS::Key
    Properties:
      Description: Tickets
      EnableKeyRotation: true
      KeyPolicy:
        Statement:
          - { Action: 'kms:*', Effect: Allow, Principal: { AWS: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::', { Ref: 'AWS::AccountId' }, ':root']] } }, Resource: '*' }
          - Action: [kms:Decrypt, kms:Encrypt, kms:GenerateDataKey*, kms:ReEncrypt*]
            Condition: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':logs:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, ':*']] } } }
            Effect: Allow
            Principal: { Service: { 'Fn::Join': ['', ['logs.', { Ref: 'AWS::Region' }, '.amazonaws.com']] } }
            Resource: '*'
        Version: '2012-10-17'
    UpdateReplacePolicy: Retain
    DeletionPolicy: Retain
    Metadata: { aws:cdk:path: Tickets/DataKey/Resource }
  ServerLogs7B3D2F11:
    Type: AWS::S3::Bucket
    Properties:
      BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: AES256 } }] }
      LifecycleConfiguration: { Rules: [{ ExpirationInDays: 400, NoncurrentVersionExpiration: { NoncurrentDays: 30 }, AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 }, Status: Enabled }] }
      OwnershipControls: { Rules: [{ ObjectOwnership: BucketOwnerEnforced }] }
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true }
      VersioningConfiguration: { Status: Enabled }
    UpdateReplacePolicy: Retain
    DeletionPolicy: Retain
    Metadata: { aws:cdk:path: Tickets/ServerLogs/Resource }
  ServerLogsPolicy0D5E8A63:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: { Ref: ServerLogs7B3D2F11 }
      PolicyDocument:
        Statement:
          - { Action: 's3:*', Condition: { Bool: { 'aws:SecureTransport': 'false' } }, Effect: Deny, Principal: { AWS: '*' }, Resource: [{ 'Fn::GetAtt': [ServerLogs7B3D2F11, Arn] }, { 'Fn::Join': ['', [{ 'Fn::GetAtt': [ServerLogs7B3D2F11, Arn] }, /*]] }] }
          - Action: s3:PutObject
            Condition: { ArnLike: { 'aws:SourceArn': { 'Fn::GetAtt': [AttachmentsC5B7E1F4, Arn] } }, StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } }
            Effect: Allow
            Principal: { Service: logging.s3.amazonaws.com }
            Resource: { 'Fn::Join': ['', [{ 'Fn::GetAtt': [ServerLogs7B3D2F11, Arn] }, /attachments*]] }
        Version: '2012-10-17'
    Metadata: { aws:cdk:path: Tickets/ServerLogs/Policy/Resource }
  AttachmentsC5B7E1F4:
    Type: AWS::S3::Bucket
    Properties:
      BucketEncryption: { ServerSideEncryptionConfiguration: [{ BucketKeyEnabled: true, ServerSideEncryptionByDefault: { KMSMasterKeyID: { 'Fn::GetAtt': [DataKey4A1C9E70, Arn] }, SSEAlgorithm: aws:kms } }] }
      LifecycleConfiguration: { Rules: [{ NoncurrentVersionExpiration: { NoncurrentDays: 90 }, AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 }, Status: Enabled }] }
      LoggingConfiguration: { DestinationBucketName: { Ref: ServerLogs7B3D2F11 }, LogFilePrefix: attachments }
      OwnershipControls: { Rules: [{ ObjectOwnership: BucketOwnerEnforced }] }
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true }
      VersioningConfiguration: { Status: Enabled }
    UpdateReplacePolicy: Retain
    DeletionPolicy: Retain
    Metadata: { aws:cdk:path: Tickets/Attachments/Resource }
  AttachmentsPolicyE60A1B92:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: { Ref: AttachmentsC5B7E1F4 }
      PolicyDocument:
        Statement:
          - { Action: 's3:*', Condition: { Bool: { 'aws:SecureTransport': 'false' } }, Effect: Deny, Principal: { AWS: '*' }, Resource: [{ 'Fn::GetAtt': [AttachmentsC5B7E1F4, Arn] }, { 'Fn::Join': ['', [{ 'Fn::GetAtt': [AttachmentsC5B7E1F4, Arn] }, /*]] }] }
        Version: '2012-10-17'
    Metadata: { aws:cdk:path: Tickets/Attachments/Policy/Resource }
  AttachmentsNotificationsDD1A0C55:
    Type: Custom::S3BucketNotifications
    Properties:
      ServiceToken: { 'Fn::GetAtt': [BucketNotificationsHandler050a0587b7544547bf325f094a3db8347ECC3691, Arn] }
      BucketName: { Ref: AttachmentsC5B7E1F4 }
      NotificationConfiguration: { LambdaFunctionConfigurations: [{ Events: ['s3:ObjectCreated:*'], LambdaFunctionArn: { 'Fn::GetAtt': [ScanF2D8B6A0, Arn] } }] }
      Managed: true
      SkipDestinationValidation: false
    DependsOn: [AttachmentsAllowBucketNotificationsToTicketsScan8E1F0B5C44D2A913, AttachmentsPolicyE60A1B92]
    Metadata: { aws:cdk:path: Tickets/Attachments/Notifications/Resource }
  AttachmentsAllowBucketNotificationsToTicketsScan8E1F0B5C44D2A913:
    Type: AWS::Lambda::Permission
    Properties: { Action: lambda:InvokeFunction, FunctionName: { 'Fn::GetAtt': [ScanF2D8B6A0, Arn] }, Principal: s3.amazonaws.com, SourceAccount: { Ref: 'AWS::AccountId' }, SourceArn: { 'Fn::GetAtt': [AttachmentsC5B7E1F4, Arn] } }
    Metadata: { aws:cdk:path: Tickets/Attachments/AllowBucketNotificationsToTicketsScan8E1F0B5C }
  BucketNotificationsHandler050a0587b7544547bf325f094a3db834RoleB6FB88EC:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: { Statement: [{ Action: sts:AssumeRole, Effect: Allow, Principal: { Service: lambda.amazonaws.com } }], Version: '2012-10-17' }
      ManagedPolicyArns: [{ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::aws:policy/service-role/AWSLambdaBasicExecutionRole']] }]
    Metadata: { aws:cdk:path: Tickets/BucketNotificationsHandler050a0587b7544547bf325f094a3db834/Role/Resource }
  BucketNotificationsHandler050a0587b7544547bf325f094a3db834RoleDefaultPolicy2CF63D36:
    Type: AWS::IAM::Policy
    Properties:
      PolicyDocument: { Statement: [{ Action: s3:PutBucketNotification, Effect: Allow, Resource: '*' }], Version: '2012-10-17' }
      PolicyName: BucketNotificationsHandler050a0587b7544547bf325f094a3db834RoleDefaultPolicy2CF63D36
      Roles: [{ Ref: BucketNotificationsHandler050a0587b7544547bf325f094a3db834RoleB6FB88EC }]
    Metadata: { aws:cdk:path: Tickets/BucketNotificationsHandler050a0587b7544547bf325f094a3db834/Role/DefaultPolicy/Resource }
  BucketNotificationsHandler050a0587b7544547bf325f094a3db8347ECC3691:
    Type: AWS::Lambda::Function
    Properties:
      Description: AWS CloudFormation handler for "Custom::S3BucketNotifications" resources (@aws-cdk/aws-s3)
      Code: { ZipFile: "import boto3\\ns3 = boto3.client('s3')\\ndef handler(event, context):\\n  s3.put_bucket_notification_configuration(Bucket=event['ResourceProperties']['BucketName'])" }
      Handler: index.handler
      Role: { 'Fn::GetAtt': [BucketNotificationsHandler050a0587b7544547bf325f094a3db834RoleB6FB88EC, Arn] }
      Runtime: python3.13
      Timeout: 300
    DependsOn: [BucketNotificationsHandler050a0587b7544547bf325f094a3db834RoleDefaultPolicy2CF63D36, BucketNotificationsHandler050a0587b7544547bf325f094a3db834RoleB6FB88EC]
    Metadata: { aws:cdk:path: Tickets/BucketNotificationsHandler050a0587b7544547bf325f094a3db834/Resource }
  ScanFailed3E7C1D08:
    Type: AWS::SQS::Queue
    Properties: { KmsMasterKeyId: { 'Fn::GetAtt': [DataKey4A1C9E70, Arn] }, MessageRetentionPeriod: 1209600, RedriveAllowPolicy: { redrivePermission: denyAll } }
    UpdateReplacePolicy: Delete
    DeletionPolicy: Delete
    Metadata: { aws:cdk:path: Tickets/ScanFailed/Resource }
  ScanFailedPolicy5B90F7E2:
    Type: AWS::SQS::QueuePolicy
    Properties:
      PolicyDocument: { Statement: [{ Action: 'sqs:*', Condition: { Bool: { 'aws:SecureTransport': 'false' } }, Effect: Deny, Principal: { AWS: '*' }, Resource: { 'Fn::GetAtt': [ScanFailed3E7C1D08, Arn] } }], Version: '2012-10-17' }
      Queues: [{ Ref: ScanFailed3E7C1D08 }]
    Metadata: { aws:cdk:path: Tickets/ScanFailed/Policy/Resource }
  TicketsTable90B1D7C3:
    Type: AWS::DynamoDB::GlobalTable
    Properties:
      AttributeDefinitions: [{ AttributeName: pk, AttributeType: S }]
      BillingMode: PAY_PER_REQUEST
      KeySchema: [{ AttributeName: pk, KeyType: HASH }]
      Replicas:
        - { DeletionProtectionEnabled: true, PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true }, Region: eu-west-1, SSESpecification: { KMSMasterKeyId: { 'Fn::GetAtt': [DataKey4A1C9E70, Arn] } } }
        - { DeletionProtectionEnabled: true, PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true }, Region: eu-central-1, SSESpecification: { KMSMasterKeyId: 'arn:aws:kms:eu-central-1:111122223333:key/7d3b1f02-5c1e-4a86-9c55-0c1b4b8f9f10' } }
      SSESpecification: { SSEEnabled: true, SSEType: KMS }
      StreamSpecification: { StreamViewType: NEW_AND_OLD_IMAGES }
    UpdateReplacePolicy: Retain
    DeletionPolicy: Retain
    Metadata: { aws:cdk:path: Tickets/TicketsTable/Resource }
FUNCTIONS
  AuthorizerToken1F4B8C26:
    Type: AWS::ApiGateway::Authorizer
    Properties:
      AuthorizerResultTtlInSeconds: 0
      AuthorizerUri: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':apigateway:', { Ref: 'AWS::Region' }, ':lambda:path/2015-03-31/functions/', { 'Fn::GetAtt': [Guard7A9E3C15, Arn] }, /invocations]] }
      IdentitySource: method.request.header.Authorization
      IdentityValidationExpression: '^Bearer [-0-9a-zA-Z._]+$'
      Name: TicketsToken
      RestApiId: { Ref: Api49610EDF }
      Type: TOKEN
    Metadata: { aws:cdk:path: Tickets/Token/Resource }
  GuardPermission6E2D9F40:
    Type: AWS::Lambda::Permission
    Properties: { Action: lambda:InvokeFunction, FunctionName: { 'Fn::GetAtt': [Guard7A9E3C15, Arn] }, Principal: apigateway.amazonaws.com, SourceArn: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':execute-api:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, ':', { Ref: Api49610EDF }, /authorizers/, { Ref: AuthorizerToken1F4B8C26 }]] } }
    Metadata: { aws:cdk:path: Tickets/Guard/Permission }
  Api49610EDF:
    Type: AWS::ApiGateway::RestApi
    Properties: { EndpointConfiguration: { Types: [REGIONAL] }, Name: tickets }
    Metadata: { aws:cdk:path: Tickets/Api/Resource }
  ApiDeploymentB17BE62D8c1e0f: { Type: 'AWS::ApiGateway::Deployment', Properties: { RestApiId: { Ref: Api49610EDF } }, DependsOn: [Apitickets1C3B5A70, ApiticketsGET9D2E4F61, ApiticketsPOST0B7A8C93], Metadata: { aws:cdk:path: Tickets/Api/Deployment/Resource } }
  ApiDeploymentStageprod3EB9684E:
    Type: AWS::ApiGateway::Stage
    Properties:
      AccessLogSetting: { DestinationArn: { 'Fn::GetAtt': [AccessLogs1D6C0A3B, Arn] }, Format: '{"requestId":"$context.requestId","ip":"$context.identity.sourceIp","caller":"$context.authorizer.principalId","requestTime":"$context.requestTime","httpMethod":"$context.httpMethod","resourcePath":"$context.resourcePath","status":"$context.status","error":"$context.error.message"}' }
      DeploymentId: { Ref: ApiDeploymentB17BE62D8c1e0f }
      MethodSettings: [{ DataTraceEnabled: false, HttpMethod: '*', LoggingLevel: ERROR, MetricsEnabled: true, ResourcePath: '/*', ThrottlingBurstLimit: 100, ThrottlingRateLimit: 50 }]
      RestApiId: { Ref: Api49610EDF }
      StageName: prod
      TracingEnabled: true
    Metadata: { aws:cdk:path: Tickets/Api/DeploymentStage.prod/Resource }
  Api4XX5D0E7B12: { Type: AWS::ApiGateway::GatewayResponse, Properties: { ResponseTemplates: { application/json: '{"message":"refused"}' }, ResponseType: DEFAULT_4XX, RestApiId: { Ref: Api49610EDF } } }
  Api5XX2A9C4E80: { Type: AWS::ApiGateway::GatewayResponse, Properties: { ResponseTemplates: { application/json: '{"message":"failed"}' }, ResponseType: DEFAULT_5XX, RestApiId: { Ref: Api49610EDF } } }
  Apitickets1C3B5A70: { Type: 'AWS::ApiGateway::Resource', Properties: { ParentId: { 'Fn::GetAtt': [Api49610EDF, RootResourceId] }, PathPart: tickets, RestApiId: { Ref: Api49610EDF } } }
  ApiValidator8F1A6D35: { Type: 'AWS::ApiGateway::RequestValidator', Properties: { RestApiId: { Ref: Api49610EDF }, ValidateRequestBody: true, ValidateRequestParameters: true } }
  ApiTicketModel4B2E9C07: { Type: 'AWS::ApiGateway::Model', Properties: { ContentType: application/json, RestApiId: { Ref: Api49610EDF }, Schema: { type: object, additionalProperties: false, required: [subject], properties: { subject: { type: string, maxLength: 200 }, text: { type: string, maxLength: 4000 } }, $schema: 'http://json-schema.org/draft-04/schema#' } } }
  ApiticketsGET9D2E4F61:
    Type: AWS::ApiGateway::Method
    Properties:
      AuthorizationType: CUSTOM
      AuthorizerId: { Ref: AuthorizerToken1F4B8C26 }
      HttpMethod: GET
      Integration: { IntegrationHttpMethod: POST, Type: AWS_PROXY, Uri: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':apigateway:', { Ref: 'AWS::Region' }, ':lambda:path/2015-03-31/functions/', { 'Fn::GetAtt': [Desk2C8F7E91, Arn] }, /invocations]] } }
      RequestValidatorId: { Ref: ApiValidator8F1A6D35 }
      ResourceId: { Ref: Apitickets1C3B5A70 }
      RestApiId: { Ref: Api49610EDF }
    Metadata: { aws:cdk:path: Tickets/Api/Default/tickets/GET/Resource }
  ApiticketsPOST0B7A8C93:
    Type: AWS::ApiGateway::Method
    Properties:
      ApiKeyRequired: true
      AuthorizationType: CUSTOM
      AuthorizerId: { Ref: AuthorizerToken1F4B8C26 }
      HttpMethod: POST
      Integration: { IntegrationHttpMethod: POST, Type: AWS_PROXY, Uri: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':apigateway:', { Ref: 'AWS::Region' }, ':lambda:path/2015-03-31/functions/', { 'Fn::GetAtt': [Desk2C8F7E91, Arn] }, /invocations]] } }
      RequestModels: { application/json: { Ref: ApiTicketModel4B2E9C07 } }
      RequestValidatorId: { Ref: ApiValidator8F1A6D35 }
      ResourceId: { Ref: Apitickets1C3B5A70 }
      RestApiId: { Ref: Api49610EDF }
    Metadata: { aws:cdk:path: Tickets/Api/Default/tickets/POST/Resource }
  ApiticketsGETApiPermission5E0D: { Type: 'AWS::Lambda::Permission', Properties: { Action: lambda:InvokeFunction, FunctionName: { 'Fn::GetAtt': [Desk2C8F7E91, Arn] }, Principal: apigateway.amazonaws.com, SourceArn: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':execute-api:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, ':', { Ref: Api49610EDF }, /, { Ref: ApiDeploymentStageprod3EB9684E }, /GET/tickets]] } } }
  ApiticketsPOSTApiPermission7C1B: { Type: 'AWS::Lambda::Permission', Properties: { Action: lambda:InvokeFunction, FunctionName: { 'Fn::GetAtt': [Desk2C8F7E91, Arn] }, Principal: apigateway.amazonaws.com, SourceArn: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':execute-api:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, ':', { Ref: Api49610EDF }, /, { Ref: ApiDeploymentStageprod3EB9684E }, /POST/tickets]] } } }
  ApiPlan6B9D2E38: { Type: 'AWS::ApiGateway::UsagePlan', Properties: { ApiStages: [{ ApiId: { Ref: Api49610EDF }, Stage: { Ref: ApiDeploymentStageprod3EB9684E }, Throttle: {} }], Quota: { Limit: 50000, Period: DAY }, Throttle: { BurstLimit: 50, RateLimit: 20 } } }
  ApiKey0C4F8B71: { Type: 'AWS::ApiGateway::ApiKey', Properties: { Enabled: true } }
  ApiPlanKey3D7E: { Type: 'AWS::ApiGateway::UsagePlanKey', Properties: { KeyId: { Ref: ApiKey0C4F8B71 }, KeyType: API_KEY, UsagePlanId: { Ref: ApiPlan6B9D2E38 } } }
  AccessLogs1D6C0A3B: { Type: 'AWS::Logs::LogGroup', Properties: { KmsKeyId: { 'Fn::GetAtt': [DataKey4A1C9E70, Arn] }, RetentionInDays: 365 }, UpdateReplacePolicy: Retain, DeletionPolicy: Retain }
  WebAclA5: { Type: 'AWS::WAFv2::WebACLAssociation', Properties: { ResourceArn: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':apigateway:', { Ref: 'AWS::Region' }, '::/restapis/', { Ref: Api49610EDF }, /stages/, { Ref: ApiDeploymentStageprod3EB9684E }]] }, WebACLArn: { 'Fn::ImportValue': 'Edge:ExportsOutputFnGetAttWebAclArn8E5A1B7C' } } }
  ScanFailedAlarm: { Type: 'AWS::CloudWatch::Alarm', Properties: { AlarmActions: [{ 'Fn::ImportValue': 'Ops:ExportsOutputRefAlarms1C9D' }], ComparisonOperator: GreaterThanOrEqualToThreshold, Dimensions: [{ Name: QueueName, Value: { 'Fn::GetAtt': [ScanFailed3E7C1D08, QueueName] } }], EvaluationPeriods: 1, MetricName: ApproximateNumberOfMessagesVisible, Namespace: AWS/SQS, Period: 300, Statistic: Maximum, Threshold: 1 } }
  CDKMetadata: { Type: 'AWS::CDK::Metadata', Properties: { Analytics: 'v2:deflate64:H4sIAAAAAAAA' }, Condition: CDKMetadataAvailable }
Conditions:
  CDKMetadataAvailable: { 'Fn::Or': [{ 'Fn::Equals': [{ Ref: 'AWS::Region' }, eu-west-1] }, { 'Fn::Equals': [{ Ref: 'AWS::Region' }, us-east-1] }] }
Parameters:
  BootstrapVersion: { Type: 'AWS::SSM::Parameter::Value<String>', Default: /cdk-bootstrap/hnb659fds/version, Description: 'Version of the CDK Bootstrap resources in this environment. [cdk:skip]' }
Rules:
  CheckBootstrapVersion: { Assertions: [{ Assert: { 'Fn::Not': [{ 'Fn::Contains': [['1', '2', '3', '4', '5'], { Ref: BootstrapVersion }] }] }, AssertDescription: "CDK bootstrap stack version 6 required. Please run 'cdk bootstrap' with a recent version of the CDK CLI." }] }
`;

/** What lambda.Function makes: role, default policy, log group, function, alarms of its author. */
function lambda(name: string, hash: string, more: string, statements: string): string {
  return `
  ${name}Role${hash}:
    Type: AWS::IAM::Role
    Properties: { AssumeRolePolicyDocument: { Statement: [{ Action: sts:AssumeRole, Effect: Allow, Principal: { Service: lambda.amazonaws.com } }], Version: '2012-10-17' } }
    Metadata: { aws:cdk:path: Tickets/${name}Role/Resource }
  ${name}RoleDefaultPolicy${hash}:
    Type: AWS::IAM::Policy
    Properties:
      PolicyDocument:
        Statement:
          - { Action: [logs:CreateLogStream, logs:PutLogEvents], Effect: Allow, Resource: { 'Fn::GetAtt': [${name}Logs${hash}, Arn] } }
          - { Action: [xray:PutTelemetryRecords, xray:PutTraceSegments], Effect: Allow, Resource: '*' }
${statements}
        Version: '2012-10-17'
      PolicyName: ${name}RoleDefaultPolicy${hash}
      Roles: [{ Ref: ${name}Role${hash} }]
    Metadata: { aws:cdk:path: Tickets/${name}Role/DefaultPolicy/Resource }
  ${name}Logs${hash}: { Type: 'AWS::Logs::LogGroup', Properties: { KmsKeyId: { 'Fn::GetAtt': [DataKey4A1C9E70, Arn] }, RetentionInDays: 365 }, UpdateReplacePolicy: Retain, DeletionPolicy: Retain }
  ${name}${hash}:
    Type: AWS::Lambda::Function
    Properties:
      Architectures: [arm64]
      Code: { S3Bucket: { 'Fn::Sub': 'cdk-hnb659fds-assets-\${AWS::AccountId}-\${AWS::Region}' }, S3Key: 5c1b7d0a9e3f4826b1d5c7e9f0a2b4c6d8e0f1a3b5c7d9e1f3a5b7c9d1e3f5a7.zip }
      Handler: index.handler
      KmsKeyArn: { 'Fn::GetAtt': [DataKey4A1C9E70, Arn] }
      LoggingConfig: { LogFormat: JSON, LogGroup: { Ref: ${name}Logs${hash} } }
      MemorySize: 256
      ReservedConcurrentExecutions: 20
      Role: { 'Fn::GetAtt': [${name}Role${hash}, Arn] }
      Runtime: nodejs22.x
      Timeout: 15
      TracingConfig: { Mode: Active }
      ${more}
    DependsOn: [${name}RoleDefaultPolicy${hash}, ${name}Role${hash}]
    Metadata: { aws:cdk:path: Tickets/${name}/Resource, aws:asset:path: asset.5c1b7d0a, aws:asset:property: Code }
  ${name}Errors${hash}: { Type: 'AWS::CloudWatch::Alarm', Properties: { AlarmActions: [{ 'Fn::ImportValue': 'Ops:ExportsOutputRefAlarms1C9D' }], ComparisonOperator: GreaterThanOrEqualToThreshold, Dimensions: [{ Name: FunctionName, Value: { Ref: ${name}${hash} } }], EvaluationPeriods: 1, MetricName: Errors, Namespace: AWS/Lambda, Period: 300, Statistic: Sum, Threshold: 1 } }
  ${name}Throttles${hash}: { Type: 'AWS::CloudWatch::Alarm', Properties: { AlarmActions: [{ 'Fn::ImportValue': 'Ops:ExportsOutputRefAlarms1C9D' }], ComparisonOperator: GreaterThanOrEqualToThreshold, Dimensions: [{ Name: FunctionName, Value: { Ref: ${name}${hash} } }], EvaluationPeriods: 1, MetricName: Throttles, Namespace: AWS/Lambda, Period: 300, Statistic: Sum, Threshold: 1 } }`;
}

const VIA = (service: string): string => `Condition: { StringEquals: { 'kms:ViaService': { 'Fn::Join': ['', ['${service}.', { Ref: 'AWS::Region' }, '.amazonaws.com']] } } }`;

const FUNCTIONS = [
  lambda('Desk', '2C8F7E91', 'Environment: { Variables: { TABLE_NAME: { Ref: TicketsTable90B1D7C3 } } }', `
          - { Action: [dynamodb:GetItem, dynamodb:PutItem, dynamodb:Query], Effect: Allow, Resource: { 'Fn::GetAtt': [TicketsTable90B1D7C3, Arn] } }
          - { Action: [kms:Decrypt, kms:GenerateDataKey], Effect: Allow, Resource: { 'Fn::GetAtt': [DataKey4A1C9E70, Arn] }, ${VIA('dynamodb')} }`),
  lambda('Scan', 'F2D8B6A0', "DeadLetterConfig: { TargetArn: { 'Fn::GetAtt': [ScanFailed3E7C1D08, Arn] } }\n      Environment: { Variables: { TABLE_NAME: { Ref: TicketsTable90B1D7C3 }, BUCKET: { Ref: AttachmentsC5B7E1F4 } } }", `
          - { Action: s3:GetObject, Effect: Allow, Resource: { 'Fn::Join': ['', [{ 'Fn::GetAtt': [AttachmentsC5B7E1F4, Arn] }, /*]] } }
          - { Action: dynamodb:UpdateItem, Effect: Allow, Resource: { 'Fn::GetAtt': [TicketsTable90B1D7C3, Arn] } }
          - { Action: sqs:SendMessage, Effect: Allow, Resource: { 'Fn::GetAtt': [ScanFailed3E7C1D08, Arn] } }
          - { Action: [kms:Decrypt, kms:GenerateDataKey], Effect: Allow, Resource: { 'Fn::GetAtt': [DataKey4A1C9E70, Arn] }, ${VIA('s3')} }
          - { Action: [kms:Decrypt, kms:GenerateDataKey], Effect: Allow, Resource: { 'Fn::GetAtt': [DataKey4A1C9E70, Arn] }, ${VIA('dynamodb')} }
          - { Action: [kms:Decrypt, kms:GenerateDataKey], Effect: Allow, Resource: { 'Fn::GetAtt': [DataKey4A1C9E70, Arn] }, ${VIA('sqs')} }`),
  lambda('Guard', '7A9E3C15', 'Environment: { Variables: { ISSUER: https://login.tickets.example.org } }', ''),
].join('');

const rights = (stack: Template, start: string): any[] => of(stack, 'AWS::IAM::Policy', `${start}RoleDefaultPolicy`).PolicyDocument.Statement;
const bucket = (stack: Template): Record<string, any> => of(stack, 'AWS::S3::Bucket', 'Attachments');
const bucketRules = (stack: Template): any[] => of(stack, 'AWS::S3::BucketPolicy', 'AttachmentsPolicy').PolicyDocument.Statement;
const method = (stack: Template, verb: string): Record<string, any> => of(stack, 'AWS::ApiGateway::Method', `Apitickets${verb}`);
const INSIDE = { 'Fn::Join': ['', [{ 'Fn::GetAtt': ['AttachmentsC5B7E1F4', 'Arn'] }, '/*']] };

/** What CDK's own constructs write, with generated ids, paths and the handler of bucket notifications. */
export const TICKETS: BlindSeed = {
  name: 'Tickets, as the L2 constructs of CDK write it',
  style: 'cdk',
  stacks: { Tickets: TEMPLATE.replace('FUNCTIONS', () => FUNCTIONS.slice(1)) },
  mutants: [
    fault('G14', 'one answer of the authorizer is kept for all methods: the time is left to the default of five minutes', ({ Tickets }) => { delete of(Tickets, 'AWS::ApiGateway::Authorizer', 'AuthorizerToken').AuthorizerResultTtlInSeconds; }),
    fault('G15', 'any text at all is handed to the authorizer', ({ Tickets }) => { delete of(Tickets, 'AWS::ApiGateway::Authorizer', 'AuthorizerToken').IdentityValidationExpression; }),
    fault('G19', 'a key of the usage plan is all that one method asks for', ({ Tickets }) => { const post = method(Tickets, 'POST'); post.AuthorizationType = 'NONE'; delete post.AuthorizerId; }),
    fault('G61', 'the limits of the plan are of nothing', ({ Tickets }) => { const plan = of(Tickets, 'AWS::ApiGateway::UsagePlan', 'ApiPlan'); delete plan.Quota; delete plan.Throttle; }),
    fault('G06', 'the value of the API key is put together from two texts', ({ Tickets }) => { of(Tickets, 'AWS::ApiGateway::ApiKey', 'ApiKey').Value = { 'Fn::Join': ['-', ['9f8e7d6c5b4a', '3f2e1d0c9b8a7f6e']] }; }),
    fault('G27', 'any bucket of the account may call the scanner', ({ Tickets }) => { of(Tickets, 'AWS::Lambda::Permission', 'AttachmentsAllow').SourceArn = { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':s3:::*']] }; }),
    breach('lambda.public-policy', 'a bucket that somebody else makes later under the name may call, since no account is named', ({ Tickets }) => { delete of(Tickets, 'AWS::Lambda::Permission', 'AttachmentsAllow').SourceAccount; }),
    fault('G28', 'the log service may write for the bucket of anybody', ({ Tickets }) => { delete of(Tickets, 'AWS::S3::BucketPolicy', 'ServerLogsPolicy').PolicyDocument.Statement[1].Condition; }),
    fault('G46', 'the scanner writes back to the bucket that calls it, by a policy that is attached from elsewhere', ({ Tickets }) => {
      add(Tickets, 'ThumbnailsPolicy77AB', 'AWS::IAM::ManagedPolicy', { PolicyDocument: { Version: '2012-10-17', Statement: [{ Action: 's3:PutObject', Effect: 'Allow', Resource: INSIDE }] }, Roles: [{ Ref: idOf(Tickets, 'AWS::IAM::Role', 'ScanRole') }] });
    }),
    fault('G47', 'a permission stays for a method that the API no longer has', ({ Tickets }) => {
      const parts = of(Tickets, 'AWS::Lambda::Permission', 'ApiticketsGETApiPermission').SourceArn['Fn::Join'][1];
      add(Tickets, 'ApireportsGETApiPermission0A1B', 'AWS::Lambda::Permission', { ...of(Tickets, 'AWS::Lambda::Permission', 'ApiticketsGETApiPermission'), SourceArn: { 'Fn::Join': ['', [...parts.slice(0, -1), '/GET/reports']] } });
    }),
    fault('G54', 'a layer of a stranger is loaded, named by a join', ({ Tickets }) => { of(Tickets, 'AWS::Lambda::Function', 'Desk').Layers = [{ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':lambda:', { Ref: 'AWS::Region' }, ':998877665544:layer:helpers:3']] }]; }),
    fault('G74', 'what the desk logs goes to a destination of another account', ({ Tickets }) => {
      add(Tickets, 'Ship5D', 'AWS::Logs::SubscriptionFilter', { LogGroupName: { Ref: idOf(Tickets, 'AWS::Logs::LogGroup', 'DeskLogs') }, FilterPattern: '', DestinationArn: { 'Fn::Join': [':', ['arn', { Ref: 'AWS::Partition' }, 'logs', { Ref: 'AWS::Region' }, '998877665544', 'destination', 'collect']] } });
    }),
    fault('G76', 'the attachments go when the stack goes', ({ Tickets }) => { Object.assign(resourceOf(Tickets, idOf(Tickets, 'AWS::S3::Bucket', 'Attachments')), { DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Delete' }); }),
    fault('G77', 'the second replica of the table has no recovery to a point in time', ({ Tickets }) => { of(Tickets, 'AWS::DynamoDB::GlobalTable', 'TicketsTable').Replicas[1].PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled = false; }),
    breach('ddb.deletion-protection', 'the replica of this region may be deleted, by a text', ({ Tickets }) => { of(Tickets, 'AWS::DynamoDB::GlobalTable', 'TicketsTable').Replicas[0].DeletionProtectionEnabled = 'false'; }),
    fault('G59', 'one method calls a server in the clear, its address joined', ({ Tickets }) => { method(Tickets, 'GET').Integration = { Type: 'HTTP_PROXY', IntegrationHttpMethod: 'GET', Uri: { 'Fn::Join': ['', ['http', '://', 'legacy.tickets.example.org/list']] } }; }),
    breach('s3.bpa', 'one of four locks of the bucket is a text that says no', ({ Tickets }) => { bucket(Tickets).PublicAccessBlockConfiguration.RestrictPublicBuckets = 'false'; }),
    breach('s3.versioning', 'versions are suspended', ({ Tickets }) => { bucket(Tickets).VersioningConfiguration.Status = 'Suspended'; }),
    breach('s3.logging', 'nobody sees who reads attachments', ({ Tickets }) => { delete bucket(Tickets).LoggingConfiguration; }),
    breach('s3.kms', 'the key of the bucket is that of S3 itself, named by its alias', ({ Tickets }) => { bucket(Tickets).BucketEncryption.ServerSideEncryptionConfiguration[0].ServerSideEncryptionByDefault.KMSMasterKeyID = { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':kms:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, ':alias/aws/s3']] }; }),
    breach('s3.tls', 'the statement refuses what is encrypted and takes what is not', ({ Tickets }) => { bucketRules(Tickets)[0].Condition.Bool['aws:SecureTransport'] = 'true'; }),
    breach('s3.policy-notprincipal', 'everybody but one role may read', ({ Tickets }) => { bucketRules(Tickets).push({ Effect: 'Allow', NotPrincipal: { AWS: 'arn:aws:iam::111122223333:role/guest' }, Action: 's3:GetObject', Resource: INSIDE }); }),
    breach('s3.policy-cross-account', 'another account may read, and the organization in the condition is the one that it is not in', ({ Tickets }) => {
      bucketRules(Tickets).push({ Effect: 'Allow', Principal: { AWS: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::', '998877665544', ':root']] } }, Action: ['s3:GetObject', 's3:ListBucket'], Resource: [INSIDE, { 'Fn::GetAtt': ['AttachmentsC5B7E1F4', 'Arn'] }], Condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } } });
    }),
    breach('lambda.role-unique', 'the authorizer runs with the role of the desk', ({ Tickets }) => { of(Tickets, 'AWS::Lambda::Function', 'Guard').Role = { 'Fn::GetAtt': [idOf(Tickets, 'AWS::IAM::Role', 'DeskRole'), 'Arn'] }; }),
    breach('iam.notaction', 'the desk may do all but delete the table', ({ Tickets }) => { const [, , table] = rights(Tickets, 'Desk'); delete table.Action; Object.assign(table, { NotAction: ['dynamodb:DeleteTable'], Resource: '*' }); }),
    breach('s3.access-point', 'a way to the bucket of its own, which a policy may open to all', ({ Tickets }) => { add(Tickets, 'Reports9C', 'AWS::S3::AccessPoint', { Bucket: { Ref: 'AttachmentsC5B7E1F4' }, PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: 'false', IgnorePublicAcls: true, RestrictPublicBuckets: 'false' } }); }),
    breach('s3.policy-action', 'another account of the organization may do anything with the bucket', ({ Tickets }) => { bucketRules(Tickets).push({ Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::444455556666:root' }, Action: 's3:*', Resource: [INSIDE, { 'Fn::GetAtt': ['AttachmentsC5B7E1F4', 'Arn'] }], Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } } }); }),
  ],
  variants: [
    safe('a refusal for everybody, of everything but reading', ({ Tickets }) => {
      bucketRules(Tickets).push({ Effect: 'Deny', Principal: { AWS: '*' }, NotAction: ['s3:GetObject*', 's3:ListBucket', 's3:PutObject', 's3:GetBucket*', 's3:PutBucket*', 's3:*Policy'], Resource: [INSIDE], Condition: { StringNotEquals: { 'aws:PrincipalAccount': { Ref: 'AWS::AccountId' } } } });
    }),
    safe('the refusal of connections in the clear in two statements', ({ Tickets }) => {
      const [both] = bucketRules(Tickets);
      const [whole, inside] = both.Resource;
      bucketRules(Tickets).splice(0, 1, { ...both, Resource: whole }, { ...both, Resource: inside });
    }),
    safe('another account may read, and must be of the organization', ({ Tickets }) => {
      bucketRules(Tickets).push({ Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::444455556666:role/reader' }, Action: 's3:GetObject', Resource: INSIDE, Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } } });
    }),
    safe('the scanner may write to a folder of a bucket that calls nobody', ({ Tickets }) => {
      rights(Tickets, 'Scan').push({ Action: 's3:PutObject', Effect: 'Allow', Resource: { 'Fn::Join': ['', [{ 'Fn::ImportValue': 'Archive:ExportsOutputFnGetAttArchiveArn55' }, '/scanned/*']] } });
    }),
    safe('a refusal with NotAction in the rights of the desk', ({ Tickets }) => { rights(Tickets, 'Desk').push({ Effect: 'Deny', NotAction: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query', 'logs:*', 'xray:*', 'kms:Decrypt', 'kms:GenerateDataKey'], Resource: '*' }); }),
    safe('the authorizer keeps answers, and its key holds the method and the path', ({ Tickets }) => {
      const authorizer = of(Tickets, 'AWS::ApiGateway::Authorizer', 'AuthorizerToken');
      delete authorizer.IdentityValidationExpression;
      Object.assign(authorizer, { Type: 'REQUEST', AuthorizerResultTtlInSeconds: 60, IdentitySource: 'method.request.header.Authorization,context.httpMethod,context.path' });
    }),
    safe('a layer of AWS itself', ({ Tickets }) => { of(Tickets, 'AWS::Lambda::Function', 'Desk').Layers = ['arn:aws:lambda:eu-west-1:094274105915:layer:AWSLambdaPowertoolsTypeScriptV2:30']; }),
    safe('the functions get other generated ids', ({ Tickets }) => {
      const renamed = JSON.parse(JSON.stringify(Tickets).replace(/Desk2C8F7E91/g, 'Desk77777777').replace(/ScanF2D8B6A0/g, 'Scan88888888'));
      for (const key of Object.keys(Tickets)) delete Tickets[key];
      Object.assign(Tickets, renamed);
    }),
    safe('booleans as texts', ({ Tickets }) => {
      bucket(Tickets).PublicAccessBlockConfiguration = { BlockPublicAcls: 'true', BlockPublicPolicy: 'true', IgnorePublicAcls: 'true', RestrictPublicBuckets: 'true' };
      prop(Tickets, 'TicketsTable90B1D7C3').Replicas[1].DeletionProtectionEnabled = 'true';
    }),
  ],
};
