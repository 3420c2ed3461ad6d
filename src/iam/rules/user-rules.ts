import { fail, pass, Rule, Severity } from '../../model/rule';

export const IAM_USER_KEYS: Rule = {
  id: 'IamUserKeys',
  severity: Severity.MEDIUM,
  severityIn: { sandbox: Severity.LOW },
  appliesTo: ['AWS::IAM::AccessKey', 'AWS::IAM::User'],
  title: 'A template makes an access key or a password for a user',
  why: 'Keys and passwords of users do not expire, and everybody who may read the outputs, the stack or the logs of the pipeline has them. '
    + 'Leaked keys of users are how most accounts are taken over.',
  fix: 'Use a role: functions have one, people get one through IAM Identity Center, and pipelines through OpenID Connect.',
  risks: ['broken-authentication', 'data-exposure'],
  frameworks: ['cfn_nag F51', 'KICS iam_user_login_profile_password_is_in_plaintext', 'CKV_AWS_107', 'CSA SAS-02'],
  findingForm: 'access key or password',
  check: (resource) => {
    if (resource.type === 'AWS::IAM::AccessKey') return fail('Properties', 'access key');
    return resource.property('LoginProfile') === undefined ? pass() : fail('Properties.LoginProfile', 'password');
  },
};

export const IAM_USER_PRESENT: Rule = {
  id: 'IamUserPresent',
  severity: Severity.LOW,
  appliesTo: ['AWS::IAM::Group', 'AWS::IAM::Role', 'AWS::IAM::User', 'AWS::IAM::UserPolicy', 'AWS::IAM::UserToGroupAddition'],
  title: 'A serverless app brings users or groups of its own',
  why: 'Nothing in a serverless app signs in as a user of IAM: the user outlives its purpose, and the rights that are tied to it are forgotten.',
  fix: 'Use roles, and IAM Identity Center for people; customers of the app belong into a user pool (SecureUserPool).',
  risks: ['attack-surface', 'over-privilege'],
  frameworks: ['FSBP IAM.2', 'CT.IAM.PR.4', 'CKV_AWS_40', 'CSA SAS-02'],
  check: (principal) => (principal.type === 'AWS::IAM::Role' ? pass() : fail('Properties')),
};

export const USER_RULES: readonly Rule[] = [IAM_USER_KEYS, IAM_USER_PRESENT];
