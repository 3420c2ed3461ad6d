import { Fn, NestedStack, Stack, Tags, Token } from 'aws-cdk-lib';
import {
  CfnFlowLog, CfnSecurityGroup, CfnSecurityGroupIngress, CfnSubnet, CfnVPC, FlowLogDestination, InterfaceVpcEndpoint, InterfaceVpcEndpointAwsService,
  Peer, Port, SecurityGroup, Vpc,
} from 'aws-cdk-lib/aws-ec2';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { SecurityProfile } from '../../../src/core/profile/security-profile';
import { compared, FLAG_SETS, hardened, linesOn } from '../support/compared';

const FLOW_LOG = 'AWS::EC2::FlowLog';
const PROPERTY = 'the flow log';

describe('the flow log of a network', () => {
  test('missing: all connections go to a log group with the key and the retention of the profile, in a role that writes there alone', () => {
    const { template, changes } = hardened((stack) => { new CfnVPC(stack, 'Net', { cidrBlock: '10.0.0.0/16' }); });
    template.hasResourceProperties(FLOW_LOG, { ResourceId: { Ref: 'Net' }, ResourceType: 'VPC', TrafficType: 'ALL', LogDestinationType: 'cloud-watch-logs' });
    template.hasResourceProperties('AWS::Logs::LogGroup', { KmsKeyId: { 'Fn::GetAtt': ['SharedSecurityDataKeyD4D7B14E', 'Arn'] }, RetentionInDays: 365 });
    template.hasResourceProperties('AWS::IAM::ManagedPolicy', {
      PolicyDocument: {
        Statement: [{
          Sid: 'OwnLogs',
          Effect: 'Allow',
          Action: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
          Resource: { 'Fn::GetAtt': ['NetHardenedFlowLogRecords9E453C6A', 'Arn'] },
        }],
      },
    });
    expect(linesOn(changes, PROPERTY)).toEqual(['set in-place']);
  });

  test('its role and its log group do not inherit the name of the network, which IAM and CloudWatch Logs may refuse as a tag', () => {
    const { template } = hardened((stack) => {
      const vpc = new Vpc(stack, 'Net (R&D)');
      Tags.of(vpc).add('team', 'research');
    });
    template.hasResourceProperties('AWS::EC2::VPC', { Tags: [{ Key: 'Name', Value: 'Shop/Net (R&D)' }, { Key: 'team', Value: 'research' }] });
    template.allResourcesProperties('AWS::Logs::LogGroup', { Tags: [{ Key: 'team', Value: 'research' }] });
    const roles = template.findResources('AWS::IAM::Role', { Properties: { AssumeRolePolicyDocument: { Statement: [{ Principal: { Service: 'vpc-flow-logs.amazonaws.com' } }] } } });
    expect(Object.values(roles).map(({ Properties }) => Properties.Tags)).toEqual([[{ Key: 'team', Value: 'research' }]]);
  });

  test('in the sandbox profile only what was refused', () => {
    const { template } = hardened((stack) => { new Vpc(stack, 'Net'); }, { profile: SecurityProfile.sandbox() });
    template.hasResourceProperties(FLOW_LOG, { TrafficType: 'REJECT' });
  });

  test.each([
    ['of the author, for the network', (vpc: Vpc) => vpc.addFlowLog('Own', { destination: FlowLogDestination.toCloudWatchLogs(new LogGroup(vpc, 'Logs')) }), []],
    ['of the author, for a subnet', (vpc: Vpc) => new CfnFlowLog(vpc, 'Own', { resourceId: (vpc.privateSubnets[0].node.defaultChild as CfnSubnet).ref, resourceType: 'Subnet', trafficType: 'REJECT' }), []],
    ['for what only the deployment knows', (vpc: Vpc) => new CfnFlowLog(vpc, 'Own', { resourceId: 'vpc-0123', resourceType: 'VPC', trafficType: 'ALL' }), []],
    ['that leaves out what was refused', (vpc: Vpc) => new CfnFlowLog(vpc, 'Own', { resourceId: vpc.vpcId, resourceType: 'VPC', trafficType: 'ACCEPT' }), ['kept in-place']],
  ])('%s stays, strict or not', (_, add, lines) => {
    for (const strict of [false, true]) {
      const { template, changes } = hardened((stack) => { add(new Vpc(stack, 'Net')); }, { strict });
      template.resourceCountIs(FLOW_LOG, 1);
      expect(linesOn(changes, PROPERTY)).toEqual(lines);
    }
  });

  test('one of another network says nothing about this one', () => {
    const { template } = hardened((stack) => {
      new Vpc(stack, 'Net');
      new Vpc(stack, 'Other').addFlowLog('Own');
    });
    template.resourceCountIs(FLOW_LOG, 2);
  });

  test.each(FLAG_SETS)('no pack finds more than before, with %s', (_, flags) => {
    const { before, after, worse } = compared((stack) => { new Vpc(stack, 'Net'); }, { flags });
    expect([before.get('AwsSolutions-VPC7'), after.get('AwsSolutions-VPC7')]).toEqual([1, undefined]);
    expect([before.get('VpcFlowLogs'), after.get('VpcFlowLogs')]).toEqual([1, undefined]);
    expect(worse).toStrictEqual([]);
  });
});

