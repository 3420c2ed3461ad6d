import { Validations } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { checkException } from './check-exception';
import { ExceptionOptions, signedReason } from './exception-record';
import { PlacedException } from './placed';
import { ConstructTree } from '../../core/construct-tree';
import { AcknowledgementData, WRITTEN_BY } from '../../core/exceptions/acknowledgement';

/** Node metadata under which an exception is kept. It goes into the cloud assembly, for whoever audits that. */
export const EXCEPTION_METADATA = 'cdk-secure-serverless:exception';

const HOLDER = Symbol.for('cdk-secure-serverless.exception-acknowledgements');

interface Recorded extends ExceptionOptions {
  readonly finding: string;
  readonly [HOLDER]: AcknowledgementData;
}

/** An exception in an app, and the acknowledgements that stand for it. */
export interface RecordedException extends PlacedException {
  readonly acknowledgements: AcknowledgementData;
}

/**
 * Keeps an exception at its construct. What it acknowledges is known only when the packs have judged; CDK reads acknowledgements after that, so
 * there is a place for them that each judgement fills anew, and that is empty whenever a synthesis begins.
 */
export function recordException(scope: IConstruct, finding: string, options: ExceptionOptions): void {
  const { reason, owner, expires, ticket } = checkException(scope, finding, options, scope.node.path);
  const holder: AcknowledgementData = { [WRITTEN_BY]: 'exception' };
  const data: Recorded = { finding, reason, owner, expires, ...ticket === undefined ? {} : { ticket }, [HOLDER]: holder };
  scope.node.addMetadata(EXCEPTION_METADATA, data);
  scope.node.addMetadata(Validations.ACKNOWLEDGED_RULES_METADATA_KEY, holder);
  scope.node.addValidation({
    validate: () => {
      empty(holder);
      return [];
    },
  });
}

/** Every exception in an app, in tree order. */
export function recordedExceptions(tree: ConstructTree): readonly RecordedException[] {
  return tree.notesOf(EXCEPTION_METADATA).map(({ construct, path, data }) => {
    const { finding, [HOLDER]: acknowledgements, ...options } = data as Recorded;
    return { ...checkException(construct, finding, options, path), acknowledgements };
  });
}

/** Lets CDK find the acknowledgements of an exception, and no others. */
export function writeAcknowledgements({ acknowledgements, ...exception }: RecordedException, ids: readonly string[]): void {
  empty(acknowledgements);
  for (const id of ids) acknowledgements[id] = signedReason(exception);
}

function empty(holder: AcknowledgementData): void {
  for (const id of Object.keys(holder)) delete holder[id];
}
