import { Stage } from 'aws-cdk-lib/aws-apigateway';
import { Construct, IConstruct } from 'constructs';
import { BODY_METHODS } from './api-baseline';
import { Route } from './routes/route';
import { refuse } from '../core/configuration-error';
import { acknowledge, NagPackId } from '../core/exceptions/acknowledgement';
import { SecurityProfile } from '../core/profile/security-profile';
import { GeoRule } from '../waf/geo-rule';
import { SecureWebAcl } from '../waf/secure-web-acl';
import { StackWebAcl } from '../waf/stack-web-acl';

/** What decides which web ACL stands in front of an API. */
export interface WebAclChoice {
  readonly webAcl?: SecureWebAcl;
  readonly ipAllowList?: string[];
  readonly ipDenyList?: string[];
  readonly countries?: GeoRule;
}

export function checkWebAclChoice(scope: IConstruct, choice: WebAclChoice): void {
  if (choice.webAcl === undefined || !hasLists(choice)) return;
  refuse(scope, {
    code: 'SecureApi.WebAcl',
    prop: 'webAcl',
    must: 'must not go with lists or countries of the API, which make an ACL of its own',
    fix: 'give the lists and countries to the SecureWebAcl',
  });
}

/**
 * | lists or countries | webAcl | profile's webAcl | ACL |
 * |--------------------|--------|------------------|-----|
 * | yes                | none   | any              | one of its own, about 10 USD a month more |
 * | no                 | given  | any              | the one given |
 * | no                 | none   | yes              | the stack's |
 * | no                 | none   | no               | none |
 */
export function webAclFor(scope: Construct, choice: WebAclChoice): SecureWebAcl | undefined {
  if (hasLists(choice)) {
    return new SecureWebAcl(scope, 'WebAcl', { ipAllowList: choice.ipAllowList, ipDenyList: choice.ipDenyList, countries: choice.countries });
  }
  return choice.webAcl ?? (SecurityProfile.of(scope).controls.webAcl ? StackWebAcl.of(scope) : undefined);
}

/** WAF works for private endpoints as for regional ones: it is tied to the stage. */
export function putWebAclInFront(scope: Construct, stage: Stage, webAcl: SecureWebAcl | undefined): void {
  if (webAcl !== undefined) {
    webAcl.protect(scope, 'WebAclAssociation', stage.stageArn);
    return;
  }
  const { name } = SecurityProfile.of(scope);
  acknowledge(stage.node.defaultChild!, NagPackId.AWS_SOLUTIONS, 'APIG3',
    `The profile '${name}' does without a web ACL, which costs about 10 USD a month while idle; authorization, throttles and request validation stand.`);
}

/**
 * The path as WAF sees it: with the stage in front at the execute-api address, with the base path or nothing at a domain.
 */
export function uriPattern(path: string, stageName: string, basePath: string | undefined): string {
  const prefixes = [stageName, ...basePath === undefined ? [] : [basePath]].map(literally).join('|');
  const segments = path.split('/').slice(1).filter((segment) => segment !== '').map((segment) => {
    if (!segment.startsWith('{')) return literally(segment);
    return segment.endsWith('+}') ? '.+' : '[^/]+';
  });
  return `^(/(${prefixes}))?/${segments.join('/')}/?$`;
}

/** Tells the ACL what a route needs. */
export function adaptWebAcl(webAcl: SecureWebAcl | undefined, route: Route, stageName: string, basePath: string | undefined): void {
  if (webAcl === undefined) return;
  if (BODY_METHODS.includes(route.method)) webAcl.expectBodies();
  const { maxBodySize } = route.options;
  if (maxBodySize !== undefined) webAcl.allowLargerBodies(uriPattern(route.path, stageName, basePath), maxBodySize);
}

function hasLists(choice: WebAclChoice): boolean {
  return choice.ipAllowList !== undefined || choice.ipDenyList !== undefined || choice.countries !== undefined;
}

function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
