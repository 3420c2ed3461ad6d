import { CfnMethod, CfnRestApi, CfnStage } from 'aws-cdk-lib/aws-apigateway';
import { HardeningSite } from '../../core/hardening/hardening-site';
import { fieldOf } from '../../core/hardening/nested-value';
import { isIntrinsic } from '../../core/hardening/values/intrinsics';

const INTEGRATION = 'x-amazon-apigateway-integration';
const TRANSFORM = 'Fn::Transform';

interface Described {
  readonly [name: string]: unknown;
}

/** Everything else is called as a server: `HTTP`, `HTTP_PROXY`, and what only the deployment knows. */
const WITHOUT_SERVER = /^(?:aws|aws_proxy|mock)$/i;

/**
 * Whether a stage may call servers, which see the client certificate that it shows:
 *
 * | the API | its routes | |
 * |---|---|---|
 * | is not in the app | not known | it may |
 * | is described by a file, or its routes by a function of CloudFormation | not known | it may |
 * | is in the app | one leads to HTTP, or only the deployment knows | it may |
 * | is in the app | all lead to functions, services of AWS and constants | it does not |
 */
export function mayCallServers(stage: CfnStage, site: HardeningSite): boolean {
  const api = site.target(stage, stage.restApiId);
  if (api?.cfnResourceType !== 'AWS::ApiGateway::RestApi') return true;
  const { body, bodyS3Location } = api as CfnRestApi;
  return bodyS3Location !== undefined || describesServer(site.resolve(api, body)) || apisWithServers(site).has(api as CfnRestApi);
}

function describesServer(document: unknown): boolean {
  return isGenerated(document) || anyOf((document as Described | undefined)?.paths, (path) => anyOf(path, isCallToServer));
}

function anyOf(parts: unknown, matches: (part: unknown) => boolean): boolean {
  return isGenerated(parts) || Object.values((parts ?? {}) as Described).some(matches);
}

function isCallToServer(operation: unknown): boolean {
  if (isGenerated(operation)) return true;
  const integration = (operation as Described | undefined)?.[INTEGRATION];
  return integration !== undefined && isServer((integration as Described | null)?.type);
}

/** Only the deployment knows what is in it. */
function isGenerated(part: unknown): boolean {
  return isIntrinsic(part) || typeof part === 'object' && part !== null && TRANSFORM in part;
}

function apisWithServers(site: HardeningSite): ReadonlySet<CfnRestApi> {
  return site.once('APIs with servers behind them', () => new Set((site.resources('AWS::ApiGateway::Method') as CfnMethod[])
    .filter((method) => method.integration !== undefined && isServer(fieldOf(site, method, method.integration, 'type')))
    .flatMap((method) => site.targets(method, method.restApiId) as CfnRestApi[])));
}

function isServer(type: unknown): boolean {
  return !WITHOUT_SERVER.test(String(type));
}
