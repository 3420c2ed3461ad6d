import { CfnDeployment, CfnDomainName, CfnMethod, CfnRequestValidator, CfnRestApi } from 'aws-cdk-lib/aws-apigateway';
import { authorizationOf, isOpenOnPurpose, isOpenRoute } from './open-route';
import { OVERRIDDEN_AUTHORIZATION } from './overridden-authorization';
import { apiOf, deployAgain, describesBodies, describesRequests, requiresParameters, VALIDATION_ATTENTION } from './request-validation';
import { NagPackId } from '../../core/exceptions/acknowledgement';
import { HardeningArea } from '../../core/hardening/hardening-area';
import { hardeningPart } from '../../core/hardening/hardening-part';
import { HardeningSite } from '../../core/hardening/hardening-site';
import { fieldOf } from '../../core/hardening/nested-value';
import { findingStep } from '../../core/hardening/steps/finding-step';
import { HardeningStep } from '../../core/hardening/steps/hardening-step';
import { proposalStep } from '../../core/hardening/steps/proposal-step';
import { valueStep } from '../../core/hardening/steps/value-step';
import { API_TLS_POLICY, BODY_METHODS, MUTUAL_TLS_POLICY } from '../api-baseline';
import { STAGE_ACCESS_LOG } from '../rules/access-log-rules';
import { ROUTE_AUTHORIZATION, ROUTE_VALIDATION } from '../rules/api-rules';
import { CORS_ORIGIN_SCOPE } from '../rules/cors-rules';
import { DOMAIN_TLS_POLICY, MODERN_TLS } from '../rules/endpoint-rules';
import { API_KEY_ALONE } from '../rules/route-rules';

const API = { area: HardeningArea.APIS, type: 'AWS::ApiGateway::RestApi' } as const;
const METHOD = { area: HardeningArea.APIS, type: 'AWS::ApiGateway::Method' } as const;
const DOMAIN = { area: HardeningArea.APIS, type: 'AWS::ApiGateway::DomainName' } as const;

/** Where a method describes nothing, its validator looks at nothing: it begins with the first model or required parameter. */
const VALIDATION = valueStep<CfnMethod>({
  ...METHOD,
  rule: ROUTE_VALIDATION.id,
  property: 'RequestValidatorId',
  adds: 1,
  when: (method, site) => method.requestValidatorId === undefined && isAnswered(method, site) && apiOf(method, site) !== undefined,
  read: (method) => method.requestValidatorId,
  secure: () => 'a validator of bodies and parameters',
  safe: () => true,
  write: validate,
  attention: (method, site) => (describesRequests(method, site) ? VALIDATION_ATTENTION : undefined),
});

/** cdk-nag asks for a validator of every API. */
const NOTHING_TO_VALIDATE = findingStep<CfnRestApi>({
  ...API,
  rule: ROUTE_VALIDATION.id,
  packs: [NagPackId.AWS_SOLUTIONS],
  finding: 'APIG2',
  when: (api, site) => answeringItself(site).has(api) && [api.body, api.bodyS3Location].every((one) => site.resolve(api, one) === undefined),
  reason: 'API Gateway answers every method of this API by itself, with a constant: nothing stands behind it that the content of a request could reach.',
});

/** cdk-nag looks for one validator of both. */
const VALIDATED_IN_PARTS = findingStep<CfnRestApi>({
  ...API,
  rule: ROUTE_VALIDATION.id,
  packs: [NagPackId.AWS_SOLUTIONS],
  finding: 'APIG2',
  when: (api, site) => isValidatedInParts(api, site) && [api.body, api.bodyS3Location].every((one) => site.resolve(api, one) === undefined),
  reason: 'Every method behind which something stands has a validator of all that it describes: of its body, or of its parameters. None describes both, so that '
    + 'no validator of the API sees to both.',
});

