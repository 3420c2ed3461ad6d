import { createHash } from 'crypto';
import { Template } from '../../seed';
import { add, BlindSeed, breach, fault, of, prop, remove, safe } from '../support';
import {
  ACCOUNT, alarm, allow, att, bucket, failures, forService, key, lambda, logs, Parts, ref, role, signing, sub, takesLogs, via,
} from './parts';

/** A suffix as CDK makes it: eight digits that the name alone decides. */
const h = (name: string): string => `${name}${createHash('sha256').update(name).digest('hex').slice(0, 8).toUpperCase()}`;
const named = (name: string) => (part: string): string => h(`${name}${part}`);

/** As CDK writes roles: the rights stand in a policy beside each role. */
function cdk(parts: Parts): Parts {
  const policies = Object.entries(parts).filter(([, { Type, Properties }]) => Type === 'AWS::IAM::Role' && Properties.Policies !== undefined)
    .map(([id, { Properties }]) => {
      const [{ PolicyDocument }] = Properties.Policies;
      delete Properties.Policies;
      return [h(`${id.slice(0, -8)}DefaultPolicy`), {
        Type: 'AWS::IAM::Policy', Properties: { PolicyName: h(`${id.slice(0, -8)}DefaultPolicy`), PolicyDocument, Roles: [ref(id)] },
      }];
    });
  const all = { ...parts, ...Object.fromEntries(policies) } as Parts;
  for (const [id, part] of Object.entries(all)) part.Metadata = { 'aws:cdk:path': `Files/${id.slice(0, -8)}/Resource` };
  return all;
}

const KEY = att(h('Key'));
const PAGER = ref('PagerTopicArn');
const ASSETS = { 'Fn::Sub': 'cdk-hnb659fds-assets-${AWS::AccountId}-${AWS::Region}' };
const DIGEST = 'sha256:4f9c1e2ab7d35e60918273645faebcd1029384756afbecd1029384756afbecd1';

const subnet = (cidr: string, zone: number) => ({
  Type: 'AWS::EC2::Subnet',
  Properties: {
    VpcId: ref(h('Vpc')),
    CidrBlock: cidr,
    AvailabilityZone: { 'Fn::Select': [zone, { 'Fn::GetAZs': '' }] },
    MapPublicIpOnLaunch: false,
    Tags: [{ Key: 'Name', Value: `Files/Vpc/${zone}` }],
  },
});

const endpointPolicy = (Action: string[]) => ({
  Version: '2012-10-17',
  Statement: [{
    Effect: 'Allow', Principal: '*', Action, Resource: '*', Condition: { StringEquals: { 'aws:ResourceAccount': ACCOUNT, 'aws:PrincipalAccount': ACCOUNT } },
  }],
});

