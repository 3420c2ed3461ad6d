import { Names, Stack } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CfnResourcePolicy } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { markOwn } from '../core/own-part';

/** Who writes into which log groups. */
export interface ServiceLogWriter {
  /** The service, for example `es.amazonaws.com`. */
  readonly service: string;
  /** Complete actions, sorted. */
  readonly actions: readonly string[];
  /** The ARN of the group, with the wildcard for its streams. */
  readonly logGroupArn: string;
  /** Conditions that keep another account's use of the service away. */
  readonly conditions: { readonly [operator: string]: { readonly [key: string]: unknown } };
}

const POLICY = Symbol.for('cdk-secure-serverless.service-log-policy');

interface ServiceLogPolicy {
  readonly policy: CfnResourcePolicy;
  readonly document: PolicyDocument;
}

type Holder = Construct & { [POLICY]?: ServiceLogPolicy };

/**
 * Lets a service write into a log group, in one policy for all that ask with the same scope, the stack in most cases: an account has room for ten in a region.
 * Gives back the policy, for which the resource that writes has to wait.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html
 */
export function allowServiceToLog(scope: Construct, { actions, conditions, logGroupArn, service }: ServiceLogWriter): CfnResourcePolicy {
  const { document, policy } = (scope as Holder)[POLICY] ??= makePolicy(scope);
  document.addStatements(PolicyStatement.fromJson({
    Effect: 'Allow', Principal: { Service: service }, Action: [...actions], Resource: [logGroupArn], Condition: conditions,
  }));
  return policy;
}

function makePolicy(scope: Construct): ServiceLogPolicy {
  const stack = Stack.of(scope);
  const document = new PolicyDocument({ minimize: true });
  const policy = markOwn(new CfnResourcePolicy(scope, 'HardenedLogWriters', { policyName: '', policyDocument: stack.toJsonString(document) }));
  policy.policyName = `${stack.stackName}-${Names.uniqueResourceName(policy, { maxLength: 60 })}`;
  return { document, policy };
}
