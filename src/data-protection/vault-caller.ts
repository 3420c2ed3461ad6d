import { createHash } from 'crypto';
import { Token } from 'aws-cdk-lib';
import { IGrantable } from 'aws-cdk-lib/aws-iam';
import { Construct, IConstruct } from 'constructs';
import { VaultAccessOptions } from './token-vault-props';
import { CALLER_NAME, MOST_CALLER_FIELDS, OPERATIONS, REQUESTS_PER_MINUTE, VaultOperation } from './vault-baseline';
import { checkInteger } from '../core/checks';
import { refuse } from '../core/configuration-error';

/**
 * The name of the alias by which one caller calls one operation: who it is, how often it may ask, and what for. The functions read it there,
 * since a direct call of Lambda tells nothing else of its caller that it could not choose; see handlers/common/vault/caller.ts.
 */
export function callerAlias(
  vault: IConstruct, operation: VaultOperation, grantee: IGrantable, knownFields: readonly string[], options: VaultAccessOptions,
): string {
  const { requestsPerMinute = OPERATIONS[operation].perMinute, fields = [] } = options;
  if (Token.isUnresolved(requestsPerMinute)) return refuseRate(vault, 'a number that is only known at deployment');
  checkInteger(vault, requestsPerMinute, REQUESTS_PER_MINUTE.least, REQUESTS_PER_MINUTE.most, {
    code: 'TokenVault.RequestsPerMinute', prop: 'requestsPerMinute', fix: `leave it out to use ${OPERATIONS[operation].perMinute}`,
  });
  checkFields(vault, options, knownFields);
  const { label, identity } = nameOf(vault, grantee, options);
  const parts = [label, hash(identity).slice(0, 8), String(requestsPerMinute), ...fields.length === 0 ? [] : [[...fields].sort().map(fieldMark).join('-')]];
  return parts.join('_');
}

/** What stands for a field in the name of an alias: the same as in handlers/common/vault/caller.ts. */
export function fieldMark(field: string): string {
  return hash(field).slice(0, 6);
}

function nameOf(vault: IConstruct, grantee: IGrantable, { caller }: VaultAccessOptions): { readonly label: string; readonly identity: string } {
  if (caller !== undefined) {
    if (Token.isUnresolved(caller) || !CALLER_NAME.test(caller)) {
      refuse(vault, { code: 'TokenVault.Caller', prop: 'caller', must: 'must be 1 to 32 letters, digits and hyphens', got: caller, fix: "write it like 'support-desk'" });
    }
    return { label: caller, identity: `named ${caller}` };
  }
  const construct = [grantee, grantee.grantPrincipal].find((one) => Construct.isConstruct(one)) as IConstruct | undefined;
  if (construct === undefined) {
    refuse(vault, {
      code: 'TokenVault.Caller', prop: 'caller', must: 'must be given for a principal that is no construct of this app: the audit log would not name it', fix: "pass { caller: 'support-desk' }",
    });
  }
  const { path } = construct.node;
  const readable = path.replace(/[^A-Za-z0-9]+/g, '-').slice(-32).replace(/^-/, '');
  return { label: readable === '' ? 'caller' : readable, identity: path };
}

function checkFields(vault: IConstruct, { fields }: VaultAccessOptions, known: readonly string[]): void {
  if (fields === undefined) return;
  const prop = { code: 'TokenVault.CallerFields', prop: 'fields' };
  if (fields.length === 0 || fields.length > MOST_CALLER_FIELDS || new Set(fields).size < fields.length) {
    refuse(vault, { ...prop, must: `must name 1 to ${MOST_CALLER_FIELDS} fields, each once`, got: fields, fix: 'leave it out to allow all fields' });
  }
  const unknown = fields.find((field) => !known.includes(field));
  if (unknown !== undefined) {
    refuse(vault, { ...prop, must: `must be among the fields of the vault: ${known.join(', ')}`, got: unknown, fix: 'correct the name' });
  }
}

function refuseRate(vault: IConstruct, got: string): never {
  return refuse(vault, {
    code: 'TokenVault.RequestsPerMinute', prop: 'requestsPerMinute', must: 'must be known at synthesis: it stands in the name of the alias', got, fix: 'write the number',
  });
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
