import { CfnResource } from 'aws-cdk-lib';
import { HardeningArea } from '../hardening-area';
import { HardeningSite } from '../hardening-site';

/** How a value stands before hardening. */
export enum Standing {
  /** Nobody set it. */
  MISSING,
  /** The author set something else than the baseline that is not dangerous by itself. */
  WEAKER,
  /** The author set something that is plainly unsafe: strict hardening replaces it. */
  UNSAFE,
  /** It is known only at deployment. */
  UNKNOWN,
  /** Nobody but the author can decide it. */
  AUTHORS,
}

/** What a step would do to one resource. */
export interface HardeningPlan {
  readonly standing: Standing;
  /** The property as CloudFormation names it, without `Properties.`: its first name decides whether the change would replace the resource. */
  readonly property: string;
  readonly before?: unknown;
  /** The value that is written, or words for what is made. */
  readonly after: unknown;
  /** Who outside of the template may notice, and what to look after. */
  readonly attention?: string;
  /** The way for the author, where the value stays as it is. */
  readonly advice?: string;
  /**
   * How many resources of its own it adds to the stack, and 1 where it may be the first to use a part that the stack shares. A stack that would become
   * too large gets none of them. Nothing for a plan that only writes properties.
   */
  readonly adds?: number;
  /** Whether it is carried out after all others of its stage: where a stack has not room for all, it is what can be done without. */
  readonly comesLast?: boolean;
  /** What is to be known about the change although nobody notices it: stands in the report without making the change one that needs attention. */
  readonly remark?: string;
  /** Writes the value. Not called in a dry run, nor for values that stay. */
  readonly apply?: () => void;
}

/** One secure value for other people's resources: of one type of CloudFormation, for one rule. */
export interface HardeningStep {
  readonly area: HardeningArea;
  /** The type of CloudFormation. */
  readonly type: string;
  /** The rule of the pack that asks for it. */
  readonly rule: string;
  /** Whether it looks at resources that CDK puts below a construct of this library although they belong to the author's. */
  readonly belowOwn?: boolean;
  /** Whether it takes resources without a class too: it reads properties by their names in CloudFormation, and writes none. */
  readonly readsByName?: boolean;
  /** What is to be done to a resource of the type: nothing where all is well. */
  plan(resource: CfnResource, site: HardeningSite): readonly HardeningPlan[];
}
