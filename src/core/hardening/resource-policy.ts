import { CfnResource, Lazy, Token } from 'aws-cdk-lib';
import { AddToResourcePolicyResult, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct, IConstruct } from 'constructs';
import { hardeningPart } from './hardening-part';
import { HardeningSite } from './hardening-site';
import { isIntrinsic } from './values/intrinsics';
import { flattenReference } from '../values/flatten-reference';
import { shareCondition } from '../values/resource-condition';

/** How the resources of a type get their policy. A second policy for one resource would overwrite the first, so what is there is extended. */
export interface PolicyKind {
  /** The type of the resource that holds the policy. */
  readonly policyType: string;
  /** Which resources a policy is for, tokens included. */
  readonly subjectsOf: (policy: CfnResource) => unknown;
  /** The name that an author gave a resource: policies may be for a name, a URL or an ARN that ends with it. */
  readonly nameOf: (resource: CfnResource) => unknown;
  readonly documentOf: (policy: CfnResource) => unknown;
  readonly write: (policy: CfnResource, document: object) => void;
  /** Makes a policy for a resource that has none and that no construct stands for. */
  readonly make: (scope: Construct, id: string, resource: CfnResource, document: PolicyDocument) => CfnResource;
  /** Has a policy name its resource as CDK knows it. A subclass may tell another name, as a property of Python that is overridden does. */
  readonly aim?: (policy: CfnResource, resource: CfnResource) => void;
  /** What the service allows where there is no policy: the first policy takes its place, and must go on allowing it. Nothing, if left out. */
  readonly standard?: (resource: CfnResource) => readonly PolicyStatement[];
  /** Another type that writes the same policy as a whole, and its subject: what one adds, the other would take away. */
  readonly rival?: { readonly type: string; readonly subjectOf: (policy: CfnResource) => unknown };
}

/** A statement as it is rendered. */
export interface RenderedStatement {
  readonly [field: string]: unknown;
}

/** A document as it is rendered. */
export interface RenderedDocument {
  readonly Version?: string;
  readonly Statement?: RenderedStatement | readonly RenderedStatement[];
}

/** A policy of a resource, and what it says. */
export interface PolicyWithStatements {
  readonly policy: CfnResource;
  readonly statements: readonly RenderedStatement[];
}

/** The statements of all policies of a resource; undefined where one of them is known only at deployment, or written by other means. */
export function statementsOf(kind: PolicyKind, resource: CfnResource, site: HardeningSite): readonly RenderedStatement[] | undefined {
  return statementsByPolicy(kind, resource, site)?.flatMap(({ statements }) => statements);
}

/** The same, policy by policy: of several policies for one resource the one that is written last counts, and nobody knows which that is. */
export function statementsByPolicy(kind: PolicyKind, resource: CfnResource, site: HardeningSite): readonly PolicyWithStatements[] | undefined {
  const found: PolicyWithStatements[] = [];
  if (hasRival(kind, resource, site)) return undefined;
  for (const policy of policiesOf(kind, resource, site)) {
    const document = site.resolve(policy, kind.documentOf(policy)) as { readonly Statement?: unknown } | undefined;
    const statements = [document?.Statement ?? []].flat();
    if (isIntrinsic(document) || statements.some(isIntrinsic)) return undefined;
    found.push({ policy, statements: statements as RenderedStatement[] });
  }
  return found;
}

/** Adds a statement to the policy of a resource: to the policy that is there, through the construct that stands for it, or to a new one. */
export function addToPolicy(kind: PolicyKind, resource: CfnResource, statement: PolicyStatement, site: HardeningSite): void {
  const [policy] = policiesOf(kind, resource, site);
  if (policy === undefined) return addFirstPolicy(kind, resource, [...kind.standard?.(resource) ?? [], statement], site);
  extendPolicy(kind, policy, statement);
}

/** Adds a statement to one policy, through the construct that stands for it. */
export function extendPolicy(kind: PolicyKind, policy: CfnResource, statement: PolicyStatement): void {
  const document = kind.documentOf(policy);
  if (takesStatements(document)) document.addStatements(statement);
  else kind.write(policy, extended(document, statement));
}

