import { Names, Stack } from 'aws-cdk-lib';
import { CfnResourcePolicy } from 'aws-cdk-lib/aws-xray';
import { Construct } from 'constructs';
import { TRACE_ACTIONS } from './topic-baseline';
import { SharedPart } from '../../core/stacks/shared-part';

const TRACES_SUFFIX = '-TopicTraces';

/**
 * Lets SNS write traces for the topics of this account, once for each stack.
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-active-tracing.html
 */
export const TOPIC_TRACES = new SharedPart<CfnResourcePolicy>('TopicTraces', (scope: Construct, id: string) => {
  const stack = Stack.of(scope);
  return new CfnResourcePolicy(scope, id, {
    policyName: `${Names.uniqueResourceName(scope, { maxLength: 128 - TRACES_SUFFIX.length })}${TRACES_SUFFIX}`, // stack names alone can be 128 long
    policyDocument: stack.toJsonString({
      Version: '2012-10-17',
      Statement: [{
        Sid: 'TopicsOfThisAccount',
        Effect: 'Allow',
        Principal: { Service: 'sns.amazonaws.com' },
        Action: TRACE_ACTIONS,
        Resource: '*',
        Condition: {
          StringEquals: { 'aws:SourceAccount': stack.account },
          StringLike: { 'aws:SourceArn': stack.formatArn({ service: 'sns', resource: '*' }) },
        },
      }],
    }),
  });
});
