/** Characters of a password: by default, and at least. */
export const PASSWORD_LENGTH = { standard: 14, least: 12, most: 99 };

/** How many earlier passwords a new one must differ from. */
export const PASSWORD_HISTORY = 12;

/** How many days a password that an administrator set can be used once: by default, and at most. */
export const TEMPORARY_PASSWORD_DAYS = { standard: 3, most: 7 };

/** How many minutes access and identity tokens are valid: by default, at least and at most. Nothing can call them back earlier. */
export const TOKEN_MINUTES = { standard: 60, least: 5, most: 1440 };

/** The same for tokens of machines, which get a new one whenever they need it. */
export const MACHINE_TOKEN_MINUTES = { standard: 15, least: 5, most: 60 };

/** How many days a refresh token is valid: by default and at most. Cognito would take ten years. */
export const REFRESH_TOKEN_DAYS = { standard: 30, most: 90 };

/** How many seconds a refresh token can still be used after it was exchanged, for requests that overlap: the most that Cognito takes. */
export const ROTATION_GRACE_SECONDS = 60;

/** How many minutes a user has for all challenges of one sign-in. */
export const SESSION_MINUTES = 5;

/** What sees users: their attributes and groups, but not their passwords. */
export const READ_USERS_ACTIONS = [
  'cognito-idp:AdminGetUser', 'cognito-idp:AdminListGroupsForUser', 'cognito-idp:ListGroups', 'cognito-idp:ListUsers', 'cognito-idp:ListUsersInGroup',
];

/**
 * What lets users in and shuts them out. Not what makes those who exist somebody else: their groups, attributes and passwords. An invitation
 * holds attributes, and no condition key of Cognito can tell which.
 */
export const MANAGE_USERS_ACTIONS = [
  'cognito-idp:AdminCreateUser', 'cognito-idp:AdminDisableUser', 'cognito-idp:AdminEnableUser', 'cognito-idp:AdminResetUserPassword',
  'cognito-idp:AdminUserGlobalSignOut',
];

/** What decides what users may do: their groups and attributes, those for authorization among them. */
export const AUTHORIZE_USERS_ACTIONS = [
  'cognito-idp:AdminAddUserToGroup', 'cognito-idp:AdminRemoveUserFromGroup', 'cognito-idp:AdminUpdateUserAttributes',
];

/** What deletes users for good. */
export const DELETE_USERS_ACTIONS = ['cognito-idp:AdminDeleteUser'];

/** What a custom attribute is called that decides what its user may do. */
export const AUTHORIZATION_NAME = /^(is)?_?(account|admin|entitlement|group|organi[sz]ation|org|permission|plan|privilege|role|scope|subscription|tenant|tier)/i;

/** What Cognito takes as the name of an attribute of one's own, and how many attributes a pool has, standard ones included. */
export const CUSTOM_ATTRIBUTE_NAME = /^[\p{L}\p{M}\p{S}\p{N}\p{P}]{1,20}$/u;
export const ATTRIBUTES_MOST = 50;

/**
 * Names of attributes that Cognito knows itself.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-attributes.html
 */
export const STANDARD_ATTRIBUTES = [
  'address', 'birthdate', 'email', 'email_verified', 'family_name', 'gender', 'given_name', 'locale', 'middle_name', 'name', 'nickname', 'phone_number',
  'phone_number_verified', 'picture', 'preferred_username', 'profile', 'sub', 'updated_at', 'website', 'zoneinfo',
];

/** What Cognito takes as the name of a pool, and CloudFormation as the site of its passkeys. */
export const USER_POOL_NAME = /^[\w\s+=,.@-]{1,128}$/;
export const PASSKEY_DOMAIN = /^(?=.{1,63}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/;

/** How many addresses an app client has of a kind, and how long each may be. */
export const CLIENT_URLS = { most: 100, longest: 1024 };

/** How many scopes a resource server has, and how long the sentence on each may be. */
export const SERVER_SCOPES = { most: 100, longest: 256 };

/** Operations in which Cognito looks for passwords that have leaked. */
export const COMPROMISED_PASSWORD_EVENTS = ['PASSWORD_CHANGE', 'SIGN_IN', 'SIGN_UP'];

/** Words that the prefix of a domain of Cognito must not hold. */
export const RESERVED_PREFIX_WORDS = ['amazon', 'aws', 'cognito'];

/** Triggers that hand the codes of users to a function, encrypted. */
export const CUSTOM_SENDERS = ['customEmailSender', 'customSmsSender'];

/** Characters of a password that Security Hub asks for at least, and that Cognito asks for by itself. */
export const SHORTEST_PASSWORD = 8;

/** Flows in which the password travels to Cognito, or to the caller of an admin API, in clear. */
export const PASSWORD_FLOWS: readonly string[] = ['ADMIN_NO_SRP_AUTH', 'ALLOW_ADMIN_USER_PASSWORD_AUTH', 'ALLOW_USER_PASSWORD_AUTH', 'USER_PASSWORD_AUTH'];
