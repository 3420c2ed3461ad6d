import { join } from 'path';
import { Duration } from 'aws-cdk-lib';
import { RuleTargetInput, HttpMethod } from 'aws-cdk-lib/aws-events';
import { IRole, IUser, Role, User } from 'aws-cdk-lib/aws-iam';
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { ITopic } from 'aws-cdk-lib/aws-sns';
import { IQueue } from 'aws-cdk-lib/aws-sqs';
import { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { isFunction, network, optionFields, secret, tables, withDemands } from './functions';
import { eventPatterns, machines, onceEach, queues } from './messaging';
import { buckets } from './storage';
import { StackDashboard } from '../../../src/alarms/stack-dashboard';
import { ApiAuth } from '../../../src/api/access/api-auth';
import { SecureApi } from '../../../src/api/secure-api';
import { Containment } from '../../../src/containment/containment';
import { ContainmentAlarms } from '../../../src/containment/containment-alarms';
import { ContainmentExemption } from '../../../src/containment/containment-exemption';
import { ApprovalOptions, ContainmentMode } from '../../../src/containment/containment-mode';
import { ApiPlaybookOptions, ContainmentPlaybook, PlaybookOptions } from '../../../src/containment/containment-playbook';
import { ContainmentFunctionOptions, ContainmentProps } from '../../../src/containment/containment-props';
import { ContainmentTarget } from '../../../src/containment/containment-target';
import { TokenField } from '../../../src/data-protection/token-field';
import { DigitsOptions, TokenFormat } from '../../../src/data-protection/token-format';
import { TokenVault } from '../../../src/data-protection/token-vault';
import { CodeKeyGenerations, TokenVaultProps, VaultAccessOptions } from '../../../src/data-protection/token-vault-props';
import { TokenVaultAlarms } from '../../../src/data-protection/vault-alarms';
import { FindingAlarms } from '../../../src/detection/findings/finding-alarms';
import { FindingFilter } from '../../../src/detection/findings/finding-filter';
import { FindingFrequency } from '../../../src/detection/findings/finding-frequency';
import { FindingKind } from '../../../src/detection/findings/finding-kind';
import { FindingNotification } from '../../../src/detection/findings/finding-notification';
import { FindingSeverity } from '../../../src/detection/findings/finding-severity';
import { FindingSource } from '../../../src/detection/findings/finding-source';
import { FindingTarget } from '../../../src/detection/findings/finding-target';
import { AccessAnalysis } from '../../../src/detection/services/access-analysis';
import { AuditTrail, AuditTrailOptions } from '../../../src/detection/services/audit-trail';
import { GuardDutyDetector, GuardDutyOptions } from '../../../src/detection/services/guard-duty-detector';
import { GuardDutyFeature } from '../../../src/detection/services/guard-duty-feature';
import { LogAnomalies, LogAnomalyOptions } from '../../../src/detection/services/log-anomalies';
import { LogAnomalyFrequency } from '../../../src/detection/services/log-anomaly-frequency';
import { MalwareScanOptions } from '../../../src/detection/services/malware-scan';
import { ThreatDetection } from '../../../src/detection/threat-detection';
import { ThreatDetectionProps } from '../../../src/detection/threat-detection-props';
import { SecureFunctionOptions } from '../../../src/function/function-options';
import { SecureNodejsFunction } from '../../../src/function/secure-nodejs-function';
import { SecureEventBus } from '../../../src/messaging/event-bus/secure-event-bus';
import { FunctionNetwork } from '../../../src/network/access/function-network';
import { GatewayPrefixLists } from '../../../src/network/access/gateway-prefix-lists';
import { NetworkEgress } from '../../../src/network/egress/network-egress';
import { NetworkAddresses } from '../../../src/network/network-addresses';
import { NetworkAlarms } from '../../../src/network/network-alarms';
import { NetworkEndpoint } from '../../../src/network/network-endpoint';
import { SecureNetwork } from '../../../src/network/secure-network';
import { SecureNetworkProps } from '../../../src/network/secure-network-props';
import { SecretRotation } from '../../../src/secrets/secret/secret-rotation';
import { CallEgress } from '../../../src/third-party/call-egress';
import { CredentialRefresh } from '../../../src/third-party/credential-refresh';
import { ThirdPartyAlarms } from '../../../src/third-party/third-party-alarms';
import { ThirdPartyApi } from '../../../src/third-party/third-party-api';
import { CallSettings, ThirdPartyApiProps, ThirdPartyCallOptions, ThirdPartyRouteOptions } from '../../../src/third-party/third-party-api-props';
import { BasicCredentialOptions, CredentialOptions, OAuthCredentialOptions, ThirdPartyCredential } from '../../../src/third-party/third-party-credential';
import { demanded } from '../../support/self-audit';
import { Kit } from '../support/kit';
import { any, call, dictionary, distinct, Fields, illegal, lawful, list, made, mostly, oneOf, Said, struct, Values } from '../support/recipe';
import { SaidOfSample, Step, step, Subject } from '../support/subject';
import { alarm, alarms, boundary, classification, durations, flag, grantee, key, keyNames, names, numbers, reasons, textToken } from '../support/values';

const severities = oneOf(...Object.values(FindingSeverity).filter((one): one is FindingSeverity => typeof one === 'string' || typeof one === 'number'));
const bus: Values<SecureEventBus> = made('aBus', (kit) => kit.bus());

const playbookFields: Fields<PlaybookOptions> = { from: mostly(oneOf<FindingSeverity>(FindingSeverity.HIGH, FindingSeverity.CRITICAL), severities), duration: durations('minutes', 5, 10_080), hourlyLimit: numbers(1, 100) };
const playbooks: Values<ContainmentPlaybook> = any<ContainmentPlaybook>(
  call('ContainmentPlaybook.function', ContainmentPlaybook.function, struct<PlaybookOptions>(playbookFields)),
  call('ContainmentPlaybook.credential', ContainmentPlaybook.credential, struct<PlaybookOptions>(playbookFields)),
  call('ContainmentPlaybook.api', ContainmentPlaybook.api, struct<ApiPlaybookOptions>({ ...playbookFields, rateFloor: numbers(0, 100), burstFloor: numbers(0, 100) })),
  call('ContainmentPlaybook.bucket', ContainmentPlaybook.bucket, struct<PlaybookOptions>(playbookFields)),
);

const containmentFields: Fields<ContainmentProps> = {
  bus,
  mode: any<ContainmentMode>(
    call('ContainmentMode.dryRun', ContainmentMode.dryRun), call('ContainmentMode.automatic', ContainmentMode.automatic),
    call('ContainmentMode.approval', ContainmentMode.approval, struct<ApprovalOptions>({ timeout: durations('minutes', 5, 1440) })),
  ),
  playbooks: lawful(list(playbooks, { minLength: 1, maxLength: 3 }), distinct(([kind]) => kind)),
  exemptions: list(any<ContainmentExemption>(
    call('ContainmentExemption.resource', ContainmentExemption.resource, mostly(oneOf('arn:aws:lambda:eu-west-1:111122223333:function:till'), oneOf('', '*'), textToken), reasons),
    call('ContainmentExemption.addresses', ContainmentExemption.addresses, mostly(oneOf('192.0.2.0/24'), oneOf('', '0.0.0.0/0'), textToken), reasons),
  ), { maxLength: 2 }),
  administrators: list(mostly(oneOf('arn:aws:iam::111122223333:role/breakglass'), oneOf('', '*'), textToken), { maxLength: 2 }),
  functions: struct<ContainmentFunctionOptions>({ network, codeSigningConfig: made('aSigningConfig', (kit) => kit.signing()), reservedConcurrentExecutions: numbers(1, 10), permissionsBoundary: boundary }),
  encryptionKey: key,
  alarms: alarms<ContainmentAlarms>('contained', 'incomplete', 'limited', 'undoIncomplete', 'undoConflicts'),
};

const targets: Values<ContainmentTarget> = any<ContainmentTarget>(
  made('ContainmentTarget.function(aFunction)', (kit) => ContainmentTarget.function(kit.fn())),
  illegal(made('ContainmentTarget.function(Function.fromFunctionArn())', (kit) => ContainmentTarget.function(kit.importedFunction()))),
  made('ContainmentTarget.role(aRole)', (kit) => ContainmentTarget.role(kit.role())),
  illegal(made('ContainmentTarget.role(Role.fromRoleArn())', (kit) => ContainmentTarget.role(kit.part('ContainedRole', (stack, id): IRole => Role.fromRoleName(stack, id, 'elsewhere'))))),
  illegal(made('ContainmentTarget.user(User.fromUserName())', (kit) => ContainmentTarget.user(kit.part('ContainedUser', (stack, id): IUser => User.fromUserName(stack, id, 'elsewhere'))))),
  call('ContainmentTarget.bucket', ContainmentTarget.bucket, mostly(made<IBucket>('aBucket', (kit) => kit.bucket()), buckets)),
  made('ContainmentTarget.api(anApi)', (kit) => ContainmentTarget.api(kit.part('ContainedApi', (stack, id) => {
    const api = new SecureApi(stack, id, { auth: ApiAuth.iam() });
    api.addRoute('GET', '/orders', kit.fn());
    return api;
  }))),
);

const containmentSteps: { [method: string]: Values<Step<Containment>> } = {
  protect: step((one: Containment, target) => one.protect(target), targets),
  allowAnswer: step((one: Containment, to) => one.allowAnswer(to), grantee),
  allowUndo: step((one: Containment, to) => one.allowUndo(to), grantee),
};

const trailOptions: Values<AuditTrailOptions> = struct<AuditTrailOptions>({
  managementEvents: flag, functions: list(made('aFunction', (kit) => kit.fn()), { maxLength: 1 }), buckets: list(buckets, { maxLength: 2 }), tables: list(tables, { maxLength: 1 }),
});
const topics: Values<ITopic> = made<ITopic>('aTopic', (kit) => kit.topic());
const enumOf = <T extends object>(values: T): Values<T[keyof T]> => oneOf(...Object.values(values) as T[keyof T][]);

const detectionFields: Fields<ThreatDetectionProps> = {
  guardDuty: any<GuardDutyDetector>(
    call('GuardDutyDetector.make', GuardDutyDetector.make, struct<GuardDutyOptions>({ alsoWatch: list(enumOf(GuardDutyFeature) as never, { maxLength: 2 }), frequency: enumOf(FindingFrequency) as never })),
    call('GuardDutyDetector.existing', GuardDutyDetector.existing), call('GuardDutyDetector.off', GuardDutyDetector.off, reasons),
  ),
  auditTrail: any<AuditTrail>(call('AuditTrail.ofStack', AuditTrail.ofStack, trailOptions), call('AuditTrail.ofAccount', AuditTrail.ofAccount, trailOptions), call('AuditTrail.off', AuditTrail.off, reasons)),
  accessAnalysis: any<AccessAnalysis>(
    call('AccessAnalysis.external', AccessAnalysis.external), call('AccessAnalysis.externalAndUnused', AccessAnalysis.externalAndUnused, durations('days', 1, 365)),
    call('AccessAnalysis.existing', AccessAnalysis.existing), call('AccessAnalysis.off', AccessAnalysis.off, reasons),
  ),
  logAnomalies: any<LogAnomalies>(
    call('LogAnomalies.ofFunctions', LogAnomalies.ofFunctions, struct<LogAnomalyOptions>({ frequency: enumOf(LogAnomalyFrequency) as never, alarm })), call('LogAnomalies.off', LogAnomalies.off, reasons),
  ),
  sources: list(enumOf(FindingSource) as never, { minLength: 1, maxLength: 3 }),
  securityHubImport: flag,
  bus,
  notification: any<FindingNotification>(
    call('FindingNotification.toAlarmTopic', FindingNotification.toAlarmTopic, severities), call('FindingNotification.toTopic', FindingNotification.toTopic, topics, severities),
    call('FindingNotification.off', FindingNotification.off, reasons),
  ),
  findingFunction: struct<SecureFunctionOptions>(optionFields),
  encryptionKey: key,
  alarms: alarms<FindingAlarms>('criticalFindings', 'highFindings', 'unknownFindings'),
};

const detectionSteps: { [method: string]: Values<Step<ThreatDetection>> } = {
  onFinding: step((one: ThreatDetection, id, target, filter) => one.onFinding(id, target, filter), oneOf('Finding', 'Other'), any<FindingTarget>(
    made('FindingTarget.lambdaFunction(aFunction)', (kit) => FindingTarget.lambdaFunction(kit.fn())),
    call('FindingTarget.queue', FindingTarget.queue, mostly<IQueue>(made<IQueue>('aQueue', (kit) => kit.queue()), queues)),
    call('FindingTarget.stateMachine', FindingTarget.stateMachine, mostly<IStateMachine>(made<IStateMachine>('aMachine', (kit) => kit.machine()), machines)),
    made('FindingTarget.nodejsFunction(aFunction)', (kit) => FindingTarget.nodejsFunction(kit.part('Nodejs', (stack, id) => (
      new SecureNodejsFunction(stack, id, { ...demanded(stack), entry: join(__dirname, '../../fixtures/fresh-app/handler.ts') }))))),
  ), struct<FindingFilter>({ severities: list(severities, { minLength: 1, maxLength: 2 }), kinds: list(enumOf(FindingKind) as never, { minLength: 1, maxLength: 2 }), typePrefixes: list(names('CryptoCurrency:'), { minLength: 1, maxLength: 2 }) })),
  scanForMalware: step((one: ThreatDetection, bucket, options) => one.scanForMalware(bucket, options), mostly(made<IBucket>('aBucket', (kit) => kit.bucket()), buckets), struct<MalwareScanOptions>({ prefixes: list(names('in/'), { minLength: 1, maxLength: 1 }), tagging: flag })),
};

const digits: Values<DigitsOptions> = struct<DigitsOptions>({ keepLast: numbers(0, 4) });
const formats: Values<TokenFormat> = any<TokenFormat>(call('TokenFormat.opaque', TokenFormat.opaque), call('TokenFormat.digits', TokenFormat.digits, digits));
const vaultFields: Fields<TokenVaultProps> = {
  fields: dictionary(keyNames(['card', 'email'], ['größe', '', '__proto__']), any<TokenField>(call('TokenField.random', TokenField.random, formats), call('TokenField.deterministic', TokenField.deterministic, formats)), { minKeys: 1 }),
  codeKeys: struct<CodeKeyGenerations>({ newest: numbers(2, 3), oldest: numbers(1, 2) }, 'newest'),
  erasure: durations('days', 1, 30),
  dataClassification: classification,
  network,
  reservedConcurrentExecutions: numbers(1, 100),
  codeSigning: made('CodeSigning.byConfig(aConfig)', (kit) => kit.codeSigning()),
  alarms: alarms<TokenVaultAlarms>('detokenizations', 'denials', 'guesses', 'tampering'),
};
const vaultAccess: Values<VaultAccessOptions> = struct<VaultAccessOptions>({ caller: names('till'), requestsPerMinute: numbers(1, 1000), fields: lawful(list(mostly(oneOf('card', 'email'), oneOf('nothing')), { minLength: 1, maxLength: 2 }), distinct()) });
const vaultSteps: { [method: string]: Values<Step<TokenVault>> } = {
  allowTokenize: step((vault: TokenVault, to, options) => vault.allowTokenize(to, options), grantee, vaultAccess),
  allowDetokenize: step((vault: TokenVault, to, options) => vault.allowDetokenize(to, options), grantee, vaultAccess),
  allowSearch: step((vault: TokenVault, to, options) => vault.allowSearch(to, options), grantee, vaultAccess),
  allowDelete: step((vault: TokenVault, to, options) => vault.allowDelete(to, options), grantee, vaultAccess),
};

const rotations: Values<SecretRotation> = call('SecretRotation.off', SecretRotation.off, reasons);
const credentialFields: Fields<CredentialOptions> = { rotation: rotations, secret: made('aSecret', secret) };
const urls = mostly(oneOf('https://api.partner.example.com/v1'), oneOf('', 'http://api.partner.example.com', 'https://', 'https://169.254.169.254/', 'https://user:pw@example.com', 'x'), textToken);
const thirdPartyFields: Fields<ThirdPartyApiProps> = {
  url: urls,
  purpose: mostly(oneOf('ships the orders of the shop'), oneOf('', 'todo'), textToken),
  credential: any<ThirdPartyCredential>(
    call('ThirdPartyCredential.apiKey', ThirdPartyCredential.apiKey, names('x-api-key'), struct<CredentialOptions>(credentialFields, 'rotation')),
    call('ThirdPartyCredential.basic', ThirdPartyCredential.basic, struct<BasicCredentialOptions>({ ...credentialFields, username: names('shop') }, 'rotation', 'username')),
    call('ThirdPartyCredential.oauthClient', ThirdPartyCredential.oauthClient, struct<OAuthCredentialOptions>({ ...credentialFields, clientId: names('shop'), tokenUrl: urls, scope: names('orders') }, 'rotation', 'clientId', 'tokenUrl')),
  ),
  calls: struct<CallSettings>({ timeout: mostly(call('Duration.seconds', Duration.seconds, oneOf(1, 2, 3)), durations('seconds', 1, 60)), retries: numbers(0, 3), breakerFailures: numbers(1, 100), breakerOpen: durations('seconds', 1, 3600) }),
  refresh: any<CredentialRefresh>(call('CredentialRefresh.byFunction', CredentialRefresh.byFunction, struct<SecureFunctionOptions>(optionFields)), call('CredentialRefresh.byHand', CredentialRefresh.byHand, reasons)),
  encryptionKey: key,
};
const callers = any<LambdaFunction>(made<LambdaFunction>('aFunction', (kit) => kit.fn()), made<LambdaFunction>('anotherFunction', (kit) => kit.fn('OtherFunction')));
const thirdPartySteps: { [method: string]: Values<Step<ThirdPartyApi>> } = {
  allowCall: step((api: ThirdPartyApi, fn, options) => api.allowCall(fn, options), callers, struct<ThirdPartyCallOptions>({
    egress: any<CallEgress>(illegal(call('CallEgress.network', CallEgress.network)), call('CallEgress.open', CallEgress.open, reasons)), variablePrefix: names('PARTNER'),
  })),
  routeEvents: step((api: ThirdPartyApi, id, to, pattern, options) => api.routeEvents(id, to, pattern, options), oneOf('Route', 'Other'), bus, eventPatterns, struct<ThirdPartyRouteOptions>({
    path: names('/orders'),
    method: mostly(oneOf<HttpMethod>(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH), oneOf(...Object.values(HttpMethod))),
    input: made("RuleTargetInput.fromText('x')", () => RuleTargetInput.fromText('x')),
    rateLimit: numbers(1, 300),
    retryAttempts: numbers(0, 185),
    maxEventAge: durations('seconds', 60, 86_400),
    alarms: alarms<ThirdPartyAlarms>('failedInvocations', 'lostEvents', 'throttledRules', 'retries'),
  })),
};

const domains = list(mostly(oneOf('api.example.com', '*.example.org'), oneOf('', '*', '.', 'x'.repeat(300)), textToken), { minLength: 1, maxLength: 2 });
const endpoints = any<NetworkEndpoint>(
  made('NetworkEndpoint.SQS', () => NetworkEndpoint.SQS), made('NetworkEndpoint.EXECUTE_API', () => NetworkEndpoint.EXECUTE_API), call('NetworkEndpoint.of', NetworkEndpoint.of, names('textract')),
);
const networkFields: Fields<SecureNetworkProps> = {
  addresses: any<NetworkAddresses>(
    call('NetworkAddresses.cidr', NetworkAddresses.cidr, mostly(oneOf('10.1.0.0/16'), oneOf('', '0.0.0.0/0', '10.0.0.0/28'), textToken)), call('NetworkAddresses.ipam', NetworkAddresses.ipam, names('ipam-pool-1'), numbers(16, 24)),
  ),
  zones: numbers(2, 3),
  availabilityZones: lawful(list(names('eu-west-1a', 'eu-west-1b', 'eu-west-1c'), { minLength: 2, maxLength: 3 }), distinct()),
  endpoints: lawful(list(endpoints, { maxLength: 3 }), distinct()),
  egress: any<NetworkEgress>(call('NetworkEgress.domains', NetworkEgress.domains, domains), call('NetworkEgress.inspectedDomains', NetworkEgress.inspectedDomains, domains)),
  resolvableDomains: domains,
  organizationId: names('o-a1b2c3d4e5'),
  trustedAccounts: list(mostly(oneOf('111122223333'), oneOf('', '*')), { maxLength: 2 }),
  prefixLists: call('GatewayPrefixLists.ids', GatewayPrefixLists.ids, names('pl-1'), names('pl-2')),
  encryptionKey: key,
  alarms: alarms<NetworkAlarms>('blockedQueries', 'rejectedTraffic', 'droppedConnections'),
};

/** Each endpoint once, and in the regulated profile no way out that nobody looks into. */
function isNetwork({ props, steps, profile }: SaidOfSample): boolean {
  const added = [...props.endpoints ?? [], ...steps.filter(([method]) => method === 'addEndpoint').map(([, endpoint]) => endpoint as Said)];
  return distinct()(added) && (profile !== 'regulated' || (props.egress?.[0] !== 'NetworkEgress.domains' && !added.includes('NetworkEndpoint.EXECUTE_API')));
}

/** Somebody answers where approval is asked for, and each thing is protected once. */
function isContainment({ props, steps, twin }: SaidOfSample): boolean {
  return distinct()(steps.filter(([method]) => method === 'protect').map(([, target]) => target as Said)) && !twin
    && (props.mode?.[0] === 'ContainmentMode.approval' || steps.every(([method]) => method !== 'allowAnswer')) && steps.every(([, to]) => to !== 'Function.fromFunctionArn()');
}

/** A stack has one detection, which scans each bucket of its account once. */
function isDetection({ props, steps, profile, twin }: SaidOfSample): boolean {
  const scanned = steps.filter(([method]) => method === 'scanForMalware').map(([, bucket]) => bucket as string);
  return !twin && distinct()(scanned) && onceEach(steps, 'onFinding') && isFunction(props.findingFunction ?? {}, profile);
}

const hasCodes = (fields: Said): boolean => Object.values(fields as { [name: string]: Said }).some(([kind]) => kind === 'TokenField.deterministic');

/** A search needs codes, and nobody is let in twice. */
function isVault({ props, steps }: SaidOfSample): boolean {
  const fits = ([method, to, { fields: some, caller } = {} as Said]: Said): boolean => to !== 'Function.fromFunctionArn()' && (some ?? []).every((name: string) => name in props.fields)
    && (method !== 'allowSearch' || hasCodes(some === undefined ? props.fields : Object.fromEntries(some.map((name: string) => [name, props.fields[name] ?? []])))) && caller !== '';
  return steps.every(fits) && distinct(([method, to, options]) => [method, to, options?.caller])(steps);
}

/** Credentials that are refreshed by a function, which is as the profile demands. */
const demandedRefresh = (kit: Kit, { refresh }: ThirdPartyApiProps): Pick<ThirdPartyApiProps, 'refresh'> => (
  { refresh: refresh ?? CredentialRefresh.byFunction(withDemands(kit)) });

/** A function that may call has a way out that somebody answers for, and each route has an id. */
function isThirdParty({ props, steps, profile }: SaidOfSample): boolean {
  const calls = steps.filter(([method]) => method === 'allowCall');
  return onceEach(steps, 'routeEvents') && calls.every(([, , options]) => options?.egress !== undefined) && distinct(([, fn]) => fn)(calls)
    && (props.refresh?.[0] !== 'CredentialRefresh.byFunction' || (profile !== 'regulated' && isFunction(props.refresh[1], profile)));
}

export const GUARDS: readonly Subject[] = [
  {
    name: 'SecureNetwork',
    make: (scope, id, props) => new SecureNetwork(scope, id, props),
    props: lawful(struct(networkFields),
      ({ zones, availabilityZones }) => availabilityZones === undefined || availabilityZones.length === (zones ?? 2)),
    propNames: Object.keys(networkFields),
    law: isNetwork,
    steps: {
      addEndpoint: step((one: SecureNetwork, endpoint) => one.addEndpoint(endpoint), endpoints),
      forFunctions: step((one: SecureNetwork): FunctionNetwork => one.forFunctions()),
    },
  },
  {
    name: 'Containment',
    make: (scope, id, props, kit) => {
      const { network: inNetwork, codeSigningConfig, reservedConcurrentExecutions } = demanded(kit.stack);
      return new Containment(scope, id, {
        ...props,
        ...kit.isRegulated && {
          functions: {
            network: inNetwork,
            codeSigningConfig,
            reservedConcurrentExecutions,
            ...props.functions,
          },
        },
      });
    },
    props: struct(containmentFields, 'bus'),
    propNames: Object.keys(containmentFields),
    law: isContainment,
    steps: containmentSteps,
  },
  {
    name: 'ThreatDetection',
    make: (scope, id, props, kit) => new ThreatDetection(scope, id, {
      ...props,
      findingFunction: {
        ...withDemands(kit, props.findingFunction as SecureFunctionOptions),
        ...props.findingFunction,
      },
    }),
    props: lawful(struct(detectionFields)),
    propNames: Object.keys(detectionFields),
    law: isDetection,
    steps: detectionSteps,
  },
  {
    name: 'TokenVault',
    make: (scope, id, props, kit) => new TokenVault(scope, id, {
      ...kit.isRegulated && {
        network: demanded(kit.stack).network,
        codeSigning: kit.codeSigning(),
        reservedConcurrentExecutions: 10,
      },
      ...props,
    }),
    props: lawful(struct(vaultFields, 'fields'), ({ fields: all, codeKeys }) => codeKeys === undefined || hasCodes(all)),
    propNames: Object.keys(vaultFields),
    law: isVault,
    steps: vaultSteps,
  },
  {
    name: 'ThirdPartyApi',
    make: (scope, id, props, kit) => new ThirdPartyApi(scope, id,
      { ...props, ...kit.isRegulated && demandedRefresh(kit, props as ThirdPartyApiProps) }),
    props: struct(thirdPartyFields, 'url', 'purpose', 'credential'),
    propNames: Object.keys(thirdPartyFields),
    law: isThirdParty,
    steps: thirdPartySteps,
  },
  {
    name: 'StackDashboard',
    make: (_, __, { on }: { on: LambdaFunction }) => StackDashboard.of(on),
    props: struct({ on: callers }, 'on'),
    propNames: [],
    steps: { addWidgets: step((one: StackDashboard) => one.addWidgets()) },
  },
];
