import { ArnFormat, Names, Stack, Validations } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { IConstruct } from 'constructs';
import { DELIVERY_KEY_ACTIONS, FINDINGS_GROUP_PREFIX, LOG_DELIVERY_SERVICE } from './classification-baseline';
import { refuse } from '../core/configuration-error';
import { allowServiceToUseKey } from '../core/keys/key-service';
import { SharedPart } from '../core/stacks/shared-part';
import { stackInstance } from '../core/stacks/stack-instance';
import { encryptedLogGroup, renderMaskingBelow } from '../logging/encrypted-log-group';
import { sendFindings, sendsFindings } from '../logging/findings-destination';
import { LogMasking } from '../logging/log-masking';

const FINDINGS = new SharedPart<ILogGroup>('MaskingFindings', (scope, id) => encryptedLogGroup(scope, id, {
  // under this prefix CloudWatch itself adds what lets it write to the account's resource policies, of which a region takes 10 only
  logGroupName: `${FINDINGS_GROUP_PREFIX}${Names.uniqueResourceName(scope, { maxLength: 128, separator: '-' })}-${stackInstance()}`,
  masking: LogMasking.off('findings name kinds and places of values, and no value'),
}));

/**
 * Where CloudWatch Logs writes down which log group held which kinds of sensitive values, and where in the line: never the values themselves.
 * Without it they are masked and counted (`LogEventsWithFindings` of `AWS/Logs`), and nobody can tell which line it was.
 *
 * ```ts
 * MaskingFindings.toLogGroup(app); // one encrypted log group for each stack
 * ```
 *
 * It costs what vended logs cost, from 0.50 USD for each GB of findings; nothing while nothing is found. Whoever deploys needs
 * `logs:CreateLogDelivery` and, for a log group, `logs:PutResourcePolicy`, `logs:DescribeResourcePolicies` and `logs:DescribeLogGroups`.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/mask-sensitive-log-data-audit-findings.html
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/data-protection-policy-permissions.html
 */
export class MaskingFindings {
  /**
   * Sends the findings of all log groups at or below a scope to a log group of their stack: encrypted with its data key, kept as the profile says.
   * @throws ConfigurationError [MaskingFindings.Twice] when that is settled for this scope already
   */
  public static toLogGroup(scope: IConstruct): void {
    choose(scope, (logGroup) => ({ CloudWatchLogs: { LogGroup: FINDINGS.of(logGroup).logGroupName } }));
  }

  /**
   * Sends the findings of all log groups at or below a scope to a bucket of the same account: its policy and its key let CloudWatch Logs in.
   * @throws ConfigurationError [MaskingFindings.Twice] when that is settled for this scope already
   */
  public static toBucket(scope: IConstruct, bucket: IBucket): void {
    letDeliver(bucket);
    choose(scope, () => ({ S3: { Bucket: bucket.bucketName } }));
  }

  private constructor() {}
}

function choose(scope: IConstruct, destination: (logGroup: IConstruct) => object): void {
  if (sendsFindings(scope)) {
    refuse(scope, { code: 'MaskingFindings.Twice', prop: 'scope', must: 'must have one destination', fix: 'remove one of the two calls' });
  }
  sendFindings(scope, destination);
  renderMaskingBelow(scope);
}

/** What CloudWatch would add to the policies itself, if it could: a bucket of this library is closed to changes from outside of its stack. */
function letDeliver(bucket: IBucket): void {
  const { account } = bucket.env;
  const from = {
    StringEquals: { 'aws:SourceAccount': account },
    ArnLike: {
      'aws:SourceArn': Stack.of(bucket).formatArn({ service: 'logs', account, resource: '*', arnFormat: ArnFormat.NO_RESOURCE_NAME }),
    },
  };
  const principals = [new ServicePrincipal(LOG_DELIVERY_SERVICE)];
  const added = [
    new PolicyStatement({ sid: 'FindingsCheck', principals, actions: ['s3:GetBucketAcl'], resources: [bucket.bucketArn], conditions: from }),
    new PolicyStatement({
      sid: 'FindingsWrite',
      principals,
      actions: ['s3:PutObject'],
      resources: [bucket.arnForObjects(`AWSLogs/${account}/*`)],
      conditions: { ...from, StringEquals: { ...from.StringEquals, 's3:x-amz-acl': 'bucket-owner-full-control' } },
    }),
  ].map((statement) => bucket.addToResourcePolicy(statement).statementAdded);
  if (added.includes(false)) {
    Validations.of(bucket).addWarning('cdk-secure-serverless:FindingsBucket',
      `The policy of the imported bucket ${bucket.node.path} cannot be changed here: it must let ${LOG_DELIVERY_SERVICE} write, or findings get lost.`);
  }
  if (bucket.encryptionKey !== undefined) {
    allowServiceToUseKey(bucket, bucket.encryptionKey, { sid: 'LogDelivery', service: LOG_DELIVERY_SERVICE, actions: DELIVERY_KEY_ACTIONS, conditions: from });
  }
}