function isValidatedInParts(api: CfnRestApi, site: HardeningSite): boolean {
  const answered = answeredMethods(site).get(api) ?? [];
  const validators = answered.map((method) => validatorOf(method, site));
  const sees = (value: unknown, asked: boolean) => value === true || !asked && value !== undefined;
  return answered.length > 0 && answered.every((method, index) => sees(validators[index]?.validateRequestBody, describesBodies(method, site))
    && sees(validators[index]?.validateRequestParameters, requiresParameters(method, site)))
    && !validators.some((one) => one?.validateRequestBody === true && one.validateRequestParameters === true);
}

function answeredMethods(site: HardeningSite): ReadonlyMap<CfnRestApi, readonly CfnMethod[]> {
  return site.once('methods behind which something stands', () => {
    const found = new Map<CfnRestApi, CfnMethod[]>();
    for (const method of site.resources(METHOD.type) as CfnMethod[]) {
      const api = apiOf(method, site);
      if (api !== undefined && isAnswered(method, site)) found.set(api, [...found.get(api) ?? [], method]);
    }
    return found;
  });
}

function validatorOf(method: CfnMethod, site: HardeningSite): CfnRequestValidator | undefined {
  const validator = site.target(method, method.requestValidatorId);
  return validator?.cfnResourceType === 'AWS::ApiGateway::RequestValidator' ? validator as CfnRequestValidator : undefined;
}

/** The APIs of which each method is a constant or a preflight, and which have no validator. */
function answeringItself(site: HardeningSite): ReadonlySet<CfnRestApi> {
  return site.once('REST APIs that answer by themselves', () => {
    const methods = (site.resources(METHOD.type) as CfnMethod[]).map((method) => ({ api: apiOf(method, site), answered: isAnswered(method, site) }));
    const validated = (site.resources('AWS::ApiGateway::RequestValidator') as CfnRequestValidator[]).map((one) => site.target(one, one.restApiId));
    const answered = new Set<unknown>([...validated, ...methods.filter((one) => one.answered).map(({ api }) => api)]);
    return new Set(methods.flatMap(({ api }) => (api === undefined || answered.has(api) ? [] : [api])));
  });
}

const MODEL_ADVICE = proposalStep<CfnMethod>({
  ...METHOD,
  rule: ROUTE_VALIDATION.id,
  property: 'RequestModels',
  when: (method, site) => [...BODY_METHODS, 'ANY'].includes(method.httpMethod) && isAnswered(method, site) && !describesBodies(method, site),
  after: 'a model of the body',
  advice: ROUTE_VALIDATION.fix,
});

const AUTHORIZATION_ADVICE = proposalStep<CfnMethod>({
  ...METHOD,
  rule: ROUTE_AUTHORIZATION.id,
  property: 'AuthorizationType',
  when: (method, site) => isOpen(method, site) && method.apiKeyRequired !== true,
  chosen: isOpenOnPurpose,
  read: authorizationOf,
  after: 'an authorizer, or AWS_IAM',
  advice: ROUTE_AUTHORIZATION.fix,
});

const API_KEY_ADVICE = proposalStep<CfnMethod>({
  ...METHOD,
  rule: API_KEY_ALONE.id,
  property: 'AuthorizationType',
  when: (method, site) => isOpen(method, site) && method.apiKeyRequired === true,
  chosen: isOpenOnPurpose,
  read: authorizationOf,
  after: 'an authorizer, or AWS_IAM',
  advice: API_KEY_ALONE.fix,
});

const CORS_ADVICE = proposalStep<CfnMethod>({
  ...METHOD,
  rule: CORS_ORIGIN_SCOPE.id,
  property: 'Integration.IntegrationResponses',
  when: (method, site) => method.httpMethod === 'OPTIONS' && originsOf(method, site).includes("'*'"),
  after: 'the origins of the app in Access-Control-Allow-Origin',
  advice: CORS_ORIGIN_SCOPE.fix,
});

