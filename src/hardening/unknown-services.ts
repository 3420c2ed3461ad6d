import { CfnResource } from 'aws-cdk-lib';
import { HARDENING_STEPS } from './hardening-steps';

/** What resources of these services say of security, others say: what they stand for, or what they stand in front of. */
const WITHOUT_A_SAY: readonly string[] = ['ApplicationAutoScaling', 'Backup', 'CDK', 'CertificateManager', 'CloudFormation', 'CloudWatch', 'CodeDeploy', 'Route53', 'WAFv2'];

/** Computers, of which nothing that is known of networks is true. */
const COMPUTERS = /^AWS::EC2::(Instance|LaunchTemplate|SpotFleet|Volume)$/;

const known = new Set([...HARDENING_STEPS.map(({ type }) => serviceOf(type)), ...WITHOUT_A_SAY]);

/** The service of a resource of which hardening knows nothing. Undefined for those that it knows, and for custom resources, whose code it knows. */
export function unknownServiceOf({ cfnResourceType: type }: CfnResource): string | undefined {
  const service = serviceOf(type);
  return service === undefined || known.has(service) && !COMPUTERS.test(type) ? undefined : service;
}

function serviceOf(type: string): string | undefined {
  return /^AWS::(\w+)::/.exec(type)?.[1];
}
