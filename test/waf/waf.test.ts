import { App, Size, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Key } from 'aws-cdk-lib/aws-kms';
import { AlarmSetting } from '../../src/alarms/alarm-setting';
import { ApiAuth } from '../../src/api/access/api-auth';
import { SecureApi } from '../../src/api/secure-api';
import { waiversBelow } from '../../src/core/exceptions/waiver';
import { GeoRule } from '../../src/waf/geo-rule';
import { ManagedRuleGroup } from '../../src/waf/managed-rule-group';
import { SecureWebAcl, SecureWebAclProps } from '../../src/waf/secure-web-acl';
import { StackWebAcl } from '../../src/waf/stack-web-acl';
import { WebAclMode } from '../../src/waf/web-acl-mode';
import { findingsOf, PROFILES, RECOMMENDED_FLAGS, templateOf, testStack, unexplained } from '../support/apps';

interface Rule { Name: string; Priority: number; Statement: any; Action?: any; OverrideAction?: any; VisibilityConfig: any }

function made(props?: SecureWebAclProps, then: (acl: SecureWebAcl) => void = () => {}): { template: Template; acl: any; rules: Rule[] } {
  const stack = testStack();
  then(new SecureWebAcl(stack, 'Acl', props));
  const template = templateOf(stack);
  const acl = Object.values(template.findResources('AWS::WAFv2::WebACL'))[0].Properties;
  return { template, acl, rules: acl.Rules };
}

const names = (rules: Rule[]) => rules.map((rule) => rule.Name);
const rule = (rules: Rule[], name: string) => rules.find((one) => one.Name === name)!;

