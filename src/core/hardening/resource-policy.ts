import { CfnResource } from 'aws-cdk-lib';
import { AddToResourcePolicyResult, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct, IConstruct } from 'constructs';
import { hardeningPart } from './hardening-part';
import { HardeningSite } from './hardening-site';
import { isIntrinsic } from './intrinsics';

/** How the resources of a type get their policy. A second policy for one resource would overwrite the first, so what is there is extended. */
export interface PolicyKind {
  /** The type of the resource that holds the policy. */
  readonly policyType: string;
  /** Which resources a policy is for, tokens included. */
  readonly subjectsOf: (policy: CfnResource) => unknown;
  readonly documentOf: (policy: CfnResource) => unknown;
  readonly write: (policy: CfnResource, document: object) => void;
  /** Makes a policy for a resource that has none and that no construct stands for. */
  readonly make: (scope: Construct, id: string, resource: CfnResource, document: PolicyDocument) => CfnResource;
}

/** A statement as it is rendered. */
export interface RenderedStatement {
  readonly [field: string]: unknown;
}

/** The statements of all policies of a resource; undefined where one of them is known only at deployment. */
export function statementsOf(kind: PolicyKind, resource: CfnResource, site: HardeningSite): readonly RenderedStatement[] | undefined {
  const statements: RenderedStatement[] = [];
  for (const policy of policiesOf(kind, resource, site)) {
    const document = site.resolve(policy, kind.documentOf(policy)) as { readonly Statement?: unknown } | undefined;
    if (document === undefined) continue;
    const found = [document.Statement ?? []].flat();
    if (isIntrinsic(document) || found.some(isIntrinsic)) return undefined;
    statements.push(...found as RenderedStatement[]);
  }
  return statements;
}

/** Adds a statement to the policy of a resource: through the construct that stands for it, to the policy that is there, or to a new one. */
export function addToPolicy(kind: PolicyKind, resource: CfnResource, statement: PolicyStatement, site: HardeningSite): void {
  const owner = site.ownerOf(resource);
  const [policy] = policiesOf(kind, resource, site);
  if (hasOwnPolicy(owner) && owner.addToResourcePolicy(statement).statementAdded) return;
  if (policy === undefined) {
    site.learn(hardeningPart(site, resource, 'Policy', (scope, id) => kind.make(scope, id, resource, new PolicyDocument({ statements: [statement] }))));
    return;
  }
  const document = kind.documentOf(policy);
  if (takesStatements(document)) document.addStatements(statement);
  else kind.write(policy, extended(site.resolve(policy, document) as RenderedDocument, statement));
}

interface RenderedDocument {
  readonly Statement?: RenderedStatement | readonly RenderedStatement[];
}

function extended(document: RenderedDocument, statement: PolicyStatement): RenderedDocument {
  return { ...document, Statement: [...[document.Statement ?? []].flat(), statement.toStatementJson()] };
}

/** The policies of a resource, in tree order. */
function policiesOf(kind: PolicyKind, resource: CfnResource, site: HardeningSite): readonly CfnResource[] {
  const bySubject = site.once(`policies of type ${kind.policyType}`, () => new PoliciesBySubject(kind));
  return bySubject.of(resource, site);
}

/** Which policies a resource has. What is made later is looked at when it is asked for: policies do not change whom they are for. */
class PoliciesBySubject {
  private readonly bySubject = new Map<CfnResource, CfnResource[]>();
  private looked = 0;

  constructor(private readonly kind: PolicyKind) {}

  public of(resource: CfnResource, site: HardeningSite): readonly CfnResource[] {
    const policies = site.resources(this.kind.policyType);
    for (; this.looked < policies.length; this.looked++) {
      const policy = policies[this.looked];
      for (const subject of site.targets(policy, this.kind.subjectsOf(policy))) {
        this.bySubject.set(subject, [...this.bySubject.get(subject) ?? [], policy]);
      }
    }
    return this.bySubject.get(resource) ?? [];
  }
}

type Policed = IConstruct & { addToResourcePolicy(statement: PolicyStatement): AddToResourcePolicyResult };

function hasOwnPolicy(owner: IConstruct): owner is Policed {
  return typeof (owner as Partial<Policed>).addToResourcePolicy === 'function';
}

/** The documents of constructs are objects that take statements until they are rendered. */
function takesStatements(document: unknown): document is PolicyDocument {
  return typeof (document as Partial<PolicyDocument> | undefined)?.addStatements === 'function';
}
