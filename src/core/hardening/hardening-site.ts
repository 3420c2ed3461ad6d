import { CfnResource, Reference, Stack, Stage, Token, Tokenization } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { StackRoom } from './stack-room';
import { logicalIdsIn } from './values/intrinsics';
import { logicalIdOf } from './values/logical-id';
import { partsAt } from './values/parts-of-value';
import { ReferenceCollector, ReferenceMarker } from './values/reference-collector';
import { SecurityControls } from '../profile/security-controls';
import { SecurityProfile } from '../profile/security-profile';

/** What the steps of hardening may ask about the stage that they work on. */
export class HardeningSite {
  /** How much each stack still takes. */
  public readonly room: StackRoom;
  private readonly byType = new Map<string, CfnResource[]>();
  private readonly byLogicalId = new Map<Stack, Map<string, CfnResource>>();
  private readonly known = new Set<CfnResource>();
  private readonly kept = new Map<string, unknown>();

  constructor(
    /** The app, or the stage in it, that is about to be synthesized. */
    public readonly stage: Stage,
    resources: readonly CfnResource[],
  ) {
    for (const resource of resources) this.learn(resource);
    this.room = new StackRoom(resources);
  }

  /** The resources of a type, whoever made them. */
  public resources(type: string): readonly CfnResource[] {
    return this.byType.get(type) ?? [];
  }

  /** The types of which there are resources. */
  public types(): readonly string[] {
    return [...this.byType.keys()];
  }

  /** Takes in a resource that was made after the site. */
  public learn(resource: CfnResource): void {
    if (this.known.has(resource)) return;
    this.known.add(resource);
    const ofType = this.byType.get(resource.cfnResourceType);
    if (ofType === undefined) this.byType.set(resource.cfnResourceType, [resource]);
    else ofType.push(resource);
    this.byLogicalId.get(resource.stack)?.set(logicalIdOf(resource), resource);
  }

  /** What the profile asks for where a resource stands. */
  public controls(resource: IConstruct): SecurityControls {
    return SecurityProfile.of(resource).controls;
  }

  /** A value as it will be rendered, and undefined for one that renders to nothing. */
  public resolve(resource: IConstruct, value: unknown): unknown {
    if (value === undefined || value === null) return undefined;
    if (typeof value === 'boolean' || typeof value === 'string' && !Token.isUnresolved(value)) return value;
    const resolved: unknown = Stack.of(resource).resolve(value);
    return isEmpty(resolved) ? undefined : resolved;
  }

  /** What an escape hatch sets for a property: it wins over all that is written to the resource. */
  public overrideOf(resource: CfnResource, property: string): unknown {
    const overrides = Reflect.get(resource, 'rawOverrides') as { readonly Properties?: unknown };
    let value = overrides.Properties;
    for (const name of property.split('.')) {
      if (typeof value !== 'object' || value === null) return undefined;
      value = Reflect.get(value, name);
    }
    return value;
  }

  /** The resources that a value names, in this stack or another one. */
  public targets(resource: IConstruct, value: unknown): CfnResource[] {
    if (value === undefined || !Token.isUnresolved(value) && typeof value !== 'object') return [];
    const pointed = pointedBy(value);
    if (pointed !== undefined) return [pointed];
    const collector = new ReferenceCollector();
    const rest: unknown = Tokenization.resolve(value, { scope: resource, resolver: collector, preparing: true });
    const found = collector.references.map(({ target }) => target).filter((target) => CfnResource.isCfnResource(target)) as CfnResource[];
    const others = logicalIdsIn(rest).map((id) => this.inStackOf(resource).get(id)).filter((one) => one !== undefined);
    return [...new Set([...found, ...others])];
  }

  /** The resources that a part of a value names, by its path through objects and lists: `['deadLetterConfig', 'arn']` of the targets of a rule. */
  public targetsAt(resource: IConstruct, value: unknown, path: readonly string[]): CfnResource[] {
    if (value === undefined) return [];
    const resolver = new ReferenceMarker();
    const part = partsAt(Tokenization.resolve(value, { scope: resource, resolver, preparing: true }), path);
    const found = resolver.in(part).map(({ target }) => target).filter((target) => CfnResource.isCfnResource(target)) as CfnResource[];
    const inStack = logicalIdsIn(part).map((id) => this.inStackOf(resource).get(id)).filter((one) => one !== undefined);
    return [...new Set([...found, ...inStack])];
  }

  /** The one resource that a value names. */
  public target(resource: IConstruct, value: unknown): CfnResource | undefined {
    const [first, ...rest] = this.targets(resource, value);
    return rest.length === 0 ? first : undefined;
  }

  /** A table over the whole stage that several steps share: made once. */
  public once<T>(name: string, make: () => T): T {
    if (!this.kept.has(name)) this.kept.set(name, make());
    return this.kept.get(name) as T;
  }

  /** The construct that stands for a resource: the one whose default child it is, or the resource itself. */
  public ownerOf(resource: CfnResource): IConstruct {
    const { scope } = resource.node;
    return scope !== undefined && scope.node.defaultChild === resource ? scope : resource;
  }

  private inStackOf(resource: IConstruct): ReadonlyMap<string, CfnResource> {
    const stack = Stack.of(resource);
    const known = this.byLogicalId.get(stack);
    if (known !== undefined) return known;
    const made = new Map<string, CfnResource>();
    for (const candidates of this.byType.values()) {
      for (const one of candidates) if (one.stack === stack) made.set(logicalIdOf(one), one);
    }
    this.byLogicalId.set(stack, made);
    return made;
  }
}

/** The resource to which a value is a reference and nothing else: most are, and need not be resolved to be read. */
function pointedBy(value: unknown): CfnResource | undefined {
  const token = typeof value === 'string' ? Tokenization.reverse(value, { failConcat: false }) : value;
  return Reference.isReference(token) && CfnResource.isCfnResource(token.target) ? token.target : undefined;
}

/** CloudFormation reads nothing, an empty list and an empty object alike. */
function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || typeof value === 'object' && Object.keys(value).length === 0;
}
