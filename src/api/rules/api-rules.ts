import { routesOf } from '../../model/entries/api-routes';
import { asksBrowsers, isValidated, Route, RouteAuthorization, routeName } from '../../model/entries/route';
import { hasWebAcl } from '../../model/entries/web-acl';
import { AppModel } from '../../model/resources/app-model';
import { Resource } from '../../model/resources/resource';
import { fail, notApplicable, Outcome, pass, Rule, RuleResult, Severity, unresolved } from '../../model/rule';

const ROUTE_TYPES = ['AWS::ApiGateway::Method', 'AWS::ApiGateway::RestApi', 'AWS::ApiGatewayV2::Api', 'AWS::ApiGatewayV2::Route'];
const REST_STAGE = 'AWS::ApiGateway::Stage';

export const ROUTE_AUTHORIZATION: Rule = {
  id: 'RouteAuthorization',
  severity: Severity.HIGH,
  appliesTo: ROUTE_TYPES,
  title: 'A route answers callers that did not authenticate',
  why: 'Anybody on the internet can run what stands behind the route. An API key does not say who calls, and a web ACL only thins the traffic out.',
  fix: 'Give the route an authorizer: a user pool, IAM, or a Lambda authorizer. Open a route on purpose with ApiAuth.open(reason) of SecureApi.',
  risks: ['broken-authentication', 'single-layer', 'attack-surface'],
  frameworks: ['FSBP APIGateway.8', 'CT.APIGATEWAY.PR.5', 'cdk-nag APIG4', 'OWASP Serverless S2', 'CSA SAS-02'],
  findingForm: 'method and path of the route, `GET /orders/{id}`; `$connect` for WebSocket APIs',
  check: (resource, app) => routesOf(resource, app).filter((route) => !route.preflight).map(judgeAuthorization),
};

export const ROUTE_VALIDATION: Rule = {
  id: 'RouteValidation',
  severity: Severity.MEDIUM,
  appliesTo: ['AWS::ApiGateway::Method', 'AWS::ApiGateway::RestApi'],
  title: 'A route hands requests to its handler that API Gateway did not validate',
  why: 'Malformed and oversized input reaches the code, is paid for, and is where injections begin.',
  fix: 'Give the method a RequestValidatorId for parameters and, where it takes a body, for the body, with RequestModels other than "Empty". '
    + 'addRoute of SecureApi takes the schema as body.',
  risks: ['no-front-line', 'runaway-use'],
  frameworks: ['cdk-nag APIG2', 'OWASP Serverless S1', 'CSA SAS-01'],
  findingForm: 'method and path of the route, `POST /orders`',
  check: (resource, app) => routesOf(resource, app).filter((route) => route.isMock !== true && route.validation !== undefined).map(judgeValidation),
};

export const API_WEB_ACL: Rule = {
  id: 'ApiWebAcl',
  severity: Severity.MEDIUM,
  appliesTo: [REST_STAGE],
  title: 'A stage of a REST API has no web ACL in front of it',
  why: 'Known attack patterns, hostile addresses and floods from a few of them reach authorizers and handlers.',
  fix: 'Associate a regional web ACL with the stage (AWS::WAFv2::WebACLAssociation). SecureApi does, except under profiles without web ACL.',
  risks: ['no-front-line'],
  frameworks: ['FSBP APIGateway.4', 'cdk-nag APIG3', 'OWASP Serverless S1'],
  control: 'webAcl',
  check: judgeWebAcl,
};

/**
 * A route that API Gateway answers by itself runs no code and holds no data but what its author wrote there.
 */
function judgeAuthorization(route: Route): Outcome {
  const isConstant = route.isMock === true && route.authorization === RouteAuthorization.NONE;
  if (asksBrowsers(route) || isConstant || route.authorization === RouteAuthorization.UNKNOWN) return unresolved(route.location, routeName(route));
  return route.authorization === RouteAuthorization.NONE ? fail(route.location, routeName(route)) : pass();
}

function judgeValidation(route: Route): Outcome {
  const location = route.declaredBy.type === 'AWS::ApiGateway::Method' ? 'Properties.RequestValidatorId' : route.location;
  const answer = isValidated(route);
  if (answer === undefined) return unresolved(location, routeName(route));
  return answer ? pass() : fail(location, routeName(route));
}

function judgeWebAcl(stage: Resource, app: AppModel): RuleResult {
  const api = app.target(stage.property('RestApiId'));
  if (api !== undefined && api.items('EndpointConfiguration.Types').includes('PRIVATE')) return notApplicable();
  const answer = hasWebAcl(stage, app);
  if (answer === undefined) return unresolved('Properties');
  return answer ? pass() : fail('Properties');
}

export const API_RULES: readonly Rule[] = [API_WEB_ACL, ROUTE_AUTHORIZATION, ROUTE_VALIDATION];
