import { createHash } from 'crypto';

/** Parts as bytes, each behind its length: no two lists of parts have the same bytes, whatever stands in them. */
export function encode(parts: readonly string[]): Buffer {
  return Buffer.concat(parts.flatMap((part) => {
    const bytes = Buffer.from(part, 'utf8');
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    return [length, bytes];
  }));
}

/** What stands for a record where its token must not: in the audit log, and in the encryption context that CloudTrail shows. */
export function recordHash(tenant: string, field: string, token: string): string {
  return createHash('sha256').update(encode(['record', tenant, field, token])).digest('hex');
}
