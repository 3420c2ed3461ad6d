import { ArnFormat, Lazy, Names, Size, Stack, Token, TokenComparison } from 'aws-cdk-lib';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnLoggingConfiguration, CfnWebACL, CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';
import { BodySizeLimits } from './body-size-limits';
import { requireEdgeRegion } from './edge-region';
import { checkGeoRule, GeoRule } from './geo-rule';
import { checkCidrs, inAnyOf } from './ip-list';
import { ManagedRuleGroup } from './managed-rule-group';
import { anyOf, not, placed, requestsPerAddress, RuleBuilder, UnplacedRule, visibility } from './rule-builder';
import { WebAclAlarms, webAclWatches } from './web-acl-alarms';
import {
  BASELINE_GROUPS, BODY_GROUP, DESCRIPTION_LIMIT, EDGE_REGION, RATE_LIMIT, RATE_LIMIT_MAX, RATE_LIMIT_MIN, RESPONSES, SECRET_HEADERS,
} from './web-acl-baseline';
import { WebAclDenyList } from './web-acl-deny-list';
import { WebAclMode } from './web-acl-mode';
import { WebAclScope } from './web-acl-scope';
import { watch } from '../alarms/watch';
import { checkInteger, checkReason } from '../core/checks';
import { refuse } from '../core/configuration-error';
import { acknowledgeRule } from '../core/exceptions/acknowledgement';
import { recordWaiver } from '../core/exceptions/waiver';
import { markOwn } from '../core/own-part';
import { stackInstance } from '../core/stacks/stack-instance';
import { encryptedLogGroup } from '../logging/encrypted-log-group';

/** Choices for a web ACL. All of them may be left out. */
export interface SecureWebAclProps {
  /**
   * Whether the ACL stands in front of APIs of its region or in front of CloudFront. One for CloudFront must be made in a stack in us-east-1;
   * in a stack whose region is not known a rule of the template stops the deployment to any other region.
   * @default WebAclScope.REGIONAL
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-wafv2-webacl.html#cfn-wafv2-webacl-scope
   */
  readonly webAclScope?: WebAclScope;
  /**
   * Whether the ACL blocks or, for a first rollout, only counts.
   * @default WebAclMode.block()
   */
  readonly mode?: WebAclMode;
  /**
   * Requests that one address may make in five minutes, over all APIs behind this ACL; more are answered with 429.
   * Clients behind one company proxy share an address. At least 10, and less than the 3,000,000 that an account's APIs can take.
   * @default 2000
   */
  readonly rateLimit?: number;
  /**
   * CIDR blocks (IPv4 or IPv6) from which requests may come; everything else is blocked.
   * @default - from everywhere
   */
  readonly ipAllowList?: string[];
  /**
   * CIDR blocks (IPv4 or IPv6) from which nothing gets through, even if the allow list names them.
   * @default - none
   */
  readonly ipDenyList?: string[];
  /**
   * Countries from which requests may come.
   * @default - from everywhere
   */
  readonly countries?: GeoRule;
  /**
   * Managed rule groups to run besides the free baseline. Some cost extra.
   * @default - none
   */
  readonly extraGroups?: ManagedRuleGroup[];
  /**
   * Key of the log group. CloudWatch Logs must be able to use it; an own key's policy is extended for that.
   * @default - the stack's data key, or none where the profile settles for AWS-owned keys
   */
  readonly encryptionKey?: IKey;
  /**
   * What to watch.
   * @default - all alarms of the profile, with their default thresholds
   */
  readonly alarms?: WebAclAlarms;
}

/**
 * A web ACL with AWS's free managed rules, a rate limit per address, body limits by route, and a log without credentials.
 *
 * It costs about 10 USD a month (5 for the ACL, 1 for each rule) and 0.60 USD per million requests. WAF is one layer of several:
 * it never replaces authorization. Extra inspection of larger bodies is charged by AWS.
 *
 * @see https://aws.amazon.com/waf/pricing/
 */
export class SecureWebAcl extends Construct {
  /** The ACL itself. */
  public readonly cfnWebAcl: CfnWebACL;
  /** ARN of the ACL, for associations made elsewhere. */
  public readonly webAclArn: string;
  /** Where WAF logs to; its name begins with `aws-waf-logs-`, as WAF demands. */
  public readonly logGroup: ILogGroup;

  /** In front of what the ACL may stand. */
  public readonly webAclScope: WebAclScope;

  private readonly bodySizes = new BodySizeLimits(this);
  private bodiesExpected = false;
  private denyList?: WebAclDenyList;

