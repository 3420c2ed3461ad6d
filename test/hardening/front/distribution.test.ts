import { App, CfnCondition, Fn, NestedStack, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { RestApi } from 'aws-cdk-lib/aws-apigateway';
import { CfnDistribution, CfnOriginAccessControl, Distribution, OriginAccessIdentity, ResponseHeadersPolicy, ViewerProtocolPolicy } from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { CfnDelivery, CfnDeliveryDestination, CfnDeliverySource } from 'aws-cdk-lib/aws-logs';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { StackDashboard } from '../../../src/alarms/stack-dashboard';
import { HardeningChange } from '../../../src/core/hardening/hardening-change';
import { SecurityProfile } from '../../../src/core/profile/security-profile';
import { findingsOf } from '../../support/apps';
import { compared, FLAG_SETS, hardened, hardenedStack, linesOn } from '../support/compared';
import { fourCases } from '../support/four-cases';

const DISTRIBUTION = 'AWS::CloudFront::Distribution';
const EDGE = { env: { region: 'us-east-1', account: '123456789012' } };

const plain = (stack: Stack, config: Partial<CfnDistribution.DistributionConfigProperty> = {}, behavior: object = {}) => new CfnDistribution(stack, 'Site', {
  distributionConfig: {
    enabled: true,
    origins: [{ id: 'a', domainName: 'example.org', customOriginConfig: { originProtocolPolicy: 'https-only' } }],
    defaultCacheBehavior: { targetOriginId: 'a', viewerProtocolPolicy: 'https-only', ...behavior },
    ...config,
  },
});

fourCases('TLS of viewers', {
  property: 'DistributionConfig.ViewerCertificate.MinimumProtocolVersion',
  make: (stack, value) => plain(stack, {
    viewerCertificate: { acmCertificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/a', sslSupportMethod: 'sni-only', minimumProtocolVersion: value as string },
  }),
  secure: 'TLSv1.2_2021',
  safe: 'TLSv1.2_2019',
  unsafe: 'TLSv1',
  replaced: true,
});

describe('the protocol of viewers', () => {
  const made = (policy: ViewerProtocolPolicy | undefined) => (stack: Stack): void => {
    const origin = new HttpOrigin('example.org');
    new Distribution(stack, 'Site', {
      defaultBehavior: { origin, viewerProtocolPolicy: policy }, additionalBehaviors: { '/api/*': { origin, viewerProtocolPolicy: policy } },
    });
  };
  const rendered = (policy: ViewerProtocolPolicy | undefined, strict = false) => {
    const { template, changes } = hardened(made(policy), { strict });
    const [{ Properties }] = Object.values<any>(template.findResources(DISTRIBUTION));
    const { DefaultCacheBehavior, CacheBehaviors } = Properties.DistributionConfig;
    const lines = linesOn(changes, 'DistributionConfig./api/*.ViewerProtocolPolicy');
    return [DefaultCacheBehavior.ViewerProtocolPolicy, CacheBehaviors[0].ViewerProtocolPolicy, ...lines];
  };

  test('missing: CDK allows all of them, and hardening does not', () => {
    expect(rendered(undefined)).toEqual(['redirect-to-https', 'redirect-to-https', 'set needs-attention']);
  });

  test('explicitly safe: it stays', () => {
    expect(rendered(ViewerProtocolPolicy.HTTPS_ONLY, true)).toEqual(['https-only', 'https-only']);
  });

  test('explicitly unsafe: it stays and is reported; strict hardening replaces it', () => {
    expect([rendered(ViewerProtocolPolicy.ALLOW_ALL), rendered(ViewerProtocolPolicy.ALLOW_ALL, true)]).toEqual([
      ['allow-all', 'allow-all', 'kept needs-attention'], ['redirect-to-https', 'redirect-to-https', 'replaced needs-attention'],
    ]);
  });

  test('set by an escape hatch: it stays', () => {
    const { template } = hardened((stack) => plain(stack).addPropertyOverride('DistributionConfig.DefaultCacheBehavior.ViewerProtocolPolicy', 'allow-all'), { strict: true });
    template.hasResourceProperties(DISTRIBUTION, { DistributionConfig: { DefaultCacheBehavior: { ViewerProtocolPolicy: 'allow-all' } } });
  });
});

describe('a distribution', () => {
  test('sends the headers that break no page, unless the author chose others', () => {
    hardened((stack) => { plain(stack); }).template.hasResourceProperties(DISTRIBUTION, {
      DistributionConfig: { DefaultCacheBehavior: { ResponseHeadersPolicyId: '67f7725c-6f97-4210-82d7-5512b31e9d03' } },
    });
    const { responseHeadersPolicyId } = ResponseHeadersPolicy.CORS_ALLOW_ALL_ORIGINS;
    hardened((stack) => { plain(stack, {}, { responseHeadersPolicyId }); }).template.hasResourceProperties(DISTRIBUTION, {
      DistributionConfig: { DefaultCacheBehavior: { ResponseHeadersPolicyId: responseHeadersPolicyId } },
    });
  });

  test('logs into the bucket of the stack, which takes the lists by which CloudFront writes', () => {
    const { template } = hardened((stack) => { plain(stack); });
    template.hasResourceProperties(DISTRIBUTION, {
      DistributionConfig: { Logging: { Bucket: { 'Fn::GetAtt': [Match.stringLikeRegexp('^SharedSecurityEdgeLogBucket'), 'RegionalDomainName'] }, IncludeCookies: false, Prefix: 'Shop/Site/' } },
    });
    template.hasResourceProperties('AWS::S3::Bucket', { OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerPreferred' }] } });
  });

  test('keeps the logs of its author', () => {
    const { template } = hardened((stack) => { plain(stack, { logging: { bucket: 'mine.s3.amazonaws.com' } }); });
    template.hasResourceProperties(DISTRIBUTION, { DistributionConfig: { Logging: { Bucket: 'mine.s3.amazonaws.com', Prefix: Match.absent() } } });
  });

  describe('that CloudWatch Logs deliver', () => {
    interface Delivered { readonly logType?: string; readonly arn?: (site: CfnDistribution) => string; readonly name?: string }
    const delivered = ({ logType = 'ACCESS_LOGS', arn = (site) => `arn:aws:cloudfront::123456789012:distribution/${site.attrId}`, name = 'site' }: Delivered) => (stack: Stack) => {
      const source = new CfnDeliverySource(stack, 'Source', { name, logType, resourceArn: arn(plain(stack)) });
      const destination = new CfnDeliveryDestination(stack, 'Destination', { name: 'archive', destinationResourceArn: 'arn:aws:s3:::archive' });
      new CfnDelivery(stack, 'Delivery', { deliverySourceName: 'site', deliveryDestinationArn: destination.attrArn }).addDependency(source);
    };
    const of = (build: (stack: Stack) => void) => {
      const counts = compared(build, EDGE);
      const { changes } = hardened(build, {}, EDGE);
      return [counts.after.get('AwsSolutions-CFR3') ?? 0, linesOn(changes, 'DistributionConfig.Logging'), linesOn(changes, 'the finding CFR3'), counts.worse];
    };

    test('are no standard logs, which cdk-nag knows alone: the finding is acknowledged', () => {
      expect(of(delivered({}))).toEqual([0, [], ['set in-place'], []]);
    });

    test.each<[string, Delivered, readonly unknown[]]>([
      ['are of another distribution', { arn: () => 'arn:aws:cloudfront::123456789012:distribution/E1' }, [1, [], []]],
      ['come from nowhere, since nothing delivers them', { name: 'other' }, [1, [], []]],
      ['are no access logs', { logType: 'CONNECTION_LOGS' }, [0, ['set needs-attention'], []]],
    ])('but that %s', (_, delivery, expected) => {
      expect(of(delivered(delivery)).slice(0, 3)).toEqual(expected);
    });

    test('of an event bus leave the distribution its own', () => {
      expect(of(delivered({ arn: (site) => new EventBus(site.stack, 'Bus').eventBusArn })).slice(0, 3)).toEqual([0, ['set needs-attention'], []]);
    });
  });

  test.each([
    ['names no bucket', (site: CfnDistribution) => { site.addPropertyOverride('DistributionConfig.Logging', { IncludeCookies: true }); }, ['kept needs-attention']],
    ['names a bucket', (site: CfnDistribution) => { site.addPropertyOverride('DistributionConfig.Logging.Bucket', 'mine.s3.amazonaws.com'); }, []],
    ['adds to a log', (site: CfnDistribution) => {
      site.distributionConfig = { ...site.distributionConfig as CfnDistribution.DistributionConfigProperty, logging: { bucket: 'mine.s3.amazonaws.com' } };
      site.addPropertyOverride('DistributionConfig.Logging.IncludeCookies', true);
    }, []],
  ])('keeps an escape hatch that %s for its logs, and the report says what is none', (_, override, lines) => {
    expect(linesOn(hardened((stack) => { override(plain(stack)); }).changes, 'DistributionConfig.Logging')).toEqual(lines);
  });

  test('keeps its own certificate of old clients, which have no SNI', () => {
    const { template } = hardened((stack) => { plain(stack, { viewerCertificate: { iamCertificateId: 'a', sslSupportMethod: 'vip' } }); }, { strict: true });
    template.hasResourceProperties(DISTRIBUTION, { DistributionConfig: { ViewerCertificate: { SslSupportMethod: 'vip', MinimumProtocolVersion: Match.absent() } } });
  });

  test('has the web ACL of the stack in us-east-1, and elsewhere the report says where to make one', () => {
    const here = hardened((stack) => { plain(stack); }, {}, EDGE);
    here.template.hasResourceProperties(DISTRIBUTION, { DistributionConfig: { WebACLId: { 'Fn::GetAtt': [Match.stringLikeRegexp('^SharedSecurityHardenedEdgeWebAcl'), 'Arn'] } } });
    here.template.hasResource('AWS::WAFv2::WebACL', { Properties: { Scope: 'CLOUDFRONT' }, Condition: Match.absent() });
    expect(Object.keys(here.template.findConditions('SharedSecurity*'))).toStrictEqual([]);
    const { template, changes } = hardened((stack) => { plain(stack); }, {}, { env: { region: 'eu-west-1' } });
    template.resourceCountIs('AWS::WAFv2::WebACL', 0);
    expect(linesOn(changes, 'DistributionConfig.WebACLId')).toEqual(['proposed in-place']);
  });

  describe('of a stack without a region', () => {
    const withApi = (stack: Stack) => {
      plain(stack);
      new RestApi(stack, 'Api').root.addMethod('GET');
    };
    const conditional = (template: Template) => Object.entries(template.toJSON().Resources as { [id: string]: any })
      .filter(([, { Condition }]) => Condition !== undefined);

    test('has the web ACL and the alarms of us-east-1 where it is deployed there, and nothing names them elsewhere', () => {
      const { template, changes } = hardened((stack) => {
        withApi(stack);
        StackDashboard.of(stack);
      });
      const [[condition, expression]] = Object.entries(template.findConditions('*')).filter(([id]) => id.startsWith('SharedSecurity'));
      expect(expression).toEqual({ 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'us-east-1'] });
      expect(conditional(template).map(([, { Type, Condition }]) => [Type, Condition]).sort()).toEqual([
        ...['Alarm', 'Alarm', 'Alarm', 'Alarm'].map((type) => [`AWS::CloudWatch::${type}`, condition]), // three of the distribution, one of the ACL
        ['AWS::Logs::LogGroup', condition], ['AWS::WAFv2::LoggingConfiguration', condition], ['AWS::WAFv2::WebACL', condition],
      ]);
      const [acl] = conditional(template).find(([, { Type }]) => Type === 'AWS::WAFv2::WebACL')!;
      template.hasResourceProperties(DISTRIBUTION, {
        DistributionConfig: { WebACLId: { 'Fn::If': [condition, { 'Fn::GetAtt': [acl, 'Arn'] }, { Ref: 'AWS::NoValue' }] } },
      });
      for (const [id, resource] of Object.entries(template.toJSON().Resources as { [id: string]: any })) {
        if (resource.Condition !== undefined || resource.Type === DISTRIBUTION) continue;
        for (const [named] of conditional(template)) expect({ id, names: JSON.stringify(resource).includes(`"${named}"`) }).toEqual({ id, names: false });
      }
      expect(JSON.stringify(template.toJSON().Rules ?? {})).not.toContain('us-east-1'); // no rule keeps the stack from other regions
      expect(linesOn(changes, 'DistributionConfig.WebACLId')).toEqual(['set needs-attention']);
      expect(changes.find(({ property }) => property === 'DistributionConfig.WebACLId')?.note).toContain('deployed to another one than us-east-1');
    });

    test('has none of it where a condition cannot reach, or stands already', () => {
      const nested = hardened((stack) => { plain(new NestedStack(stack, 'Nested')); });
      expect(linesOn(nested.changes, 'DistributionConfig.WebACLId')).toEqual(['proposed in-place']);
      expect(nested.changes.filter(({ property }) => property.startsWith('the alarm'))).toStrictEqual([]);
      const { template } = hardened((stack) => {
        plain(stack).cfnOptions.condition = new CfnCondition(stack, 'Live', { expression: Fn.conditionEquals('a', 'b') });
      });
      template.resourceCountIs('AWS::WAFv2::WebACL', 1);
      template.resourceCountIs('AWS::CloudWatch::Alarm', 1);
    });

    test('is not changed by a dry run', () => {
      const { template } = hardened((stack) => { plain(stack); }, { dryRun: true });
      expect(template.findConditions('*')).toEqual({});
      template.resourceCountIs('AWS::WAFv2::WebACL', 0);
    });

    test.each(FLAG_SETS)('no pack finds more than before, with %s', (_, flags) => {
      const { before, after, worse } = compared(withApi, { flags });
      expect([before.get('AwsSolutions-CFR2'), after.get('AwsSolutions-CFR2')]).toEqual([1, undefined]);
      expect(worse).toStrictEqual([]);
    });
  });

  describe('goes on to read buckets as it did', () => {
    const controls = (changes: readonly HardeningChange[]) => (
      changes.filter(({ rule }) => rule === 'OriginAccessControl').map(({ after, note, outcome }) => [outcome, after, note]));
    const withIdentity = (stack: Stack) => {
      const originAccessIdentity = new OriginAccessIdentity(stack, 'Identity');
      const origin = S3BucketOrigin.withOriginAccessIdentity(new Bucket(stack, 'Files'), { originAccessIdentity });
      return new Distribution(stack, 'Site', { defaultBehavior: { origin } }).node.defaultChild as CfnDistribution;
    };

    test('with an identity, and the report says in which order it goes', () => {
      const { template, changes } = hardened(withIdentity);
      template.hasResourceProperties(DISTRIBUTION, {
        DistributionConfig: { Origins: [Match.objectLike({ S3OriginConfig: { OriginAccessIdentity: Match.anyValue() } })] },
      });
      expect(controls(changes)).toEqual([['proposed', 'an origin access control in the place of the identity', expect.stringMatching(/^In two deployments: .*s3:ListBucket/)]]);
    });

    test('as a stranger', () => {
      const { changes } = hardened((stack) => {
        new Distribution(stack, 'Site', { defaultBehavior: { origin: S3BucketOrigin.withBucketDefaults(new Bucket(stack, 'Files')) } });
      });
      expect(controls(changes)).toEqual([['proposed', 'an origin access control', expect.stringMatching(/^In three deployments: /)]]);
    });

    test('with a control there is nothing to say', () => {
      const { changes } = hardened((stack) => {
        new Distribution(stack, 'Site', { defaultBehavior: { origin: S3BucketOrigin.withOriginAccessControl(new Bucket(stack, 'Files')) } });
      });
      expect(controls(changes)).toStrictEqual([]);
    });

    const overriding = (signingBehavior: string, more: (distribution: CfnDistribution) => void = () => undefined) => {
      const stack = hardenedStack((one) => {
        const distribution = withIdentity(one);
        const control = new CfnOriginAccessControl(one, 'Control', {
          originAccessControlConfig: { name: 'shop', originAccessControlOriginType: 's3', signingBehavior, signingProtocol: 'sigv4' },
        });
        distribution.addPropertyOverride('DistributionConfig.Origins.0.OriginAccessControlId', control.attrId);
        distribution.addPropertyOverride('DistributionConfig.Origins.0.S3OriginConfig.OriginAccessIdentity', '');
        more(distribution);
      });
      return findingsOf(stack).filter(({ rule }) => rule === 'AwsSolutions-CFR7').map(({ reason }) => reason);
    };

    test('with a control by an escape hatch, which cdk-nag does not see', () => {
      expect(overriding('always')).toEqual(['An override of the app gives each bucket among the origins an origin access control.']);
    });

    test.each<[string, string, (distribution: CfnDistribution) => void]>([
      ['a control never signs', 'never', () => undefined],
      ['another bucket has none', 'always', (distribution) => {
        const config = Stack.of(distribution).resolve(distribution.distributionConfig) as { origins: object[] };
        const more = { id: 'more', domainName: 'more.s3.amazonaws.com', s3OriginConfig: {} };
        distribution.distributionConfig = { ...config, origins: [...config.origins, more] } as never;
      }],
    ])('and it is found where %s', (_, signingBehavior, more) => {
      expect(overriding(signingBehavior, more)).toEqual([undefined]);
    });

    test('where an escape hatch sets all origins, nothing is said of them', () => {
      const { changes } = hardened((stack) => {
        withIdentity(stack).addPropertyOverride('DistributionConfig.Origins', [{ Id: 'a', DomainName: 'example.org' }]);
      });
      expect(controls(changes)).toStrictEqual([]);
    });
  });

  test.each([
    ['http-only', 'kept in-place'], ['https-only', undefined], ['match-viewer', undefined],
    [Fn.importValue('protocol'), 'unknown in-place'],
  ])('asks its origin as the author wrote, strict or not: %s', (originProtocolPolicy, line) => {
    for (const strict of [false, true]) {
      const { template, changes } = hardened((stack) => {
        plain(stack, { origins: [{ id: 'shop', domainName: 'shop.example.com', customOriginConfig: { originProtocolPolicy } }] });
      }, { strict });
      const policy = line === 'unknown in-place' ? Match.anyValue() : originProtocolPolicy;
      const rendered = { CustomOriginConfig: { OriginProtocolPolicy: policy } };
      template.hasResourceProperties(DISTRIBUTION, { DistributionConfig: { Origins: [Match.objectLike(rendered)] } });
      expect(linesOn(changes, 'DistributionConfig.Origins.shop.OriginProtocolPolicy')).toEqual(line === undefined ? [] : [line]);
    }
  });

  test('keeps its references to other stacks in behaviors that hardening changes', () => {
    const { template } = hardened((stack) => {
      const bucket = new Bucket(new Stack(stack.node.root as App, 'Files', EDGE), 'Bucket');
      const origin = S3BucketOrigin.withBucketDefaults(bucket);
      new Distribution(stack, 'Site', { defaultBehavior: { origin }, additionalBehaviors: { '/a/*': { origin } } });
    }, {}, EDGE);
    const [{ Properties: { DistributionConfig } }] = Object.values<any>(template.findResources(DISTRIBUTION));
    expect(JSON.stringify(DistributionConfig.Origins)).toMatch(/Fn::(ImportValue|GetStackOutput)/);
  });
});

const SAMPLE = (stack: Stack): void => {
  const bucket = new Bucket(stack, 'Files');
  new Distribution(stack, 'Identity', { defaultBehavior: { origin: S3BucketOrigin.withOriginAccessIdentity(bucket) } });
  new Distribution(stack, 'Control', { defaultBehavior: { origin: S3BucketOrigin.withOriginAccessControl(bucket) } });
};

test.each(FLAG_SETS)('no pack finds more than before, and logs, headers and web ACL are there, with %s', (_, flags) => {
  const { before, after, worse } = compared(SAMPLE, { flags, profile: SecurityProfile.production(), ...EDGE });
  expect(worse).toStrictEqual([]);
  const gone = ['AwsSolutions-CFR2', 'AwsSolutions-CFR3', 'DistributionAccessLog', 'DistributionWebAcl', 'SecurityHeaders'];
  expect(gone.map((rule) => [rule, before.get(rule), after.get(rule)])).toEqual(gone.map((rule) => [rule, 2, undefined]));
  expect(after.get('ViewerPlainText')).toBeUndefined();
});
