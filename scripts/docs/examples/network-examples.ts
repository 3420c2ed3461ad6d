import { aws_ec2 as ec2, aws_elasticloadbalancingv2 as elbv2, aws_lambda as lambda, aws_vpclattice as vpclattice, aws_wafv2 as wafv2, Stack } from 'aws-cdk-lib';
import { RuleExamples } from './rule-example';

/** What every function needs. */
const PRINT = {
  role: 'arn:aws:iam::111122223333:role/print', runtime: 'nodejs24.x', handler: 'index.handler', code: { s3Bucket: 'artifacts', s3Key: 'print.zip' },
};

/** A load balancer that the internet reaches. */
const front = (stack: Stack) => new elbv2.CfnLoadBalancer(stack, 'Front', { subnets: ['subnet-1', 'subnet-2'], scheme: 'internet-facing' }).ref;

/** A group of targets with one function. */
const printer = (stack: Stack) => {
  const print = new lambda.CfnFunction(stack, 'Print', PRINT);
  return new elbv2.CfnTargetGroup(stack, 'Printer', { targetType: 'lambda', targets: [{ id: print.attrArn }] }).ref;
};

const HTTPS = { protocol: 'HTTPS', port: 443, sslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06' };

export const NETWORK_EXAMPLES: RuleExamples = {
  BalancerAuth: {
    violates(stack) {
      new elbv2.CfnListener(stack, 'Https', { ...HTTPS, loadBalancerArn: front(stack), defaultActions: [{ type: 'forward', targetGroupArn: printer(stack) }] });
    },
    passes(stack) {
      const jwtValidationConfig = { issuer: 'https://login.example.com', jwksEndpoint: 'https://login.example.com/keys' };
      const defaultActions = [{ type: 'jwt-validation', order: 1, jwtValidationConfig }, { type: 'forward', order: 2, targetGroupArn: printer(stack) }];
      new elbv2.CfnListener(stack, 'Https', { ...HTTPS, loadBalancerArn: front(stack), defaultActions });
    },
  },
  BalancerPlainText: {
    violates(stack) {
      const defaultActions = [{ type: 'forward', targetGroupArn: printer(stack) }];
      new elbv2.CfnListener(stack, 'Http', { protocol: 'HTTP', port: 80, loadBalancerArn: front(stack), defaultActions });
    },
    passes(stack) {
      const defaultActions = [{ type: 'redirect', redirectConfig: { protocol: 'HTTPS', port: '443', statusCode: 'HTTP_301' } }];
      new elbv2.CfnListener(stack, 'Http', { protocol: 'HTTP', port: 80, loadBalancerArn: front(stack), defaultActions });
    },
  },
  BalancerTlsPolicy: {
    violates(stack) {
      const defaultActions = [{ type: 'forward', targetGroupArn: printer(stack) }];
      new elbv2.CfnListener(stack, 'Https', { protocol: 'HTTPS', port: 443, loadBalancerArn: front(stack), defaultActions });
    },
    passes(stack) {
      const defaultActions = [{ type: 'forward', targetGroupArn: printer(stack) }];
      new elbv2.CfnListener(stack, 'Https', {
        protocol: 'HTTPS', port: 443, sslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06', loadBalancerArn: front(stack), defaultActions,
      });
    },
  },
  BalancerWebAcl: {
    violates(stack) {
      new elbv2.CfnLoadBalancer(stack, 'Front', { subnets: ['subnet-1', 'subnet-2'], scheme: 'internet-facing' });
    },
    passes(stack) {
      const { ref: resourceArn } = new elbv2.CfnLoadBalancer(stack, 'Front', { subnets: ['subnet-1', 'subnet-2'], scheme: 'internet-facing' });
      new wafv2.CfnWebACLAssociation(stack, 'Guarded', { resourceArn, webAclArn: 'arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/shop/1' });
    },
  },
  LatticeAccessLog: {
    violates(stack) {
      new vpclattice.CfnService(stack, 'Orders', { name: 'orders', authType: 'AWS_IAM' });
    },
    passes(stack) {
      const orders = new vpclattice.CfnService(stack, 'Orders', { name: 'orders', authType: 'AWS_IAM' });
      new vpclattice.CfnAccessLogSubscription(stack, 'Log', {
        resourceIdentifier: orders.attrId, destinationArn: 'arn:aws:logs:eu-west-1:111122223333:log-group:orders',
      });
    },
  },
  LatticeServiceAuth: {
    violates(stack) {
      const orders = new vpclattice.CfnService(stack, 'Orders', { name: 'orders' });
      const shop = new vpclattice.CfnServiceNetwork(stack, 'Shop', { name: 'shop', authType: 'NONE' });
      new vpclattice.CfnServiceNetworkServiceAssociation(stack, 'Joined', { serviceIdentifier: orders.attrId, serviceNetworkIdentifier: shop.attrId });
    },
    passes(stack) {
      new vpclattice.CfnService(stack, 'Orders', { name: 'orders', authType: 'AWS_IAM' });
    },
  },
  FunctionEgressOpen: {
    violates(stack) {
      const group = new ec2.CfnSecurityGroup(stack, 'Group', { groupDescription: 'Print', vpcId: 'vpc-1' });
      new lambda.CfnFunction(stack, 'Print', {
        ...PRINT, vpcConfig: { subnetIds: ['subnet-1', 'subnet-2'], securityGroupIds: [group.attrGroupId] },
      });
    },
    passes(stack) {
      const securityGroupEgress = [{ ipProtocol: 'tcp', fromPort: 443, toPort: 443, cidrIp: '10.0.0.0/16' }];
      const group = new ec2.CfnSecurityGroup(stack, 'Group', { groupDescription: 'Print', vpcId: 'vpc-1', securityGroupEgress });
      new lambda.CfnFunction(stack, 'Print', {
        ...PRINT, vpcConfig: { subnetIds: ['subnet-1', 'subnet-2'], securityGroupIds: [group.attrGroupId] },
      });
    },
  },
  FunctionNetwork: {
    violates(stack) {
      new lambda.CfnFunction(stack, 'Print', PRINT);
    },
    passes(stack) {
      new lambda.CfnFunction(stack, 'Print', { ...PRINT, vpcConfig: { subnetIds: ['subnet-1', 'subnet-2'], securityGroupIds: ['sg-1'] } });
    },
  },
  FunctionNetworkZones: {
    violates(stack) {
      new lambda.CfnFunction(stack, 'Print', { ...PRINT, vpcConfig: { subnetIds: ['subnet-1'], securityGroupIds: ['sg-1'] } });
    },
    passes(stack) {
      new lambda.CfnFunction(stack, 'Print', { ...PRINT, vpcConfig: { subnetIds: ['subnet-1', 'subnet-2'], securityGroupIds: ['sg-1'] } });
    },
  },
  LoadBalancerDeletion: {
    violates(stack) {
      new elbv2.CfnLoadBalancer(stack, 'Front', { subnets: ['subnet-1', 'subnet-2'] });
    },
    passes(stack) {
      const loadBalancerAttributes = [{ key: 'deletion_protection.enabled', value: 'true' }];
      new elbv2.CfnLoadBalancer(stack, 'Front', { subnets: ['subnet-1', 'subnet-2'], loadBalancerAttributes });
    },
  },
  LoadBalancerHeaders: {
    violates(stack) {
      new elbv2.CfnLoadBalancer(stack, 'Front', { subnets: ['subnet-1', 'subnet-2'] });
    },
    passes(stack) {
      const loadBalancerAttributes = [{ key: 'routing.http.drop_invalid_header_fields.enabled', value: 'true' }];
      new elbv2.CfnLoadBalancer(stack, 'Front', { subnets: ['subnet-1', 'subnet-2'], loadBalancerAttributes });
    },
  },
  LoadBalancerLogs: {
    violates(stack) {
      new elbv2.CfnLoadBalancer(stack, 'Front', { subnets: ['subnet-1', 'subnet-2'] });
    },
    passes(stack) {
      const loadBalancerAttributes = [{ key: 'access_logs.s3.enabled', value: 'true' }, { key: 'access_logs.s3.bucket', value: 'logs' }];
      new elbv2.CfnLoadBalancer(stack, 'Front', { subnets: ['subnet-1', 'subnet-2'], loadBalancerAttributes });
    },
  },
  SecurityGroupDefault: {
    violates(stack) {
      const vpc = new ec2.CfnVPC(stack, 'Vpc', { cidrBlock: '10.0.0.0/16' });
      new lambda.CfnFunction(stack, 'Print', {
        ...PRINT, vpcConfig: { subnetIds: ['subnet-1', 'subnet-2'], securityGroupIds: [vpc.attrDefaultSecurityGroup] },
      });
    },
    passes(stack) {
      new lambda.CfnFunction(stack, 'Print', { ...PRINT, vpcConfig: { subnetIds: ['subnet-1', 'subnet-2'], securityGroupIds: ['sg-1'] } });
    },
  },
  NetworkAclIngress: {
    violates(stack) {
      const { ref: networkAclId } = new ec2.CfnNetworkAcl(stack, 'List', { vpcId: 'vpc-1' });
      new ec2.CfnSubnetNetworkAclAssociation(stack, 'Bound', { networkAclId, subnetId: 'subnet-1' });
      new ec2.CfnNetworkAclEntry(stack, 'All', { networkAclId, ruleNumber: 100, protocol: -1, ruleAction: 'allow', cidrBlock: '0.0.0.0/0' });
    },
    passes(stack) {
      const { ref: networkAclId } = new ec2.CfnNetworkAcl(stack, 'List', { vpcId: 'vpc-1' });
      new ec2.CfnSubnetNetworkAclAssociation(stack, 'Bound', { networkAclId, subnetId: 'subnet-1' });
      new ec2.CfnNetworkAclEntry(stack, 'Inside', { networkAclId, ruleNumber: 100, protocol: -1, ruleAction: 'allow', cidrBlock: '10.0.0.0/16' });
    },
  },
  SecurityGroupIngress: {
    violates(stack) {
      const securityGroupIngress = [{ ipProtocol: 'tcp', fromPort: 5432, toPort: 5432, cidrIp: '0.0.0.0/0' }];
      new ec2.CfnSecurityGroup(stack, 'Database', { groupDescription: 'Database', vpcId: 'vpc-1', securityGroupIngress });
    },
    passes(stack) {
      const securityGroupIngress = [{ ipProtocol: 'tcp', fromPort: 5432, toPort: 5432, cidrIp: '10.0.0.0/16' }];
      new ec2.CfnSecurityGroup(stack, 'Database', { groupDescription: 'Database', vpcId: 'vpc-1', securityGroupIngress });
    },
  },
  SecurityGroupWeb: {
    violates(stack) {
      const securityGroupIngress = [{ ipProtocol: 'tcp', fromPort: 443, toPort: 443, cidrIp: '0.0.0.0/0' }];
      new ec2.CfnSecurityGroup(stack, 'Database', { groupDescription: 'Database', vpcId: 'vpc-1', securityGroupIngress });
    },
    passes(stack) {
      const securityGroupIngress = [{ ipProtocol: 'tcp', fromPort: 443, toPort: 443, cidrIp: '10.0.0.0/16' }];
      new ec2.CfnSecurityGroup(stack, 'Database', { groupDescription: 'Database', vpcId: 'vpc-1', securityGroupIngress });
    },
  },
  SubnetPublicAddress: {
    violates(stack) {
      new ec2.CfnSubnet(stack, 'Private', { vpcId: 'vpc-1', cidrBlock: '10.0.0.0/24', mapPublicIpOnLaunch: true });
    },
    passes(stack) {
      new ec2.CfnSubnet(stack, 'Private', { vpcId: 'vpc-1', cidrBlock: '10.0.0.0/24', mapPublicIpOnLaunch: false });
    },
  },
  VpcFlowLogs: {
    violates(stack) {
      new ec2.CfnVPC(stack, 'Vpc', { cidrBlock: '10.0.0.0/16' });
    },
    passes(stack) {
      const vpc = new ec2.CfnVPC(stack, 'Vpc', { cidrBlock: '10.0.0.0/16' });
      new ec2.CfnFlowLog(stack, 'Flow', {
        resourceId: vpc.ref, resourceType: 'VPC', trafficType: 'ALL', logDestinationType: 's3', logDestination: 'arn:aws:s3:::flow-logs',
      });
    },
  },
};