function addFirstPolicy(kind: PolicyKind, resource: CfnResource, statements: PolicyStatement[], site: HardeningSite): void {
  const owner = site.ownerOf(resource);
  if (hasOwnPolicy(owner) && statements.every((statement) => owner.addToResourcePolicy(statement).statementAdded)) {
    for (const made of owner.node.findAll()) {
      if (!CfnResource.isCfnResource(made) || made.cfnResourceType !== kind.policyType) continue;
      shareCondition(resource, made);
      if (!site.targets(made, kind.subjectsOf(made)).includes(resource)) kind.aim?.(made, resource);
      site.learn(made);
      site.room.grow(made);
    }
    return;
  }
  site.learn(hardeningPart(site, resource, 'Policy', (scope, id) => kind.make(scope, id, resource, new PolicyDocument({ statements }))));
}

interface WrittenDocument {
  readonly Statement?: unknown;
}

/** What is known only when it is rendered, as references between stacks are, stays so. */
function extended(document: unknown, statement: PolicyStatement): object {
  if (Token.isUnresolved(document)) {
    return Lazy.uncachedAny({ produce: (context) => extended(context.resolve(document), statement) });
  }
  const { Statement, ...rest } = (document ?? { Version: '2012-10-17' }) as WrittenDocument;
  const there = Token.isUnresolved(Statement) ? Lazy.uncachedAny({ produce: (context) => together(context.resolve(Statement), statement) })
    : together(Statement, statement);
  return { ...rest, Statement: there };
}

function together(statements: unknown, statement: PolicyStatement): readonly unknown[] {
  return [...[statements ?? []].flat(), statement.toStatementJson()];
}

function hasRival({ rival }: PolicyKind, resource: CfnResource, site: HardeningSite): boolean {
  return rival !== undefined && site.resources(rival.type).some((policy) => site.targets(policy, rival.subjectOf(policy)).includes(resource));
}

/** The policies of a resource, in tree order. */
function policiesOf(kind: PolicyKind, resource: CfnResource, site: HardeningSite): readonly CfnResource[] {
  const bySubject = site.once(`policies of type ${kind.policyType}`, () => new PoliciesBySubject(kind));
  return bySubject.of(resource, site);
}

/** Which policies a resource has. What is made later is looked at when it is asked for: policies do not change whom they are for. */
class PoliciesBySubject {
  private readonly bySubject = new Map<CfnResource | string, CfnResource[]>();
  private looked = 0;

  constructor(private readonly kind: PolicyKind) {}

  public of(resource: CfnResource, site: HardeningSite): readonly CfnResource[] {
    const policies = site.resources(this.kind.policyType);
    for (; this.looked < policies.length; this.looked++) {
      const policy = policies[this.looked];
      const subjects = this.kind.subjectsOf(policy);
      for (const subject of [...site.targets(policy, subjects), ...namesIn(policy, subjects, site)]) {
        this.bySubject.set(subject, [...this.bySubject.get(subject) ?? [], policy]);
      }
    }
    const found = [resource, ...namesIn(resource, this.kind.nameOf(resource), site)].flatMap((subject) => this.bySubject.get(subject) ?? []);
    return [...new Set(found)];
  }
}

/** The names with which texts end, where they mean something: in one account and region, or in one stack if the deployment makes them. */
function namesIn(resource: CfnResource, texts: unknown, site: HardeningSite): string[] {
  const { account, region, node: { path } } = resource.stack;
  return [site.resolve(resource, texts) ?? []].flat().map((text) => {
    const name = flattenReference(text).replace(/<AWS::(\w+)>/g, '<$1>').split(/[/:]/).pop()!;
    const place = [account, region].map((one) => flattenReference(resource.stack.resolve(one)));
    return JSON.stringify([...place, name.includes('<') ? path : '', name]);
  });
}

type Policed = IConstruct & { addToResourcePolicy(statement: PolicyStatement): AddToResourcePolicyResult };

function hasOwnPolicy(owner: IConstruct): owner is Policed {
  return typeof (owner as Partial<Policed>).addToResourcePolicy === 'function';
}

/** The documents of constructs are objects that take statements until they are rendered. */
function takesStatements(document: unknown): document is PolicyDocument {
  return typeof (document as Partial<PolicyDocument> | undefined)?.addStatements === 'function';
}
