import { Duration, Stack } from 'aws-cdk-lib';
import { User } from 'aws-cdk-lib/aws-iam';
import { ApiAuth } from '../../src/api/access/api-auth';
import { SecureApi } from '../../src/api/secure-api';
import { Containment } from '../../src/containment/containment';
import { ContainmentExemption } from '../../src/containment/containment-exemption';
import { ContainmentMode } from '../../src/containment/containment-mode';
import { ContainmentProps } from '../../src/containment/containment-props';
import { ContainmentTarget } from '../../src/containment/containment-target';
import { SecureEventBus } from '../../src/messaging/event-bus/secure-event-bus';
import { SecureBucket } from '../../src/storage/secure-bucket';
import { aFunction, AuditCase, demanded } from '../support/self-audit';

/** A containment of an app with everything that can be contained, and what the profile demands. */
export function containmentIn(stack: Stack, props: Partial<ContainmentProps> = {}): Containment {
  const { network, codeSigningConfig, reservedConcurrentExecutions } = demanded(stack);
  return new Containment(stack, 'Containment', {
    bus: new SecureEventBus(stack, 'Findings'), functions: { network, codeSigningConfig, reservedConcurrentExecutions }, ...props,
  });
}

export const CONTAINMENT_CASES: readonly AuditCase[] = [
  ['Containment', (stack) => { containmentIn(stack); }],
  ['Containment in a dry run', (stack) => { containmentIn(stack, { mode: ContainmentMode.dryRun() }).protect(ContainmentTarget.function(aFunction(stack))); }],
  ['Containment with approval', (stack) => {
    containmentIn(stack, { mode: ContainmentMode.approval({ timeout: Duration.minutes(30) }) }).protect(ContainmentTarget.function(aFunction(stack)));
  }],
  ['Containment of a function and a bucket', (stack) => {
    containmentIn(stack, {
      mode: ContainmentMode.automatic(), exemptions: [ContainmentExemption.addresses('198.51.100.0/24', 'the load tests come from there')],
    }).protect(ContainmentTarget.function(aFunction(stack)), ContainmentTarget.bucket(new SecureBucket(stack, 'Receipts')));
  }],
  ['Containment of an API', (stack) => {
    const fn = aFunction(stack);
    const api = new SecureApi(stack, 'Api', { auth: ApiAuth.iam() });
    api.addRoute('GET', '/orders', fn);
    containmentIn(stack).protect(ContainmentTarget.api(api));
  }],
];

/** IAM users are a finding of their own: they are no part of the self-audit. */
export function aUser(stack: Stack): User {
  return new User(stack, 'Deploy');
}