  /**
   * @throws ConfigurationError [SecureWebAcl.RateLimit], [SecureWebAcl.Cidr], [SecureWebAcl.Country], [SecureWebAcl.CountOnlyReason],
   * [SecureWebAcl.Region]
   */
  constructor(scope: Construct, id: string, props: SecureWebAclProps = {}) {
    super(scope, id);
    markOwn(this);
    this.webAclScope = props.webAclScope ?? WebAclScope.REGIONAL;
    this.check(props);
    const metricName = Names.uniqueResourceName(this, { maxLength: 100, separator: '-' });
    const lists = this.listRules(props);
    const builder = this.builder(props);
    this.cfnWebAcl = new CfnWebACL(this, 'Resource', {
      scope: this.webAclScope,
      defaultAction: { allow: {} },
      description: this.description(),
      rules: Lazy.any({ produce: () => placed([...this.denyListRule(), ...lists, ...this.standingRules(builder, props)]) }),
      customResponseBodies: Object.fromEntries(Object.values(RESPONSES).map(({ key, body }) => [key, { content: body, contentType: 'APPLICATION_JSON' }])),
      associationConfig: Lazy.any({ produce: () => this.bodySizes.associationConfig(this.webAclScope) }),
      dataProtectionConfig: {
        dataProtections: [
          { field: { fieldType: 'SINGLE_HEADER', fieldKeys: SECRET_HEADERS }, action: 'SUBSTITUTION' },
          { field: { fieldType: 'QUERY_STRING' }, action: 'SUBSTITUTION' },
        ],
      },
      visibilityConfig: visibility(metricName),
    });
    this.webAclArn = this.cfnWebAcl.attrArn;
    this.logGroup = this.log(metricName, props.encryptionKey);
    watch(this, webAclWatches(this, metricName, this.webAclScope), { ...props.alarms });
  }

  /**
   * Puts the ACL in front of a regional resource, such as the stage of a REST API. A resource can have only one ACL.
   * The association is made in the scope given, so that checks that look at one stack only see both.
   * @throws ConfigurationError [SecureWebAcl.Scope] when the ACL is one for CloudFront: distributions name their ACL themselves
   * @throws ConfigurationError [SecureWebAcl.Elsewhere] when the scope stands in another account or region
   */
  public protect(scope: Construct, id: string, resourceArn: string): CfnWebACLAssociation {
    if (this.webAclScope === WebAclScope.CLOUDFRONT) {
      refuse(this, {
        code: 'SecureWebAcl.Scope', prop: 'protect', must: 'must not be called on a web ACL for CloudFront', fix: 'pass it to the distribution with EdgeWebAcl.of(acl)',
      });
    }
    this.checkPlace(scope);
    return new CfnWebACLAssociation(scope, id, { resourceArn, webAclArn: this.webAclArn });
  }

  /**
   * Accepts larger bodies on some paths. WAF enforces limits up to 64 KiB, for which AWS charges extra inspection above 16 KiB;
   * beyond that only API Gateway's own limit of 10 MiB holds.
   * @param pathPattern regular expression for the URI path as WAF sees it, stage name included
   * @param upTo the largest body accepted: more than 8 KiB, at most 10 MiB
   * @param hosts the names under which this holds, in lower case (left out: under all names, of everything behind this ACL)
   * @throws ConfigurationError [SecureWebAcl.BodySize], [SecureWebAcl.PathPattern]
   */
  public allowLargerBodies(pathPattern: string, upTo: Size, hosts?: string[]): void {
    this.bodySizes.add(pathPattern, upTo, hosts);
  }

  /** Says that a protected API takes bodies: they are looked through for SQL injection from now on. */
  public expectBodies(): void {
    this.bodiesExpected = true;
  }

  /**
   * Makes the list of addresses that are refused while the app runs, before all other rules and whatever the mode: the same at each call.
   * It costs one more rule, about 1 USD a month.
   */
  public runTimeDenyList(): WebAclDenyList {
    return this.denyList ??= new WebAclDenyList(this, 'RunTimeDenyList', this.webAclScope);
  }

  /**
   * Only counts bodies that are larger than the limit: for callers whose bodies nobody has looked at yet.
   * @internal
   */
  public _countLargeBodies(): void {
    this.bodySizes.countOnly();
  }

  private checkPlace(scope: Construct): void {
    const [own, other] = [Stack.of(this), Stack.of(scope)];
    const isElsewhere = [[own.account, other.account], [own.region, other.region]]
      .some(([here, there]) => Token.compareStrings(here, there) === TokenComparison.DIFFERENT);
    if (!isElsewhere) return;
    refuse(scope, {
      code: 'SecureWebAcl.Elsewhere',
      prop: 'webAcl',
      must: 'must stand in the account and region of what it protects',
      got: `${own.account}, ${own.region}`,
      fix: 'make a SecureWebAcl in a stack there',
    });
  }

