/** What nobody may accept, and why. */
export interface NeverWaivable {
  readonly rule: string;
  /** Only these findings of the rule, by what stands in the brackets; all of them where it is left out. */
  readonly finding?: RegExp;
  readonly because: string;
}

/** No means accepts these findings. Open questions of the same rules are not meant: they are no violations yet. */
export const NEVER_WAIVABLE: readonly NeverWaivable[] = [
  { rule: 'BucketPublicAccess', because: 'a bucket that is open to the public is how whole customer bases were lost; serve public files through SecureWebsite' },
  { rule: 'PolicyOpenEveryone', because: 'everybody could read, write or use the resource; name the principals' },
  { rule: 'RoleTrustEveryone', because: 'everybody could become the role; name who assumes it' },
  { rule: 'IamActionWildcard', finding: /^Action::\*(:\*)?$/, because: 'whoever takes over the code is administrator of the account; name the actions' },
  {
    rule: 'ManagedPolicyAccess',
    finding: /^(AdministratorAccess|IAMFullAccess|PowerUserAccess)$/,
    because: 'whoever takes over the code is administrator of the account; write a policy that names actions and resources',
  },
];

/** Doors that may be open for a reason of their own: each is accepted alone, so that one that is added later is not open by an old decision. */
export const ONE_DOOR_AT_A_TIME: readonly string[] = ['FunctionUrlAuth', 'OpenCatchAll', 'RouteAuthorization'];
