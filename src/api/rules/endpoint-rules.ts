import { judgePrivatePolicy } from './private-policy';
import { apisBehind, DOMAIN_TYPES, domainsOf, hasDefaultEndpoint, isBypassedOrigin, isPrivate } from '../../model/entries/api-doors';
import { documentsOf } from '../../model/entries/openapi-routes';
import { AppModel } from '../../model/resources/app-model';
import { Resource } from '../../model/resources/resource';
import { expectEach, fail, notApplicable, Outcome, pass, Rule, RuleResult, Severity, unresolved } from '../../model/rule';
import { alternatives, at, elements, isUnresolved, textOf, Value } from '../../model/values/values';

const REST_API = 'AWS::ApiGateway::RestApi';
const HTTP_API = 'AWS::ApiGatewayV2::Api';
const [REST_DOMAIN, PRIVATE_DOMAIN, HTTP_DOMAIN] = DOMAIN_TYPES;

/** Policies that refuse everything below TLS 1.2. */
export const MODERN_TLS = /^(TLS_1_2|SecurityPolicy_TLS1[23]_\w+)$/;

export const API_DEFAULT_ENDPOINT: Rule = {
  id: 'ApiDefaultEndpoint',
  severity: Severity.LOW,
  appliesTo: [REST_API, HTTP_API],
  title: 'An API with a front door of its own still answers at its execute-api address',
  why: 'Callers go around what stands at the domain or at CloudFront: web ACL, client certificates, and the TLS policy.',
  fix: 'Set DisableExecuteApiEndpoint to true and call the API by its domain only, from CloudFront too. The domain option of SecureApi and SecureHttpApi does.',
  risks: ['attack-surface', 'no-front-line'],
  frameworks: ['OWASP Serverless S6', 'CSA SAS-03'],
  check: judgeDefaultEndpoint,
};

export const MUTUAL_TLS_TRUSTSTORE: Rule = {
  id: 'MutualTlsTruststore',
  severity: Severity.LOW,
  appliesTo: [REST_DOMAIN, HTTP_DOMAIN],
  title: 'Client certificates of a domain can be gone around or exchanged unnoticed',
  why: 'Without a version, whoever can write to the bucket lets in clients of any authority. At the execute-api address of the API, nobody asks for a certificate.',
  fix: 'Set TruststoreVersion to the version of the object, and DisableExecuteApiEndpoint of the API to true. The mutualTls option of our domains asks for the version.',
  risks: ['broken-authentication', 'third-party'],
  frameworks: ['OWASP Serverless S2', 'CSA SAS-02'],
  findingForm: 'TruststoreVersion or DefaultEndpoint',
  check: judgeTruststore,
};

export const DOMAIN_TLS_POLICY: Rule = {
  id: 'DomainTlsPolicy',
  severity: Severity.MEDIUM,
  appliesTo: [...DOMAIN_TYPES, REST_API],
  title: 'A domain of an API takes connections with outdated TLS',
  why: 'TLS 1.0 and 1.1 have known weaknesses: somebody on the way can read or change what is sent. REST API domains take them unless told otherwise.',
  fix: 'Set SecurityPolicy to TLS_1_2 or a SecurityPolicy_TLS13_… policy (securityPolicy: SecurityPolicy.TLS_1_2). The domains of our APIs use the newest that fits.',
  risks: ['misconfiguration', 'data-exposure'],
  frameworks: ['FSBP APIGateway.11', 'CT.APIGATEWAY.PR.6', 'cfn_nag W62', 'OWASP Serverless S3'],
  check: judgeTls,
};

export const PRIVATE_API_POLICY: Rule = {
  id: 'PrivateApiPolicy',
  severity: Severity.MEDIUM,
  appliesTo: [REST_API, PRIVATE_DOMAIN],
  title: 'A private API can be called from any VPC endpoint',
  why: 'Private means not from the internet: a VPC endpoint of any account can reach the API unless its policy says from which ones calls may come.',
  fix: 'Give the API a resource policy that denies calls unless aws:SourceVpce or aws:SourceVpc is yours; ApiEndpoint.privateVia of SecureApi writes it.',
  risks: ['attack-surface', 'broken-authentication'],
  frameworks: ['OWASP Serverless S2', 'OWASP Serverless S6', 'CSA SAS-02', 'CSA SAS-03'],
  check: judgePrivate,
};

