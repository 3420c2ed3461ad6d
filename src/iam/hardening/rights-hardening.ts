import { ACTION_HARDENING } from './actions/action-hardening';
import { RIGHTS_PROPOSALS } from './rights-proposals';
import { ACCOUNT_ROLE_HARDENING } from './roles/account-role-hardening';
import { CODE_DEPLOY_ROLE_HARDENING } from './roles/code-deploy-role-hardening';
import { FUNCTION_ROLE_HARDENING } from './roles/function-role-hardening';
import { GRAPHQL_ROLE_HARDENING } from './roles/graphql-role-hardening';
import { TRACE_ROLE_HARDENING } from './roles/trace-role-hardening';
import { WILDCARD_HARDENING } from './wildcards/wildcard-hardening';
import { HardeningStep } from '../../core/hardening/steps/hardening-step';

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
