import { IConstruct } from 'constructs';
import { ConstructTree } from '../construct-tree';

/** Node metadata under which a construct records whom outside of the app it works with, and what for. */
export const THIRD_PARTY_METADATA = 'cdk-secure-serverless:third-party';

/** Somebody outside of the app that its author named. */
export interface NamedThirdParty {
  readonly kind: 'domain' | 'partner-bus';
  /** As the report names it: a host, or the name of the bus. */
  readonly name: string;
  /** What for, in the author's words. */
  readonly reason: string;
}

/** Notes whom a construct works with: the report shows it. */
export function recordThirdParty(scope: IConstruct, party: NamedThirdParty): void {
  scope.node.addMetadata(THIRD_PARTY_METADATA, { ...party });
}

/** Everybody who is named in an app, in tree order. */
export function thirdPartiesIn(tree: ConstructTree): readonly NamedThirdParty[] {
  return tree.notesOf(THIRD_PARTY_METADATA).map(({ data }) => data as NamedThirdParty);
}
