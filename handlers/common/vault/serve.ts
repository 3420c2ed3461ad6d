import { Audit, AuditLine } from './audit';
import { Caller, callerOf } from './caller';
import { Limits } from './limits';
import { Refusal, VaultFailure } from './refusal';
import { log } from '../log';

/** What Lambda tells of an invocation. */
export interface Invocation {
  readonly invokedFunctionArn: string;
  readonly awsRequestId: string;
  getRemainingTimeInMillis(): number;
}

/** What a request came to: the answer, and what the audit log says of it. */
export interface Served {
  readonly answer: { readonly [property: string]: string | number | boolean | null };
  readonly audit: Pick<AuditLine, 'record' | 'records'>;
}

/** The answer of the vault: `ok` with what was asked for, or `refused` with a code. */
export type Answer = ({ readonly status: 'ok' } & Served['answer']) | { readonly status: 'refused'; readonly code: string; readonly message: string };

/** What Lambda calls. */
export type Handler = (event: unknown, invocation: Invocation) => Promise<Answer>;

/** One operation of the vault. */
export interface Operation<Request> {
  readonly name: string;
  readonly audit: Audit;
  readonly limits: Limits;
  /** Reads the request and says whom and what it concerns. */
  read(event: unknown): Request & { readonly tenant: string; readonly field?: string };
  serve(request: Request, caller: Caller, invocation: Invocation): Promise<Served>;
}

/**
 * Who calls, how often, what is asked; then the answer, after it is written down. What goes wrong without anybody's decision is thrown, so that
 * Lambda counts it: as a failure of ours, because errors of services may repeat what was sent to them.
 */
export async function serve<Request>(operation: Operation<Request>, event: unknown, invocation: Invocation): Promise<Answer> {
  const line: { -readonly [key in keyof AuditLine]: AuditLine[key] } = {
    operation: operation.name, decision: 'allowed', requestId: invocation.awsRequestId,
  };
  try {
    const caller = callerOf(invocation.invokedFunctionArn);
    line.caller = caller.name;
    await operation.limits.count(operation.name, caller);
    const request = operation.read(event);
    line.tenant = request.tenant;
    line.field = request.field;
    const { answer, audit } = await operation.serve(request, caller, invocation);
    await operation.audit.write({ ...line, ...audit });
    return { status: 'ok', ...answer };
  } catch (error) {
    if (!(error instanceof Refusal)) {
      await operation.audit.write({ ...line, decision: 'failed' }).catch(() => log('ERROR', 'the audit log cannot be written'));
      throw error instanceof VaultFailure ? error : new VaultFailure('the vault', error);
    }
    await operation.audit.write({ ...line, decision: 'denied', code: error.code });
    return { status: 'refused', code: error.code, message: error.message };
  }
}
