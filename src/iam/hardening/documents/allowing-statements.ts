import { statementsIn } from './document-statements';
import { IdentityDocument } from './identity-documents';
import { HardeningSite } from '../../../core/hardening/hardening-site';
import { RenderedStatement } from '../../../core/hardening/resource-policy';

/** The allowing statements of a document, tokens included; undefined where they are known only at deployment. Read once for all steps that only look. */
export function allowingIn(document: IdentityDocument, site: HardeningSite): readonly RenderedStatement[] | undefined {
  const read = site.once('allowing statements', () => new Map<string, readonly RenderedStatement[] | undefined>());
  const key = `${document.resource.node.path} ${document.property}`;
  if (!read.has(key)) read.set(key, allowingNow(document, site));
  return read.get(key);
}

/** The same, as it is now. */
export function allowingNow({ read, resource }: IdentityDocument, site: HardeningSite): readonly RenderedStatement[] | undefined {
  return statementsIn(read(), resource, site)?.filter(({ Effect }) => Effect !== 'Deny');
}
