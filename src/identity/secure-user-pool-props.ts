import { ICustomAttribute, StandardAttributes, UserPoolEmail, UserPoolTriggers } from 'aws-cdk-lib/aws-cognito';
import { PasswordRules } from './rules/password-rules';
import { SignInDomain } from './sign-in-domain';
import { SignUp } from './sign-up';
import { ThreatProtection } from './threat-protection';
import { UserPoolAlarms } from './user-pool-alarms';
import { UserPoolMfa } from './user-pool-mfa';
import { UserPoolRemoval } from './user-pool-removal';
import { SecureWebAcl } from '../waf/secure-web-acl';

/** Choices for a user pool. All of them may be left out. */
export interface SecureUserPoolProps {
  /**
   * The name of the pool.
   * @default - CloudFormation makes one
   */
  readonly userPoolName?: string;
  /**
   * Who can make an account.
   * @default SignUp.byAdministrators()
   */
  readonly signUp?: SignUp;
  /**
   * What users prove besides their password.
   * @default UserPoolMfa.required()
   */
  readonly mfa?: UserPoolMfa;
  /**
   * What passwords must be like.
   * @default - 14 characters of all four classes, none of the last 12
   */
  readonly passwords?: PasswordRules;
  /**
   * What Cognito does about leaked passwords and sign-ins that look like an attack.
   * @default - full, where the profile puts a web ACL in front; else none
   */
  readonly threatProtection?: ThreatProtection;
  /**
   * Whether users may also sign in with a name that they choose. By default they sign in with their e-mail address, in capital or small letters.
   * It cannot be changed later.
   * @default false
   */
  readonly signInWithUsername?: boolean;
  /**
   * Standard attributes that users have. The e-mail address is always among them, because accounts are recovered by it.
   * @default - the e-mail address
   */
  readonly standardAttributes?: StandardAttributes;
  /**
   * Attributes of your own that users can write themselves, like a favourite colour. Attributes cannot be removed later.
   * @default - none
   */
  readonly customAttributes?: { [name: string]: ICustomAttribute };
  /**
   * Attributes of your own that decide what a user may do, like a tenant or a plan. Users see them in their tokens and cannot write them: no
   * app client gets that right. See `allowAuthorizeUsers`.
   * @default - none
   */
  readonly authorizationAttributes?: { [name: string]: ICustomAttribute };
  /**
   * The domain that passkeys are made for. All passkeys are lost when it changes.
   * @default - the domain of the sign-in pages
   */
  readonly passkeyRelyingPartyId?: string;
  /**
   * Where the sign-in pages and the token endpoint are found. App clients with callback URLs, and machine clients, need it.
   * @default - nowhere: apps sign users in through the API
   */
  readonly domain?: SignInDomain;
  /**
   * Who sends mail to users. Cognito itself sends 50 messages a day at most: use SES for real users.
   * @default UserPoolEmail.withCognito()
   */
  readonly email?: UserPoolEmail;
  /**
   * Functions that Cognito calls on the way. Each may be called for this pool only. Custom senders are not offered.
   * @default - none
   */
  readonly lambdaTriggers?: UserPoolTriggers;
  /**
   * The web ACL in front of the sign-in pages and the API of the pool.
   * @default - the stack's, about 10 USD a month for all that share it; none where the profile does without
   */
  readonly webAcl?: SecureWebAcl;
  /**
   * What happens when the pool leaves its stack.
   * @default - as the profile says: the pool stays and is protected, or goes in the sandbox
   */
  readonly removal?: UserPoolRemoval;
  /**
   * What to watch. There are alarms only with threat protection; each app client has alarms of its own.
   * @default - all alarms of the profile, with their default thresholds
   */
  readonly alarms?: UserPoolAlarms;
}
