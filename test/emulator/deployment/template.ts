/** A template as CDK writes it. */
export interface Template {
  readonly Resources: { readonly [id: string]: TemplateResource };
  readonly Outputs?: { readonly [id: string]: unknown };
  readonly Parameters?: { readonly [id: string]: unknown };
}

export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: { readonly [name: string]: any };
  readonly DependsOn?: string | string[];
}

/** What `Ref` and `Fn::GetAtt` give for a resource that CloudFormation does not make here: its name and its attributes. */
export interface Planned {
  readonly name: string;
  readonly attributes: (attribute: string) => string;
}

/**
 * What CloudFormation of the emulator can deploy of a template, and what it cannot. What is left out is replaced wherever it is named: by the name and
 * ARN that it will have, or would have.
 */
export function split(template: Template, isDeployable: (type: string) => boolean, plan: (id: string, resource: TemplateResource) => Planned): {
  readonly deployable: Template;
  readonly leftOut: ReadonlyMap<string, TemplateResource>;
} {
  const all = Object.entries(template.Resources);
  const leftOut = new Map(all.filter(([, { Type }]) => !isDeployable(Type)));
  const planned = new Map([...leftOut].map(([id, resource]) => [id, plan(id, resource)]));
  const replace = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map(replace);
    const { Ref: ref, 'Fn::GetAtt': attribute } = value as { 'Ref'?: string; 'Fn::GetAtt'?: [string, string] };
    if (ref !== undefined && planned.has(ref)) return planned.get(ref)!.name;
    if (attribute !== undefined && planned.has(attribute[0])) return planned.get(attribute[0])!.attributes(attribute[1]);
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, replace(inner)]));
  };
  const resources = all.filter(([id]) => !leftOut.has(id)).map(([id, { DependsOn, ...resource }]) => {
    const waitsFor = [DependsOn ?? []].flat().filter((one) => !leftOut.has(one));
    return [id, { ...replace(resource) as TemplateResource, ...waitsFor.length > 0 && { DependsOn: waitsFor } }];
  });
  return { deployable: { ...template, Resources: Object.fromEntries(resources), Outputs: replace(template.Outputs ?? {}) as Template['Outputs'] }, leftOut };
}

/** The types of resources, each once. */
export function typesOf(resources: Iterable<TemplateResource>): string[] {
  return [...new Set([...resources].map(({ Type }) => Type))].sort();
}
