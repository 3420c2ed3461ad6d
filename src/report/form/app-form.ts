import { BundledPackage } from '../../packages/package-list';

/** What the app consists of, as the report shows it: ways in, functions with their rights, stores, arrows between them, third parties, alarms. */

/** The layers that can stand before and around an entry point. `null` where the kind of entry point cannot have the layer. */
export interface Layers {
  /** How the caller proves who it is: `iam`, `user-pool`, `jwt`, `lambda`, `certificate`, `listed` (users of a file server), `signed-url`, `none` or `unknown`. */
  readonly authorization: string;
  readonly validation: boolean | null;
  /** A bound that holds for all callers. The throttle of a usage plan is none: AWS keeps it on a best-effort basis, and it counts for each key alone. */
  readonly throttle: boolean | null;
  readonly webAcl: boolean | null;
  readonly logging: boolean | null;
  /** The handler has a role of its own and no wildcard rights; null when no function of the app answers. */
  readonly leastPrivilege: boolean | null;
}

/** One way into the app. */
export interface EntryPoint {
  /** Unique in the report, and the same in each synthesis: `Shop/Api GET /orders`. */
  readonly id: string;
  /**
   * `rest-route`, `http-route`, `websocket-route`, `function-url`, `web-function`, `graphql-api`, `event-api`, `agent`, `agent-gateway`, `container-service`, `lattice-service`,
   * `load-balancer`, `file-server`, `website` (a distribution before a bucket), `distribution` (before servers that are not in the app), `sign-in` (a user pool with clients),
   * `identity-pool` (credentials of AWS for users or guests), `mail` (a receipt rule), `device-topic` (a rule of AWS IoT), `public-bucket`, `public-queue`, `public-topic` and others that a policy opens to everybody.
   */
  readonly kind: string;
  /** The construct that declares it. */
  readonly at: string;
  readonly api?: string;
  readonly method?: string;
  readonly path?: string;
  /** The function that answers. */
  readonly handler?: string;
  readonly preflight?: boolean;
  /** Of a sign-in: whoever wants may make an account. */
  readonly selfSignUp?: boolean;
  readonly layers: Layers;
  /** How many independent layers are there: authorization, validation, throttle, web ACL, logging, least privilege. */
  readonly layerCount: number;
  /** How many the kind of entry point can have. */
  readonly possibleLayers: number;
}

/** What a right lets its holder do, in the order of harm. */
export type Verb = 'list' | 'read' | 'write' | 'delete' | 'admin' | 'invoke' | 'send' | 'other';

/** What somebody may do to one resource. */
export interface Right {
  /** As the policy names it: an ARN with pointers as `<path.Attribute>`, or `*`. */
  readonly resource: string;
  /** The resources of the app that it means; none where it means something else, or everything. */
  readonly targets: readonly string[];
  /** Exact actions, as the policy writes them. */
  readonly actions: readonly string[];
  /** What those actions amount to. */
  readonly verbs: readonly Verb[];
  readonly condition: boolean;
  /** An action or the resource is a wildcard that means more than one thing. */
  readonly wildcard: boolean;
  /** It stands on `*` because AWS lets no policy name a resource for these actions, such as those of X-Ray: no wildcard that somebody chose. */
  readonly unscoped: boolean;
}

/** What acts with a role and is no function: a state machine, a pipe, a rule, a schedule, an API, a data source. */
export interface ActorPosture {
  readonly at: string;
  readonly type: string;
  readonly roles: readonly string[];
  readonly rights: readonly Right[];
  /** Stores whose data it may delete. */
  readonly mayDelete: readonly string[];
  /** Managed policies that do not belong to the app, as those of functions. */
  readonly foreignPolicies: readonly string[];
}

