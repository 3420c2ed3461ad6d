import { ACCOUNT, Deployed, REGION } from './deployed';
import { decide, Request, RequestContext, Statement } from './iam-to-cedar';

/** A policy that hangs on a resource. */
interface ResourcePolicy {
  readonly arn: string;
  readonly statements: readonly Statement[];
}

type Document = { readonly Statement: Statement | readonly Statement[] };

const statementsOf = (document: unknown): Statement[] => (document === undefined ? [] : [(document as Document).Statement].flat() as Statement[]);

/** Who calls: a role of the stack, a role of another account, or a service. */
export type Caller = { readonly role: string } | { readonly service: string };

/**
 * Whether a call is allowed, by the rules of AWS: an explicit deny wins; within one account the caller's policy or the resource's is
 * enough; between accounts, both are needed (the other account's own policy is taken to allow all); the policy of a key, and the trust of a
 * role, must always let the caller in, by name or by leaving it to the account.
 */
export function may(stack: Deployed, caller: Caller, action: string, resource: string, context: RequestContext): boolean {
  const attached = resourcePolicies(stack).filter(({ arn }) => arn === resource || resource.startsWith(`${arn}/`) || resource.startsWith(`${arn}:`))
    .flatMap(({ statements }) => statements.map((one) => ({ Resource: '*', ...one })));
  const identity = 'role' in caller ? identityStatements(stack, caller.role) : [];
  const principals = 'role' in caller ? [caller.role, accountOf(caller.role), `arn:aws:iam::${accountOf(caller.role)}:root`] : [caller.service];
  const request: Request = { principals, action, resource, context: { ...usual(caller), ...context } };
  const denials = [...identity, ...attached].filter(({ Effect }) => Effect === 'Deny');
  if (denials.length > 0 && !decide([EVERYTHING, ...denials], request)) return false;

  const ownPolicyAllows = decide(identity, request);
  const nameIsLetIn = decide(attached, { ...request, principals: principals.slice(0, 1) });
  const accountIsLetIn = decide(attached, request);
  if ('service' in caller) return nameIsLetIn;
  if (accountOf(caller.role) !== ACCOUNT) return accountIsLetIn;
  return nameIsLetIn || (ownPolicyAllows && (accountIsLetIn || !/^(?:kms|sts):/.test(action)));
}

const EVERYTHING: Statement = { Effect: 'Allow', Action: '*', Resource: '*' };

const accountOf = (arn: string) => arn.split(':')[4];

/** What AWS puts into the context of each request. */
function usual(caller: Caller): RequestContext {
  const transport = { 'aws:SecureTransport': 'true', 's3:TlsVersion': '1.3', 'aws:ResourceAccount': ACCOUNT, 'aws:RequestedRegion': REGION };
  return 'service' in caller
    ? { ...transport, 'aws:PrincipalIsAWSService': 'true', 'aws:PrincipalServiceName': caller.service }
    : { ...transport, 'aws:PrincipalIsAWSService': 'false', 'aws:PrincipalArn': caller.role, 'aws:PrincipalAccount': accountOf(caller.role) };
}

/** The statements of a role: inline, attached as inline policies, attached as managed ones. */
function identityStatements({ resources }: Deployed, roleArn: string): Statement[] {
  const all = Object.values(resources);
  const role = all.find(({ type, arn }) => type === 'AWS::IAM::Role' && arn === roleArn);
  const inside = ((role?.properties.Policies ?? []) as { PolicyDocument: Document }[]).flatMap(({ PolicyDocument }) => statementsOf(PolicyDocument));
  const attached = all
    .filter(({ type, properties }) => ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy'].includes(type) && (properties.Roles as string[]).includes(role?.ref ?? ''))
    .flatMap(({ properties }) => statementsOf(properties.PolicyDocument));
  return [...inside, ...attached];
}

function resourcePolicies({ resources }: Deployed): ResourcePolicy[] {
  const all = Object.values(resources);
  const byRef = (ref: unknown) => all.find((one) => one.ref === ref || one.arn === ref)?.arn ?? String(ref);
  return all.flatMap(({ type, properties, arn }): ResourcePolicy[] => {
    switch (type) {
      case 'AWS::IAM::Role': return [{ arn, statements: statementsOf(properties.AssumeRolePolicyDocument) }];
      case 'AWS::KMS::Key': return [{ arn, statements: statementsOf(properties.KeyPolicy) }];
      case 'AWS::IAM::Role': return [{ arn, statements: statementsOf(properties.AssumeRolePolicyDocument) }];
      case 'AWS::S3::BucketPolicy': return [{ arn: byRef(properties.Bucket), statements: statementsOf(properties.PolicyDocument) }];
      case 'AWS::SQS::QueuePolicy': return (properties.Queues as string[]).map((queue) => ({ arn: byRef(queue), statements: statementsOf(properties.PolicyDocument) }));
      case 'AWS::SNS::TopicPolicy': return (properties.Topics as string[]).map((topic) => ({ arn: byRef(topic), statements: statementsOf(properties.PolicyDocument) }));
      case 'AWS::SecretsManager::ResourcePolicy': return [{ arn: byRef(properties.SecretId), statements: statementsOf(properties.ResourcePolicy) }];
      case 'AWS::Events::EventBusPolicy': return [{ arn: byRef(properties.EventBusName), statements: [properties.Statement as Statement] }];
      case 'AWS::DynamoDB::GlobalTable': return (properties.Replicas as { ResourcePolicy?: { PolicyDocument: unknown } }[])
        .map(({ ResourcePolicy }) => ({ arn, statements: statementsOf(ResourcePolicy?.PolicyDocument) }));
      case 'AWS::ApiGateway::RestApi': return [{ arn, statements: statementsOf(properties.Policy).map((one) => fromApi(arn, one)) }];
      case 'AWS::Lambda::Permission': {
        const callee = byRef(properties.FunctionName);
        return [{ arn: callee, statements: [{ ...permissionStatement(properties), Resource: callee }] }]; // its versions and aliases have their own
      }
      default: return [];
    }
  });
}

/** Policies of REST APIs may leave out the ARN up to the id of the API: `execute-api:/prod/GET/orders`. */
function fromApi(arn: string, statement: Statement): Statement {
  return { ...statement, Resource: [statement.Resource ?? '*'].flat().map((one) => one.replace(/^execute-api:/, arn)) };
}

/** A permission of Lambda, as the statement that Lambda makes of it. */
function permissionStatement(properties: { readonly [name: string]: unknown }): Statement {
  const { Principal, Action, SourceArn, SourceAccount, PrincipalOrgID, FunctionUrlAuthType } = properties as Record<string, string | undefined>;
  const service = Principal!.endsWith('.amazonaws.com');
  const equals = {
    ...SourceAccount === undefined ? {} : { 'aws:SourceAccount': SourceAccount },
    ...PrincipalOrgID === undefined ? {} : { 'aws:PrincipalOrgID': PrincipalOrgID },
    ...FunctionUrlAuthType === undefined ? {} : { 'lambda:FunctionUrlAuthType': FunctionUrlAuthType },
  };
  return {
    Effect: 'Allow',
    Principal: service ? { Service: Principal! } : { AWS: Principal! },
    Action: Action!,
    Condition: { StringEquals: equals, ...SourceArn === undefined ? {} : { ArnLike: { 'aws:SourceArn': SourceArn } } },
  };
}
