import { AppModel } from '../../model/resources/app-model';
import { resourceMeant } from '../../model/resources/names';
import { Resource } from '../../model/resources/resource';
import { accessOf } from '../../model/rights/access';
import { hasServiceWildcard } from '../../model/rights/actions';
import { awsManagedPolicy, ManagedPolicyReach } from '../../model/rights/aws-managed-policies';
import { fail, notApplicable, Outcome, pass, Rule, Severity, unresolved } from '../../model/rule';
import { alternatives, at, entries, isUnresolved, Value } from '../../model/values/values';

const METHOD = 'AWS::ApiGateway::Method';
const INTEGRATION = 'AWS::ApiGatewayV2::Integration';
const SPECIFIED = ['AWS::ApiGateway::RestApi', 'AWS::ApiGatewayV2::Api'];

/** API Gateway takes this for "act with the credentials of the caller". */
const CALLER = /:iam::\*:user\/\*$/;

export const INTEGRATION_CALLER_CREDENTIALS: Rule = {
  id: 'IntegrationCallerCredentials',
  severity: Severity.MEDIUM,
  severityIn: { sandbox: Severity.LOW },
  appliesTo: [METHOD, INTEGRATION, ...SPECIFIED],
  title: 'An API acts with the credentials of its caller, or with a role that may do everything',
  why: 'With the caller\'s credentials, everybody who may call the API needs rights on what stands behind it, and can go there without the API. With a role that allows a '
    + 'whole service, a weakness of the mapping reaches everything in it.',
  fix: 'Give the integration a role of its own that allows the one action on the one resource.',
  risks: ['over-privilege', 'broken-authentication'],
  frameworks: ['OWASP Serverless S5', 'CSA SAS-04'],
  findingForm: 'caller or role, and the route of an OpenAPI document',
  check: (resource, app) => credentialsIn(resource).flatMap(({ value, location, route }) => alternatives(value).map((option): Outcome => {
    const suffix = route === undefined ? '' : ` ${route}`;
    if (option === undefined || option === null) return notApplicable();
    if (isUnresolved(option)) return unresolved(location, route);
    if (CALLER.test(app.describe(option) ?? '')) return fail(location, `caller${suffix}`);
    const role = resourceMeant(option, app, resource.stackId, 'AWS::IAM::Role');
    return role !== undefined && isWide(role, app) ? fail(location, `role${suffix}`) : pass();
  })),
};

interface Credentials {
  readonly value: Value;
  readonly location: string;
  readonly route?: string;
}

function credentialsIn(resource: Resource): readonly Credentials[] {
  if (resource.type === METHOD) return [{ value: resource.property('Integration.Credentials'), location: 'Properties.Integration.Credentials' }];
  if (resource.type === INTEGRATION) return [{ value: resource.property('CredentialsArn'), location: 'Properties.CredentialsArn' }];
  return entries(resource.property('Body.paths')).flatMap(([path, operations]) => entries(operations).map(([verb, operation]) => ({
    value: at(at(operation, 'x-amazon-apigateway-integration'), 'credentials'),
    location: `Properties.Body.paths.${path}.${verb}`,
    route: `${verb.toUpperCase()} ${path}`,
  })));
}

function isWide(role: Resource, app: AppModel): boolean {
  const managed = role.items('ManagedPolicyArns').map((arn) => awsManagedPolicy(app.describe(arn) ?? '')?.reach);
  return managed.some((reach) => reach === ManagedPolicyReach.ADMIN || reach === ManagedPolicyReach.FULL)
    || accessOf(role, app).some(({ statement }) => hasServiceWildcard(statement));
}

export const API_CREDENTIAL_RULES: readonly Rule[] = [INTEGRATION_CALLER_CREDENTIALS];