const TEMPLATE: Template = {
  Description: 'Files are turned into other files',
  Parameters: {
    PagerTopicArn: { Type: 'String' },
    WebAclArn: { Type: 'String', AllowedPattern: 'arn:aws:wafv2:us-east-1:[0-9]{12}:global/webacl/.+' },
    CertificateArn: { Type: 'String' },
    BootstrapVersion: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/cdk-bootstrap/hnb659fds/version' },
  },
  Resources: cdk({
    [h('Key')]: key(forService('events.amazonaws.com', ['kms:Decrypt', 'kms:GenerateDataKey'])),
    [h('Signing')]: signing(),
    ...bucket(named('LogStore'), undefined, undefined, {}, [takesLogs(h('LogStore')), forService(
      'delivery.logs.amazonaws.com', 's3:PutObject', sub(`\${${h('LogStore')}.Arn}/*`))]),
    ...bucket(named('Uploads'), KEY, h('LogStore'), { NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } } }),
    ...bucket(named('Results'), KEY, h('LogStore')),
    [h('Vpc')]: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.20.0.0/16', EnableDnsHostnames: true, EnableDnsSupport: true } },
    [h('SubnetA')]: subnet('10.20.0.0/24', 0),
    [h('SubnetB')]: subnet('10.20.1.0/24', 1),
    [h('Routes')]: { Type: 'AWS::EC2::RouteTable', Properties: { VpcId: ref(h('Vpc')) } },
    [h('RouteA')]: { Type: 'AWS::EC2::SubnetRouteTableAssociation', Properties: { RouteTableId: ref(h('Routes')), SubnetId: ref(h('SubnetA')) } },
    [h('RouteB')]: { Type: 'AWS::EC2::SubnetRouteTableAssociation', Properties: { RouteTableId: ref(h('Routes')), SubnetId: ref(h('SubnetB')) } },
    [h('FlowRole')]: role('vpc-flow-logs.amazonaws.com', [
      allow(['logs:CreateLogStream', 'logs:PutLogEvents', 'logs:DescribeLogStreams'], att(h('FlowLogs'))),
    ]),
    [h('FlowLogs')]: logs(KEY),
    [h('Flow')]: {
      Type: 'AWS::EC2::FlowLog',
      Properties: {
        ResourceId: ref(h('Vpc')), ResourceType: 'VPC', TrafficType: 'ALL', DeliverLogsPermissionArn: att(h('FlowRole')), LogGroupName: ref(h('FlowLogs')),
      },
    },
    [h('ConvertGroup')]: {
      Type: 'AWS::EC2::SecurityGroup',
      Properties: {
        GroupDescription: 'Conversion',
        VpcId: ref(h('Vpc')),
        SecurityGroupEgress: [
          { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: '10.20.0.0/16', Description: 'Endpoints' },
          { IpProtocol: 'tcp', FromPort: 2049, ToPort: 2049, CidrIp: '10.20.0.0/16', Description: 'Scratch files' },
        ],
      },
    },
    [h('FilesGroup')]: {
      Type: 'AWS::EC2::SecurityGroup',
      Properties: {
        GroupDescription: 'Scratch files',
        VpcId: ref(h('Vpc')),
        SecurityGroupEgress: [{ IpProtocol: 'icmp', FromPort: 252, ToPort: 86, CidrIp: '255.255.255.255/32', Description: 'Nothing' }],
        SecurityGroupIngress: [
          { IpProtocol: 'tcp', FromPort: 2049, ToPort: 2049, SourceSecurityGroupId: att(h('ConvertGroup'), 'GroupId'), Description: 'Conversion' },
        ],
      },
    },
    [h('S3Endpoint')]: {
      Type: 'AWS::EC2::VPCEndpoint',
      Properties: {
        VpcId: ref(h('Vpc')),
        ServiceName: sub('com.amazonaws.${AWS::Region}.s3'),
        VpcEndpointType: 'Gateway',
        RouteTableIds: [ref(h('Routes'))],
        PolicyDocument: endpointPolicy(['s3:GetObject', 's3:PutObject']),
      },
    },
    [h('Scratch')]: {
      Type: 'AWS::EFS::FileSystem',
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        Encrypted: true, KmsKeyId: KEY, BackupPolicy: { Status: 'ENABLED' }, FileSystemTags: [{ Key: 'Name', Value: 'scratch' }],
      },
    },
    [h('MountA')]: {
      Type: 'AWS::EFS::MountTarget',
      Properties: {
        FileSystemId: ref(h('Scratch')), SubnetId: ref(h('SubnetA')), SecurityGroups: [att(h('FilesGroup'), 'GroupId')],
      },
    },
    [h('MountB')]: {
      Type: 'AWS::EFS::MountTarget',
      Properties: {
        FileSystemId: ref(h('Scratch')), SubnetId: ref(h('SubnetB')), SecurityGroups: [att(h('FilesGroup'), 'GroupId')],
      },
    },
    [h('ScratchAccess')]: {
      Type: 'AWS::EFS::AccessPoint',
      Properties: {
        FileSystemId: ref(h('Scratch')),
        PosixUser: { Uid: '1000', Gid: '1000' },
        RootDirectory: { Path: '/scratch', CreationInfo: { OwnerUid: '1000', OwnerGid: '1000', Permissions: '750' } },
      },
    },
    ...failures(named('Unconverted'), ref(h('Key')), PAGER, [forService('events.amazonaws.com', 'sqs:SendMessage', att(h('Unconverted')))]),
    ...lambda({
      id: named('Convert'),
      key: KEY,
      pager: PAGER,
      signing: ref('AWS::NoValue'),
      code: { ImageUri: { 'Fn::Sub': `\${AWS::AccountId}.dkr.ecr.\${AWS::Region}.\${AWS::URLSuffix}/convert@${DIGEST}` } },
      env: { RESULTS: ref(h('Results')), UPLOADS: ref(h('Uploads')) },
      statements: [
        allow('s3:GetObject', sub(`\${${h('Uploads')}.Arn}/*`)),
        allow('s3:PutObject', sub(`\${${h('Results')}.Arn}/*`)),
        allow('sqs:SendMessage', att(h('Unconverted'))),
        allow(['kms:Decrypt', 'kms:GenerateDataKey'], KEY, via('s3', 'sqs')),
        allow(['elasticfilesystem:ClientMount', 'elasticfilesystem:ClientWrite'], att(h('Scratch')),
          { StringEquals: { 'elasticfilesystem:AccessPointArn': att(h('ScratchAccess')) } }),
        allow(['ec2:CreateNetworkInterface', 'ec2:DescribeNetworkInterfaces', 'ec2:DeleteNetworkInterface'], '*'),
      ],
      more: {
        Runtime: ref('AWS::NoValue'),
        Handler: ref('AWS::NoValue'),
        PackageType: 'Image',
        Timeout: 300,
        MemorySize: 2048,
        EphemeralStorage: { Size: 1024 },
        VpcConfig: { SubnetIds: [ref(h('SubnetA')), ref(h('SubnetB'))], SecurityGroupIds: [att(h('ConvertGroup'), 'GroupId')] },
        FileSystemConfigs: [{ Arn: att(h('ScratchAccess')), LocalMountPath: '/mnt/scratch' }],
        DeadLetterConfig: { TargetArn: att(h('Unconverted')) },
      },
    }),
    [h('ConvertInvoke')]: {
      Type: 'AWS::Lambda::EventInvokeConfig',
      Properties: {
        FunctionName: ref(h('Convert')),
        Qualifier: '$LATEST',
        MaximumRetryAttempts: 1,
        DestinationConfig: { OnFailure: { Destination: att(h('Unconverted')) } },
      },
    },
    [h('Uploaded')]: {
      Type: 'AWS::Events::Rule',
      Properties: {
        State: 'ENABLED',
        EventPattern: { 'source': ['aws.s3'], 'detail-type': ['Object Created'], 'detail': { bucket: { name: [ref(h('Uploads'))] } } },
        Targets: [{ Id: 'Target0', Arn: att(h('Convert')), DeadLetterConfig: { Arn: att(h('Unconverted')) } }],
      },
    },
    [h('UploadedAllow')]: {
      Type: 'AWS::Lambda::Permission',
      Properties: {
        FunctionName: att(h('Convert')), Action: 'lambda:InvokeFunction', Principal: 'events.amazonaws.com', SourceArn: att(h('Uploaded')), SourceAccount: ACCOUNT,
      },
    },
    ...lambda({
      id: named('Door'),
      key: KEY,
      pager: PAGER,
      signing: ref(h('Signing')),
      code: { S3Bucket: ASSETS, S3Key: 'aa11bb22cc33.zip' },
      env: { UPLOADS: ref(h('Uploads')) },
      statements: [
        allow('s3:PutObject', sub(`\${${h('Uploads')}.Arn}/*`)),
        allow(['kms:Decrypt', 'kms:GenerateDataKey'], KEY, via('s3')),
      ],
    }),
    [h('DoorVersion')]: { Type: 'AWS::Lambda::Version', Properties: { FunctionName: ref(h('Door')) } },
    [h('DoorLive')]: {
      Type: 'AWS::Lambda::Alias',
      Properties: {
        FunctionName: ref(h('Door')), FunctionVersion: att(h('DoorVersion'), 'Version'), Name: 'live',
      },
    },
    [h('DoorUrl')]: {
      Type: 'AWS::Lambda::Url',
      DependsOn: [h('DoorLive')],
      Properties: {
        AuthType: 'AWS_IAM',
        TargetFunctionArn: ref(h('Door')),
        Qualifier: 'live',
        InvokeMode: 'BUFFERED',
        Cors: { AllowOrigins: ['https://files.example.org'], AllowMethods: ['POST'], AllowHeaders: ['content-type'], MaxAge: 300 },
      },
    },
    [h('DoorUrlAllow')]: {
      Type: 'AWS::Lambda::Permission',
      Properties: {
        FunctionName: ref(h('DoorLive')),
        Action: 'lambda:InvokeFunctionUrl',
        Principal: 'cloudfront.amazonaws.com',
        FunctionUrlAuthType: 'AWS_IAM',
        SourceAccount: ACCOUNT,
        SourceArn: sub(`arn:\${AWS::Partition}:cloudfront::\${AWS::AccountId}:distribution/\${${h('Site')}}`),
      },
    },
    [h('DoorInvokeAllow')]: {
      Type: 'AWS::Lambda::Permission',
      Properties: {
        FunctionName: ref(h('DoorLive')),
        Action: 'lambda:InvokeFunction',
        Principal: 'cloudfront.amazonaws.com',
        InvokedViaFunctionUrl: true,
        SourceAccount: ACCOUNT,
        SourceArn: sub(`arn:\${AWS::Partition}:cloudfront::\${AWS::AccountId}:distribution/\${${h('Site')}}`),
      },
    },
    [h('DoorAccess')]: {
      Type: 'AWS::CloudFront::OriginAccessControl',
      Properties: {
        OriginAccessControlConfig: {
          Name: 'files-door', OriginAccessControlOriginType: 'lambda', SigningBehavior: 'always', SigningProtocol: 'sigv4',
        },
      },
    },
    [h('Headers')]: {
      Type: 'AWS::CloudFront::ResponseHeadersPolicy',
      Properties: {
        ResponseHeadersPolicyConfig: {
          Name: 'files-headers',
          SecurityHeadersConfig: {
            StrictTransportSecurity: { AccessControlMaxAgeSec: 31536000, IncludeSubdomains: true, Preload: true, Override: true },
            ContentSecurityPolicy: { ContentSecurityPolicy: "default-src 'self'; frame-ancestors 'none'", Override: true },
            ContentTypeOptions: { Override: true },
            FrameOptions: { FrameOption: 'DENY', Override: true },
            ReferrerPolicy: { ReferrerPolicy: 'no-referrer', Override: true },
          },
        },
      },
    },
    [h('Site')]: {
      Type: 'AWS::CloudFront::Distribution',
      Properties: {
        DistributionConfig: {
          Enabled: true,
          HttpVersion: 'http2and3',
          DefaultRootObject: 'index.html',
          WebACLId: ref('WebAclArn'),
          Aliases: ['files.example.org'],
          ViewerCertificate: { AcmCertificateArn: ref('CertificateArn'), MinimumProtocolVersion: 'TLSv1.2_2021', SslSupportMethod: 'sni-only' },
          Origins: [{
            Id: 'door',
            DomainName: { 'Fn::Select': [2, { 'Fn::Split': ['/', att(h('DoorUrl'), 'FunctionUrl')] }] },
            OriginAccessControlId: att(h('DoorAccess'), 'Id'),
            CustomOriginConfig: { OriginProtocolPolicy: 'https-only', OriginSSLProtocols: ['TLSv1.2'] },
          }],
          DefaultCacheBehavior: {
            TargetOriginId: 'door',
            ViewerProtocolPolicy: 'redirect-to-https',
            Compress: true,
            AllowedMethods: ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE'],
            CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
            OriginRequestPolicyId: 'b689b0a8-53d0-40ab-baf2-68738e2966ac',
            ResponseHeadersPolicyId: ref(h('Headers')),
          },
        },
      },
    },
    [h('SiteLogSource')]: {
      Type: 'AWS::Logs::DeliverySource',
      Properties: {
        Name: 'files-site', LogType: 'ACCESS_LOGS', ResourceArn: sub(`arn:\${AWS::Partition}:cloudfront::\${AWS::AccountId}:distribution/\${${h('Site')}}`),
      },
    },
    [h('SiteLogTarget')]: {
      Type: 'AWS::Logs::DeliveryDestination',
      Properties: {
        Name: 'files-site', OutputFormat: 'json', DestinationResourceArn: att(h('LogStore')),
      },
    },
    [h('SiteLogDelivery')]: {
      Type: 'AWS::Logs::Delivery',
      Properties: {
        DeliverySourceName: ref(h('SiteLogSource')), DeliveryDestinationArn: att(h('SiteLogTarget')),
      },
    },
    [h('SiteFaults')]: alarm('AWS/CloudFront', '5xxErrorRate', { DistributionId: ref(h('Site')), Region: 'Global' }, PAGER),
  }),
};

