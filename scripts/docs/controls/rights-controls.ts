import { Controls } from './control';

/** Roles and policies. */
export const RIGHT_CONTROLS: Controls = {
  'iam.admin': {
    asks: 'No statement allows everything',
    sources: {
      securityHub: ['IAM.1'],
      controlTower: ['CT.IAM.PR.1', 'CT.IAM.PR.2'],
      nag: [
        'HIPAA.Security-IAMPolicyNoStatementsWithAdminAccess', 'NIST.800.53.R4-IAMPolicyNoStatementsWithAdminAccess',
        'NIST.800.53.R5-IAMPolicyNoStatementsWithAdminAccess', 'PCI.DSS.321-IAMPolicyNoStatementsWithAdminAccess',
      ],
      checkov: ['CKV_AWS_62'],
      kics: ['iam_policies_with_full_privileges', 'iam_policy_grants_full_permissions'],
      guard: ['IAM_POLICY_NO_STATEMENTS_WITH_ADMIN_ACCESS'],
      prowler: [
        'iam_customer_attached_policy_no_administrative_privileges', 'iam_inline_policy_no_administrative_privileges',
        'iam_aws_attached_policy_no_administrative_privileges', 'iam_customer_unattached_policy_no_administrative_privileges',
      ],
    },
    rules: ['IamActionWildcard', 'IamResourceWildcard', 'IamPrivilegeEscalation'],
  },
  'iam.wildcard-action': {
    asks: 'No statement allows all actions of a service',
    sources: {
      securityHub: ['IAM.21'],
      controlTower: ['CT.IAM.PR.3', 'CT.IAM.PR.5'],
      nag: [
        'HIPAA.Security-IAMPolicyNoStatementsWithFullAccess', 'NIST.800.53.R5-IAMPolicyNoStatementsWithFullAccess',
        'PCI.DSS.321-IAMPolicyNoStatementsWithFullAccess',
      ],
      checkov: ['CKV_AWS_63'],
      cfnNag: ['F3', 'F4', 'F5'],
      guard: [
        'IAM_POLICY_NO_STATEMENTS_WITH_FULL_ACCESS', 'IAM_MANAGEDPOLICY_NO_STATEMENTS_WITH_FULL_ACCESS',
        'IAM_ROLE_NO_WILDCARD_ACTIONS_ON_PERMISSIONS',
      ],
    },
    rules: ['IamActionWildcard'],
  },
  'iam.wildcard-resource': {
    asks: 'No statement holds for all resources',
    sources: { cfnNag: ['W11', 'W12', 'W13'], guard: ['IAM_POLICYDOCUMENT_NO_WILDCARD_RESOURCE'] },
    rules: ['IamResourceWildcard'],
  },
  'iam.wildcard-any': {
    asks: 'No asterisk in actions or resources',
    sources: { nag: ['AwsSolutions-IAM5'] },
    rules: ['IamActionWildcard', 'IamResourceWildcard'],
  },
  'iam.aws-managed': {
    asks: 'No policies of AWS',
    sources: { nag: ['AwsSolutions-IAM4'] },
    rules: ['ManagedPolicyAccess', 'ManagedPolicyBreadth'],
  },
  'iam.managed-admin': {
    asks: 'Nobody is an administrator',
    sources: {
      cfnNag: ['W43'],
      guard: ['IAM_ROLE_ADMINISTRATOR_ACCESS_POLICY_RULE'],
      prowler: ['iam_role_administratoraccess_policy', 'iam_role_cross_account_readonlyaccess_policy'],
    },
    rules: ['ManagedPolicyAccess'],
  },
  'iam.managed-elevated': {
    asks: 'No policy of AWS that gives far more than needed',
    sources: { cfnNag: ['W44'], guard: ['IAM_ROLE_ELEVATED_MANAGED_POLICY_RULE'] },
    rules: ['ManagedPolicyAccess'],
  },
  'iam.notaction': {
    asks: 'Nothing allows all but some actions',
    sources: { cfnNag: ['W15', 'W16', 'W17'], guard: ['IAM_ROLE_OR_POLICY_NO_ALLOW_PLUS_NOT_ACTION'] },
    rules: ['IamActionWildcard'],
  },
  'iam.notresource': {
    asks: 'Nothing allows all but some resources',
    sources: { cfnNag: ['W21', 'W22', 'W23'], guard: ['IAM_ROLE_OR_POLICY_NO_ALLOW_PLUS_NOT_RESOURCE'] },
    rules: ['IamResourceWildcard'],
  },
  'iam.passrole': {
    asks: 'Roles to be passed are named',
    sources: {
      trivy: ['AWS-0342'],
      cfnNag: ['F38', 'F39', 'F40'],
      guard: ['IAM_POLICY_NO_WILDCARD_RESOURCE_ON_PASSROLE', 'IAM_ROLE_NO_WILDCARD_RESOURCE_ON_PASSROLE'],
    },
    rules: ['IamPrivilegeEscalation', 'IamResourceWildcard'],
  },
  'iam.assume-any': {
    asks: 'Roles to be assumed are named',
    sources: { kics: ['iam_policy_grants_assumerole_permission_across_all_services'], prowler: ['iam_no_custom_policy_permissive_role_assumption'] },
    rules: ['IamPrivilegeEscalation', 'IamResourceWildcard'],
  },
  'iam.priv-esc': {
    asks: 'Nobody can give himself rights',
    sources: { checkov: ['CKV_AWS_110'], prowler: ['iam_inline_policy_allows_privilege_escalation', 'iam_policy_allows_privilege_escalation'] },
    rules: ['IamPrivilegeEscalation', 'FunctionCodeRights'],
  },
  'iam.permissions-management': {
    asks: 'Nobody manages permissions without a bound',
    sources: { checkov: ['CKV_AWS_109'] },
    rules: ['IamPrivilegeEscalation', 'IamResourceWildcard', 'StoreControlRights'],
  },
  'iam.credentials-exposure': {
    asks: 'Nothing hands out credentials',
    sources: { checkov: ['CKV_AWS_107'] },
    rules: ['IamPrivilegeEscalation', 'IamResourceWildcard'],
  },
  'iam.data-exfiltration': {
    asks: 'Nothing reads data without a bound',
    sources: { checkov: ['CKV_AWS_108'] },
    rules: ['IamResourceWildcard'],
  },
  'iam.write-unconstrained': {
    asks: 'Nothing writes without a bound',
    sources: { checkov: ['CKV_AWS_111'] },
    rules: ['IamResourceWildcard'],
  },
  'iam.s3-full': {
    asks: 'Nobody has all of S3',
    sources: { trivy: ['AWS-0345', 'AWS-0346'] },
    rules: ['IamActionWildcard'],
  },
  'iam.kms-decrypt-all': {
    asks: 'Decrypting is allowed for named keys',
    sources: { securityHub: ['KMS.1', 'KMS.2'], prowler: ['iam_inline_policy_no_full_access_to_kms', 'iam_policy_no_full_access_to_kms'] },
    rules: ['IamResourceWildcard', 'KeyDecryptScope'],
  },
  'iam.inline': {
    asks: 'No policies inside of roles',
    sources: {
      nag: [
        'HIPAA.Security-IAMNoInlinePolicy', 'NIST.800.53.R4-IAMNoInlinePolicy', 'NIST.800.53.R5-IAMNoInlinePolicy', 'PCI.DSS.321-IAMNoInlinePolicy',
      ],
      kics: ['iam_groups_inline_policies'],
      guard: ['IAM_NO_INLINE_POLICY_CHECK'],
    },
    because: 'decided',
    remark: 'A policy that belongs to one role cannot be attached to another; CDK writes each grant as one. cdk-nag asks in `regulated`.',
  },
  'iam.complexity': {
    asks: 'Policies are short',
    sources: { cfnNag: ['W76'] },
    because: 'decided',
    remark: 'A count of statements says nothing about what they allow.',
  },
  'iam.trust-public': {
    asks: 'Roles name who may assume them',
    sources: { checkov: ['CKV_AWS_60', 'CKV_AWS_61'], kics: ['iam_role_allows_all_principals_to_assume'] },
    rules: ['RoleTrustEveryone'],
  },
  'iam.trust-notaction': {
    asks: 'A trust allows named actions',
    sources: { cfnNag: ['W14'], guard: ['IAM_ROLE_NO_ALLOW_PLUS_NOT_ACTION_ON_TRUST_POLICY'] },
    rules: ['PolicyActionWildcard'],
  },
  'iam.trust-notprincipal': {
    asks: 'A trust does not allow all but some',
    sources: { cfnNag: ['F6'], guard: ['IAM_ROLE_NO_ALLOW_PLUS_NOT_PRINCIPAL'] },
    rules: ['RoleTrustEveryone'],
  },
  'iam.trust-wildcard-action': {
    asks: 'A trust spells out actions',
    sources: { cfnNag: ['F2'], guard: ['IAM_ROLE_NO_FULL_ACCESS_ON_TRUST_POLICY'] },
    rules: ['PolicyActionWildcard'],
  },
  'iam.confused-deputy': {
    asks: 'A trust of a service says for whom it acts',
    sources: { prowler: ['iam_role_cross_service_confused_deputy_prevention'] },
    rules: ['RoleTrustSource', 'ServiceGrantSource'],
  },
  'iam.external-id': {
    asks: 'Other accounts prove an agreement',
    sources: { kics: ['cross_account_iam_assume_role_policy_without_external_id_or_mfa'] },
    rules: ['RoleTrustForeign', 'PolicyForeignAccount'],
  },
  'iam.user-policies': {
    asks: 'Users have no policies of their own',
    sources: {
      securityHub: ['IAM.2'],
      controlTower: ['CT.IAM.PR.4'],
      nag: [
        'HIPAA.Security-IAMUserNoPolicies', 'NIST.800.53.R4-IAMUserNoPolicies', 'NIST.800.53.R5-IAMUserNoPolicies', 'PCI.DSS.321-IAMUserNoPolicies',
      ],
      checkov: ['CKV_AWS_40'],
      trivy: ['AWS-0143'],
      cfnNag: ['F10', 'F11', 'F12'],
      kics: ['iam_policies_attached_to_user', 'iam_policy_on_user', 'iam_managed_policy_applied_to_a_user', 'iam_policies_without_groups'],
      guard: ['IAM_NO_POLICY_ON_USER', 'IAM_USER_NO_POLICIES_CHECK'],
      prowler: ['iam_policy_attached_only_to_group_or_roles'],
    },
    rules: ['IamUserPresent'],
    remark: 'A serverless app needs no users at all.',
  },
  'iam.user-group': {
    asks: 'Users belong to groups',
    sources: {
      nag: [
        'HIPAA.Security-IAMUserGroupMembership', 'NIST.800.53.R4-IAMUserGroupMembership', 'NIST.800.53.R5-IAMUserGroupMembership',
        'PCI.DSS.321-IAMUserGroupMembership',
      ],
      cfnNag: ['F2000'],
      kics: ['iam_user_with_no_group'],
      guard: ['IAM_USER_MISSING_GROUP_RULE'],
    },
    rules: ['IamUserPresent'],
    remark: 'A serverless app needs no users at all.',
  },
  'iam.group-users': {
    asks: 'Groups have users',
    sources: {
      nag: ['HIPAA.Security-IAMGroupHasUsers', 'NIST.800.53.R4-IAMGroupHasUsers', 'PCI.DSS.321-IAMGroupHasUsers'], kics: ['iam_group_without_users'],
    },
    rules: ['IamUserPresent'],
    remark: 'A serverless app needs no groups at all.',
  },
  'iam.login-profile': {
    asks: 'No password of a user in the template',
    sources: {
      cfnNag: ['W50', 'F51'],
      kics: ['iam_user_login_profile_password_is_in_plaintext'],
      guard: [
        'IAM_USER_LOGIN_PROFILE_PASSWORD_RESET_RULE', 'IAM_USER_LOGIN_PROFILE_USES_SECURE_PARAMETER', 'IAM_USER_LOGIN_PROFILE_USES_SECURE_SERVICE',
      ],
    },
    rules: ['IamUserKeys', 'CredentialLiteral'],
  },
};