function judgeDefaultEndpoint(api: Resource, app: AppModel): RuleResult {
  if (domainsOf(api, app).length === 0 && !isBypassedOrigin(api, app)) return notApplicable();
  const open = hasDefaultEndpoint(api);
  if (open === undefined) return unresolved('Properties.DisableExecuteApiEndpoint');
  return open && isPrivate(api) !== true ? fail('Properties.DisableExecuteApiEndpoint') : pass();
}

function judgeTruststore(domain: Resource, app: AppModel): RuleResult {
  const settings = domain.alternatives('MutualTlsAuthentication').filter((option) => option !== undefined && option !== null);
  if (settings.length === 0) return notApplicable();
  const location = 'Properties.MutualTlsAuthentication.TruststoreVersion';
  const versions = settings.map((option) => (isUnresolved(option) ? [option] : alternatives(at(option, 'TruststoreVersion')))).flat();
  const doors = apisBehind(domain, app).map((api): Outcome => {
    const open = hasDefaultEndpoint(api);
    if (open === undefined) return unresolved('Properties.MutualTlsAuthentication', 'DefaultEndpoint');
    return open ? fail('Properties.MutualTlsAuthentication', 'DefaultEndpoint') : pass();
  });
  return [...doors, expectEach(versions, location, (version) => version !== undefined && version !== null && version !== '', 'TruststoreVersion')];
}

/**
 * | resource                        | nothing said                         |
 * |---------------------------------|--------------------------------------|
 * | domain of REST APIs             | takes TLS 1.0                        |
 * | private domain, HTTP API domain | takes TLS 1.2 and newer              |
 * | REST API, at its own address    | is what AWS gives everybody: not judged |
 */
function judgeTls(resource: Resource): RuleResult {
  if (resource.type === HTTP_DOMAIN) {
    return resource.items('DomainNameConfigurations').map((one) => (
      expectTls(isUnresolved(one) ? [one] : alternatives(at(one, 'SecurityPolicy')), 'Properties.DomainNameConfigurations', true)));
  }
  const policies = resource.alternatives('SecurityPolicy');
  if (resource.type === REST_API && policies.every((policy) => policy === undefined)) return notApplicable();
  return expectTls(policies, 'Properties.SecurityPolicy', resource.type !== REST_DOMAIN);
}

function expectTls(policies: readonly Value[], location: string, mayBeMissing: boolean): Outcome {
  return expectEach(policies, location, (policy) => (policy === undefined ? mayBeMissing : MODERN_TLS.test(textOf(policy) ?? '')));
}

function judgePrivate(resource: Resource): RuleResult {
  const ofDomain = resource.type === PRIVATE_DOMAIN;
  const hidden = ofDomain ? true : isPrivate(resource);
  if (hidden === false) return notApplicable();
  const outcome = judgePrivatePolicy(policiesOf(resource), 'Properties.Policy');
  return hidden === undefined && outcome.kind === 'fail' ? unresolved(outcome.location) : outcome;
}

/** A document may hold the policy too. */
function policiesOf(resource: Resource): readonly Value[] {
  const own = resource.alternatives('Policy');
  if (own.some((policy) => policy !== undefined)) return own;
  const inBody = documentsOf(resource).flatMap((document) => (
    isUnresolved(document) ? [document] : elements(at(document, 'x-amazon-apigateway-policy'))));
  return inBody.length === 0 ? [undefined] : inBody;
}

export const ENDPOINT_RULES: readonly Rule[] = [API_DEFAULT_ENDPOINT, DOMAIN_TLS_POLICY, MUTUAL_TLS_TRUSTSTORE, PRIVATE_API_POLICY];
