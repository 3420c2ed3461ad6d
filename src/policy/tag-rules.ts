import { CLASSIFICATION_TAG } from '../classification/classification-baseline';
import { AppModel } from '../model/resources/app-model';
import { Resource } from '../model/resources/resource';
import { expectProperty, notApplicable, Rule, RuleResult, Severity } from '../model/rule';
import { at, elements, isUnresolved, Value } from '../model/values/values';

/** What a containment may act on, for one, and by which CDK knows what a deployment of files may delete. */
const MARKS_OF_TOOLS = ['aws-cdk:', 'cdk-secure-serverless:'];

/** What runs code or keeps data, and is tagged by a property of its own. */
const TAGGED = [
  'AWS::AppSync::GraphQLApi', 'AWS::CloudFront::Distribution', 'AWS::DynamoDB::Table', 'AWS::Events::EventBus', 'AWS::KMS::Key', 'AWS::Kinesis::Stream',
  'AWS::Lambda::Function', 'AWS::S3::Bucket', 'AWS::SNS::Topic', 'AWS::SQS::Queue', 'AWS::SecretsManager::Secret', 'AWS::StepFunctions::Activity',
  'AWS::StepFunctions::StateMachine',
];

export const OWNER_TAGS: Rule = {
  id: 'OwnerTags',
  severity: Severity.INFO,
  appliesTo: TAGGED,
  title: 'A resource lacks the tags that the others of its stack carry',
  why: 'In an incident nobody knows whose it is, and whatever goes by tags passes it over: rights, backups, bills, searches.',
  fix: 'Tag it like the others, best for the whole app at once (Tags.of(app).add).',
  risks: ['misconfiguration', 'unseen-attack'],
  frameworks: [
    'FSBP AppSync.4', 'FSBP CloudFront.14', 'FSBP DynamoDB.5', 'FSBP EventBridge.2', 'FSBP Lambda.6', 'FSBP SNS.3', 'FSBP SQS.2', 'FSBP SecretsManager.5',
    'FSBP StepFunctions.2', 'KICS lambda_function_without_tags',
  ],
  check: judgeTags,
};

/** Tags of the whole stack are given at deployment and stand in no template: where most resources carry none of their own, these may do. */
function judgeTags(resource: Resource, app: AppModel): RuleResult {
  const { tagged, all } = app.index('tagged resources', () => countTags(app)).get(resource.stackId)!;
  const others = all - 1;
  const own = isTagged(resource) ? 1 : 0;
  if (others === 0 || (tagged - own) * 2 < others) return notApplicable();
  return expectProperty(resource, 'Tags', (tags) => elements(tags).some(saysWhose));
}

function countTags(app: AppModel): ReadonlyMap<string, { readonly tagged: number; readonly all: number }> {
  const table = new Map<string, { tagged: number; all: number }>();
  for (const resource of app.ofType(...TAGGED)) {
    const count = table.get(resource.stackId) ?? { tagged: 0, all: 0 };
    table.set(resource.stackId, { tagged: count.tagged + (isTagged(resource) ? 1 : 0), all: count.all + 1 });
  }
  return table;
}

function isTagged(resource: Resource): boolean {
  const tags = resource.property('Tags');
  return isUnresolved(tags) || elements(tags).some(saysWhose);
}

/** What kinds of data something holds says nothing of its owner, and stands where such data is alone; nor do marks of tools. */
function saysWhose(tag: Value): boolean {
  const key = at(tag, 'Key');
  return key !== CLASSIFICATION_TAG && !(typeof key === 'string' && MARKS_OF_TOOLS.some((mark) => key.startsWith(mark)));
}

export const TAG_RULES: readonly Rule[] = [OWNER_TAGS];
