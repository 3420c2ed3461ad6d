import { Controls } from './control';

/** User pools and identity pools. */
export const USER_CONTROLS: Controls = {
  'cognito.password': {
    asks: 'Passwords are long and mixed, first ones end soon',
    sources: {
      securityHub: ['Cognito.3'],
      nag: ['AwsSolutions-COG1'],
      prowler: [
        'cognito_user_pool_password_policy_minimum_length_14', 'cognito_user_pool_password_policy_lowercase',
        'cognito_user_pool_password_policy_uppercase', 'cognito_user_pool_password_policy_number', 'cognito_user_pool_password_policy_symbol',
        'cognito_user_pool_temporary_password_expiration',
      ],
    },
    rules: ['UserPoolPasswords', 'UserPasswordLength'],
  },
  'cognito.mfa': {
    asks: 'A second factor is asked for',
    sources: {
      securityHub: ['Cognito.5'],
      nag: ['AwsSolutions-COG2'],
      cfnNag: ['F78'],
      kics: ['cognito_userpool_without_mfa'],
      guard: ['COGNITO_USER_POOL_MFA_CONFIGURATION_RULE'],
      prowler: ['cognito_user_pool_mfa_enabled'],
    },
    rules: ['UserPoolMfa', 'UserOptionalMfa'],
  },
  'cognito.threat': {
    asks: 'Suspicious sign-ins are blocked',
    sources: {
      securityHub: ['Cognito.1'],
      nag: ['AwsSolutions-COG8'],
      prowler: [
        'cognito_user_pool_advanced_security_enabled', 'cognito_user_pool_blocks_compromised_credentials_sign_in_attempts',
        'cognito_user_pool_blocks_potential_malicious_sign_in_attempts',
      ],
    },
    rules: ['UserPoolThreats'],
  },
  'cognito.threat-custom': {
    asks: 'The same for sign-ins of one\'s own making',
    sources: { securityHub: ['Cognito.4'] },
    rules: ['UserPoolThreats'],
  },
  'cognito.deletion': {
    asks: 'One call does not delete the pool',
    sources: { securityHub: ['Cognito.6'], prowler: ['cognito_user_pool_deletion_protection_enabled'] },
    rules: ['UserPoolDeletion'],
  },
  'cognito.self-registration': {
    asks: 'Administrators make the accounts',
    sources: { prowler: ['cognito_user_pool_self_registration_disabled'] },
    rules: ['UserPoolSignup'],
  },
  'cognito.client-existence': {
    asks: 'Errors do not tell who has an account',
    sources: { prowler: ['cognito_user_pool_client_prevent_user_existence_errors'] },
    rules: ['ClientUserExistence'],
  },
  'cognito.client-revocation': {
    asks: 'Tokens can be revoked',
    sources: { prowler: ['cognito_user_pool_client_token_revocation_enabled'] },
    rules: ['ClientTokenRevocation'],
  },
  'cognito.waf': {
    asks: 'The pool stands behind a web ACL',
    sources: { prowler: ['cognito_user_pool_waf_acl_attached'] },
    rules: ['PoolWebAcl'],
  },
  'cognito.guest': {
    asks: 'Guests get no credentials',
    sources: {
      securityHub: ['Cognito.2'],
      nag: ['AwsSolutions-COG7'],
      checkov: ['CKV_AWS_366'],
      cfnNag: ['W57'],
      guard: ['COGNITO_ALLOW_UNAUTHENTICATED_IDENTITIES_RULE'],
      prowler: ['cognito_identity_pool_guest_access_disabled'],
    },
    rules: ['IdentityPoolGuests', 'GuestRoleRights'],
  },
};
