import { join, relative, sep } from 'path';
import { ArtifactMetadataEntryType } from 'aws-cdk-lib/cloud-assembly-schema';
import { IConstruct } from 'constructs';
import { SourceLocation } from './form/posture-form';

/** `new Shop (/app/lib/shop.ts:12:5)`, as CDK keeps the frames of the app's own code; other languages have no column. */
const FRAME = /\((.+?):(\d+)(?::(\d+))?\)$/;

/** The folder of this library: in an app it lies in `node_modules`, whose frames CDK has left out already. */
const LIBRARY = join(__dirname, '..') + sep;

/**
 * Where in the source of an app its constructs were made: the first frame of CDK's creation trace that belongs to neither a package nor this library.
 * The same trace stands in `validation-report.json`.
 */
export class SourceLocations {
  private nodes?: ReadonlyMap<string, IConstruct>;

  constructor(private readonly root: IConstruct, private readonly workingDirectory = process.cwd()) {}

  /** Undefined where CDK kept no trace: for what is no resource, or with traces switched off. */
  public of(constructPath: string): SourceLocation | undefined {
    this.nodes ??= new Map(this.root.node.findAll().map((node) => [node.node.path, node]));
    const trace = this.nodes.get(constructPath)?.node.metadata.find(({ type }) => type === String(ArtifactMetadataEntryType.CREATION_STACK));
    return Array.isArray(trace?.data) ? this.firstOf(trace.data.map(String)) : undefined;
  }

  private firstOf(frames: readonly string[]): SourceLocation | undefined {
    for (const frame of frames) {
      const [, file, line, column] = FRAME.exec(frame) ?? [];
      if (file === undefined || file.startsWith(LIBRARY) || /[\\/]node_modules[\\/]/.test(file)) continue;
      return { file: relative(this.workingDirectory, file.replace(/^file:\/\//, '')).split(sep).join('/'), line: Number(line), ...column === undefined ? {} : { column: Number(column) } };
    }
    return undefined;
  }
}
