import { Controls } from './control';

/** The networks that functions join. */
export const NETWORK_CONTROLS: Controls = {
  'sg.ingress-open': {
    asks: 'The internet reaches no port',
    sources: {
      securityHub: ['EC2.18'],
      controlTower: ['CT.EC2.PR.3'],
      nag: ['AwsSolutions-EC23'],
      checkov: ['CKV_AWS_24', 'CKV_AWS_25', 'CKV_AWS_260'],
      trivy: ['AWS-0107'],
      cfnNag: ['W2', 'W9'],
      kics: ['unrestricted_security_group_ingress'],
      guard: ['EC2_SECURITY_GROUP_INGRESS_OPEN_TO_WORLD_RULE', 'SECURITY_GROUP_INGRESS_CIDR_NON_32_RULE'],
    },
    rules: ['SecurityGroupWeb', 'SecurityGroupIngress'],
  },
  'sg.high-risk-ports': {
    asks: 'The internet reaches no port of an administrator or a database',
    sources: {
      securityHub: ['EC2.19'],
      controlTower: ['CT.EC2.PR.4'],
      nag: [
        'HIPAA.Security-EC2RestrictedCommonPorts', 'NIST.800.53.R4-EC2RestrictedCommonPorts', 'NIST.800.53.R5-EC2RestrictedCommonPorts',
        'PCI.DSS.321-EC2RestrictedCommonPorts', 'HIPAA.Security-EC2RestrictedSSH', 'NIST.800.53.R4-EC2RestrictedSSH',
        'NIST.800.53.R5-EC2RestrictedSSH', 'PCI.DSS.321-EC2RestrictedSSH',
      ],
      guard: ['RESTRICTED_INCOMING_TRAFFIC', 'INCOMING_SSH_DISABLED'],
    },
    rules: ['SecurityGroupIngress'],
  },
  'sg.egress-open': {
    asks: 'What may leave is chosen',
    sources: {
      trivy: ['AWS-0104'],
      cfnNag: ['W5'],
      kics: ['security_group_egress_cidr_open_to_world', 'security_groups_allows_unrestricted_outbound_traffic'],
      guard: ['EC2_SECURITY_GROUP_EGRESS_OPEN_TO_WORLD_RULE'],
    },
    rules: ['FunctionEgressOpen'],
  },
  'sg.egress-explicit': {
    asks: 'What may leave is stated',
    sources: { cfnNag: ['F1000'], guard: ['SECURITY_GROUP_MISSING_EGRESS_RULE'] },
    rules: ['FunctionEgressOpen'],
  },
  'sg.egress-protocol': {
    asks: 'Not all protocols may leave',
    sources: {
      cfnNag: ['W40', 'W42'],
      kics: ['security_group_ingress_with_all_protocols', 'security_group_egress_with_all_protocols'],
      guard: ['SECURITY_GROUP_EGRESS_ALL_PROTOCOLS_RULE', 'SECURITY_GROUP_INGRESS_ALL_PROTOCOLS_RULE'],
    },
    rules: ['FunctionEgressOpen'],
  },
  'sg.port-range': {
    asks: 'Single ports',
    sources: {
      cfnNag: ['W27', 'W29'],
      kics: ['security_group_ingress_with_port_range', 'security_group_egress_with_port_range'],
      guard: ['SECURITY_GROUP_INGRESS_PORT_RANGE_RULE', 'SECURITY_GROUP_EGRESS_PORT_RANGE_RULE'],
    },
    rules: ['SecurityGroupPorts'],
  },
  'sg.description': {
    asks: 'Groups and their entries say what for',
    sources: {
      nag: ['AwsSolutions-EC27'],
      checkov: ['CKV_AWS_23'],
      trivy: ['AWS-0099', 'AWS-0124'],
      cfnNag: ['W36'],
      kics: ['security_group_rule_without_description'],
      guard: ['SECURITY_GROUP_DESCRIPTION_RULE'],
    },
    rules: ['SecurityGroupPurpose'],
  },
  'vpc.flow-logs': {
    asks: 'Connections are recorded',
    sources: {
      securityHub: ['EC2.6'],
      nag: [
        'AwsSolutions-VPC7', 'HIPAA.Security-VPCFlowLogsEnabled', 'NIST.800.53.R4-VPCFlowLogsEnabled', 'NIST.800.53.R5-VPCFlowLogsEnabled',
        'PCI.DSS.321-VPCFlowLogsEnabled',
      ],
      cfnNag: ['W60'],
      kics: ['vpc_flowlogs_disabled'],
      prowler: ['vpc_flow_logs_enabled'],
    },
    rules: ['VpcFlowLogs'],
  },
  'vpc.subnet-public-ip': {
    asks: 'Subnets give no public addresses',
    sources: {
      securityHub: ['EC2.15'],
      nag: [
        'HIPAA.Security-VPCSubnetAutoAssignPublicIpDisabled', 'NIST.800.53.R5-VPCSubnetAutoAssignPublicIpDisabled',
        'PCI.DSS.321-VPCSubnetAutoAssignPublicIpDisabled',
      ],
      trivy: ['AWS-0164'],
      cfnNag: ['W33'],
      kics: ['ec2_instance_subnet_has_public_ip_mapping_on_launch'],
      guard: ['SUBNET_AUTO_ASSIGN_PUBLIC_IP_DISABLED'],
      prowler: ['vpc_subnet_no_public_ip_by_default'],
    },
    rules: ['SubnetPublicAddress'],
  },
  'vpc.default-sg': {
    asks: 'The default group lets nothing through',
    sources: {
      securityHub: ['EC2.2'],
      nag: [
        'HIPAA.Security-VPCDefaultSecurityGroupClosed', 'NIST.800.53.R4-VPCDefaultSecurityGroupClosed',
        'NIST.800.53.R5-VPCDefaultSecurityGroupClosed', 'PCI.DSS.321-VPCDefaultSecurityGroupClosed',
      ],
      kics: ['default_security_groups_with_unrestricted_traffic'],
    },
    rules: ['SecurityGroupDefault'],
    remark: 'CloudFormation cannot empty it; the rule finds who uses or opens it.',
  },
  'vpc.endpoints': {
    asks: 'Services of AWS are reached without the internet',
    sources: { securityHub: ['EC2.10'], prowler: ['vpc_endpoint_for_ec2_enabled'] },
    rules: ['NetworkEndpoints'],
  },
  'vpc.igw-route': {
    asks: 'Subnets of functions have no way to the internet',
    sources: {
      nag: ['HIPAA.Security-VPCNoUnrestrictedRouteToIGW', 'NIST.800.53.R5-VPCNoUnrestrictedRouteToIGW', 'PCI.DSS.321-VPCNoUnrestrictedRouteToIGW'],
      kics: ['routertable_with_default_routing'],
      guard: ['NO_UNRESTRICTED_ROUTE_TO_IGW'],
    },
    rules: ['FunctionSubnetPublic'],
  },
  'vpc.nacl': {
    asks: 'No network ACLs',
    sources: { nag: ['AwsSolutions-VPC3'] },
    because: 'decided',
    remark: 'Security groups decide; what a network ACL allows, they still have to allow. cdk-nag asks in every profile.',
  },
};
