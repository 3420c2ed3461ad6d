import { EXCEPTION_UNMANAGED } from './audit-rules';
import { Place, refuse } from '../../core/configuration-error';
import { NagPackId } from '../../core/exceptions/acknowledgement';
import { RULES } from '../catalog';
import { nearestRules } from '../nearest-rules';
import { PACK_NAME } from '../pack-name';

/** Which findings somebody means. */
export interface FindingReference {
  readonly pack: string;
  /** The id behind the pack's name, with dashes for blanks, as CDK keeps it. */
  readonly id: string;
  /** All findings of a rule of ours: `BucketVersioning`. Others are meant exactly, as CDK reads them. */
  readonly whole: boolean;
}

const NAG_PACKS: readonly string[] = Object.values(NagPackId);

/** Warnings of constructs: CDK forgets those that are acknowledged before anything of ours is asked. */
const ANNOTATIONS = /^(annotation|construct[ -]annotations)$/i;

const PROP = { code: 'SecurityExceptions.Finding', prop: 'finding' };

/** CDK keeps ids with dashes in the place of blanks. */
export function storedId(id: string): string {
  return id.replaceAll(' ', '-');
}

/** The rule of an id: what stands before the brackets. */
export function ruleOf(id: string): string {
  return id.replace(/\[.*/s, '');
}

/**
 * Reads the id of a rule or finding.
 *
 * | written                                     | means                                                                 |
 * |---------------------------------------------|-----------------------------------------------------------------------|
 * | `BucketVersioning`, with or without `ServerlessSecurity::` | every finding of this rule of ours, open questions included |
 * | `RouteAuthorization[GET /health]`           | this finding                                                          |
 * | `AwsSolutions::AwsSolutions-IAM5[Resource::*]` | this finding of another pack, exactly                              |
 *
 * @throws ConfigurationError [SecurityExceptions.Finding] when it names nothing
 * @throws ConfigurationError [SecurityExceptions.UnknownRule] when our pack has no such rule
 */
export function readReference(place: Place, finding: string): FindingReference {
  if (typeof finding !== 'string' || finding.trim() === '') {
    return refuse(place, { ...PROP, must: 'must be the id of a rule or finding', got: finding, fix: "write it as the report shows it: 'RouteAuthorization[GET /health]'" });
  }
  if (!isBalanced(finding)) {
    return refuse(place, { ...PROP, must: 'must close each bracket that it opens', got: finding, fix: 'copy the id from the report' });
  }
  const [, pack, id] = /^([^:[\](){}]+)::(.+)$/s.exec(finding.trim()) ?? [undefined, undefined, finding.trim()];
  if (pack === undefined || pack === PACK_NAME) return ours(place, id, pack === undefined);
  if (ANNOTATIONS.test(pack)) {
    return refuse(place, { ...PROP, must: 'must be a finding: warnings of constructs are none', got: finding, fix: 'acknowledge the warning with Validations.of(scope).acknowledge()' });
  }
  if (NAG_PACKS.includes(pack) && !id.startsWith(`${pack}-`)) refuseNagId(place, finding, pack, id);
  return { pack: storedId(pack), id: storedId(id), whole: false };
}

function ours(place: Place, id: string, bare: boolean): FindingReference {
  const rule = ruleOf(id);
  if (RULES.some((one) => one.id === rule) || rule === EXCEPTION_UNMANAGED.id) return { pack: PACK_NAME, id: storedId(id), whole: rule === id };
  const nag = NAG_PACKS.find((pack) => id.startsWith(`${pack}-`));
  if (bare && nag !== undefined) return refuseNagId(place, id, nag, id);
  const near = nearestRules(rule);
  return refuse(place, {
    code: 'SecurityExceptions.UnknownRule',
    prop: 'finding',
    must: 'must begin with the id of a rule of this pack, or name another pack',
    got: id,
    fix: near.length > 0 ? `did you mean ${near.join(' or ')}?` : "docs/rules.md lists the rules; other packs are named like 'AwsSolutions::AwsSolutions-S1'",
  });
}

function refuseNagId(place: Place, finding: string, pack: string, id: string): never {
  return refuse(place, {
    ...PROP,
    must: 'must name the pack and the finding as the report does',
    got: finding,
    fix: `did you mean '${pack}::${id.startsWith(`${pack}-`) ? id : `${pack}-${id}`}'?`,
  });
}

/** CDK refuses ids with brackets that do not match. */
function isBalanced(id: string): boolean {
  const open: string[] = [];
  for (const letter of id) {
    if ('[({'.includes(letter)) open.push(letter);
    else if ('])}'.includes(letter) && open.pop() !== '[({'['])}'.indexOf(letter)]) return false;
  }
  return open.length === 0;
}
