import { PreTokenGenerationV2TriggerEvent } from 'aws-lambda';
import { logInfo } from '../../common/log';

/** Copies the organization of a member into the access token, where the API looks for it. Cognito calls this for each token. */
export async function handler(event: PreTokenGenerationV2TriggerEvent): Promise<PreTokenGenerationV2TriggerEvent> {
  const tenant = event.request.userAttributes['custom:tenant'];
  logInfo('token', { trigger: event.triggerSource, hasTenant: tenant !== undefined });
  if (tenant === undefined) return event;
  return { ...event, response: { claimsAndScopeOverrideDetails: { accessTokenGeneration: { claimsToAddOrOverride: { 'custom:tenant': tenant } } } } };
}
