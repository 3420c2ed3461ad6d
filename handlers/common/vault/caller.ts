import { createHash } from 'crypto';
import { Refusal } from './refusal';

/** Who calls, and what it may ask for. */
export interface Caller {
  /** As the audit log names it: `PlaceOrder_1a2b3c4d`. */
  readonly name: string;
  /** Requests in a minute. */
  readonly perMinute: number;
  /** The beginnings of the hashes of the fields that it may name; all of them where there are none. */
  readonly fields: readonly string[];
}

const ALIAS = /^([A-Za-z0-9-]{1,32}_[0-9a-f]{8})_([1-9][0-9]{0,5})(?:_([0-9a-f]{6}(?:-[0-9a-f]{6}){0,8}))?$/;

/**
 * The caller, from the ARN by which Lambda was called. A direct call tells nothing else of it that it could not choose; but each caller has an
 * alias of its own, whose name holds its limits, and IAM lets it call no other. `$LATEST`, versions and other aliases are nobody's.
 */
export function callerOf(invokedFunctionArn: string): Caller {
  const [, , , , , , , alias] = invokedFunctionArn.split(':');
  const parts = ALIAS.exec(alias ?? '');
  if (parts === null) throw new Refusal('Forbidden', 'the vault is called by the alias that it has for each caller');
  const [, name, perMinute, fields] = parts;
  return { name, perMinute: Number(perMinute), fields: fields?.split('-') ?? [] };
}

/** Refuses fields that a caller may not name. */
export function checkField({ fields }: Caller, field: string): void {
  if (fields.length > 0 && !fields.includes(fieldMark(field))) throw new Refusal('Forbidden', 'the caller may not name this field');
}

/** What stands for a field in the name of an alias. */
export function fieldMark(field: string): string {
  return createHash('sha256').update(field).digest('hex').slice(0, 6);
}
