import { createCipheriv, createDecipheriv, randomBytes } from 'crypto';
import { encode } from './encoding';
import { Refusal } from './refusal';

const ALGORITHM = 'aes-256-gcm';
const FORMAT = 1;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const HEADER = 1 + IV_BYTES + TAG_BYTES;

/** Where a value belongs. A sealed value opens nowhere else. */
export interface Place {
  readonly vault: string;
  readonly tenant: string;
  readonly field: string;
  readonly token: string;
}

/** Encrypts a value for its place. Each data key seals one value, so that no nonce meets its key twice. */
export function seal(dataKey: Uint8Array, value: string, place: Place): Uint8Array {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(ALGORITHM, dataKey, iv, { authTagLength: TAG_BYTES });
  cipher.setAAD(bindingOf(place));
  const sealed = Buffer.concat([cipher.update(value, 'utf8'), cipher.final()]);
  return Buffer.concat([Buffer.of(FORMAT), iv, cipher.getAuthTag(), sealed]);
}

/**
 * Decrypts a value, if it is the one that was sealed with this key for this place.
 * @throws Refusal when a single bit of it, or its place, is another
 */
export function open(dataKey: Uint8Array, envelope: Uint8Array, place: Place): string {
  if (envelope.length <= HEADER || envelope[0] !== FORMAT) throw tampered();
  const decipher = createDecipheriv(ALGORITHM, dataKey, envelope.subarray(1, 1 + IV_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAAD(bindingOf(place));
  decipher.setAuthTag(envelope.subarray(1 + IV_BYTES, HEADER));
  try {
    return Buffer.concat([decipher.update(envelope.subarray(HEADER)), decipher.final()]).toString('utf8');
  } catch {
    throw tampered();
  }
}

export function tampered(): Refusal {
  return new Refusal('Tampered', 'the record is not as this vault wrote it');
}

function bindingOf({ vault, tenant, field, token }: Place): Buffer {
  return encode(['value', String(FORMAT), vault, tenant, field, token]);
}
