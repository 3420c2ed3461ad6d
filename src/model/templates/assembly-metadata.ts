import { existsSync } from 'fs';
import { join } from 'path';
import { own, section, wordOf } from './template-source';

/** Metadata of one construct: what CDK and libraries noted on it during the synthesis. */
export interface ConstructMetadata {
  readonly constructPath: string;
  readonly type: string;
  readonly data: unknown;
}

/** The metadata of a stack's constructs: in the manifest, or in a file beside it. */
export function metadataOf(artifact: unknown, folder: string, readJson: (path: string) => unknown): readonly ConstructMetadata[] {
  const file = own(own(artifact, 'properties'), 'additionalMetadataFile') ?? own(artifact, 'additionalMetadataFile');
  const beside = typeof file === 'string' && existsSync(join(folder, file)) ? readJson(join(folder, file)) : {};
  return [...Object.entries(section(artifact, 'metadata')), ...Object.entries(Object(beside) as object)]
    .flatMap(([path, entries]) => (Array.isArray(entries) ? entries as unknown[] : []).map((entry) => ({
      constructPath: path.replace(/^\//, ''), type: wordOf(own(entry, 'type')), data: own(entry, 'data'),
    })));
}
