import { ACCOUNT_ROLE_HARDENING } from './account-role-hardening';
import { ACTION_HARDENING } from './action-hardening';
import { CODE_DEPLOY_ROLE_HARDENING } from './code-deploy-role-hardening';
import { FUNCTION_ROLE_HARDENING } from './function-role-hardening';
import { GRAPHQL_ROLE_HARDENING } from './graphql-role-hardening';
import { RIGHTS_PROPOSALS } from './rights-proposals';
import { TRACE_ROLE_HARDENING } from './trace-role-hardening';
import { WILDCARD_HARDENING } from './wildcard-hardening';
import { HardeningStep } from '../../core/hardening/hardening-step';

/** What hardening does to roles and policies: after all that gives rights. */
export const RIGHTS_HARDENING: readonly HardeningStep[] = [
  ...ACTION_HARDENING,
  FUNCTION_ROLE_HARDENING,
  TRACE_ROLE_HARDENING,
  GRAPHQL_ROLE_HARDENING,
  CODE_DEPLOY_ROLE_HARDENING,
  ACCOUNT_ROLE_HARDENING,
  ...WILDCARD_HARDENING,
  ...RIGHTS_PROPOSALS,
];
