import { Resource } from '../resources/resource';
import { alternatives, at, elements, entries, isList, isUnresolved, textOf, Value } from '../values/values';

export const REST_STAGE = 'AWS::ApiGateway::Stage';
export const REST_DEPLOYMENT = 'AWS::ApiGateway::Deployment';
export const HTTP_STAGE = 'AWS::ApiGatewayV2::Stage';

/** Types that make a stage. A deployment makes one of its own when it names it. */
export const STAGE_TYPES = [REST_STAGE, REST_DEPLOYMENT, HTTP_STAGE];

/** Settings that a stage has for all of its methods, or for some. */
export interface StageSetting {
  /** `GET /orders`; `*` for a part is everything. */
  readonly scope: string;
  readonly forAll: boolean;
  readonly location: string;
  /** A record; or unresolved. */
  readonly value: Value;
}

/** Where a resource keeps the settings of a stage: a prefix of property paths, or undefined when it makes no stage. */
export function stageRoot(resource: Resource): string | undefined {
  if (resource.type !== REST_DEPLOYMENT) return '';
  return resource.property('StageName') === undefined ? undefined : 'StageDescription.';
}

/** A property of the stage that a resource makes. */
export function stageProperty(stage: Resource, name: string): Value {
  return stage.property(`${stageRoot(stage) ?? ''}${name}`);
}

/** The place of such a property. */
export function stageLocation(stage: Resource, name: string): string {
  return `Properties.${stageRoot(stage) ?? ''}${name}`;
}

/**
 * One reading of the settings for each that may hold at deployment.
 *
 * | stage          | for all methods                                            | for some                 |
 * |----------------|------------------------------------------------------------|--------------------------|
 * | REST           | `MethodSettings` with `*` and `/*`                         | the other ones           |
 * | of a deployment| the stage's description itself, and its `MethodSettings`   | the other ones           |
 * | HTTP, WebSocket| `DefaultRouteSettings`                                     | `RouteSettings`, by route|
 */
export function stageSettings(stage: Resource): readonly (readonly StageSetting[])[] {
  if (stageRoot(stage) === undefined) return [];
  if (stage.type === HTTP_STAGE) return [httpSettings(stage)];
  const location = stageLocation(stage, 'MethodSettings');
  const own: StageSetting[] = stage.type === REST_DEPLOYMENT
    ? [{ scope: '* /*', forAll: true, location: 'Properties.StageDescription', value: stage.property('StageDescription') }] : [];
  return readings(stageProperty(stage, 'MethodSettings')).map((list) => [...own, ...list.map((value) => restSetting(value, location))]);
}

/** All settings, whichever may hold. */
export function allStageSettings(stage: Resource): readonly StageSetting[] {
  return stageSettings(stage).flat();
}

/** An element that a condition may leave out is missing in the worst reading, and there in another. */
function readings(settings: Value): readonly (readonly Value[])[] {
  return alternatives(settings).flatMap((option) => {
    const list = isList(option) ? option : option === undefined || option === null ? [] : [option];
    const missing = list.filter((element) => !alternatives(element).includes(undefined)).flatMap(alternatives);
    const present = elements(list);
    return missing.length === present.length ? [present] : [missing, present];
  });
}

function restSetting(value: Value, location: string): StageSetting {
  if (isUnresolved(value)) return { scope: '', forAll: false, location, value };
  const method = textOf(at(value, 'HttpMethod'))?.toUpperCase() ?? '';
  const path = (textOf(at(value, 'ResourcePath')) ?? '').replace(/^\/?(?=~1)/, '').replace(/~1/g, '/');
  return { scope: `${method} ${path}`, forAll: method === '*' && ['*', '/*', '*/*'].includes(path), location, value };
}

function httpSettings(stage: Resource): readonly StageSetting[] {
  const location = 'Properties.RouteSettings';
  return [
    { scope: '*', forAll: true, location: 'Properties.DefaultRouteSettings', value: stage.property('DefaultRouteSettings') },
    ...alternatives(stage.property('RouteSettings')).flatMap((settings): StageSetting[] => (isUnresolved(settings)
      ? [{ scope: '', forAll: false, location, value: settings }]
      : entries(settings).map(([scope, value]) => ({ scope, forAll: false, location: `${location}.${scope}`, value })))),
  ];
}
