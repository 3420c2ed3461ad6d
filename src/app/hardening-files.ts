import { App } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { changesOf, unknownServicesOf } from '../core/hardening/hardening-change';
import { HardeningPosture } from '../report/form/posture-form';
import { writeHardening } from '../report/write-hardening';

const WRITTEN = Symbol.for('cdk-secure-serverless.hardening-files');

type Root = App & { [WRITTEN]?: true };

/** What hardening did to an app or would do, as the report shows it. */
export function hardeningOf(root: IConstruct): readonly HardeningPosture[] {
  return (changesOf(root) ?? []).map((change) => ({ ...change, outcome: `${change.outcome}` as const, impact: `${change.impact}` as const }));
}

/**
 * Has each synthesis of an app write what hardening did, whether rules judge the app or not: when the tree is final, before CDK's validation plugins
 * run, which may change no file.
 */
export function writeHardeningOf(root: Root): void {
  if (root[WRITTEN] === true) return;
  root[WRITTEN] = true;
  root.node.addValidation({
    validate: () => {
      writeHardening(root.outdir, hardeningOf(root), unknownServicesOf(root));
      return [];
    },
  });
}
