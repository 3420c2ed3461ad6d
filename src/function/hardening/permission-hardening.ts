import { CfnResource } from 'aws-cdk-lib';
import { CfnPermission } from 'aws-cdk-lib/aws-lambda';
import { HardeningArea } from '../../core/hardening/hardening-area';
import { HardeningSite } from '../../core/hardening/hardening-site';
import { HardeningPlan, HardeningStep, Standing } from '../../core/hardening/steps/hardening-step';
import { CUSTOMARY_GRANTS } from '../../iam/account-baseline';
import { ACCOUNT_SCOPED_INVOKERS } from '../function-baseline';
import { serviceName } from '../invocation/invoke-permission';

/** Resources that name the function which a service without a source calls in their name, and where. */
const CALLERS: { readonly [service: string]: { readonly type: string; readonly property: string } } = {
  config: { type: 'AWS::Config::ConfigRule', property: 'source' },
  secretsmanager: { type: 'AWS::SecretsManager::RotationSchedule', property: 'rotationLambdaArn' },
  ses: { type: 'AWS::SES::ReceiptRule', property: 'rule' },
};

const ADVICE = 'Set SourceArn to the resource that calls, and SourceAccount to its account where that ARN holds none (S3). Without them somebody else\'s resource can call the function.';

/** Skills of Alexa have no ARN: they send a token of their own. */
const SENDS_TOKEN = 'alexa-appkit.amazon.com';
const TOKEN_ADVICE = 'Set EventSourceToken to the id of the skill, once it has one (amzn1.ask.skill.…). Without it everybody\'s skill can call the function.';

/**
 * The account behind a call, where the service does not name it by itself.
 *
 * | service                     | the caller is          | SourceAccount         |
 * |-----------------------------|------------------------|-----------------------|
 * | S3                          | a bucket of the app    | that of its stack     |
 * | S3                          | any other bucket       | proposed: it may be in another account |
 * | one that sends no source    | named in the app       | that of its stack     |
 * | one that sends no source    | not in the app         | proposed              |
 * | any other, without a source | nobody knows           | proposed, with SourceArn |
 * | Alexa                       | a skill                | proposed: its id, as EventSourceToken |
 *
 * CloudFormation makes the new permission before it takes the old one away: no call is refused in between.
 */
export const PERMISSION_HARDENING: readonly HardeningStep[] = [{
  area: HardeningArea.FUNCTIONS,
  type: 'AWS::Lambda::Permission',
  rule: 'InvokePermissionSource',
  plan: (resource, site) => {
    const permission = resource as CfnPermission;
    const principal: unknown = site.resolve(permission, permission.principal);
    if (principal === SENDS_TOKEN) return planToken(permission, site);
    if (typeof principal !== 'string' || !/\.amazonaws\.com(\.cn)?$/.test(principal)) return [];
    const [account, source] = (['sourceAccount', 'sourceArn'] as const).map((name) => valueOf(permission, name, site));
    if (account !== undefined || permission.eventSourceToken !== undefined) return [];
    return planAccount(permission, serviceName(principal), source, site);
  },
}];

function planToken(permission: CfnPermission, site: HardeningSite): HardeningPlan[] {
  const property = 'EventSourceToken';
  const isGiven = (site.overrideOf(permission, property) ?? permission.eventSourceToken) !== undefined;
  return isGiven ? [] : [{ standing: Standing.AUTHORS, property, after: 'the id of the skill', advice: TOKEN_ADVICE }];
}

function planAccount(permission: CfnPermission, service: string, source: unknown, site: HardeningSite): HardeningPlan[] {
  const namesAccount = source !== undefined && service !== 's3'; // by the ARN: those of buckets hold none
  if (namesAccount || isCustomary(service)) return [];
  const caller = callerOf(permission, service, site);
  if (caller === undefined) {
    const property = source === undefined && !ACCOUNT_SCOPED_INVOKERS.includes(service) ? 'SourceArn' : 'SourceAccount';
    return [{ standing: Standing.AUTHORS, property, after: 'who calls', advice: ADVICE }];
  }
  const { account } = caller.stack;
  return [{ standing: Standing.MISSING, property: 'SourceAccount', after: account, apply: () => { permission.sourceAccount = account; } }];
}

/** CDK lets load balancers call without a source: they send none. */
function isCustomary(service: string): boolean {
  return CUSTOMARY_GRANTS.function.services!.includes(service) && !ACCOUNT_SCOPED_INVOKERS.includes(service);
}

/** The resource of the app in whose name a service calls. */
function callerOf(permission: CfnPermission, service: string, site: HardeningSite): CfnResource | undefined {
  if (service === 's3') {
    const bucket = site.target(permission, permission.sourceArn);
    return bucket?.cfnResourceType === 'AWS::S3::Bucket' ? bucket : undefined;
  }
  const fn = site.target(permission, permission.functionName);
  if (!Object.hasOwn(CALLERS, service) || fn === undefined) return undefined;
  const { type, property } = CALLERS[service];
  return site.once(`functions by ${type}`, () => new Map(site.resources(type)
    .flatMap((one) => site.targets(one, Reflect.get(one, property)).map((target): [CfnResource, CfnResource] => [target, one])))).get(fn);
}

function valueOf(permission: CfnPermission, name: 'sourceAccount' | 'sourceArn', site: HardeningSite): unknown {
  return site.overrideOf(permission, `${name[0].toUpperCase()}${name.slice(1)}`) ?? site.resolve(permission, permission[name]);
}
