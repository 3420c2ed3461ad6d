import { App, Stack } from 'aws-cdk-lib';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import { Case, Collected, fileOf, Verdicts } from './cases';
import { ALL_NAG_PACKS } from '../../test/support/apps';

/** What the six packs of cdk-nag say. They look at constructs, so that each template becomes a stack of L1 constructs first. */
export function judgeByNag(cases: readonly Case[], folder: string): { readonly verdicts: Verdicts; readonly unreadable: readonly string[] } {
  process.env.JSII_DEPRECATED = 'quiet'; // the old form of an event bus policy is one of the faults
  const collected = new Collected();
  const unreadable: string[] = [];
  const packs = ALL_NAG_PACKS() as unknown as { validateScope(scope: App): { violations: Violation[] } }[];
  for (const { id, stacks } of cases) {
    const app = new App({ analyticsReporting: false });
    for (const stack of Object.keys(stacks)) {
      try {
        new CfnInclude(new Stack(app, stack), 'Template', { templateFile: fileOf(folder, id, stack), allowCyclicalReferences: true });
      } catch {
        unreadable.push(`${id}/${stack}`);
      }
    }
    for (const pack of packs) {
      for (const violation of pack.validateScope(app).violations) {
        for (const { constructPath } of [...violation.violatingResources ?? [], ...violation.violatingConstructs ?? []]) {
          collected.add(id, violation.ruleName, constructPath ?? '');
        }
      }
    }
  }
  return { verdicts: collected.verdicts, unreadable };
}

interface Violation {
  readonly ruleName: string;
  readonly violatingResources?: readonly { readonly constructPath?: string }[];
  readonly violatingConstructs?: readonly { readonly constructPath?: string }[];
}
