import { AppModel } from '../model/resources/app-model';
import { Resource } from '../model/resources/resource';
import { speaksOf } from '../model/rights/actions';
import { GranteeKind } from '../model/rights/grantees';
import { keysAt } from '../model/rights/keys';
import { policiesOf, TOPIC_POLICIES } from '../model/rights/policy-holders';
import { Grant, grantsOf } from '../model/rights/resource-policies';
import { fail, Outcome, pass, unresolved } from '../model/rule';
import { textOf } from '../model/values/values';

const CLOUDWATCH = 'cloudwatch';
const PUBLISH = ['sns:Publish'];
/** CloudWatch asks KMS itself, and not SNS in its place. */
const USE_KEY = ['kms:Decrypt', 'kms:GenerateDataKey'];

/**
 * Whether CloudWatch can publish what alarms say to a topic. It is let in by the policy that SNS gives a topic, which any other policy replaces;
 * the key of a topic must let it in by name, and the key of AWS for SNS cannot.
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services
 */
export function judgeTopicAccess(topic: Resource, app: AppModel): readonly Outcome[] {
  return [judgePolicies(topic, app), judgeKey(topic, app)];
}

function judgePolicies(topic: Resource, app: AppModel): Outcome {
  const policies = policiesOf(topic, TOPIC_POLICIES, app);
  return policies.length === 0 ? pass() : judge(policies.flatMap((policy) => grantsOf(policy, app)), PUBLISH, 'Properties', 'Policy');
}

/** A key that the app does not hold is not judged. */
function judgeKey(topic: Resource, app: AppModel): Outcome {
  const given = topic.property('KmsMasterKeyId');
  if (/^alias\/aws\//.test(textOf(given) ?? '')) return fail('Properties.KmsMasterKeyId', 'Key');
  const [key] = keysAt(given, app);
  return key === undefined ? pass() : judge(grantsOf(key, app), USE_KEY, 'Properties.KmsMasterKeyId', 'Key');
}

/** Statements for everybody are taken for ones that let alarms in: what their conditions mean for a service, no template tells. */
function judge(grants: readonly Grant[], actions: readonly string[], location: string, what: string): Outcome {
  const open = grants.filter(({ grantees }) => grantees.some(({ kind, text }) => (
    kind === GranteeKind.EVERYONE || kind === GranteeKind.SERVICE && text === CLOUDWATCH)));
  if (actions.every((action) => open.some(({ statement }) => speaksOf(statement, action)))) return pass();
  const isUnknown = grants.some(({ statement, grantees }) => statement.unresolved || grantees.some(({ kind }) => kind === GranteeKind.UNKNOWN));
  return isUnknown ? unresolved(location, what) : fail(location, what);
}