describe('security groups that cdk-nag cannot read', () => {
  const QUESTIONS = ['AwsSolutions-EC23', ...['HIPAA.Security', 'NIST.800.53.R4', 'NIST.800.53.R5', 'PCI.DSS.321'].flatMap((pack) => [`${pack}-EC2RestrictedCommonPorts`, `${pack}-EC2RestrictedSSH`])];
  const open = (counts: ReadonlyMap<string, number>) => QUESTIONS.filter((rule) => counts.has(rule));
  const tcp = { ipProtocol: 'tcp', fromPort: 443, toPort: 443 };
  const portOfDeployment = () => Token.asNumber(Fn.importValue('port'));

  test.each<[string, (stack: Stack) => void, readonly string[]]>([
    ['an endpoint, which lets in its network', (stack) => { new Vpc(stack, 'Net').addInterfaceEndpoint('Queues', { service: InterfaceVpcEndpointAwsService.SQS }); }, QUESTIONS],
    ['a rule that stands alone, for the network', (stack) => {
      const vpc = new CfnVPC(stack, 'Net', { cidrBlock: '10.0.0.0/16' });
      new CfnSecurityGroupIngress(stack, 'Rule', { ipProtocol: 'tcp', fromPort: 443, toPort: 443, groupId: 'sg-1', cidrIp: vpc.attrCidrBlock });
    }, QUESTIONS],
    ['other groups, at a port that only the deployment knows', (stack) => {
      const vpc = new Vpc(stack, 'Net');
      const [callers, called] = ['Callers', 'Called'].map((id) => new SecurityGroup(stack, id, { vpc, description: id, allowAllOutbound: false }));
      called.addIngressRule(callers, Port.tcp(portOfDeployment()));
      called.addIngressRule(Peer.ipv4('10.1.0.0/16'), Port.tcp(portOfDeployment()));
    }, QUESTIONS.slice(1)],
  ])('%s: acknowledged', (_, build, before) => {
    const counts = compared(build);
    expect([open(counts.before), open(counts.after)]).toEqual([before, []]);
    expect(counts.worse).toStrictEqual([]);
  });

  test.each<[string, (stack: Stack) => Stack]>([
    ['another stack', (stack) => new Stack(stack.node.root, 'Net')],
    ['a nested stack', (stack) => new NestedStack(stack, 'Net')],
  ])('an endpoint, which lets in its network of %s: acknowledged', (_, place) => {
    const counts = compared((stack) => {
      const vpc = new Vpc(place(stack), 'Net');
      new InterfaceVpcEndpoint(stack, 'Queues', { vpc, service: InterfaceVpcEndpointAwsService.SQS });
    });
    expect([open(counts.before), open(counts.after)]).toEqual([QUESTIONS, []]);
    expect(counts.worse).toStrictEqual([]);
  });

  test.each<[string, (stack: Stack, vpc: CfnVPC) => void]>([
    ['another value of a network of another stack', (stack) => new CfnSecurityGroupIngress(stack, 'Rule', {
      ...tcp, groupId: 'sg-1', cidrIp: Fn.select(0, new CfnVPC(new Stack(stack.node.root, 'Other'), 'Net', { cidrBlock: '10.1.0.0/16' }).attrCidrBlockAssociations),
    })],
    ['the internet beside the network', (stack, vpc) => new CfnSecurityGroup(stack, 'Group', {
      groupDescription: 'both', securityGroupIngress: [{ ...tcp, cidrIp: vpc.attrCidrBlock }, { ...tcp, cidrIp: '0.0.0.0/0' }],
    })],
    ['addresses that only the deployment knows', (stack) => new CfnSecurityGroupIngress(stack, 'Rule', { ...tcp, groupId: 'sg-1', cidrIp: Fn.importValue('range') })],
    ['another value of the network', (stack, vpc) => new CfnSecurityGroupIngress(stack, 'Rule', { ...tcp, groupId: 'sg-1', cidrIp: Fn.select(0, vpc.attrCidrBlockAssociations) })],
    ['what an override says', (stack, vpc) => new CfnSecurityGroupIngress(stack, 'Rule', { ...tcp, groupId: 'sg-1', cidrIp: vpc.attrCidrBlock })
      .addPropertyOverride('CidrIp', '0.0.0.0/0')],
  ])('%s: stays open', (_, add) => {
    const counts = compared((stack) => { add(stack, new CfnVPC(stack, 'Net', { cidrBlock: '10.0.0.0/16' })); });
    expect(open(counts.after)).toContain('AwsSolutions-EC23');
    expect(open(counts.after)).toEqual(open(counts.before));
  });

  test('what cdk-nag can read is not acknowledged', () => {
    const { changes } = hardened((stack) => { new CfnSecurityGroupIngress(stack, 'Rule', { ...tcp, groupId: 'sg-1', cidrIp: '10.0.0.0/16' }); });
    expect(changes.filter(({ rule }) => rule === 'SecurityGroupIngress')).toStrictEqual([]);
  });
});
