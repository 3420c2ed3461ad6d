import { ConstructWithVerbs } from './verb';
import { TokenField } from '../../../src/data-protection/token-field';
import { TokenVault } from '../../../src/data-protection/token-vault';

export const VAULT_VERBS: readonly ConstructWithVerbs[] = [
  {
    name: 'TokenVault',
    verbs: (stack) => {
      const vault = new TokenVault(stack, 'Vault', { fields: { email: TokenField.deterministic() } });
      return [
        { call: 'allowTokenize(fn)', give: (fn) => vault.allowTokenize(fn) },
        { call: 'allowDetokenize(fn)', give: (fn) => vault.allowDetokenize(fn) },
        { call: 'allowSearch(fn)', give: (fn) => vault.allowSearch(fn) },
        { call: 'allowDelete(fn)', give: (fn) => vault.allowDelete(fn) },
      ];
    },
  },
];
