import { Validations } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { IConstruct } from 'constructs';
import { outermostStack } from '../stacks/shared-part';

/** A service that uses a key in its own name, not in the name of a caller, and so must stand in the key's policy. */
export interface KeyService {
  /** Id of the statement in the key's policy, unique for service and purpose. */
  readonly sid: string;
  /** The service, for example `sns.amazonaws.com`. */
  readonly service: string;
  /** Complete action names, sorted. */
  readonly actions: readonly string[];
  /**
   * Conditions that keep another account's use of the same service away. They must not name a resource of the template that is encrypted
   * with the key (an ARN pattern of account and region will do): the key would wait for the resource, and the resource for the key.
   */
  readonly conditions: { readonly [operator: string]: { readonly [key: string]: unknown } };
}

const ALLOWED = Symbol.for('cdk-secure-serverless.key-services');

/** Lets a service use a key, once for each purpose and stack. A key that cannot be changed here gets a warning at synth instead. */
export function allowServiceToUseKey(scope: IConstruct, key: IKey, use: KeyService): void {
  const holder = key as IKey & { [ALLOWED]?: Set<string> };
  const allowed = holder[ALLOWED] ??= new Set<string>();
  const once = `${use.sid}@${outermostStack(scope).node.addr}`;
  if (allowed.has(once)) return;
  allowed.add(once);
  const { statementAdded } = key.addToResourcePolicy(new PolicyStatement({
    sid: use.sid,
    principals: [new ServicePrincipal(use.service)],
    actions: [...use.actions],
    resources: ['*'],
    conditions: { ...use.conditions },
  }));
  if (!statementAdded) {
    Validations.of(scope).addWarning('cdk-secure-serverless:DataKeyPolicy',
      `The policy of the imported key ${key.node.path} cannot be changed here: it must let ${use.service} use the key, `
      + 'or deployment fails or messages get lost.');
  }
}
