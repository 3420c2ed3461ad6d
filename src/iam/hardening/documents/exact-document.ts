import { IResolvable, IResolveContext, Token } from 'aws-cdk-lib';
import { RenderedDocument, RenderedStatement } from '../../../core/hardening/resource-policy';
import { isIntrinsic } from '../../../core/hardening/values/intrinsics';

/** What hardening puts into the place of a document. */
export interface ExactDocumentProps {
  /** The document as the author's code made it. */
  readonly original: unknown;
  /** Its statements now, tokens included, as the author's code made them. */
  readonly statements: () => readonly RenderedStatement[];
  /** Rewrites the whole document as it is rendered. */
  readonly rewrite: (document: RenderedDocument) => RenderedDocument;
}

/**
 * A document in the place of another one, that renders as the other one does and is rewritten then: statements that come later are in it. Whether
 * statements are merged stays the other one's affair.
 */
export class ExactDocument implements IResolvable {
  public readonly creationStack: string[] = [];

  constructor(private readonly props: ExactDocumentProps) {}

  public resolve(context: IResolveContext): unknown {
    const rendered: unknown = context.resolve(this.props.original);
    return rendered === undefined || rendered === null || isIntrinsic(rendered) ? rendered : this.props.rewrite(rendered as RenderedDocument);
  }

  public toString(): string {
    return Token.asString(this);
  }

  /** The statements as the author's code made them, tokens included. */
  public writtenStatements(): readonly RenderedStatement[] {
    return this.props.statements();
  }
}
