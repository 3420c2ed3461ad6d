import { CfnResource, Reference, Token, Tokenization } from 'aws-cdk-lib';
import { PolicyDocument } from 'aws-cdk-lib/aws-iam';
import { ExactDocument } from './exact-document';
import { HardeningSite } from '../../../core/hardening/hardening-site';
import { RenderedDocument, RenderedStatement } from '../../../core/hardening/resource-policy';
import { isIntrinsic } from '../../../core/hardening/values/intrinsics';

/**
 * The statements of a document, tokens included; undefined where one of them is known only at deployment.
 *
 * The documents of constructs are not resolved: that would end their growth, since statements that were rendered once cannot be changed any more.
 */
export function statementsIn(document: unknown, resource: CfnResource, site: HardeningSite): readonly RenderedStatement[] | undefined {
  if (isExact(document)) return document.writtenStatements();
  const written = takesStatements(document) ? document.toJSON() : document;
  const found = Token.isUnresolved(written) ? site.resolve(resource, written) : written;
  if (isIntrinsic(found)) return undefined;
  const listed = (found as RenderedDocument | undefined)?.Statement;
  const statements = listOf(Token.isUnresolved(listed) ? site.resolve(resource, listed) : listed);
  return statements.some((one) => Token.isUnresolved(one) || isIntrinsic(one)) ? undefined : statements as RenderedStatement[];
}

/** The actions of a statement that are known. */
export function actionsIn({ Action }: RenderedStatement): readonly string[] {
  return listOf(Action).filter((action) => typeof action === 'string');
}

/** Whether a resource of a statement can hold a wildcard, told without resolving it: pointers hold none. */
export function mayHoldWildcard(written: unknown): boolean {
  if (typeof written !== 'string') return true;
  return written.includes('*') || Tokenization.reverseString(written).tokens.some((token) => !Reference.isReference(token));
}

/** What may be one value or several. */
export function listOf(value: unknown): readonly unknown[] {
  return value === undefined ? [] : [value].flat();
}

/** Whether hardening put the document there. */
export function isExact(document: unknown): document is Pick<ExactDocument, 'writtenStatements'> {
  return typeof (document as Partial<ExactDocument> | undefined)?.writtenStatements === 'function';
}

function takesStatements(document: unknown): document is PolicyDocument {
  return typeof (document as Partial<PolicyDocument> | undefined)?.addStatements === 'function';
}
