import { Validations } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { PACK_NAME } from './catalog';

/** A finding that somebody accepted, where and why. */
export interface Acknowledged {
  readonly reason: string;
  readonly at: string;
}

/** CDK stores ids with dashes in the place of blanks. */
function stored(id: string): string {
  return id.replaceAll(' ', '-');
}

/** Finds acknowledgements the way CDK does: exact id, the nearest construct on the way to the root. */
export class Acknowledgements {
  /** Those that stand in the tree of an app. */
  public static below(root: IConstruct): Acknowledgements {
    return new Acknowledgements(root.node.findAll().map((node) => [node.node.path, node.node.metadata
      .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY).map(({ data }) => data as unknown)]));
  }

  private readonly reasons = new Map<string, ReadonlyMap<string, string>>();

  /** @param noted what was noted on each construct, by its path: objects with a reason for each id */
  constructor(noted: readonly (readonly [constructPath: string, data: readonly unknown[]])[]) {
    for (const [path, data] of noted) {
      const entries = data.flatMap((reasons) => (typeof reasons === 'object' && reasons !== null ? Object.entries(reasons) : []))
        .map(([id, reason]): [string, string] => [stored(id), String(reason)]);
      if (entries.length > 0) this.reasons.set(path, new Map([...this.reasons.get(path) ?? [], ...entries]));
    }
  }

  /** Why a finding on a construct was accepted; undefined when it was not. */
  public of(findingId: string, constructPath: string | undefined, pack = PACK_NAME): Acknowledged | undefined {
    if (constructPath === undefined || this.reasons.size === 0) return undefined;
    const id = stored(`${pack}::${findingId}`);
    const parts = constructPath.split('/');
    for (let length = parts.length; length >= 0; length--) {
      const at = parts.slice(0, length).join('/');
      const reason = this.reasons.get(at)?.get(id);
      if (reason !== undefined) return { reason, at };
    }
    return undefined;
  }
}
