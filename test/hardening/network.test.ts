import { CfnFlowLog, CfnSubnet, CfnVPC, FlowLogDestination, Vpc } from 'aws-cdk-lib/aws-ec2';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { compared, FLAG_SETS, hardened, linesOn } from './support/compared';
import { SecurityProfile } from '../../src/core/security-profile';

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
    expect(worse).toEqual([]);
  });
});