  private check(props: SecureWebAclProps): void {
    if (this.webAclScope === WebAclScope.CLOUDFRONT) {
      requireEdgeRegion(this, {
        code: 'SecureWebAcl.Region',
        prop: 'webAclScope',
        must: `must not be CLOUDFRONT in a stack outside of ${EDGE_REGION}, the only region where such a web ACL can be made`,
        got: Stack.of(this).region,
        fix: `make the web ACL in a stack with env.region '${EDGE_REGION}'`,
      });
    }
    checkInteger(this, props.rateLimit, RATE_LIMIT_MIN, RATE_LIMIT_MAX, {
      code: 'SecureWebAcl.RateLimit', prop: 'rateLimit', fix: `leave it out to use ${RATE_LIMIT}`,
    });
    if (props.ipAllowList) checkCidrs(this, 'ipAllowList', props.ipAllowList);
    if (props.ipDenyList) checkCidrs(this, 'ipDenyList', props.ipDenyList);
    checkGeoRule(this, props.countries, 'SecureWebAcl');
  }

  /** WAF takes fewer characters here than ids may hold. */
  private description(): string {
    const guarded = this.webAclScope === WebAclScope.CLOUDFRONT ? 'distributions' : 'APIs';
    return `Guards the ${guarded} of ${this.node.path.replace(/[^A-Za-z0-9+=:#@/,.-]/g, '-')}`.slice(0, DESCRIPTION_LIMIT);
  }

  private builder(props: SecureWebAclProps): RuleBuilder {
    const reason = props.mode?._countReason;
    if (reason !== undefined) {
      checkReason(this, reason, { code: 'SecureWebAcl.CountOnlyReason', prop: 'mode', fix: 'say why nothing may be blocked yet' });
      recordWaiver(this, { control: 'WebAcl.mode', reason });
      acknowledgeRule(this, 'WebAclCount', reason);
    }
    return new RuleBuilder(reason !== undefined);
  }

  private denyListRule(): UnplacedRule[] {
    return this.denyList === undefined ? [] : [this.denyList._rule(new RuleBuilder(false))];
  }

  /** Lists block whatever the mode: they are the owner's word, not a guess that needs a trial. */
  private listRules(props: SecureWebAclProps): UnplacedRule[] {
    const blocking = new RuleBuilder(false);
    const rules: UnplacedRule[] = [];
    if (props.ipDenyList) {
      rules.push(blocking.own('IpDenyList', RESPONSES.forbidden, anyOf(inAnyOf(this, 'IpDenyList', this.webAclScope, props.ipDenyList))));
    }
    if (props.ipAllowList) {
      rules.push(blocking.own('IpAllowList', RESPONSES.forbidden, not(anyOf(inAnyOf(this, 'IpAllowList', this.webAclScope, props.ipAllowList)))));
    }
    if (props.countries && props.countries._everywhereReason === undefined) {
      const match = { geoMatchStatement: { countryCodes: [...props.countries._countries] } };
      rules.push(blocking.own('Countries', RESPONSES.forbidden, props.countries._allow ? not(match) : match));
    }
    return rules;
  }

  private standingRules(builder: RuleBuilder, props: SecureWebAclProps): UnplacedRule[] {
    return [
      builder.own('RateLimit', RESPONSES.tooMany, requestsPerAddress(props.rateLimit ?? RATE_LIMIT)),
      ...BASELINE_GROUPS.map((group) => builder.managed(group)),
      ...this.bodiesExpected ? [builder.managed(BODY_GROUP)] : [],
      ...this.bodySizes.rules(builder),
      ...(props.extraGroups ?? []).map((group) => builder.managed({ name: group.name }, group._configs)),
    ];
  }

  private log(name: string, givenKey: IKey | undefined): ILogGroup {
    const logGroup = encryptedLogGroup(this, 'Logs', { logGroupName: `aws-waf-logs-${name}-${stackInstance()}`, encryptionKey: givenKey });
    new CfnLoggingConfiguration(this, 'Logging', {
      resourceArn: this.webAclArn,
      // WAF takes the ARN without the `:*` that the attribute Arn of a log group ends in.
      logDestinationConfigs: [Stack.of(this).formatArn({
        service: 'logs', resource: 'log-group', resourceName: logGroup.logGroupName, arnFormat: ArnFormat.COLON_RESOURCE_NAME,
      })],
      redactedFields: [...SECRET_HEADERS.map((Name) => ({ singleHeader: { Name } })), { queryString: {} }],
    });
    return logGroup;
  }
}
