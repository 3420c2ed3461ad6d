/** What hardening takes care of: each area can be chosen or left out as a whole. */
export enum HardeningArea {
  /** Alarms for all the other areas, and where they go. */
  ALARMS = 'alarms',
  /** REST, HTTP, WebSocket and GraphQL APIs: logs, throttles, tracing, validation, TLS and what stands in front. */
  APIS = 'apis',
  /** Buckets: public access, TLS, encryption, versions, access logs. */
  BUCKETS = 'buckets',
  /** Build projects of CodeBuild: the key for what they write, their log groups, secrets in their variables. Nothing that would lock out who reads it. */
  BUILDS = 'builds',
  /** Amazon ECS: what is measured of clusters, what containers write and are told. Nothing that would stop a task. */
  CONTAINERS = 'containers',
  /** Relational, document, graph and search databases on servers: backups, logs, users of IAM, TLS, deletion protection. Nothing that would replace one. */
  DATABASES = 'databases',
  /** CloudFront distributions: TLS, logs, headers, the web ACL. */
  DISTRIBUTIONS = 'distributions',
  /** Event buses, rules, schedules, pipes and streams. */
  EVENTS = 'events',
  /** Lambda functions: logs, tracing, environment, failed events, invoke permissions. */
  FUNCTIONS = 'functions',
  /** KMS keys, secrets and parameters. */
  KEYS_AND_SECRETS = 'keysAndSecrets',
  /** Log groups, whoever writes to them: encryption, retention, masking. */
  LOG_GROUPS = 'logGroups',
  /** Queues and topics: encryption, TLS, dead letters. */
  MESSAGING = 'messaging',
  /** Networks (VPCs) and load balancers: the record of who talks to whom, headers that HTTP does not allow, outdated TLS. */
  NETWORKS = 'networks',
  /** Roles and policies: exact rights in the place of managed policies and action wildcards. */
  RIGHTS = 'rights',
  /** Step Functions: logs and tracing. */
  STATE_MACHINES = 'stateMachines',
  /** DynamoDB tables: recovery, encryption, deletion protection. */
  TABLES = 'tables',
  /** Cognito user pools and their clients. Nothing that would replace a pool. */
  USER_POOLS = 'userPools',
}
