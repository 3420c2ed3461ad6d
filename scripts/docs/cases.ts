import { API_CASES } from '../../test/api/audit-cases';
import { DATABASE_CASES } from '../../test/database/audit-cases';
import { FUNCTION_CASES } from '../../test/function/audit-cases';
import { STORAGE_CASES } from '../../test/storage/audit-cases';
import { AuditCase } from '../../test/support/self-audit';

/** Every construct as the self-audit makes it, by room. */
export const CASES: { readonly [room: string]: readonly AuditCase[] } = {
  storage: STORAGE_CASES,
  database: DATABASE_CASES,
  function: FUNCTION_CASES,
  api: API_CASES,
};
