import { webAclBehind } from './web-acl-rules';
import { AppModel } from '../resources/app-model';
import { Resource } from '../resources/resource';
import { hasUnknown, isOfAnotherApp, Text, textOf, Unresolved, Value } from '../values/values';

/** Whether a web ACL stands in front of a stage of a REST API; undefined when an association names its stage only at deployment. */
export function hasWebAcl(stage: Resource, app: AppModel): boolean | undefined {
  const associated = app.index('web ACL associations', () => associationsOf(app));
  const api = app.target(stage.property('RestApiId'));
  if (associated.stages.has(stage.key)) return true;
  if (api !== undefined && stage.alternatives('StageName').every((name) => associated.names.has(nameOf(api, nameIn(name))))) return true;
  return associated.unknown ? undefined : false;
}

/** Whether a web ACL is associated with a resource by a pointer to it; undefined when an association names its resource only at deployment. */
export function hasWebAclOn(resource: Resource, app: AppModel): boolean | undefined {
  const { resources, unknown } = app.index('web ACL associations', () => associationsOf(app));
  return resources.has(resource.key) ? true : unknown ? undefined : false;
}

interface Associations {
  readonly resources: ReadonlySet<string>;
  readonly stages: ReadonlySet<string>;
  readonly names: ReadonlySet<string>;
  readonly unknown: boolean;
}

/**
 * An association names its stage by a pointer, or by the API and the name of the stage: `…/restapis/<Api>/stages/prod`.
 * One with an ACL for CloudFront is none: it cannot be deployed.
 */
function associationsOf(app: AppModel): Associations {
  const arns = app.ofType('AWS::WAFv2::WebACLAssociation')
    .filter((association) => !association.alternatives('WebACLArn').some((arn) => isForCloudFront(arn, app)))
    .flatMap((association) => association.alternatives('ResourceArn'))
    .map((arn) => ({ arn, targets: app.targets(arn) }));
  return {
    resources: new Set(arns.flatMap(({ targets }) => targets).map(({ key }) => key)),
    stages: new Set(arns.flatMap(({ targets }) => targets).filter(({ type }) => type === 'AWS::ApiGateway::Stage').map(({ key }) => key)),
    names: new Set(arns.flatMap(({ arn, targets }) => targets.filter(({ type }) => type === 'AWS::ApiGateway::RestApi')
      .map((api) => nameOf(api, nameIn(arn).split('/stages/')[1])))),
    unknown: arns.some(({ arn }) => hasUnknown(arn) && !isOfAnotherApp(arn)),
  };
}

/** Whether a web ACL can only stand in front of distributions. */
export function isForCloudFront(arn: Value, app: AppModel): boolean {
  const acl = webAclBehind(arn, app);
  return acl === undefined ? (textOf(arn) ?? '').includes(':global/webacl/') : acl.alternatives('Scope').includes('CLOUDFRONT');
}

/** Whether a web ACL can only stand in front of what lies in one region. */
export function isRegional(arn: Value, app: AppModel): boolean {
  const acl = webAclBehind(arn, app);
  return acl === undefined ? (textOf(arn) ?? '').includes(':regional/webacl/') : acl.alternatives('Scope').includes('REGIONAL');
}

function nameOf(api: Resource, stageName: string | undefined): string {
  return `${api.key} ${stageName ?? ''}`;
}

/** A text in which what is not known has a name, so that one parameter in two places is the same. */
function nameIn(value: Value): string {
  if (value instanceof Unresolved) return `<${value.because}>`;
  return value instanceof Text ? value.parts.map(nameIn).join('') : textOf(value) ?? '';
}
