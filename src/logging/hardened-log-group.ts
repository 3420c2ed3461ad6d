import { CfnResource } from 'aws-cdk-lib';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { encryptedLogGroup } from './encrypted-log-group';
import { HardeningSite } from '../core/hardening/hardening-site';
import { stackPart } from '../core/hardening/stack-part';
import { SecurityProfile } from '../core/profile/security-profile';

const LOG_GROUP_ID = 'LogGroup';

/** The log group that hardening adds for a resource of somebody's, beside it: `Hardened<name>/<logical id>/LogGroup`. The profile may hold for the resource alone. */
export function hardenedLogGroup(site: HardeningSite, resource: CfnResource, name: string): LogGroup {
  const part = stackPart(site, resource, name, (container, id) => {
    const scope = new Construct(container, id);
    const profile = SecurityProfile.of(resource);
    if (profile !== SecurityProfile.of(container)) profile.applyTo(scope);
    encryptedLogGroup(scope, LOG_GROUP_ID);
    return scope;
  });
  return part.node.findChild(LOG_GROUP_ID) as LogGroup;
}
