import { createHash } from 'node:crypto';
import { Resources } from './parts';

/** The logical id that the synthesizer makes of a name. */
export const $ = (name: string): string => `${name}${createHash('sha1').update(name).digest('hex').slice(0, 8).toUpperCase()}`;

/** A text with pointers, joined as the synthesizer joins it. */
function joined(text: string, known: ReadonlySet<string>): unknown {
  const pieces = text.split(/(\$\{[^!}][^}]*\})/).filter((piece) => piece !== '').map((piece) => {
    const name = /^\$\{(.+)\}$/.exec(piece)?.[1];
    if (name === undefined) return piece;
    const [id, ...attribute] = name.split('.');
    const target = known.has(id) ? $(id) : id;
    return attribute.length === 0 ? { Ref: target } : { 'Fn::GetAtt': [target, attribute.join('.')] };
  });
  return { 'Fn::Join': ['', pieces] };
}

function renamed(value: unknown, known: ReadonlySet<string>): unknown {
  if (Array.isArray(value)) return value.map((one) => renamed(one, known));
  if (typeof value !== 'object' || value === null) return value;
  const { Ref, 'Fn::GetAtt': got, 'Fn::Sub': text } = value as Resources;
  if (typeof Ref === 'string') return { Ref: known.has(Ref) ? $(Ref) : Ref };
  if (Array.isArray(got)) return { 'Fn::GetAtt': [known.has(got[0] as string) ? $(got[0] as string) : got[0], got[1]] };
  if (typeof text === 'string') return joined(text, known);
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [
    name, name === 'DependsOn' && Array.isArray(one) ? one.map((id: string) => (known.has(id) ? $(id) : id)) : renamed(one, known),
  ]));
}

/** Resources as L2 constructs write them: hashed ids, joined texts, paths. */
export function likeCdk(stack: string, resources: Resources): Resources {
  const known = new Set(Object.keys(resources));
  return Object.fromEntries(Object.entries(resources).map(([id, resource]) => [
    $(id), { ...(renamed(resource, known) as Resources), Metadata: { 'aws:cdk:path': `${stack}/${id}/Resource` } },
  ]));
}

/** Rights in resources of their own, as many authors keep them; `Rights` follows the name of the role. */
export function rightsApart(resources: Resources, Type: string): Resources {
  const out: Resources = {};
  for (const [id, resource] of Object.entries(resources)) {
    const { Policies, ...rest } = (resource.Properties ?? {}) as Resources;
    if (resource.Type !== 'AWS::IAM::Role' || Policies === undefined) {
      out[id] = resource;
      continue;
    }
    const { PolicyName, PolicyDocument } = (Policies as Resources[])[0];
    out[id] = { ...resource, Properties: rest };
    out[`${id}Rights`] = {
      Type,
      Properties: {
        PolicyDocument,
        ...(Type === 'AWS::IAM::RolePolicy' ? { PolicyName, RoleName: { Ref: id } } : { Roles: [{ Ref: id }] }),
        ...(Type === 'AWS::IAM::Policy' ? { PolicyName } : {}),
      },
    };
  }
  return out;
}

/** Functions with names, and groups of logs that bear these names. */
export function namedGroups(resources: Resources): Resources {
  return Object.fromEntries(Object.entries(resources).map(([id, resource]) => {
    if (resource.Type === 'AWS::Lambda::Function') {
      const { LogGroup, ...logging } = resource.Properties.LoggingConfig as Resources;
      if (LogGroup === undefined) throw new Error(`${id} names no group`);
      return [id, { ...resource, Properties: { ...resource.Properties, FunctionName: { 'Fn::Sub': `\${AWS::StackName}-${id}` }, LoggingConfig: logging } }];
    }
    if (resource.Type === 'AWS::Logs::LogGroup' && resources[id.replace(/Logs$/, '')]?.Type === 'AWS::Lambda::Function') {
      return [id, { ...resource, Properties: { ...resource.Properties, LogGroupName: { 'Fn::Sub': `/aws/lambda/\${AWS::StackName}-${id.replace(/Logs$/, '')}` } } }];
    }
    return [id, resource];
  }));
}
