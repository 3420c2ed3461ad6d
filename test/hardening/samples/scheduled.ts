import { App, aws_scheduler as scheduler, Duration, Stack, TimeZone } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import { Queue } from 'aws-cdk-lib/aws-sqs';

// A nightly job: an EventBridge rule starts a function that copies snapshots; rights on everything, as the first search result shows.
export const scheduledJob = (app: App): void => {
  const stack = new Stack(app, 'Snapshots');
  const copy = new Function(stack, 'CopySnapshots', {
    code: Code.fromInline('def main(event, context):\n    print("copied")'),
    handler: 'index.main',
    timeout: Duration.seconds(300),
    runtime: Runtime.PYTHON_3_13,
  });
  copy.addToRolePolicy(new iam.PolicyStatement({ actions: ['ec2:DescribeInstances', 'ec2:CreateSnapshot', 'ec2:DescribeSnapshots', 'ec2:DeleteSnapshot'], resources: ['*'] }));
  copy.role!.addManagedPolicy(iam.ManagedPolicy.fromAwsManagedPolicyName('CloudWatchReadOnlyAccess'));

  const rule = new Rule(stack, 'Evenings', { schedule: Schedule.expression('cron(0 18 ? * MON-FRI *)') });
  rule.addTarget(new LambdaFunction(copy));
};

// The same with EventBridge Scheduler, once with the L2 and once with the L1 and a role written out.
export const schedulerJobs = (app: App): void => {
  const stack = new Stack(app, 'Schedules');
  const worker = new Function(stack, 'Worker', {
    code: Code.fromInline('exports.handler = async () => {};'),
    handler: 'index.handler',
    runtime: Runtime.NODEJS_24_X,
    reservedConcurrentExecutions: 1,
  });
  const reminders = new Queue(stack, 'Reminders');
  const group = new scheduler.ScheduleGroup(stack, 'Group', { scheduleGroupName: 'jobs' });
  new scheduler.Schedule(stack, 'Hourly', {
    scheduleGroup: group,
    schedule: scheduler.ScheduleExpression.rate(Duration.hours(1)),
    target: new LambdaInvoke(worker, { input: scheduler.ScheduleTargetInput.fromObject({ kind: 'hourly' }), retryAttempts: 2 }),
  });
  new scheduler.Schedule(stack, 'Weekly', {
    schedule: scheduler.ScheduleExpression.cron({ weekDay: 'MON', hour: '6', minute: '0', timeZone: TimeZone.EUROPE_BERLIN }),
    target: new LambdaInvoke(worker, {}),
  });

  const role = new iam.Role(stack, 'SchedulerRole', { assumedBy: new iam.ServicePrincipal('scheduler.amazonaws.com') });
  reminders.grantSendMessages(role);
  new scheduler.CfnSchedule(stack, 'Once', {
    flexibleTimeWindow: { mode: 'OFF' },
    scheduleExpression: 'at(2027-01-01T08:00:00)',
    target: { arn: reminders.queueArn, roleArn: role.roleArn, input: JSON.stringify({ text: 'Happy new year' }) },
  });
};
