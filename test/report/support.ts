import { EntryPoint } from '../../src/report/form/app-form';
import { FindingPosture, Posture, POSTURE_VERSION } from '../../src/report/form/posture-form';

/** A report of an app that has nothing, with some of it changed. */
export function aPosture(changes: Partial<Posture> = {}): Posture {
  return {
    version: POSTURE_VERSION,
    tool: { name: 'cdk-secure-serverless', version: '0.0.0' },
    asOf: '2026-11-26',
    profile: 'production',
    verdict: 'pass',
    counts: {
      resources: 0,
      entryPoints: 0,
      openEntryPoints: 0,
      functions: 0,
      stores: 0,
      thirdParties: 0,
      errors: 0,
      warnings: 0,
      infos: 0,
      accepted: 0,
      exceptions: 0,
      unchecked: 0,
    },
    stacks: [{ at: 'Orders', resources: 0 }],
    resourceTypes: {},
    entryPoints: [],
    functions: [],
    actors: [],
    stores: [],
    flows: [],
    trustedAccounts: [],
    thirdParties: [],
    alarms: [],
    findings: [],
    controls: [],
    frameworks: [],
    exceptions: [],
    overrides: [],
    hardening: [],
    cost: { pricesAsOf: '2026-11-01', currency: 'USD', total: 0, items: [], neighbours: [], leftOut: [] },
    unchecked: [],
    files: {},
    ...changes,
  };
}

/** A finding of the library's own pack, with some of it changed. */
export function aFinding(changes: Partial<FindingPosture> = {}): FindingPosture {
  const rule = changes.rule ?? 'FunctionLogGroup';
  return {
    fingerprint: '0123456789abcdef',
    pack: 'ServerlessSecurity',
    rule,
    id: rule,
    severity: 'low',
    level: 'warning',
    undecided: false,
    at: 'Orders/Place/Resource',
    locations: ['Properties.LoggingConfig'],
    title: 'The function has no log group of its own',
    why: 'Nobody knows what it did.',
    fix: 'Pass a log group.',
    frameworks: [],
    risks: ['unseen-attack'],
    accepted: null,
    ...changes,
  };
}

/** A route with all layers, with some of them changed. */
export function aRoute(name: string, layers: Partial<EntryPoint['layers']> = {}, changes: Partial<EntryPoint> = {}): EntryPoint {
  const [method, path] = name.split(' ');
  return {
    id: `Orders/Api ${name}`,
    kind: 'rest-route',
    at: 'Orders/Api',
    api: 'Orders/Api',
    method,
    path,
    layers: { authorization: 'user-pool', validation: true, throttle: true, webAcl: true, logging: true, leastPrivilege: true, ...layers },
    layerCount: 6,
    possibleLayers: 6,
    ...changes,
  };
}
