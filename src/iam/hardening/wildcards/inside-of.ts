import { CfnResource } from 'aws-cdk-lib';
import { HardeningSite } from '../../../core/hardening/hardening-site';
import { RenderedStatement } from '../../../core/hardening/resource-policy';
import { actionsIn } from '../documents/document-statements';

/** What a wildcard can stand for inside of one resource that the statement names. */
interface Inside {
  /** The resource as a statement writes it, pointers as `<Id.Attribute>`. */
  readonly form: RegExp;
  /** The types of the resource that it points at; any, where the text alone names it. */
  readonly types?: readonly string[];
  readonly why: string;
}

const POINTER = '<(?!AWS::)[^<>*?]+\\.Arn>';

/** Only where what is inside has no name before: objects of a bucket have a prefix, which the author can choose. */
const INSIDE: readonly Inside[] = [
  {
    form: new RegExp(`^${POINTER}:\\*$`),
    types: ['AWS::Lambda::Function'],
    why: 'The wildcard stands for the versions and aliases of one function, beside the function itself: versions get their numbers when they are published.',
  },
  {
    form: new RegExp(`^${POINTER}/index/\\*$`),
    types: ['AWS::DynamoDB::GlobalTable', 'AWS::DynamoDB::Table'],
    why: 'The wildcard stands for the indexes of one table, which hold nothing but data of the table that is allowed beside them.',
  },
  {
    form: /^arn:[^*?]*:states:[^*?]*:execution:\{"Fn::Select":\[6,\{"Fn::Split":\[":",\{"Ref":"\w+"\}\]\}\]\}(\*|:\*|\/(\*|[\w-]+):\*)$/,
    types: ['AWS::StepFunctions::StateMachine'],
    why: 'The wildcard stands for the executions of one state machine, which get their names when they are started.',
  },
  {
    form: /^arn:[^*?]*:codebuild:[^*?]*:report-group\/<(?!AWS::)[^<>*?]+>-\*$/,
    types: ['AWS::CodeBuild::Project'],
    why: 'The wildcard stands for the report groups of one build project: CodeBuild puts the name of the project before each name that a build chooses.',
  },
  {
    form: /^arn:[^*?]*:logs:[^*?]*:log-group:[^*?]+:\*$/,
    why: 'The wildcard stands for the streams of one log group, which are named by the service that writes them.',
  },
  {
    form: /^arn:[^*?]*:cloudformation:[^*?]*:(stack\/[^*?/]+\/|stackset\/[^*?:/]+:)\*$/,
    why: 'The wildcard stands for the id of one stack, or set of stacks, which CloudFormation puts behind the whole name when it is made.',
  },
];

/** Why a wildcard adds no other resource and nothing narrower can be written; undefined where an author can. */
export function insideOf(text: string, written: unknown, at: CfnResource, site: HardeningSite): string | undefined {
  const found = INSIDE.find(({ form }) => form.test(text));
  if (found === undefined || found.types === undefined) return found?.why;
  const target = site.target(at, written);
  return target !== undefined && found.types.includes(target.cfnResourceType) ? found.why : undefined;
}

/** Conditions with which a statement over `*` reaches one resource alone, for the actions that know the condition. */
const NARROWED = [{
  actions: /^elasticfilesystem:Client(Mount|Write|RootAccess)$/i,
  key: 'elasticfilesystem:AccessPointArn',
  why: 'The condition on the access point leaves one file system, and one folder of it: https://docs.aws.amazon.com/efs/latest/ug/efs-access-points.html.',
}];

/** Why statements over `*` reach no more than one resource: each has a condition that names it. */
export function narrowedByCondition(statements: readonly RenderedStatement[], at: CfnResource, site: HardeningSite): string | undefined {
  const found = NARROWED.find(({ actions, key }) => statements.every((statement) => {
    const conditions = site.resolve(at, statement.Condition) as { readonly [operator: string]: { readonly [name: string]: unknown } } | undefined;
    const named = conditions?.StringEquals?.[key];
    return actionsIn(statement).length > 0 && actionsIn(statement).every((action) => actions.test(action))
      && named !== undefined && !JSON.stringify(named).includes('*');
  }));
  return found?.why;
}
