import { Stack } from 'aws-cdk-lib';
import {
  FlowLog, FlowLogDestination, FlowLogDestinationConfig, FlowLogDestinationType, FlowLogMaxAggregationInterval, FlowLogResourceType,
  FlowLogTrafficType, LogFormat,
} from 'aws-cdk-lib/aws-ec2';
import { IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { ILogGroup, LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { FLOW_LOG_FIELDS, FLOW_LOG_WRITE_ACTIONS } from './network-baseline';
import { SecurityProfile } from '../core/profile/security-profile';
import { ServiceRole } from '../iam/service-role';
import { encryptedLogGroup } from '../logging/encrypted-log-group';
import { LogMasking } from '../logging/log-masking';

/** A log group of records that AWS writes: addresses, ports and host names, in which masking would only find false matches. */
export function recordGroup(scope: Construct, id: string, encryptionKey: IKey | undefined, logGroupName?: string): LogGroup {
  const masking = LogMasking.off('AWS writes addresses and host names, and nothing that a user sent');
  return encryptedLogGroup(scope, id, { encryptionKey, logGroupName, masking });
}

/** Each connection of the network, allowed or not; in the sandbox profile only those that were refused. */
export function flowLog(scope: Construct, id: string, vpcId: string, logGroup: ILogGroup, role = deliveryRole(scope, logGroup)): FlowLog {
  return new FlowLog(scope, id, {
    resourceType: { resourceType: 'VPC', resourceId: vpcId } satisfies FlowLogResourceType,
    trafficType: SecurityProfile.of(scope).name === 'sandbox' ? FlowLogTrafficType.REJECT : FlowLogTrafficType.ALL,
    destination: new ExactDestination(logGroup, role),
    logFormat: FLOW_LOG_FIELDS.map((field) => LogFormat.field(field)),
    maxAggregationInterval: FlowLogMaxAggregationInterval.TEN_MINUTES,
  });
}

/** CDK's own destination gives the role a right to pass itself on, which the service does not use. */
class ExactDestination extends FlowLogDestination {
  constructor(private readonly logGroup: ILogGroup, private readonly role: IRole) {
    super();
  }

  public bind(): FlowLogDestinationConfig {
    return { logDestinationType: FlowLogDestinationType.CLOUD_WATCH_LOGS, logGroup: this.logGroup, iamRole: this.role };
  }
}

/** The role in which flow logs are written, to one log group. */
export function deliveryRole(scope: Construct, logGroup: ILogGroup, managedPolicy?: boolean): IRole {
  const stack = Stack.of(scope);
  return new ServiceRole(scope, 'FlowLogRole', {
    service: 'vpc-flow-logs.amazonaws.com',
    description: `Writes the flow log of ${scope.node.path}`,
    managedPolicy,
    baseline: [new PolicyStatement({ sid: 'OwnLogs', actions: FLOW_LOG_WRITE_ACTIONS, resources: [logGroup.logGroupArn] })],
    trustConditions: {
      StringEquals: { 'aws:SourceAccount': stack.account },
      ArnLike: { 'aws:SourceArn': stack.formatArn({ service: 'ec2', resource: 'vpc-flow-log', resourceName: '*' }) },
    },
  });
}
