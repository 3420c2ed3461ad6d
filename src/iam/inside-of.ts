import { CfnResource } from 'aws-cdk-lib';
import { HardeningSite } from '../core/hardening/hardening-site';

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
    form: /^arn:[^*?]*:states:[^*?]*:execution:\{"Fn::Select":\[6,\{"Fn::Split":\[":",\{"Ref":"\w+"\}\]\}\]\}(\*|:\*|\/\*:\*)$/,
    types: ['AWS::StepFunctions::StateMachine'],
    why: 'The wildcard stands for the executions of one state machine, which get their names when they are started.',
  },
  {
    form: /^arn:[^*?]*:logs:[^*?]*:log-group:[^*?]+:\*$/,
    why: 'The wildcard stands for the streams of one log group, which are named by the service that writes them.',
  },
];

/** Why a wildcard adds no other resource and nothing narrower can be written; undefined where an author can. */
export function insideOf(text: string, written: unknown, at: CfnResource, site: HardeningSite): string | undefined {
  const found = INSIDE.find(({ form }) => form.test(text));
  if (found === undefined || found.types === undefined) return found?.why;
  const target = site.target(at, written);
  return target !== undefined && found.types.includes(target.cfnResourceType) ? found.why : undefined;
}