const site = (template: Template): any => of(template, 'AWS::CloudFront::Distribution', 'Site').DistributionConfig;
const fn = (template: Template, name: string): any => of(template, 'AWS::Lambda::Function', name);
const rights = (template: Template, name: string): any[] => of(template, 'AWS::IAM::Policy', name).PolicyDocument.Statement;
const CACHED = '658327ea-f89d-4fab-a63d-7e88639e58f6';

export const FILES_SEED: BlindSeed = {
  name: 'Seven A: conversion of files, as CDK writes it',
  style: 'cdk',
  stacks: { Files: TEMPLATE },
  mutants: [
    fault('G25', 'each distribution of the world calls the door', ({ Files }) => {
      const allowed = prop(Files, h('DoorUrlAllow'));
      delete allowed.SourceArn;
      delete allowed.SourceAccount;
    }),
    fault('G25', 'all accounts may call the door by their own policies', ({ Files }) => {
      add(Files, h('Partners'), 'AWS::Lambda::Permission', {
        FunctionName: ref(h('DoorLive')), Action: 'lambda:InvokeFunctionUrl', Principal: '*', FunctionUrlAuthType: 'AWS_IAM',
      });
    }),
    fault('G26', 'the door opens as often as it is knocked at', ({ Files }) => {
      delete fn(Files, 'Door').ReservedConcurrentExecutions;
    }),
    fault('G66', 'the door is open beside the distribution', ({ Files }) => {
      prop(Files, h('DoorUrl')).AuthType = 'NONE';
      Object.assign(prop(Files, h('DoorUrlAllow')), { Principal: '*', FunctionUrlAuthType: 'NONE' });
      delete prop(Files, h('DoorUrlAllow')).SourceArn;
      delete prop(Files, h('DoorUrlAllow')).SourceAccount;
    }),
    fault('G39', 'who knows the bucket of uploads may start conversions from another account', ({ Files }) => {
      of(Files, 'AWS::S3::BucketPolicy', 'UploadsPolicy').PolicyDocument.Statement.push({
        Effect: 'Allow',
        Principal: { AWS: { 'Fn::Join': [':', ['arn', { Ref: 'AWS::Partition' }, 'iam:', '210987654321', 'root']] } },
        Action: 's3:PutObject',
        Resource: sub(`\${${h('Uploads')}.Arn}/partner/*`),
      });
    }),
    fault('G40', 'what cannot be converted is forgotten', ({ Files }) => {
      delete fn(Files, 'Convert').DeadLetterConfig;
      remove(Files, h('ConvertInvoke'));
    }),
    fault('G46', 'results go to where uploads come from', ({ Files }) => {
      rights(Files, 'Convert').push(allow('s3:Put*', { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':s3:::', ref(h('Uploads')), '/results/*']] }));
      fn(Files, 'Convert').Environment.Variables.RESULTS = ref(h('Uploads'));
    }),
    fault('G65', 'no firewall stands before the door', ({ Files }) => {
      site(Files).WebACLId = ref('AWS::NoValue');
    }),
    fault('G67', 'what one person gets of the door is kept for the next', ({ Files }) => {
      site(Files).DefaultCacheBehavior.CachePolicyId = CACHED;
    }),
    fault('G67', 'answers under one path are kept for all', ({ Files }) => {
      site(Files).CacheBehaviors = [{ ...site(Files).DefaultCacheBehavior, PathPattern: '/mine/*', CachePolicyId: { 'Fn::Sub': CACHED } }];
    }),
    fault('G68', 'one path has no headers', ({ Files }) => {
      const { ResponseHeadersPolicyId: _, ...bare } = site(Files).DefaultCacheBehavior;
      site(Files).CacheBehaviors = [{ ...bare, PathPattern: '/status' }];
      delete of(Files, 'AWS::CloudFront::ResponseHeadersPolicy', 'Headers').ResponseHeadersPolicyConfig.SecurityHeadersConfig.StrictTransportSecurity;
    }),
    fault('G76', 'a stack that goes takes the results with it', ({ Files }) => {
      Files.Resources[h('Results')].DeletionPolicy = 'Delete';
    }),
    fault('G78', 'an access point lets each account read results', ({ Files }) => {
      add(Files, h('Share'), 'AWS::S3::AccessPoint', {
        Bucket: ref(h('Results')),
        Name: 'share',
        PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: false, IgnorePublicAcls: true, RestrictPublicBuckets: false },
        Policy: {
          Version: '2012-10-17',
          Statement: [{
            Effect: 'Allow',
            Principal: { AWS: ['*'] },
            Action: 's3:GetObject',
            Resource: sub('arn:${AWS::Partition}:s3:${AWS::Region}:${AWS::AccountId}:accesspoint/share/object/*'),
          }],
        },
      });
    }),
    fault('G79', 'files may leave for buckets of anybody', ({ Files }) => {
      of(Files, 'AWS::EC2::VPCEndpoint', 'S3Endpoint').PolicyDocument.Statement.push({ Effect: 'Allow', Principal: { AWS: '*' }, Action: 's3:*', Resource: '*' });
    }),
    fault('G87', 'code that nobody signed is deployed with a word', ({ Files }) => {
      of(Files, 'AWS::Lambda::CodeSigningConfig', 'Signing').CodeSigningPolicies.UntrustedArtifactOnDeployment = 'Warn';
    }),
    fault('G88', 'the image of the conversion is whatever is the last', ({ Files }) => {
      fn(Files, 'Convert').Code.ImageUri = {
        'Fn::Join': ['', [
          { Ref: 'AWS::AccountId' }, '.dkr.ecr.', { Ref: 'AWS::Region' }, '.', { Ref: 'AWS::URLSuffix' }, '/convert', ':', 'latest',
        ]],
      };
    }),
    fault('G90', 'the conversion writes its scratch files as any user', ({ Files }) => {
      delete of(Files, 'AWS::EFS::AccessPoint', 'ScratchAccess').PosixUser;
    }),
    fault('G90', 'a conversion runs for a quarter of an hour, as often as it likes', ({ Files }) => {
      const convert = fn(Files, 'Convert');
      convert.Timeout = 900;
      convert.EphemeralStorage.Size = 10240;
      delete convert.ReservedConcurrentExecutions;
    }),
    fault('G54', 'the door runs a layer of somebody else', ({ Files }) => {
      fn(Files, 'Door').Layers = [{ 'Fn::Join': [':', ['arn', { Ref: 'AWS::Partition' }, 'lambda', { Ref: 'AWS::Region' }, '210987654321', 'layer:trace:7']] }];
    }),
    fault('G10', 'a shell starts before the door', ({ Files }) => {
      fn(Files, 'Door').Environment.Variables.NODE_OPTIONS = { 'Fn::Join': [' ', ['--enable-source-maps', '--require', '/opt/hook.js']] };
    }),
    breach('sg.egress-open', 'the conversion may talk to all of the world, by a rule that stands apart', ({ Files }) => {
      add(Files, h('Out'), 'AWS::EC2::SecurityGroupEgress', {
        GroupId: att(h('ConvertGroup'), 'GroupId'), IpProtocol: '-1', CidrIpv6: '::/0', Description: 'Out',
      });
    }),
    breach('s3.bpa', 'the bucket of results may be opened', ({ Files }) => {
      of(Files, 'AWS::S3::Bucket', 'Results').PublicAccessBlockConfiguration.RestrictPublicBuckets = 'false';
    }),
    breach('cf.tls-min', 'viewers come by old TLS', ({ Files }) => {
      site(Files).ViewerCertificate.MinimumProtocolVersion = 'TLSv1.1_2016';
    }),
  ],
  variants: [
    safe('files of the site are cached, which are the same for all', ({ Files }) => {
      const store = h('Assets');
      for (const [id, part] of Object.entries(bucket(named('Assets'), undefined, h('LogStore'), {}, [{
        Effect: 'Allow',
        Principal: { Service: 'cloudfront.amazonaws.com' },
        Action: 's3:GetObject',
        Resource: sub(`\${${store}.Arn}/*`),
        Condition: { StringEquals: { 'AWS:SourceArn': sub(`arn:\${AWS::Partition}:cloudfront::\${AWS::AccountId}:distribution/\${${h('Site')}}`) } },
      }]))) Files.Resources[id] = part;
      add(Files, h('AssetsAccess'), 'AWS::CloudFront::OriginAccessControl', {
        OriginAccessControlConfig: {
          Name: 'files-assets', OriginAccessControlOriginType: 's3', SigningBehavior: 'always', SigningProtocol: 'sigv4',
        },
      });
      site(Files).Origins.push({
        Id: 'assets', DomainName: att(store, 'RegionalDomainName'), OriginAccessControlId: att(h('AssetsAccess'), 'Id'), S3OriginConfig: { OriginAccessIdentity: '' },
      });
      site(Files).CacheBehaviors = [{
        ...site(Files).DefaultCacheBehavior,
        PathPattern: '/assets/*',
        TargetOriginId: 'assets',
        CachePolicyId: CACHED,
        AllowedMethods: ['GET', 'HEAD'],
        OriginRequestPolicyId: ref('AWS::NoValue'),
      }];
    }),
    safe('the conversion lists what is uploaded', ({ Files }) => {
      rights(Files, 'Convert').push(allow('s3:ListBucket', att(h('Uploads')), { StringLike: { 's3:prefix': 'in/*' } }));
    }),
    safe('the endpoint refuses other accounts by a statement of its own', ({ Files }) => {
      of(Files, 'AWS::EC2::VPCEndpoint', 'S3Endpoint').PolicyDocument.Statement = [
        { Effect: 'Allow', Principal: '*', Action: 's3:*', Resource: '*' },
        { Effect: 'Deny', Principal: '*', Action: '*', Resource: '*', Condition: { StringNotEquals: { 'aws:ResourceAccount': ACCOUNT } } },
        { Effect: 'Deny', Principal: '*', Action: '*', Resource: '*', Condition: { StringNotEquals: { 'aws:PrincipalAccount': ACCOUNT } } },
      ];
    }),
    safe('the image of the conversion has a tag and a digest', ({ Files }) => {
      fn(Files, 'Convert').Code.ImageUri = { 'Fn::Sub': `\${AWS::AccountId}.dkr.ecr.\${AWS::Region}.\${AWS::URLSuffix}/convert:v7@${DIGEST}` };
    }),
    safe('source maps are on', ({ Files }) => {
      fn(Files, 'Door').Environment.Variables.NODE_OPTIONS = '--enable-source-maps --max-old-space-size=200';
    }),
  ],
};
