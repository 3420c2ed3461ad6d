import { Names, Token } from 'aws-cdk-lib';
import { CfnMicrosoftTeamsChannelConfiguration, CfnSlackChannelConfiguration } from 'aws-cdk-lib/aws-chatbot';
import { Effect, ManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IFunction } from 'aws-cdk-lib/aws-lambda';
import { ITopic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription, LambdaSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import { CHAT_IDS, ChatId } from './alarm-baseline';
import { noteHeard } from './alarm-topic';
import { undeliveredNotifications } from './undelivered-notifications';
import { forEachWatched } from './watched';
import { refuse } from '../core/configuration-error';
import { ServiceRole } from '../iam/service-role';

/** A channel of Slack. The workspace must have been connected once, in the console of Amazon Q Developer in chat applications. */
export interface SlackChannel {
  /** Id of the workspace: `T` and 8 or more capital letters and digits. */
  readonly workspaceId: string;
  /** Id of the channel: `C` or `G` and 8 or more capital letters and digits. */
  readonly channelId: string;
}

/** A channel of Microsoft Teams. The tenant must have been connected once, in the console of Amazon Q Developer in chat applications. */
export interface TeamsChannel {
  /** Id of the team. */
  readonly teamId: string;
  /** Id of the tenant. */
  readonly tenantId: string;
  /** Id of the channel, as it stands in its link: `19%3a…%40thread.tacv2`. */
  readonly channelId: string;
}

/** Somebody, or something, that is told when an alarm goes off. Pass it to `StackAlarmTopic.notify`. */
export class AlarmRecipient {
  /** A mailbox. Whoever reads it must confirm the subscription once. */
  public static email(address: string): AlarmRecipient {
    return new AlarmRecipient((scope, topic) => {
      if (!Token.isUnresolved(address) && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(address)) {
        refuse(scope, { code: 'AlarmRecipient.Email', prop: 'address', must: 'must be an email address', got: address, fix: "write it like 'oncall@example.com'" });
      }
      topic.addSubscription(new EmailSubscription(address, { deadLetterQueue: undeliveredNotifications(topic) }));
    });
  }

  /** A function, which gets the notification of SNS as its event. */
  public static lambdaFunction(fn: IFunction): AlarmRecipient {
    return new AlarmRecipient((_, topic) => {
      topic.addSubscription(new LambdaSubscription(fn, { deadLetterQueue: undeliveredNotifications(topic) }));
    });
  }

  /**
   * A channel of Slack. The channel gets the text of alarms and no rights: nobody can read or run anything in the account from there, so
   * no graphs are shown either. CDK's own construct would put AdministratorAccess there as the limit.
   * @see https://docs.aws.amazon.com/chatbot/latest/adminguide/understanding-permissions.html
   */
  public static slack(channel: SlackChannel): AlarmRecipient {
    return new AlarmRecipient((scope, topic) => chat(scope, topic, 'Slack', channel, ({ id, ...settings }) => (
      new CfnSlackChannelConfiguration(scope, id, { ...settings, slackWorkspaceId: channel.workspaceId, slackChannelId: channel.channelId }))));
  }

  /** A channel of Microsoft Teams, which gets the text of alarms and no rights, as with `slack`. */
  public static teams(channel: TeamsChannel): AlarmRecipient {
    return new AlarmRecipient((scope, topic) => chat(scope, topic, 'Teams', channel, ({ id, ...settings }) => (
      new CfnMicrosoftTeamsChannelConfiguration(scope, id, {
        ...settings, teamId: channel.teamId, teamsTenantId: channel.tenantId, teamsChannelId: channel.channelId,
      }))));
  }

  /**
   * A response plan of AWS Systems Manager Incident Manager, by its ARN. An incident begins when requests fail, and when the stack is under
   * attack; other alarms only notify the topic. CloudWatch begins incidents with its service-linked role, which exists as soon as
   * somebody has once chosen such an action in the console.
   */
  public static incident(responsePlanArn: string): AlarmRecipient {
    return new AlarmRecipient((scope) => {
      if (!Token.isUnresolved(responsePlanArn) && !/^arn:[^:]+:ssm-incidents:[^:]*:\d*:response-plan\//.test(responsePlanArn)) {
        refuse(scope, {
          code: 'AlarmRecipient.ResponsePlan',
          prop: 'responsePlanArn',
          must: 'must be the ARN of a response plan',
          got: responsePlanArn,
          fix: 'copy it from the plan: it ends in :response-plan/ and the name',
        });
      }
      const action = { bind: () => ({ alarmActionArn: responsePlanArn }) }; // CDK's own takes a name, and so only plans of this account
      forEachWatched(scope, ({ watch, alarm }) => {
        if (watch === undefined || watch.essential === true) alarm?.addAlarmAction(action);
      });
    });
  }

  private constructor(/** @internal */ public readonly _tell: (scope: Construct, topic: ITopic) => void) {}
}

/** @see https://docs.aws.amazon.com/chatbot/latest/APIReference/API_CreateSlackChannelConfiguration.html */
function checkChannel(scope: Construct, ids: readonly ChatId[], channel: { readonly [prop: string]: string }): void {
  for (const { prop, pattern, what } of ids) {
    if (Token.isUnresolved(channel[prop]) || pattern.test(channel[prop])) continue;
    refuse(scope, { code: 'AlarmRecipient.Channel', prop, must: `must be ${what}`, got: channel[prop], fix: 'copy it from the link to the channel' });
  }
}

interface ChatSettings {
  readonly id: string;
  readonly configurationName: string;
  readonly iamRoleArn: string;
  readonly guardrailPolicies: string[];
  readonly snsTopicArns: string[];
}

function chat(scope: Construct, topic: ITopic, app: 'Slack' | 'Teams', channel: SlackChannel | TeamsChannel, make: (settings: ChatSettings) => Construct): void {
  checkChannel(scope, CHAT_IDS[app], { ...channel });
  const { channelId } = channel;
  const id = `Alarms${app}${channelId.replace(/[^A-Za-z0-9]/g, '')}`;
  const role = new ServiceRole(scope, `${id}Role`, { service: 'chatbot.amazonaws.com', description: `Shows alarms in ${app}: no rights` });
  const guardrail = new ManagedPolicy(scope, `${id}Guardrail`, {
    description: 'Whoever writes in the channel may do nothing in this account',
    statements: [new PolicyStatement({ effect: Effect.DENY, actions: ['*'], resources: ['*'] })],
  });
  make({
    id,
    configurationName: Names.uniqueResourceName(role, { maxLength: 64, allowedSpecialCharacters: '-_' }),
    iamRoleArn: role.roleArn,
    guardrailPolicies: [guardrail.managedPolicyArn],
    snsTopicArns: [topic.topicArn],
  });
  noteHeard(topic);
}
