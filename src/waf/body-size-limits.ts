import { Size } from 'aws-cdk-lib';
import { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import { IConstruct } from 'constructs';
import { allOf, anyOf, bodyLargerThan, hostIs, not, pathMatches, RuleBuilder, UnplacedRule } from './rule-builder';
import { BODY_INSPECTION_STEPS, BODY_LIMIT_BYTES, BODY_MAX_BYTES, REGEX_LIMIT, RESPONSES } from './web-acl-baseline';
import { WebAclScope } from './web-acl-scope';
import { checkKnown } from '../core/checks';
import { refuse } from '../core/configuration-error';

/**
 * How large bodies may be, by path.
 *
 * The managed common rule set blocks every body over 8 KB, without a trace in the function's logs. Here that rule only
 * counts, and rules of our own decide:
 *
 * | path              | limit           | who refuses a larger body |
 * |-------------------|-----------------|---------------------------|
 * | without a limit   | 8 KiB           | WAF, with 413 |
 * | with its own      | up to 64 KiB    | WAF, with 413; it looks at as much of a body as the largest such limit needs |
 * | with its own      | 64 KiB to 10 MiB| API Gateway at 10 MiB: WAF cannot see that far |
 */
export class BodySizeLimits {
  private counting = false;
  private readonly limits: { readonly where: CfnWebACL.StatementProperty; readonly bytes: number }[] = [];

  constructor(private readonly scope: IConstruct) {}

  public add(pattern: string, upTo: Size, hosts: readonly string[] = []): void {
    checkKnown(this.scope, upTo, { code: 'SecureWebAcl.BodySize', prop: 'upTo', fix: 'leave it out to accept bodies up to 8 KiB' });
    const bytes = upTo.toBytes();
    if (!(bytes > BODY_LIMIT_BYTES && bytes <= BODY_MAX_BYTES)) { // NaN is neither
      refuse(this.scope, {
        code: 'SecureWebAcl.BodySize',
        prop: 'upTo',
        must: 'must lie above 8 KiB and be at most 10 MiB, the most that API Gateway takes',
        got: `${bytes} bytes`,
        fix: 'leave it out to accept bodies up to 8 KiB',
      });
    }
    if (pattern.length > REGEX_LIMIT) {
      refuse(this.scope, {
        code: 'SecureWebAcl.PathPattern',
        prop: 'pathPattern',
        must: `must have at most ${REGEX_LIMIT} characters`,
        got: `${pattern.length} characters`,
        fix: 'shorten the path',
      });
    }
    const where = allOf([pathMatches(pattern), ...hosts.length === 0 ? [] : [anyOf(hosts.map(hostIs))]]);
    this.limits.push({ where, bytes });
  }

  /** Lets larger bodies through where no limit is given, and counts them. */
  public countOnly(): void {
    this.counting = true;
  }

  public rules(builder: RuleBuilder): UnplacedRule[] {
    const elsewhere = this.limits.length === 0 ? [] : [not(anyOf(this.limits.map(({ where }) => where)))];
    const everywhere = (this.counting ? new RuleBuilder(true) : builder).own('BodySize', RESPONSES.tooLarge, allOf([bodyLargerThan(BODY_LIMIT_BYTES), ...elsewhere]));
    return [everywhere, ...this.enforceable().map(([bytes, places]) => builder.own(
      `BodySize${bytes}`, RESPONSES.tooLarge, allOf([bodyLargerThan(bytes), anyOf(places)])))];
  }

  /** Undefined leaves the default of 16 KiB, which costs nothing extra. */
  public associationConfig(scope: WebAclScope): CfnWebACL.AssociationConfigProperty | undefined {
    const largest = Math.max(0, ...this.enforceable().map(([bytes]) => bytes));
    const step = BODY_INSPECTION_STEPS.find(({ bytes }) => bytes >= largest)!;
    if (step === BODY_INSPECTION_STEPS[0]) return undefined;
    const guarded = scope === WebAclScope.CLOUDFRONT ? 'CLOUDFRONT' : 'API_GATEWAY';
    return { requestBody: { [guarded]: { defaultSizeInspectionLimit: step.setting } } };
  }

  private enforceable(): [number, CfnWebACL.StatementProperty[]][] {
    const visible = BODY_INSPECTION_STEPS[BODY_INSPECTION_STEPS.length - 1].bytes;
    const byLimit = new Map<number, CfnWebACL.StatementProperty[]>();
    for (const { where, bytes } of this.limits) {
      if (bytes <= visible) byLimit.set(bytes, [...byLimit.get(bytes) ?? [], where]);
    }
    return [...byLimit].sort(([a], [b]) => a - b);
  }
}
