const STACK_KEY = 'the data key of the stack, where the profile has customer keys';
const ALARMS = 'all that the profile asks for';

const FUNCTION = {
  alarms: ALARMS,
  architecture: 'arm64',
  asyncInvocation: 'a failure queue once a service may call the function',
  codeSigning: 'none',
  codeSigningConfig: 'none',
  encryptionKey: STACK_KEY,
  ephemeralStorageSize: '512 MiB',
  logLevel: 'INFO',
  memorySize: '256',
  network: 'that of the stack, or none',
  permissionsBoundary: 'none',
  reservedConcurrentExecutions: 'what the account has left',
  tenancyConfig: 'environments are shared',
  timeout: '15 seconds',
  tracing: 'active',
  trustedLayerAccounts: 'the account of the stack',
};

const EDGE = {
  accessLogs: 'the log bucket of the stack',
  additionalMetrics: 'false',
  alarms: ALARMS,
  countries: 'all',
  encryptionKey: STACK_KEY,
  headers: 'the strictest',
  webAcl: 'that of the stack, where the profile has one',
};

const API = {
  alarms: ALARMS,
  cors: 'no other origin',
  domain: 'the execute-api address',
  encryptionKey: STACK_KEY,
  throttle: 'rate 500, burst 250',
};

/**
 * The props by which authors make a secure construct differ, without weakening it, and what it is without them. Props whose default the profile
 * decides are left out: what was given may be the same.
 */
export const OVERRIDABLE = {
  SecureApi: {
    ...API,
    countries: 'all',
    endpoint: 'private false',
    ipAllowList: 'from everywhere',
    ipDenyList: 'none',
    organizationId: 'the auth of the routes decides',
    webAcl: 'that of the stack, where the profile has one',
  },
  SecureBucket: {
    accessLogs: 'the access-log bucket of the stack',
    alarms: ALARMS,
    cors: 'no other origin',
    encryptionKey: STACK_KEY,
    replication: 'none',
    requestMetrics: 'false',
    versioning: 'retention 90 days',
  },
  SecureEventBus: {
    archive: 'none', deadLetterQueue: 'that of the stack', encryptionKey: STACK_KEY, logging: 'ERROR', ruleAlarms: ALARMS,
  },
  SecureFunction: FUNCTION,
  SecureHttpApi: { ...API, front: 'must be chosen' },
  SecureNodejsFunction: { ...FUNCTION, bundling: 'minified CommonJS without source map', dependencyLimits: 'none', runtime: 'the newest of Node.js' },
  SecureQueue: {
    alarms: ALARMS,
    deadLetter: 'own',
    encryptionKey: STACK_KEY,
    fifo: 'a standard queue',
    maxMessageSize: 'the limit of SQS',
    retentionPeriod: '4 days',
    visibilityTimeout: 'what the functions that work it off need',
  },
  SecureStateMachine: {
    alarms: ALARMS,
    encryptionKey: STACK_KEY,
    errorCatching: 'required',
    executionData: 'omitted',
    permissionsBoundary: 'none',
    stateMachineType: 'STANDARD',
    timeout: '1 hour, 5 minutes for an express machine',
    tracing: 'active',
  },
  SecureTable: {
    alarms: ALARMS,
    billing: 'on demand, up to 4,000 read and 1,000 write units a second',
    contributorInsights: 'false',
    encryptionKey: STACK_KEY,
    recovery: 'days 35',
    replicas: 'none',
    stream: 'none',
    tableClass: 'STANDARD',
  },
  SecureTopic: {
    activeTracing: 'false', alarms: ALARMS, deliveryLogging: 'percent 0', encryptionKey: STACK_KEY, fifo: 'a standard topic', masking: 'nothing',
  },
  ThreatDetection: {
    accessAnalysis: 'as the profile says',
    alarms: ALARMS,
    auditTrail: 'as the profile says',
    bus: 'a bus of its own',
    encryptionKey: STACK_KEY,
    findingFunction: 'as functions have it',
    guardDuty: 'as the profile says',
    logAnomalies: 'as the profile says',
    notification: 'the alarm topic of the stack',
    securityHubImport: 'false',
    sources: 'as the profile says',
  },
  SecureUserPool: {
    alarms: ALARMS,
    domain: 'no pages for the sign-in',
    email: 'sent by Cognito',
    mfa: 'required',
    passwords: '14 characters of all four classes, none of the last 12',
    signInWithUsername: 'false',
    signUp: 'by administrators',
    webAcl: 'that of the stack, where the profile has one',
  },
  SecureWebSocketApi: API,
  SecureWebsite: { ...EDGE, bucket: 'one of its own', fallback: 'the index of the folder', priceClass: 'PriceClass_All' },
  ThirdPartyApi: { calls: '3 seconds, 1 retry, a pause of 30 seconds after 5 failures', encryptionKey: STACK_KEY, refresh: 'by a function' },
} as const satisfies { readonly [construct: string]: { readonly [prop: string]: string } };
