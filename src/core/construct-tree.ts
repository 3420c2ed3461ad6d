import { IConstruct } from 'constructs';
import { CHOSEN, ProfileHolder, SecurityProfile } from './profile/security-profile';

/** A construct, and what its place in the tree says. */
export interface PlacedConstruct {
  readonly construct: IConstruct;
  /** The construct path. */
  readonly path: string;
  /** The profile that holds here. */
  readonly profile: SecurityProfile;
}

/** What was noted on a construct. */
export interface Note {
  readonly construct: IConstruct;
  readonly path: string;
  readonly data: unknown;
}

/** CDK notes this on each of its elements, and nobody asks for it here. */
const LOGICAL_ID = 'aws:cdk:logicalId';

const NONE: readonly Note[] = [];

/**
 * All constructs of an app, looked at once. A synthesis asks many things of all of them, and CDK puts together the list of children, the path
 * and the notes of each anew whenever it is asked.
 */
export class ConstructTree {
  /** The constructs at and below a root, in tree order, as they are now. */
  public static below(root: IConstruct): ConstructTree {
    return new ConstructTree(root);
  }

  public readonly all: readonly PlacedConstruct[];
  private readonly byPath = new Map<string, PlacedConstruct>();
  private notes?: ReadonlyMap<string, readonly Note[]>;

  private constructor(root: IConstruct) {
    const all: PlacedConstruct[] = [];
    const visit = (construct: IConstruct, path: string, profile: SecurityProfile): void => {
      const placed = { construct, path, profile };
      all.push(placed);
      this.byPath.set(path, placed);
      for (const child of construct.node.children) {
        visit(child, path === '' ? child.node.id : `${path}/${child.node.id}`, (child as ProfileHolder)[CHOSEN] ?? profile);
      }
    };
    visit(root, root.node.path, SecurityProfile.of(root));
    this.all = all;
  }

  /** The profile that holds at a construct path; that of the root where there is no such construct. */
  public profileAt(path: string | undefined): SecurityProfile {
    return (this.byPath.get(path ?? '') ?? this.all[0]).profile;
  }

  /** The notes of one type on any construct, in tree order, other than of logical ids. They are read when they are first asked for. */
  public notesOf(type: string): readonly Note[] {
    this.notes ??= this.readNotes();
    return this.notes.get(type) ?? NONE;
  }

  private readNotes(): ReadonlyMap<string, readonly Note[]> {
    const found = new Map<string, Note[]>();
    for (const { construct, path } of this.all) {
      for (const { type, data } of construct.node.metadata) {
        if (type === LOGICAL_ID) continue;
        const note = { construct, path, data: data as unknown };
        const known = found.get(type);
        if (known === undefined) found.set(type, [note]);
        else known.push(note);
      }
    }
    return found;
  }
}
