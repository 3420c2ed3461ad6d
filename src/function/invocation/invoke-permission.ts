import { Lazy, Stack, Token } from 'aws-cdk-lib';
import { IGrantable, IPrincipal, PrincipalPolicyFragment } from 'aws-cdk-lib/aws-iam';
import { IFunction, Permission } from 'aws-cdk-lib/aws-lambda';
import { Construct, IConstruct } from 'constructs';
import { refuse } from '../../core/configuration-error';
import { fragmentOf } from '../../iam/principal-fragment';
import { accountInArn } from '../arn-account';
import { ACCOUNT_SCOPED_INVOKERS, ASYNC_INVOKERS } from '../function-baseline';

/** `arn:aws:s3:::*` and the like: every resource of a service. */
const WHOLE_SERVICE = /^\*$|^arn:[^:]*:[^:]*:[^:]*:[^:]*:\*$/;

/**
 * Completes a permission to call the function, or refuses it.
 *
 * | principal                    | source ARN                | result |
 * |------------------------------|---------------------------|--------|
 * | everybody                    | any                       | refused, unless bound to one organization |
 * | service                      | given                     | kept; the account is added where it was left out |
 * | service                      | a whole service           | refused |
 * | Config, SES, Secrets Manager | none                      | kept; bound to the account, as AWS documents |
 * | service                      | none, event source token  | kept: Alexa skills have no ARN |
 * | service                      | none                      | refused |
 * | account, role or user        | none                      | kept as it is |
 * | account, role or user        | given                     | refused: only services tell a source |
 * | function without its role    | any                       | refused: nobody can be named |
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html
 */
export function exactPermission(fn: IConstruct, permission: Permission): Permission {
  const fragment = fragmentOf(permission.principal);
  if (isEverybody(permission, fragment)) {
    refuse(fn, {
      code: 'SecureFunction.PublicPermission',
      prop: 'principal',
      must: 'must not be everybody',
      fix: 'name the account, role or service that calls the function, or your organization with new OrganizationPrincipal(id)',
    });
  }
  refuseUnknown(fn, fragment);
  const service = serviceOf(permission.principal);
  const { sourceArn, sourceAccount } = sourceOf(permission, fragment);
  if (service === undefined) {
    refuseSource(fn, permission);
    return permission;
  }
  if (sourceArn === undefined && !ACCOUNT_SCOPED_INVOKERS.includes(service) && permission.eventSourceToken === undefined) {
    refuse(fn, {
      code: 'SecureFunction.SourceArn',
      prop: 'sourceArn',
      must: `must name the resource in whose name ${service} calls the function, or anybody's resource could`,
      fix: 'add its ARN to the permission',
    });
  }
  if (sourceArn !== undefined && WHOLE_SERVICE.test(sourceArn)) {
    refuse(fn, {
      code: 'SecureFunction.SourceArn',
      prop: 'sourceArn',
      must: `must name one resource of ${service}`,
      got: sourceArn,
      fix: 'add its ARN to the permission',
    });
  }
  if (sourceAccount !== undefined || permission.eventSourceToken !== undefined) return permission;
  return { ...permission, sourceAccount: accountOf(fn, sourceArn) };
}

/** Only services tell in whose name they call: with a source, the permission of anybody else would let nobody in. */
function refuseSource(fn: IConstruct, { sourceArn, sourceAccount }: Permission): void {
  if (sourceArn === undefined && sourceAccount === undefined) return;
  refuse(fn, {
    code: 'SecureFunction.SourceArn',
    prop: sourceArn === undefined ? 'sourceAccount' : 'sourceArn',
    must: 'must be left out for a caller that is no service: it tells no source, and would be denied',
    got: sourceArn ?? sourceAccount,
    fix: 'name the account or role alone',
  });
}

/** Refuses callers that no policy could name, before CDK looks for what they are. */
export function checkCaller(fn: IConstruct, principal: IPrincipal): void {
  refuseUnknown(fn, fragmentOf(principal));
}

function refuseUnknown(fn: IConstruct, { principalJson }: PrincipalPolicyFragment): void {
  if (Object.keys(principalJson).length > 0) return;
  refuse(fn, {
    code: 'SecureFunction.UnknownCaller',
    prop: 'principal',
    must: 'must be known, and a function that was imported without its role is not',
    fix: 'import it with Function.fromFunctionAttributes(), which takes its role',
  });
}