describe('SecureWebAcl', () => {
  test('runs the free managed groups, a rate limit and a body limit, in the order of their priority', () => {
    const { acl, rules } = made();
    expect(acl).toMatchObject({ Scope: 'REGIONAL', DefaultAction: { Allow: {} } });
    expect(names(rules)).toEqual([
      'RateLimit', 'AWSManagedRulesAmazonIpReputationList', 'AWSManagedRulesKnownBadInputsRuleSet', 'AWSManagedRulesCommonRuleSet', 'BodySize',
    ]);
    expect(rules.map(({ Priority }) => Priority)).toEqual([0, 1, 2, 3, 4]);
    expect(rule(rules, 'AWSManagedRulesKnownBadInputsRuleSet').OverrideAction).toEqual({ None: {} });
    expect(rules.every(({ VisibilityConfig }) => VisibilityConfig.CloudWatchMetricsEnabled)).toBe(true);
  });

  test('lets 2,000 requests per address and five minutes through, or what the caller says', () => {
    expect(rule(made().rules, 'RateLimit')).toMatchObject({
      Statement: { RateBasedStatement: { Limit: 2000, AggregateKeyType: 'IP', EvaluationWindowSec: 300 } },
      Action: { Block: { CustomResponse: { ResponseCode: 429 } } },
    });
    expect(rule(made({ rateLimit: 50 }).rules, 'RateLimit').Statement.RateBasedStatement.Limit).toBe(50);
  });

  test.each([9, 0, -1, 2.5, 3_000_000])('fails on a rate limit of %p', (rateLimit) => {
    expect(() => made({ rateLimit })).toThrow(
      `'rateLimit' must be a whole number between 10 and 2999999, got ${rateLimit}; leave it out to use 2000 [SecureWebAcl.RateLimit, at 'Shop/Acl']`);
  });

  test('only counts the managed body rule, and refuses larger bodies itself with 413', () => {
    const { rules } = made();
    expect(rule(rules, 'AWSManagedRulesCommonRuleSet').Statement.ManagedRuleGroupStatement.RuleActionOverrides)
      .toEqual([{ Name: 'SizeRestrictions_BODY', ActionToUse: { Count: {} } }]);
    expect(rule(rules, 'BodySize')).toMatchObject({
      Statement: { SizeConstraintStatement: { ComparisonOperator: 'GT', Size: 8192, FieldToMatch: { Body: { OversizeHandling: 'MATCH' } } } },
      Action: { Block: { CustomResponse: { ResponseCode: 413, CustomResponseBodyKey: 'TooLarge' } } },
    });
  });

  test('accepts larger bodies on one path, and looks as far into them as that needs', () => {
    const { acl, rules } = made({}, (one) => {
      one.allowLargerBodies('^/prod/receipts$', Size.kibibytes(20));
      one.allowLargerBodies('^/prod/videos$', Size.mebibytes(5));
    });
    expect(rule(rules, 'BodySize').Statement.AndStatement.Statements[1].NotStatement.Statement.OrStatement.Statements
      .map((one: any) => one.RegexMatchStatement.RegexString)).toEqual(['^/prod/receipts$', '^/prod/videos$']);
    expect(rule(rules, 'BodySize20480').Statement.AndStatement.Statements).toMatchObject([
      { SizeConstraintStatement: { Size: 20480 } }, { RegexMatchStatement: { RegexString: '^/prod/receipts$', FieldToMatch: { UriPath: {} } } },
    ]);
    expect(names(rules)).not.toContain('BodySize5242880');
    expect(acl.AssociationConfig).toEqual({ RequestBody: { API_GATEWAY: { DefaultSizeInspectionLimit: 'KB_32' } } });
  });

  test('accepts larger bodies under the given names only, wildcards included', () => {
    const { rules } = made({}, (one) => one.allowLargerBodies('^/', Size.kibibytes(20), ['api.example.com', '*.example.org']));
    const where = {
      AndStatement: {
        Statements: [
          { RegexMatchStatement: expect.objectContaining({ RegexString: '^/' }) },
          {
            OrStatement: {
              Statements: [['EXACTLY', 'api.example.com'], ['ENDS_WITH', '.example.org']].map(([PositionalConstraint, SearchString]) => ({
                ByteMatchStatement: { FieldToMatch: { SingleHeader: { Name: 'host' } }, PositionalConstraint, SearchString, TextTransformations: [{ Priority: 0, Type: 'NONE' }] },
              })),
            },
          },
        ],
      },
    };
    expect(rule(rules, 'BodySize').Statement.AndStatement.Statements[1]).toEqual({ NotStatement: { Statement: where } });
    expect(rule(rules, 'BodySize20480').Statement.AndStatement.Statements[1]).toEqual(where);
  });

  test('is described with what WAF takes, whatever the ids hold', () => {
    const stack = testStack();
    new SecureWebAcl(stack, `Web_Acl (new) ${'x'.repeat(250)}`);
    const [{ Properties: { Description } }] = Object.values(templateOf(stack).findResources('AWS::WAFv2::WebACL'));
    expect(Description).toMatch(/^Guards the APIs of Shop\/Web-Acl--new--x+$/);
    expect(Description).toHaveLength(256);
  });

  test('pays for no deeper inspection without need', () => {
    expect(made({}, (acl) => acl.allowLargerBodies('^/x$', Size.kibibytes(16))).acl.AssociationConfig).toBeUndefined();
  });

  test.each([[Size.kibibytes(8), 8192], [Size.mebibytes(11), 11534336], [Size.bytes(NaN), NaN]])('fails on a body limit of %s', (size, bytes) => {
    expect(() => made({}, (acl) => acl.allowLargerBodies('^/x$', size))).toThrow(
      `'upTo' must lie above 8 KiB and be at most 10 MiB, the most that API Gateway takes, got "${bytes} bytes"; leave it out to accept bodies up to 8 KiB [SecureWebAcl.BodySize, at 'Shop/Acl']`);
  });

  test('fails on a path pattern that WAF cannot hold', () => {
    expect(() => made({}, (acl) => acl.allowLargerBodies('x'.repeat(513), Size.kibibytes(9)))).toThrow(
      "'pathPattern' must have at most 512 characters, got \"513 characters\"; shorten the path [SecureWebAcl.PathPattern, at 'Shop/Acl']");
  });

  test('looks for SQL injection as soon as bodies are expected', () => {
    expect(names(made({}, (acl) => acl.expectBodies()).rules)).toContain('AWSManagedRulesSQLiRuleSet');
  });

  test('puts the lists of the owner before everything else, each family in a set of its own', () => {
    const { template, rules } = made({ ipDenyList: ['192.0.2.0/24', '2001:db8::/32'], ipAllowList: ['198.51.100.0/24'], countries: GeoRule.allowOnly(['DE', 'FR']) });
    expect(names(rules).slice(0, 4)).toEqual(['IpDenyList', 'IpAllowList', 'Countries', 'RateLimit']);
    expect(rule(rules, 'IpDenyList').Statement.OrStatement.Statements).toHaveLength(2);
    expect(rule(rules, 'IpAllowList').Statement).toHaveProperty('NotStatement.Statement.IPSetReferenceStatement');
    expect(rule(rules, 'Countries').Statement).toEqual({ NotStatement: { Statement: { GeoMatchStatement: { CountryCodes: ['DE', 'FR'] } } } });
    template.resourceCountIs('AWS::WAFv2::IPSet', 3);
    template.hasResourceProperties('AWS::WAFv2::IPSet', { IPAddressVersion: 'IPV6', Addresses: ['2001:db8::/32'] });
  });

  test('blocks named countries', () => {
    expect(rule(made({ countries: GeoRule.block(['DE']) }).rules, 'Countries').Statement).toEqual({ GeoMatchStatement: { CountryCodes: ['DE'] } });
  });

  test.each(['192.0.2.0', '192.0.2.0/33', '0.0.0.0/0', '::/0', '2001:db8::/129', 'office', '192.0.2.0/24/1'])('fails on the address block %p', (cidr) => {
    expect(() => made({ ipAllowList: [cidr] })).toThrow(
      `'ipAllowList' must hold IPv4 or IPv6 CIDR blocks with a prefix of at least /1, got "${cidr}"; write an address with its prefix length, such as 192.0.2.0/24 or 2001:db8::/32 [SecureWebAcl.Cidr, at 'Shop/Acl']`);
  });

  test('fails on an empty list, which would lock everybody out or in', () => {
    expect(() => made({ ipDenyList: [] })).toThrow(
      "'ipDenyList' must hold at least one CIDR block, got []; leave it out to use no list [SecureWebAcl.Cidr, at 'Shop/Acl']");
  });

  test('fails on more blocks than a set takes', () => {
    const blocks = (count: number) => Array.from({ length: count }, (_, n) => `10.${Math.floor(n / 256)}.${n % 256}.0/24`);
    made({ ipDenyList: [...blocks(10_000), '2001:db8::/32'] }).template.resourceCountIs('AWS::WAFv2::IPSet', 2);
    expect(() => made({ ipDenyList: blocks(10_001) })).toThrow(
      "'ipDenyList' must hold at most 10000 blocks of IPV4, got 10001; join neighbours into larger blocks [SecureWebAcl.Cidr, at 'Shop/Acl']");
  });

  test.each(['de', 'DEU', 'Germany'])('fails on the country %p', (country) => {
    expect(() => made({ countries: GeoRule.block([country]) })).toThrow(
      `'countries' must name countries by two capital letters (ISO 3166-1 alpha-2), got "${country}"; write them like 'DE' [SecureWebAcl.Country, at 'Shop/Acl']`);
  });

  test('costs extra only when asked to', () => {
    expect(JSON.stringify(made().acl)).not.toMatch(/BotControl|ATPRuleSet|ACFPRuleSet/);
    const { rules } = made({ extraGroups: [ManagedRuleGroup.commonBots(), ManagedRuleGroup.anonymousIps(), ManagedRuleGroup.adminProtection()] });
    expect(names(rules).slice(-3)).toEqual(['AWSManagedRulesBotControlRuleSet', 'AWSManagedRulesAnonymousIpList', 'AWSManagedRulesAdminProtectionRuleSet']);
    expect(rule(rules, 'AWSManagedRulesBotControlRuleSet').Statement.ManagedRuleGroupStatement.ManagedRuleGroupConfigs)
      .toEqual([{ AWSManagedRulesBotControlRuleSet: { InspectionLevel: 'COMMON' } }]);
    expect(rule(made({ extraGroups: [ManagedRuleGroup.targetedBots()] }).rules, 'AWSManagedRulesBotControlRuleSet').Statement.ManagedRuleGroupStatement.ManagedRuleGroupConfigs)
      .toEqual([{ AWSManagedRulesBotControlRuleSet: { InspectionLevel: 'TARGETED' } }]);
  });

  test('counts instead of blocking for a first rollout, but keeps to the lists of the owner', () => {
    const reason = 'first week in front of the mobile clients';
    const stack = testStack();
    new SecureWebAcl(stack, 'Acl', { mode: WebAclMode.countOnly(reason), ipDenyList: ['192.0.2.0/24'] });
    const [{ Properties }] = Object.values(templateOf(stack).findResources('AWS::WAFv2::WebACL')) as { Properties: { Rules: Rule[] } }[];
    expect(rule(Properties.Rules, 'IpDenyList').Action).toHaveProperty('Block');
    expect(rule(Properties.Rules, 'RateLimit').Action).toEqual({ Count: {} });
    expect(rule(Properties.Rules, 'AWSManagedRulesCommonRuleSet').OverrideAction).toEqual({ Count: {} });
    expect(waiversBelow(stack)).toEqual([{ control: 'WebAcl.mode', reason, constructPath: 'Shop/Acl' }]);
  });

  test('refuses what is listed while the app runs before all else, whatever the mode, with one list for all who ask', () => {
    const stack = testStack();
    const acl = new SecureWebAcl(stack, 'Acl', { mode: WebAclMode.countOnly('first week in front of the mobile clients'), ipDenyList: ['192.0.2.0/24'] });
    const { version4Arn, version6Arn } = acl.runTimeDenyList();
    expect(acl.runTimeDenyList()).toBe(acl.runTimeDenyList());
    const template = templateOf(stack);
    const [{ Properties }] = Object.values(template.findResources('AWS::WAFv2::WebACL')) as { Properties: { Rules: Rule[] } }[];
    expect(names(Properties.Rules).slice(0, 2)).toEqual(['RunTimeDenyList', 'IpDenyList']);
    expect(rule(Properties.Rules, 'RunTimeDenyList')).toMatchObject({
      Priority: 0,
      Action: { Block: { CustomResponse: { ResponseCode: 403, CustomResponseBodyKey: 'Forbidden' } } },
      Statement: { OrStatement: { Statements: [version4Arn, version6Arn].map((arn) => ({ IPSetReferenceStatement: { Arn: stack.resolve(arn) } })) } },
    });
    for (const IPAddressVersion of ['IPV4', 'IPV6']) template.hasResourceProperties('AWS::WAFv2::IPSet', { IPAddressVersion, Scope: 'REGIONAL', Addresses: [] });
  });

  test('has no list for run time unless somebody asks for it', () => {
    expect(names(made().rules)).not.toContain('RunTimeDenyList');
  });

  test('fails when counting has no reason', () => {
    expect(() => made({ mode: WebAclMode.countOnly('testing') })).toThrow(
      "'mode' must be a sentence of at least 12 characters that a reviewer can judge, got \"testing\"; say why nothing may be blocked yet [SecureWebAcl.CountOnlyReason, at 'Shop/Acl']");
  });

  test('blocks when told so in words', () => {
    expect(rule(made({ mode: WebAclMode.block() }).rules, 'RateLimit').Action).toHaveProperty('Block');
  });

  test('logs without credentials into an encrypted group that is kept', () => {
    const { template, acl } = made();
    template.hasResource('AWS::Logs::LogGroup', {
      DeletionPolicy: 'Retain',
      Properties: { LogGroupName: { 'Fn::Join': ['', ['aws-waf-logs-Shop-Acl-89AF42F0-', Match.anyValue()]] }, RetentionInDays: 365, KmsKeyId: Match.anyValue(), DataProtectionPolicy: Match.anyValue() },
    });
    template.hasResourceProperties('AWS::WAFv2::LoggingConfiguration', {
      RedactedFields: [{ SingleHeader: { Name: 'authorization' } }, { SingleHeader: { Name: 'cookie' } }, { SingleHeader: { Name: 'x-api-key' } }, { QueryString: {} }],
    });
    template.hasResourceProperties('AWS::KMS::Key', { KeyPolicy: { Statement: Match.arrayWith([Match.objectLike({ Sid: 'CloudWatchLogs' })]) } });
    expect(acl.DataProtectionConfig.DataProtections).toContainEqual(
      { Field: { FieldType: 'SINGLE_HEADER', FieldKeys: ['authorization', 'cookie', 'x-api-key'] }, Action: 'SUBSTITUTION' });
  });

  test('logs with the key given', () => {
    const stack = testStack();
    const encryptionKey = new Key(stack, 'Own');
    new SecureWebAcl(stack, 'Acl', { encryptionKey });
    templateOf(stack).hasResourceProperties('AWS::Logs::LogGroup', { KmsKeyId: stack.resolve(encryptionKey.keyArn) });
  });

  test('tells when far more is blocked than usual', () => {
    made().template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmName: 'Shop/Acl blockedSurge', MetricName: 'BlockedRequests', Namespace: 'AWS/WAFV2', Threshold: 100, Period: 300, Statistic: 'Sum',
    });
    made({ alarms: { blockedSurge: AlarmSetting.threshold(5) } }).template.hasResourceProperties('AWS::CloudWatch::Alarm', { Threshold: 5 });
  });

  test('fails to protect what lies in another region', () => {
    const app = new App();
    const acl = new SecureWebAcl(new Stack(app, 'Walls', { env: { account: '111122223333', region: 'eu-west-1' } }), 'Acl');
    const other = new Stack(app, 'Shop', { env: { account: '111122223333', region: 'eu-central-1' } });
    expect(() => acl.protect(other, 'Association', 'arn:aws:apigateway:eu-central-1::/restapis/a/stages/prod')).toThrow(
      "'webAcl' must stand in the account and region of what it protects, got \"111122223333, eu-west-1\"; "
      + "make a SecureWebAcl in a stack there [SecureWebAcl.Elsewhere, at 'Shop']");
    expect(() => new SecureApi(other, 'Api', { auth: ApiAuth.iam(), webAcl: acl })).toThrow("[SecureWebAcl.Elsewhere, at 'Shop/Api']");
  });

  test('is associated in the scope of what it protects', () => {
    const { template } = made({}, (acl) => acl.protect(acl, 'Association', 'arn:aws:apigateway:eu-west-1::/restapis/a/stages/prod'));
    template.hasResourceProperties('AWS::WAFv2::WebACLAssociation', {
      ResourceArn: 'arn:aws:apigateway:eu-west-1::/restapis/a/stages/prod', WebACLArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Acl'), 'Arn'] },
    });
  });

  test('keeps the logical ids of what holds data', () => {
    expect(Object.keys(made().template.findResources('AWS::Logs::LogGroup'))).toEqual(['AclLogsE143232C']);
  });

  test.each(PROFILES)('has no unexplained finding in the profile %s, and is the same under all flags', (_, profile) => {
    const [plain, flagged] = [{}, RECOMMENDED_FLAGS].map((flags) => {
      const stack = testStack({ profile: profile(), flags });
      new SecureWebAcl(stack, 'Acl', { ipAllowList: ['192.0.2.0/24'] });
      expect(unexplained(findingsOf(stack))).toStrictEqual([]);
      return templateOf(stack).toJSON();
    });
    expect(flagged).toEqual(plain);
  });
});

describe('StackWebAcl', () => {
  test('is one for all, and replaceable', () => {
    const stack = testStack();
    expect(StackWebAcl.of(stack)).toBe(StackWebAcl.of(stack));
    const other = testStack();
    const own = new SecureWebAcl(other, 'Own');
    StackWebAcl.use(other, own);
    expect(StackWebAcl.of(other)).toBe(own);
  });
});
