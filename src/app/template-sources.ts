import { refuse } from '../core/configuration-error';
import { readFile, readFolder, UnreadableTemplate } from '../model/templates/folder-reader';
import { TemplateSource } from '../model/templates/template-source';

/** The template of a file, and the nested stacks that it names. */
export function sourcesInFile(path: string): readonly TemplateSource[] {
  return readAt(path, readFile);
}

/** The templates of a cloud assembly, or of a folder and all below it. */
export function sourcesInFolder(path: string): readonly TemplateSource[] {
  return readAt(path, readFolder);
}

/** Says why something is no template. */
export function unreadable(path: string, problem: string): never {
  return refuse({ node: { path } }, {
    code: 'TemplateAudit.Unreadable',
    prop: 'path',
    must: `must lead to a CloudFormation template: ${problem}`,
    got: path,
    fix: 'mend the file, or leave it out',
  });
}

function readAt(path: string, reader: (path: string) => readonly TemplateSource[]): readonly TemplateSource[] {
  let sources: readonly TemplateSource[];
  try {
    sources = reader(path);
  } catch (error) {
    if (error instanceof UnreadableTemplate) return unreadable(error.path, error.problem);
    throw error;
  }
  if (sources.length > 0) return sources;
  return refuse({ node: { path } }, {
    code: 'TemplateAudit.NoTemplate',
    prop: 'path',
    must: 'must lead to a folder that holds CloudFormation templates',
    fix: 'give cdk.out after a synthesis, or the folder of the template files',
  });
}