const CALLS = Symbol.for('cdk-secure-serverless.calls');

/** Whom the functions of a role may call, by their roles. */
type Caller = IPrincipal & { [CALLS]?: Set<Caller> };

/**
 * Refuses callers that nobody can name, and functions that call each other in a circle: CDK lets each wait for its rights, and these name the
 * next, so that CloudFormation would not take the template.
 */
export function checkInvoker(fn: IFunction, grantee: IGrantable): void {
  const [caller, called]: Caller[] = [grantee.grantPrincipal, fn.grantPrincipal];
  checkCaller(fn, caller);
  if (!Construct.isConstruct(caller)) return; // a policy, for which no function waits, or somebody of elsewhere
  if (reaches(called, caller)) {
    refuse(fn, {
      code: 'SecureFunction.CallCircle',
      prop: 'grantee',
      must: 'must not be a function that this one calls, or this one itself: each of them waits for its rights, which name the next',
      got: (Construct.isConstruct(grantee) ? grantee : caller).node.path,
      fix: 'let them send messages by a queue, or give the right by a policy of its own, for which no function waits: new ManagedPolicy(this, id, { roles: [fn.role!] })',
    });
  }
  (caller[CALLS] ??= new Set()).add(called);
}

function reaches(from: Caller, to: Caller, seen = new Set<Caller>()): boolean {
  if (from === to) return true;
  seen.add(from);
  return [...from[CALLS] ?? []].some((next) => !seen.has(next) && reaches(next, to, seen));
}

/** Whether this caller hands events over without waiting for the answer. */
export function callsAsynchronously(permission: Permission): boolean {
  const service = serviceOf(permission.principal);
  return service !== undefined && ASYNC_INVOKERS.includes(service);
}

function isEverybody(permission: Permission, fragment: PrincipalPolicyFragment): boolean {
  const named = Object.values(fragment.principalJson).flat();
  const organization = permission.organizationId ?? condition(fragment, 'StringEquals', 'aws:PrincipalOrgID');
  return (named.includes('*') || bare(permission.principal).accountId === '*') && organization === undefined;
}

function serviceOf(principal: IPrincipal): string | undefined {
  const { service } = bare(principal);
  return service === undefined ? undefined : serviceName(service);
}

/** `s3` for `s3.amazonaws.com` and for `s3.eu-west-1.amazonaws.com`, also where the region is a reference. */
export function serviceName(principal: string): string {
  return principal
    .replace(/\.amazonaws\.com(?:\.cn)?$/, '')
    .replace(/\.\$\{Token\[[^\]]*\]\}$/, '')
    .replace(/\.[a-z]{2}(?:-[a-z]+){1,2}-\d$/, '');
}

type PrincipalMembers = IPrincipal & { readonly wrapped?: IPrincipal; readonly service?: string; readonly accountId?: unknown };

/** CDK tells the kinds of principals apart by their members too, and wraps those with conditions. */
function bare(principal: IPrincipal): PrincipalMembers {
  return (principal as PrincipalMembers).wrapped ?? principal;
}

function sourceOf(permission: Permission, fragment: PrincipalPolicyFragment): { sourceArn?: string; sourceAccount?: string } {
  return {
    sourceArn: permission.sourceArn ?? condition(fragment, 'ArnLike', 'aws:SourceArn'),
    sourceAccount: permission.sourceAccount ?? condition(fragment, 'StringEquals', 'aws:SourceAccount'),
  };
}

function condition({ conditions }: PrincipalPolicyFragment, operator: string, key: string): string | undefined {
  return (conditions as Record<string, Record<string, string> | undefined>)[operator]?.[key];
}

/**
 * A source in another account is named by its ARN; bucket ARNs name none, and are taken to be of this account.
 * CDK writes some ARNs before their resource exists, so references are looked at in the end.
 */
function accountOf(fn: IConstruct, sourceArn: string | undefined): string {
  const own = Stack.of(fn).account;
  if (sourceArn === undefined) return own;
  const named = (): string => accountInArn(fn, sourceArn) ?? own;
  return Token.isUnresolved(sourceArn) ? Lazy.string({ produce: named }) : named();
}
