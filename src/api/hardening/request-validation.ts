import { CfnMethod, CfnRestApi } from 'aws-cdk-lib/aws-apigateway';
import { IConstruct } from 'constructs';
import { HardeningSite } from '../../core/hardening/hardening-site';

/** Who notices that API Gateway begins to look at requests. */
export const VALIDATION_ATTENTION = 'Requests that do not match the model, or lack a required parameter, are answered with 400. An AWS::ApiGateway::Deployment that is no '
  + 'part of a RestApi takes it over with its next logical id.';

interface Deployed {
  readonly api?: { readonly latestDeployment?: { addToLogicalId(data: unknown): void } };
}

/** API Gateway goes on with the old definition until there is a new deployment, which CDK makes under a new logical id. */
export function deployAgain(method: CfnMethod, site: HardeningSite): void {
  const deployment = (site.ownerOf(method) as IConstruct & Deployed).api?.latestDeployment;
  if (typeof deployment?.addToLogicalId === 'function') deployment.addToLogicalId({ validated: method.node.path });
}

export function apiOf(method: CfnMethod, site: HardeningSite): CfnRestApi | undefined {
  const api = site.target(method, method.restApiId);
  return api?.cfnResourceType === 'AWS::ApiGateway::RestApi' ? api as CfnRestApi : undefined;
}

export function describesRequests(method: CfnMethod, site: HardeningSite): boolean {
  return describesBodies(method, site) || requiresParameters(method, site);
}

/** The model `Empty` that each API has describes nothing. */
export function describesBodies(method: CfnMethod, site: HardeningSite): boolean {
  return Object.values(site.resolve(method, method.requestModels) ?? {}).some((model) => model !== 'Empty');
}

export function requiresParameters(method: CfnMethod, site: HardeningSite): boolean {
  return Object.values(site.resolve(method, method.requestParameters) ?? {}).includes(true);
}
