import { Names, RemovalPolicy } from 'aws-cdk-lib';
import { CfnLogDeliveryConfiguration, IUserPool } from 'aws-cdk-lib/aws-cognito';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { acknowledgeInPacks, AUDIT_PACKS } from '../core/exceptions/acknowledgement';
import { SecurityProfile } from '../core/profile/security-profile';
import { stackInstance } from '../core/stacks/stack-instance';
import { maskLogGroup } from '../logging/encrypted-log-group';
import { LogMasking } from '../logging/log-masking';

const NO_KEY_REASON = 'Cognito delivers logs only into groups without a KMS key, which CloudWatch Logs encrypts with a key of its own: '
  + 'https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CloudWatchLogsConfigurationType.html.';

/**
 * Where Cognito writes why mail did not arrive and, with threat protection, what it thought of each sign-in. The name begins with
 * `/aws/vendedlogs/`, or the policy that lets all services of the account write logs would outgrow its limit one day.
 */
export function logUserPool(scope: Construct & IUserPool, judgements: boolean): LogGroup {
  const { controls } = SecurityProfile.of(scope);
  const name = Names.uniqueResourceName(scope, { maxLength: 100, separator: '-' });
  const logGroup = new LogGroup(scope, 'Logs', {
    logGroupName: `/aws/vendedlogs/cognito/${name}-${stackInstance()}`,
    retention: controls.logRetention,
    removalPolicy: controls.retainData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
  });
  if (controls.logMasking) maskLogGroup(logGroup, LogMasking.standard());
  acknowledgeInPacks(logGroup.node.defaultChild!, AUDIT_PACKS, 'CloudWatchLogGroupEncrypted', NO_KEY_REASON);
  const destination = { cloudWatchLogsConfiguration: { logGroupArn: withoutStreams(logGroup) } };
  new CfnLogDeliveryConfiguration(scope, 'LogDelivery', {
    userPoolId: scope.userPoolId,
    logConfigurations: [
      { eventSource: 'userNotification', logLevel: 'ERROR', ...destination },
      ...judgements ? [{ eventSource: 'userAuthEvents', logLevel: 'INFO', ...destination }] : [],
    ],
  });
  return logGroup;
}

/** Cognito takes the ARN without the `:*` that the attribute Arn of a log group ends in. */
function withoutStreams(logGroup: LogGroup): string {
  return logGroup.stack.formatArn({ service: 'logs', resource: `log-group:${logGroup.logGroupName}` });
}
