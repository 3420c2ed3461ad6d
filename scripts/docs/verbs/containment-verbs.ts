import { Role, ServicePrincipal, User } from 'aws-cdk-lib/aws-iam';
import { ConstructWithVerbs } from './verb';
import { ApiAuth } from '../../../src/api/access/api-auth';
import { SecureApi } from '../../../src/api/secure-api';
import { Containment } from '../../../src/containment/containment';
import { ContainmentMode } from '../../../src/containment/containment-mode';
import { ContainmentTarget } from '../../../src/containment/containment-target';
import { SecureEventBus } from '../../../src/messaging/event-bus/secure-event-bus';
import { SecureBucket } from '../../../src/storage/secure-bucket';
import { aFunction } from '../../../test/support/self-audit';

export const CONTAINMENT_VERBS: readonly ConstructWithVerbs[] = [
  {
    name: 'Containment',
    verbs: (stack) => {
      const bus = new SecureEventBus(stack, 'Findings');
      const containment = new Containment(stack, 'Containment', { bus, mode: ContainmentMode.approval() });
      const fn = aFunction(stack);
      const role = new Role(stack, 'Deploy', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
      const user = new User(stack, 'Machine');
      const bucket = new SecureBucket(stack, 'Receipts');
      const api = new SecureApi(stack, 'Api', { auth: ApiAuth.iam() });
      api.addRoute('GET', '/orders', fn);
      return [
        { call: 'allowUndo(fn)', give: (caller) => containment.allowUndo(caller) },
        { call: 'allowAnswer(fn)', give: (caller) => containment.allowAnswer(caller) },
        { call: 'protect(ContainmentTarget.function(fn))', give: () => containment.protect(ContainmentTarget.function(fn)) },
        { call: 'protect(ContainmentTarget.role(role))', give: () => containment.protect(ContainmentTarget.role(role)) },
        { call: 'protect(ContainmentTarget.user(user))', give: () => containment.protect(ContainmentTarget.user(user)) },
        { call: 'protect(ContainmentTarget.bucket(bucket))', give: () => containment.protect(ContainmentTarget.bucket(bucket)) },
        { call: 'protect(ContainmentTarget.api(api))', give: () => containment.protect(ContainmentTarget.api(api)) },
      ];
    },
  },
];
