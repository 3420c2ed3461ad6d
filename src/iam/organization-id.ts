import { Token } from 'aws-cdk-lib';
import { ORGANIZATION_ID } from './account-baseline';
import { Place, refuse } from '../core/configuration-error';

/** Refuses what is no id of an organization: a condition on it would let nobody in. */
export function checkOrganizationId(place: Place, code: string, organizationId: string | undefined): void {
  if (organizationId === undefined || Token.isUnresolved(organizationId) || ORGANIZATION_ID.test(organizationId)) return;
  refuse(place, {
    code,
    prop: 'organizationId',
    must: "must be of the form 'o-…', with 10 to 32 small letters and digits",
    got: organizationId,
    fix: 'read it with aws organizations describe-organization',
  });
}
