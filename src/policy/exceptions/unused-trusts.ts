import { TRUSTED_ACCOUNT_UNUSED } from './audit-rules';
import { ExceptionNotice } from './judge-exceptions';
import { NamedThirdParty } from '../../core/third-party/third-party-record';
import { AccountTrust } from '../../core/third-party/trusted-account';
import { AppModel } from '../../model/resources/app-model';

/** Trusted accounts, and buses of partners, that no template names, wherever it could. */
export function unusedTrusts(trusts: readonly AccountTrust[], parties: readonly NamedThirdParty[], app: AppModel): readonly ExceptionNotice[] {
  const buses = parties.filter(({ kind }) => kind === 'partner-bus').map(({ name }) => ({ id: name, called: `The bus ${name}` }));
  const accepted = [...trusts.map(({ account, name }) => ({ id: account, called: `The account ${account} (${name})` })), ...buses];
  if (accepted.length === 0) return [];
  const texts = [...app.resources, ...app.templates].map(({ declaration }) => JSON.stringify(declaration) ?? '');
  return accepted.filter(({ id }) => !texts.some((text) => text.includes(id))).map(({ id, called }) => ({
    rule: TRUSTED_ACCOUNT_UNUSED, about: id, at: '', message: `${called} is trusted, and no template names it.`,
  }));
}
