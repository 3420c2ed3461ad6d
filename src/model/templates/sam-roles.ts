import { SAM_POLICY_TEMPLATES } from './sam-policies-baseline';
import { alphanumeric, Expansion, list, make, Raw, record } from './sam-support';
import { own } from './template-source';

const NO_VALUE = { Ref: 'AWS::NoValue' };

/** The role that SAM makes for a function or a state machine that has none. */
export function makeRole(expansion: Expansion, logicalId: string, service: string, attached: readonly string[], extra: readonly Raw[]): void {
  const properties = record(expansion.resources[logicalId].Properties);
  const policies = policiesIn(properties.Policies);
  make(expansion, logicalId, `${logicalId}Role`, 'AWS::IAM::Role', {
    AssumeRolePolicyDocument: properties.AssumeRolePolicyDocument ?? {
      Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: [service] }, Action: ['sts:AssumeRole'] }],
    },
    ManagedPolicyArns: [...attached.map(awsManaged), ...policies.map(managedPart).filter((arn) => arn !== NO_VALUE)],
    Policies: [...policies.map((policy, index) => inlinePart(policy, `${alphanumeric(logicalId)}Policy${index}`)).filter((one) => one !== NO_VALUE),
      ...extra.map((statement, index) => inline(`${alphanumeric(logicalId)}Own${index}`, { Statement: [statement] }))],
    Path: properties.RolePath,
    PermissionsBoundary: properties.PermissionsBoundary,
  });
}

function awsManaged(name: string): unknown {
  return { 'Fn::Sub': `arn:\${AWS::Partition}:iam::aws:policy/${name}` };
}

/** One policy or several, and a document given as such. */
function policiesIn(policies: unknown): readonly unknown[] {
  return list(policies);
}

/** What of a policy is the ARN of a managed one. */
function managedPart(policy: unknown): unknown {
  const branches = branchesOf(policy);
  if (branches !== undefined) return either(branches, managedPart);
  if (typeof policy === 'string') return policy.startsWith('arn:') ? policy : awsManaged(policy);
  const [key, ...more] = Object.keys(record(policy));
  return more.length === 0 && key !== undefined && (key === 'Ref' || key.startsWith('Fn::')) ? policy : NO_VALUE;
}

/** What of a policy is a document, or one of SAM's policy templates. */
function inlinePart(policy: unknown, name: string): unknown {
  const branches = branchesOf(policy);
  if (branches !== undefined) return either(branches, (branch) => inlinePart(branch, name));
  if (own(policy, 'Statement') !== undefined) return inline(name, record(policy));
  const [template, ...more] = Object.keys(record(policy));
  if (template === undefined || more.length > 0 || template === 'Ref' || template.startsWith('Fn::')) return NO_VALUE;
  const known = own(SAM_POLICY_TEMPLATES, template) as (typeof SAM_POLICY_TEMPLATES)[string] | undefined;
  if (known === undefined) return inline(name, { 'Fn::Transform': { Name: template } });
  const parameters = record(record(policy)[template]);
  const Resource = known.resources.map((arn) => (arn === '*' ? arn : { 'Fn::Sub': [arn, parameters] }));
  return inline(name, { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: known.actions, Resource }] });
}

function inline(PolicyName: string, PolicyDocument: Raw): Raw {
  return { PolicyName, PolicyDocument };
}

function branchesOf(policy: unknown): readonly unknown[] | undefined {
  const branches = own(policy, 'Fn::If');
  return Array.isArray(branches) && branches.length === 3 ? branches : undefined;
}

function either([condition, yes, no]: readonly unknown[], part: (policy: unknown) => unknown): unknown {
  const [one, other] = [part(yes), part(no)];
  return one === NO_VALUE && other === NO_VALUE ? NO_VALUE : { 'Fn::If': [condition, one, other] };
}
