import { Validations } from 'aws-cdk-lib';
import { PACK_NAME } from './pack-name';
import { ConstructTree } from '../core/construct-tree';
import { AcknowledgementData, WRITTEN_BY } from '../core/exceptions/acknowledgement';

/** A finding that somebody accepted, where and why. */
export interface Acknowledged {
  readonly reason: string;
  readonly at: string;
}

/** An acknowledgement as CDK keeps it, by whatever means it was written. */
export interface PlacedAcknowledgement extends Acknowledged {
  /** Pack and finding, `Pack::Rule[finding]`; those of warnings are `Annotation::…`. */
  readonly id: string;
  /** This library wrote it, or an exception; undefined for any other means. */
  readonly writtenBy?: 'library' | 'exception';
}

/** CDK stores ids with dashes in the place of blanks. */
function stored(id: string): string {
  return id.replaceAll(' ', '-');
}

/** Finds acknowledgements the way CDK does: exact id, the nearest construct on the way to the root, and there the last one. */
export class Acknowledgements {
  /** Those that stand in the tree of an app. */
  public static in(tree: ConstructTree): Acknowledgements {
    return new Acknowledgements(tree.notesOf(Validations.ACKNOWLEDGED_RULES_METADATA_KEY).map(({ path, data }) => [path, [data]]));
  }

  /** All of them, in the order in which they were noted. */
  public readonly all: readonly PlacedAcknowledgement[];
  private readonly byPlace = new Map<string, Map<string, PlacedAcknowledgement>>();

  /** @param noted what was noted on each construct, by its path: objects with a reason for each id */
  constructor(noted: readonly (readonly [constructPath: string, data: readonly unknown[]])[]) {
    this.all = noted.flatMap(([at, data]) => data.filter((reasons) => typeof reasons === 'object' && reasons !== null)
      .flatMap((reasons) => Object.entries(reasons as AcknowledgementData).map(([id, reason]): PlacedAcknowledgement => (
        { id: stored(id), reason: String(reason), at, writtenBy: (reasons as AcknowledgementData)[WRITTEN_BY] }))));
    for (const one of this.all) {
      const here = this.byPlace.get(one.at) ?? new Map<string, PlacedAcknowledgement>();
      this.byPlace.set(one.at, here.set(one.id, one));
    }
  }

  /** Why a finding on a construct was accepted; undefined when it was not. */
  public of(findingId: string, constructPath: string | undefined, pack = PACK_NAME): PlacedAcknowledgement | undefined {
    if (constructPath === undefined || this.byPlace.size === 0) return undefined;
    const id = stored(`${pack}::${findingId}`);
    const parts = constructPath.split('/');
    for (let length = parts.length; length >= 0; length--) {
      const found = this.byPlace.get(parts.slice(0, length).join('/'))?.get(id);
      if (found !== undefined) return found;
    }
    return undefined;
  }
}
