import { Stack } from 'aws-cdk-lib';
import { DataClassification } from '../../src/classification/data-classification';
import { TokenField } from '../../src/data-protection/token-field';
import { TokenFormat } from '../../src/data-protection/token-format';
import { TokenVault } from '../../src/data-protection/token-vault';
import { TokenVaultProps } from '../../src/data-protection/token-vault-props';
import { CodeSigning } from '../../src/function/code/code-signing';
import { aFunction, AuditCase, demanded } from '../support/self-audit';

function vaultIn(stack: Stack, props: Partial<TokenVaultProps> = {}): TokenVault {
  const { network, codeSigningConfig, reservedConcurrentExecutions } = demanded(stack);
  const codeSigning = codeSigningConfig && CodeSigning.byConfig(codeSigningConfig);
  return new TokenVault(stack, 'Vault', { fields: { note: TokenField.random() }, network, codeSigning, reservedConcurrentExecutions, ...props });
}

export const DATA_PROTECTION_CASES: readonly AuditCase[] = [
  ['TokenVault', (stack) => { vaultIn(stack); }],
  ['TokenVault with all that it can have', (stack) => {
    const vault = vaultIn(stack, {
      fields: { card: TokenField.deterministic(TokenFormat.digits({ keepLast: 4 })) },
      codeKeys: { newest: 2 },
      dataClassification: DataClassification.financial(),
    });
    const fn = aFunction(stack);
    vault.allowTokenize(fn);
    vault.allowDetokenize(fn, { fields: ['card'] });
    vault.allowSearch(fn);
    vault.allowDelete(fn);
  }],
];
