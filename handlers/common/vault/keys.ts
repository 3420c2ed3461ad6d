import { DecryptCommand, GenerateDataKeyCommand, GenerateMacCommand, KMSClient } from '@aws-sdk/client-kms';
import { encode, recordHash } from './encoding';
import { Place, tampered } from './envelope';
import { kindOf, VaultFailure } from './refusal';
import { Pause, waitFor, withRetries } from './retry';

/** A key of which a lookup was made, newest first: codes of different keys have nothing in common. */
export interface MacKey {
  readonly generation: number;
  readonly keyId: string;
}

/** A data key, in the clear and as KMS keeps it secret. */
export interface DataKey {
  readonly plain: Uint8Array;
  readonly wrapped: Uint8Array;
}

/** What KMS does for a vault. Neither the key that wraps nor those that make codes ever leave it. */
export class Keys {
  /** @param keyId That of the key that wraps data keys; without it there are codes only. */
  constructor(private readonly kms: KMSClient, private readonly keyId: string | undefined, private readonly pause: Pause = waitFor) {}

  /** A new data key for one record, which opens for that record alone. */
  public async newDataKey(place: Place): Promise<DataKey> {
    const answer = await this.call(() => this.kms.send(new GenerateDataKeyCommand({
      KeyId: this.keyId, KeySpec: 'AES_256', EncryptionContext: contextOf(place),
    })));
    return { plain: answer.Plaintext!, wrapped: answer.CiphertextBlob! };
  }

  /**
   * The data key of a record.
   * @throws Refusal when it is that of another record, or none of this vault
   */
  public async dataKey(wrapped: Uint8Array, place: Place): Promise<Uint8Array> {
    try {
      const answer = await withRetries('KMS', this.pause, () => this.kms.send(new DecryptCommand({
        KeyId: this.keyId, CiphertextBlob: wrapped, EncryptionContext: contextOf(place),
      })));
      return answer.Plaintext!;
    } catch (error) {
      if (['InvalidCiphertextException', 'IncorrectKeyException'].includes(kindOf(error))) throw tampered();
      throw asFailure(error);
    }
  }

  /** The code by which a value of a tenant and field is found again. It is not an encryption: nobody can turn it back. */
  public async mac({ keyId }: MacKey, { vault, tenant, field, value }: Omit<Place, 'token'> & { readonly value: string }): Promise<string> {
    const Message = encode(['lookup', vault, tenant, field, value]);
    const answer = await this.call(() => this.kms.send(new GenerateMacCommand({ KeyId: keyId, MacAlgorithm: 'HMAC_SHA_256', Message })));
    return Buffer.from(answer.Mac!).toString('base64url');
  }

  private async call<Answer>(send: () => Promise<Answer>): Promise<Answer> {
    try {
      return await withRetries('KMS', this.pause, send);
    } catch (error) {
      throw asFailure(error);
    }
  }
}

function asFailure(error: unknown): VaultFailure {
  return error instanceof VaultFailure ? error : new VaultFailure('KMS', error);
}

/** Names are checked before, and each has a key of its own here: no name can pass for another part. */
function contextOf({ vault, tenant, field, token }: Place): { readonly [key: string]: string } & Record<string, string> {
  return { vault, tenant, field, record: recordHash(tenant, field, token) };
}
