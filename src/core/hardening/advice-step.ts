import { CfnResource } from 'aws-cdk-lib';
import { HardeningArea } from './hardening-area';
import { HardeningSite } from './hardening-site';
import { HardeningStep, Standing } from './hardening-step';

/** What an advice is about: the value as it is, and what would be secure. */
export interface Advised {
  /** The property as CloudFormation names it; that of the step, if left out. */
  readonly property?: string;
  readonly before?: unknown;
  readonly after: unknown;
}

/** Something that nobody but the author can decide: it is reported with the way, and never changed. */
export interface AdviceStep<T extends CfnResource> {
  readonly area: HardeningArea;
  readonly type: string;
  /** The rule that asks for it. */
  readonly rule: string;
  /** The property as CloudFormation names it. */
  readonly property: string;
  /** What is to be decided: nothing where all is well. */
  readonly find: (resource: T, site: HardeningSite) => Advised | undefined;
  /** What the author can do. */
  readonly advice: string;
}

/** A step that only reports. */
export function adviceStep<T extends CfnResource>(step: AdviceStep<T>): HardeningStep {
  const { advice, area, rule, type } = step;
  return {
    area,
    rule,
    type,
    plan: (resource, site) => {
      const found = step.find(resource as T, site);
      return found === undefined ? [] : [{ standing: Standing.AUTHORS, advice, property: step.property, ...found }];
    },
  };
}
