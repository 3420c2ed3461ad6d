import { ArnFormat, CfnResource, Token } from 'aws-cdk-lib';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { flattenReference } from '../../values/flatten-reference';
import { HardeningSite } from '../hardening-site';

const LOG_GROUP = 'AWS::Logs::LogGroup';
const FUNCTION = 'AWS::Lambda::Function';

/** What CDK's older `logRetention` makes a group with, and sets how long it keeps entries. */
const RETENTION_RESOURCE = 'Custom::LogRetention';

/** The name that Lambda chooses for the group of a function. */
const LAMBDA_PREFIX = '/aws/lambda/';

/** Where a function writes its log. */
export interface FunctionLogs {
  /** The group's ARN as a statement names it, with the wildcard for its streams. */
  readonly arn: string;
  /** The group, where the app declares it as a resource. */
  readonly group?: CfnLogGroup;
  /**
   * The ARN is made of the function's own name: what names it is deployed after the function, so it must not stand in a policy that the function
   * waits for (in CDK, any policy below its role).
   */
  readonly afterFunction: boolean;
  /** Nobody declares the group: Lambda makes it on the first call, for which the role needs `logs:CreateLogGroup`. */
  readonly madeByLambda: boolean;
  /** The ARN stands for a group in each region. */
  readonly inAllRegions?: boolean;
  /** The ARN stands for the groups beside that one in which Lambda keeps what a web function logs in each region. */
  readonly besideGroup?: boolean;
}

/**
 * The log group that a function writes to.
 *
 * | LoggingConfig.LogGroup | `/aws/lambda/<name>` is | the function is said by | the group is |
 * |------------------------|-------------------------|-------------------------|--------------|
 * | a group of the app     | any                     | any                     | that one |
 * | a name                 | any                     | any                     | the one of that name, the app's or another one |
 * | none                   | a resource of the app   | its name, or a pointer  | that one |
 * | none                   | made by `logRetention`  | its name, or a pointer  | the one of that name |
 * | none                   | declared nowhere        | any                     | the one that Lambda makes |
 */
export function logGroupOf(fn: CfnFunction, site: HardeningSite): FunctionLogs {
  const chosen = site.overrideOf(fn, 'LoggingConfig.LogGroup') ?? readLogGroup(fn, site);
  const groups = NamedGroups.of(site);
  if (chosen !== undefined) {
    const target = site.target(fn, chosen);
    if (target?.cfnResourceType === LOG_GROUP) return declared(target as CfnLogGroup, false);
    const named = groups.named(fn, chosen);
    if (named !== undefined) return declared(named, false);
    return new UndeclaredLogs(fn, typeof chosen === 'string' ? chosen : Token.asString(chosen), target === fn, false);
  }
  const own = groups.ofFunction(fn);
  const literal = site.resolve(fn, fn.functionName) !== undefined && site.target(fn, fn.functionName) === undefined;
  if (own?.cfnResourceType === LOG_GROUP) return declared(own as CfnLogGroup, groups.isNamedAfterFunction(own));
  return new UndeclaredLogs(fn, `${LAMBDA_PREFIX}${literal ? fn.functionName : fn.ref}`, !literal, own === undefined);
}

/** The group of a name that the app declares, for what writes to it in the same account and region. */
export function namedLogGroup(writer: CfnResource, name: unknown, site: HardeningSite): CfnLogGroup | undefined {
  return NamedGroups.of(site).named(writer, name);
}

/** The group's name as the function has it, tokens included. */
export function readLogGroup(fn: CfnFunction, site: HardeningSite): unknown {
  const config = Token.isUnresolved(fn.loggingConfig) ? site.resolve(fn, fn.loggingConfig) : fn.loggingConfig;
  const group = (config as CfnFunction.LoggingConfigProperty | undefined)?.logGroup;
  return site.resolve(fn, group) === undefined ? undefined : group;
}

function declared(group: CfnLogGroup, afterFunction: boolean): FunctionLogs {
  return { arn: group.attrArn, group, afterFunction, madeByLambda: false };
}

/** A group that is not a resource of the app. Its ARN is made for those who ask: most only want to know who makes the group. */
class UndeclaredLogs implements FunctionLogs {
  constructor(
    private readonly fn: CfnFunction, private readonly name: string, public readonly afterFunction: boolean, public readonly madeByLambda: boolean,
  ) {}

  public get arn(): string {
    return this.fn.stack.formatArn({
      service: 'logs', resource: 'log-group', resourceName: `${this.name}:*`, arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
  }
}

/** Groups that the app declares with a name: resources, and those that `logRetention` makes at deployment. */
class NamedGroups {
  public static of(site: HardeningSite): NamedGroups {
    return site.once('log groups by name', () => new NamedGroups(site));
  }

  private readonly byName = new Map<string, CfnResource>();
  private readonly byFunction = new Map<CfnResource, CfnResource>();
  private readonly namedAfterFunctions = new Set<CfnResource>();

  private constructor(private readonly site: HardeningSite) {
    for (const group of [...site.resources(RETENTION_RESOURCE), ...site.resources(LOG_GROUP)]) {
      const name = nameOf(group);
      if (site.resolve(group, name) !== undefined) this.add(group, name);
    }
  }

  public named(writer: CfnResource, name: unknown): CfnLogGroup | undefined {
    const group = this.byName.get(keyOf(writer, name));
    return group?.cfnResourceType === LOG_GROUP ? group as CfnLogGroup : undefined;
  }

  public ofFunction(fn: CfnFunction): CfnResource | undefined {
    const pointed = this.byFunction.get(fn);
    if (pointed !== undefined || this.site.resolve(fn, fn.functionName) === undefined) return pointed;
    return this.byName.get(keyOf(fn, `${LAMBDA_PREFIX}${fn.functionName}`));
  }

  public isNamedAfterFunction(group: CfnResource): boolean {
    return this.namedAfterFunctions.has(group);
  }

  private add(group: CfnResource, name: unknown): void {
    this.byName.set(keyOf(group, name), group);
    const functions = this.site.targets(group, name).filter(({ cfnResourceType }) => cfnResourceType === FUNCTION);
    if (functions.length === 0) return;
    this.namedAfterFunctions.add(group);
    if (isLambdaName(group, name)) for (const fn of functions) this.byFunction.set(fn, group);
  }
}

function nameOf(group: CfnResource): unknown {
  if (group.cfnResourceType === LOG_GROUP) return (group as CfnLogGroup).logGroupName;
  return (Reflect.get(group, '_cfnProperties') as { readonly LogGroupName?: unknown } | undefined)?.LogGroupName;
}

function isLambdaName(group: CfnResource, name: unknown): boolean {
  return flattenReference(group.stack.resolve(name)).startsWith(LAMBDA_PREFIX);
}

/** Two names of one account and region with the same pieces are the same name; pointers mean something only in their own stack. */
function keyOf({ stack }: CfnResource, name: unknown): string {
  const text = flattenReference(stack.resolve(name));
  return JSON.stringify([text.includes('<') ? stack.node.path : '', flattenReference(stack.resolve(stack.account)), flattenReference(stack.resolve(stack.region)), text]);
}