export interface FunctionPosture {
  readonly at: string;
  readonly runtime?: string;
  readonly memoryMb?: number;
  readonly timeoutSeconds?: number;
  readonly role?: string;
  /** It shares its role with other functions. */
  readonly sharedRole: boolean;
  readonly rights: readonly Right[];
  /** Stores whose data it may delete. */
  readonly mayDelete: readonly string[];
  /** Managed policies that do not belong to the app: the rights of those that AWS publishes and the model knows are listed above, of others none. */
  readonly foreignPolicies: readonly string[];
  /** What starts it: entry points by their id, queues, buses, schedules and the like by their place. */
  readonly triggers: readonly string[];
  /** It belongs to CDK, not to the author. */
  readonly helper: boolean;
  /** Packages in its bundle; undefined where the asset does not tell. */
  readonly packages?: readonly BundledPackage[];
  /** Whether `packages` are all that it brings along, each with its version. Not so with layers, and where only requirements, jars or marks tell. */
  readonly packagesComplete?: boolean;
}

/** Something that keeps data. */
export interface StorePosture {
  readonly at: string;
  readonly type: string;
  /** The kinds of sensitive data that its author says it holds: `financial+personal`. */
  readonly classification?: string;
  /** `customer`: a key of the account. `aws`: a key that AWS owns or manages. `none`: not encrypted by a key. `unknown`: only the deployment tells. */
  readonly encryption: 'customer' | 'aws' | 'none' | 'unknown';
  /** The customer-managed key. */
  readonly key?: string;
  /** What brings lost data back: `point-in-time recovery 35 days`, `versions`, `backup plan`; empty where nothing does. */
  readonly backup: readonly string[];
  /** Stays when its stack goes. */
  readonly retained: boolean;
  readonly deletionProtection?: boolean;
  /** `private`, `account` (principals of the account by policy), `cross-account`, `public`, `unknown`. */
  readonly exposure: 'private' | 'account' | 'cross-account' | 'public' | 'unknown';
  /** Functions, state machines, pipes and services of the app that may. */
  readonly readers: readonly string[];
  readonly writers: readonly string[];
  readonly deleters: readonly string[];
}

/** One arrow of the picture. */
export interface Flow {
  /** Id of an entry point, or place of a resource, or id of a third party. */
  readonly from: string;
  readonly to: string;
  /** `calls` an entry point or function, `starts` by an event, `reads`, `writes`, `deletes`, `sends`. */
  readonly kind: 'calls' | 'starts' | 'reads' | 'writes' | 'deletes' | 'sends';
}

/** Somebody outside of the app's own account who takes part. */
export interface ThirdParty {
  /** Unique in the report: `account 444455556666`, `domain api.example.com`. */
  readonly id: string;
  readonly kind: 'account' | 'layer' | 'domain' | 'partner-bus' | 'image' | 'identity-provider' | 'marketplace' | 'package' | 'repository';
  readonly name: string;
  /** What it may do or is used for: `is trusted by role Shop/Deployer`, `runs in Shop/Resize`. */
  readonly relations: readonly ThirdPartyRelation[];
  /** The app's owner named it: an account as trusted with what it is found with, a domain as that of a third party. */
  readonly trusted: boolean;
  /** Why, in the owner's words. */
  readonly reason?: string;
}

/** An account outside of the app that its owner accepts. */
export interface TrustedAccountPosture {
  readonly account: string;
  /** Whose it is, in the owner's words. */
  readonly name?: string;
  readonly reason?: string;
  readonly uses: readonly ('code' | 'data' | 'events' | 'roles')[];
}

export interface ThirdPartyRelation {
  readonly at: string;
  readonly how: string;
}

export interface AlarmPosture {
  readonly at: string;
  /** What it watches, as far as the template says: `AWS/Lambda Errors`. */
  readonly metric?: string;
  /** The resources that it is about. */
  readonly watches: readonly string[];
  /** Topics and the like that hear of it: empty when nobody does. */
  readonly actions: readonly string[];
  /** Somebody gets the message: a topic of the app has a subscriber, or the target is not in the app. */
  readonly reachesSomebody: boolean | null;
  readonly composite: boolean;
}