/** It takes effect with the next deployment only, other policies hold for edge-optimized APIs, and each cuts off clients that nobody here knows. */
const TLS_ADVICE = proposalStep<CfnRestApi>({
  ...API,
  rule: DOMAIN_TLS_POLICY.id,
  property: 'SecurityPolicy',
  when: (api, site) => api.securityPolicy === undefined && !typesOf(api, site).includes('PRIVATE'),
  after: (api, site) => (typesOf(api, site).includes('REGIONAL') ? API_TLS_POLICY : 'a policy SecurityPolicy_…_EDGE'),
  advice: 'The address of the API takes TLS 1.0. See in the access log (tlsVersion) what clients speak, then set SecurityPolicy and EndpointAccessMode, and deploy the API: '
    + 'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-security-policies-update.html.',
});

const DOMAIN_TLS = valueStep<CfnDomainName>({
  ...DOMAIN,
  rule: DOMAIN_TLS_POLICY.id,
  property: 'SecurityPolicy',
  read: (domain) => domain.securityPolicy,
  secure: () => MUTUAL_TLS_POLICY,
  safe: (policy: string) => MODERN_TLS.test(policy),
  unsafe: (policy: string) => policy === 'TLS_1_0',
  write: (domain, policy) => { domain.securityPolicy = policy; },
  attention: 'Clients that speak nothing newer than TLS 1.1 cannot connect any more.',
});

/** A stage that a deployment makes by itself. */
const DEPLOYMENT_ADVICE = proposalStep<CfnDeployment>({
  area: HardeningArea.APIS,
  type: 'AWS::ApiGateway::Deployment',
  rule: STAGE_ACCESS_LOG.id,
  property: 'StageName',
  when: (deployment) => deployment.stageName !== undefined,
  read: (deployment) => deployment.stageName,
  after: 'an AWS::ApiGateway::Stage for it',
  advice: 'What a stage should have cannot be set where a deployment makes it: declare it as AWS::ApiGateway::Stage, and hardening sees to its logs, throttles and web ACL.',
});

function validate(method: CfnMethod, _: never, site: HardeningSite): void {
  const api = apiOf(method, site)!;
  const validator = hardeningPart(site, api, 'RequestValidator', (scope, id) => new CfnRequestValidator(scope, id, {
    restApiId: api.ref, validateRequestBody: true, validateRequestParameters: true,
  }));
  method.requestValidatorId = validator.ref;
  deployAgain(method, site);
}

/** Whether something stands behind a method: neither a preflight nor a constant that API Gateway answers by itself. */
function isAnswered(method: CfnMethod, site: HardeningSite): boolean {
  return method.httpMethod !== 'OPTIONS' && fieldOf(site, method, method.integration, 'type') !== 'MOCK';
}

function isOpen(method: CfnMethod, site: HardeningSite): boolean {
  return isOpenRoute(method, site) && isAnswered(method, site);
}

function originsOf(method: CfnMethod, site: HardeningSite): readonly unknown[] {
  const responses = fieldOf(site, method, method.integration, 'integrationResponses');
  return Array.isArray(responses)
    ? responses.map(({ responseParameters }) => responseParameters?.['method.response.header.Access-Control-Allow-Origin']) : [];
}

function typesOf(api: CfnRestApi, site: HardeningSite): readonly unknown[] {
  const types = fieldOf(site, api, api.endpointConfiguration, 'types');
  return Array.isArray(types) ? types : [];
}

/** What hardening does to REST APIs, their methods and domains. */
export const REST_API_HARDENING: readonly HardeningStep[] = [
  VALIDATION, NOTHING_TO_VALIDATE, VALIDATED_IN_PARTS, MODEL_ADVICE, AUTHORIZATION_ADVICE, API_KEY_ADVICE, ...OVERRIDDEN_AUTHORIZATION, CORS_ADVICE,
  TLS_ADVICE, DOMAIN_TLS, DEPLOYMENT_ADVICE,
];
