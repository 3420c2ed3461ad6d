import { addResource, properties, Seed, Template } from '../seed';

/** A server for the files of partners, which a function lets in, by hand. */
const FILE_SERVER: Seed = {
  name: 'A file server whose users a function knows, by hand',
  style: 'yaml',
  stacks: {
    Exchange: `
Conditions:
  Prod: !Equals [!Ref AWS::StackName, Exchange]
Resources:
  DataKey: { Type: AWS::KMS::Key, Properties: { EnableKeyRotation: true, KeyPolicy: { Statement: [{ Effect: Allow, Principal: { AWS: !Sub 'arn:\${AWS::Partition}:iam::\${AWS::AccountId}:root' }, Action: 'kms:*', Resource: '*' }] } } }
  Logs: { Type: AWS::Logs::LogGroup, Properties: { RetentionInDays: 365, KmsKeyId: !GetAtt DataKey.Arn } }
  Partners:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: partners
      VpcId: vpc-0123456789abcdef0
      SecurityGroupIngress: [{ CidrIp: 203.0.113.0/24, IpProtocol: tcp, FromPort: 22, ToPort: 22, Description: the baker }]
      SecurityGroupEgress: [{ CidrIp: 203.0.113.0/24, IpProtocol: tcp, FromPort: 443, ToPort: 443, Description: the baker }]
  Files:
    Type: AWS::Transfer::Server
    Properties:
      Protocols: [SFTP]
      SecurityPolicyName: TransferSecurityPolicy-2024-01
      StructuredLogDestinations: [!GetAtt Logs.Arn]
      IdentityProviderType: API_GATEWAY
      IdentityProviderDetails:
        Url: https://login.example.com/prod
        InvocationRole: arn:aws:iam::111122223333:role/login
        SftpAuthenticationMethods: PUBLIC_KEY
`,
  },
  mutants: [{
    name: 'it takes the algorithms of the oldest clients',
    rule: 'FileServerCiphers',
    change: ({ Exchange }) => { delete properties(Exchange, 'Files').SecurityPolicyName; },
  }, {
    name: 'it takes them in one case',
    rule: 'FileServerCiphers',
    change: ({ Exchange }) => { properties(Exchange, 'Files').SecurityPolicyName = { 'Fn::If': ['Prod', 'TransferSecurityPolicy-Restricted-2018-11', 'TransferSecurityPolicy-2024-01'] }; },
  }, {
    name: 'a password will do',
    rule: 'FileServerPasswords',
    change: ({ Exchange }) => { delete properties(Exchange, 'Files').IdentityProviderDetails.SftpAuthenticationMethods; },
  }, {
    name: 'a second protocol knows no keys',
    rule: 'FileServerPasswords',
    change: ({ Exchange }) => { properties(Exchange, 'Files').Protocols.push('FTPS'); },
  }, {
    name: 'passwords in a network that lets everybody in',
    rule: 'FileServerPasswords',
    change: ({ Exchange }) => {
      properties(Exchange, 'Partners').SecurityGroupIngress[0].CidrIp = '0.0.0.0/0';
      inNetwork(Exchange, ['eipalloc-0123456789abcdef0']);
    },
  }, {
    name: 'partners send over FTP',
    rule: 'FileServerPlaintext',
    change: ({ Exchange }) => {
      inNetwork(Exchange);
      properties(Exchange, 'Files').Protocols = ['SFTP', 'FTP'];
    },
  }, {
    name: 'nobody writes down who comes',
    rule: 'FileServerLog',
    change: ({ Exchange }) => { properties(Exchange, 'Files').StructuredLogDestinations = []; },
  }],
  variants: [{
    name: 'a network alone reaches it, with passwords',
    change: ({ Exchange }) => { inNetwork(Exchange); },
  }, {
    name: 'the service keeps the users',
    change: ({ Exchange }) => {
      delete properties(Exchange, 'Files').IdentityProviderDetails;
      properties(Exchange, 'Files').IdentityProviderType = 'SERVICE_MANAGED';
      addResource(Exchange, 'Baker', 'AWS::Transfer::User', {
        ServerId: { 'Fn::GetAtt': ['Files', 'ServerId'] }, UserName: 'baker', Role: 'arn:aws:iam::111122223333:role/baker',
      });
    },
  }, {
    name: 'later algorithms, and a key besides the password',
    change: ({ Exchange }) => {
      properties(Exchange, 'Files').SecurityPolicyName = 'TransferSecurityPolicy-2025-03';
      properties(Exchange, 'Files').IdentityProviderDetails.SftpAuthenticationMethods = 'PUBLIC_KEY_AND_PASSWORD';
    },
  }],
};

function inNetwork(stack: Template, addresses?: readonly string[]): void {
  Object.assign(properties(stack, 'Files'), {
    EndpointType: 'VPC',
    EndpointDetails: { VpcId: 'vpc-0123456789abcdef0', SubnetIds: ['subnet-0123456789abcdef0'], SecurityGroupIds: [{ 'Fn::GetAtt': ['Partners', 'GroupId'] }], AddressAllocationIds: addresses },
  });
  properties(stack, 'Files').IdentityProviderDetails.SftpAuthenticationMethods = 'PASSWORD';
}

export const FILE_SERVER_SEEDS: readonly Seed[] = [FILE_SERVER];
