import { App, Stack } from 'aws-cdk-lib';
import { PLAIN } from './plain';
import { SOLUTIONS } from './solutions';
import { ApiAuth } from '../../../src/api/access/api-auth';
import { SecureApi } from '../../../src/api/secure-api';
import { PROFILES, testStack } from '../../../test/support/apps';
import { aFunction } from '../../../test/support/self-audit';
import { ENV } from '../environment';
import { Subject } from '../subject';

/** What this library, plain L2s and AWS Solutions Constructs are compared at. */
export interface Job {
  readonly name: string;
  /** `room: case` */
  readonly ours: string;
}

const ROOM = 'comparison';
const ONE_ROUTE = 'SecureApi with one route';

/** Jobs for which all that is compared says what an author writes first: the names and what cannot be left out. */
export const JOBS: readonly Job[] = [
  { name: 'function', ours: 'function: SecureFunction' },
  { name: 'REST API with one route', ours: `${ROOM}: ${ONE_ROUTE}` },
  { name: 'HTTP API with one route', ours: 'http-api: SecureHttpApi' },
  { name: 'bucket', ours: 'storage: SecureBucket' },
  { name: 'table', ours: 'database: SecureTable' },
  { name: 'queue', ours: 'messaging: SecureQueue' },
  { name: 'topic', ours: 'messaging: SecureTopic' },
  { name: 'event bus', ours: 'messaging: SecureEventBus' },
  { name: 'secret', ours: 'secrets: SecureSecret without rotation' },
  { name: 'user pool', ours: 'identity: SecureUserPool' },
  { name: 'state machine', ours: 'workflow: SecureStateMachine' },
  { name: 'website', ours: 'website: SecureWebsite' },
];

/** What is judged for the comparison alone. */
export function comparison(): readonly Subject[] {
  return [
    ...PROFILES.map(([profile, create]): Subject => ({
      side: 'ours', room: ROOM, name: ONE_ROUTE, profile, build: () => built(testStack({ profile: create(), env: ENV }), oneRoute),
    })),
    ...subjects('plain', PLAIN),
    ...subjects('solutions', SOLUTIONS),
  ];
}

function subjects(side: 'plain' | 'solutions', makers: { readonly [job: string]: (stack: Stack) => void }): readonly Subject[] {
  return Object.entries(makers).map(([name, make]) => ({ side, room: ROOM, name, profile: '', build: () => built(newStack(), make) }));
}

/** Without what this library writes about itself into an app that uses it. */
function newStack(): Stack {
  return new Stack(new App({ context: { 'aws:cdk:bundling-stacks': [], '@aws-cdk/core:failSynthOnValidationErrors': false } }), 'Shop', { env: ENV });
}

function built(stack: Stack, make: (stack: Stack) => void): Stack {
  make(stack);
  return stack;
}

function oneRoute(stack: Stack): void {
  new SecureApi(stack, 'Api', { auth: ApiAuth.iam() }).addRoute('GET', '/orders', aFunction(stack));
}
