import { AppModel } from './app-model';
import { Resource } from './resource';
import { hasUnknown, textOf, Value } from './values';

/** Whether a web ACL stands in front of a stage of a REST API; undefined when an association names its stage only at deployment. */
export function hasWebAcl(stage: Resource, app: AppModel): boolean | undefined {
  const associated = app.index('web ACL associations', () => associationsOf(app));
  const api = app.target(stage.property('RestApiId'));
  if (associated.stages.has(stage.key) || (api !== undefined && associated.names.has(nameOf(api, stage.property('StageName'))))) return true;
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

/** An association names its stage by a pointer, or by the API and the name of the stage: `…/restapis/<Api>/stages/prod`. */
function associationsOf(app: AppModel): Associations {
  const arns = app.ofType('AWS::WAFv2::WebACLAssociation').flatMap((association) => association.alternatives('ResourceArn'))
    .map((arn) => ({ arn, targets: app.targets(arn) }));
  return {
    resources: new Set(arns.flatMap(({ targets }) => targets).map(({ key }) => key)),
    stages: new Set(arns.flatMap(({ targets }) => targets).filter(({ type }) => type === 'AWS::ApiGateway::Stage').map(({ key }) => key)),
    names: new Set(arns.flatMap(({ arn, targets }) => targets.filter(({ type }) => type === 'AWS::ApiGateway::RestApi')
      .map((api) => nameOf(api, textOf(arn)?.split('/stages/')[1])))),
    unknown: arns.some(({ arn }) => hasUnknown(arn)),
  };
}

function nameOf(api: Resource, stageName: Value): string {
  return `${api.key} ${typeof stageName === 'string' ? stageName : ''}`;
}
