import { App, CfnResource, Fn, NestedStack, RemovalPolicy, Stack, Token } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { ApplicationLoadBalancer, CfnListener, CfnLoadBalancer, CfnLoadBalancerProps } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { CfnDeliverySource } from 'aws-cdk-lib/aws-logs';
import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { ServerlessSecurity } from '../../../src/app/serverless-security';
import { HardeningChange } from '../../../src/core/hardening/hardening-change';
import { SecurityProfile } from '../../../src/core/profile/security-profile';
import { HardenOptions } from '../../../src/hardening/harden-options';
import { compared, FLAG_SETS } from '../support/compared';
import { fourCases } from '../support/four-cases';
import { changesAt, hardenedStack, propertiesOf } from '../support/hardened';

const LOGS = 'access_logs.s3.enabled';
const HEADERS = 'routing.http.drop_invalid_header_fields.enabled';
const DELETION = 'deletion_protection.enabled';
const BALANCER = 'AWS::ElasticLoadBalancingV2::LoadBalancer';
const POLICY = 'AWS::S3::BucketPolicy';

const balancer = (stack: Stack, props: CfnLoadBalancerProps = {}) => new CfnLoadBalancer(stack, 'Front', { subnets: ['subnet-1', 'subnet-2'], ...props });
const withAttribute = (key: string) => (stack: Stack, value: unknown) => (
  balancer(stack, { loadBalancerAttributes: value === undefined ? undefined : [{ key, value: value as string }] }));
const attributeOf = (key: string) => (properties: { LoadBalancerAttributes?: { Key: string; Value: unknown }[] }) => (
  properties.LoadBalancerAttributes?.find(({ Key }) => Key === key)?.Value);
const listener = (stack: Stack, of: CfnLoadBalancer, protocol: string, id = 'Listener') => new CfnListener(stack, id, {
  loadBalancerArn: of.ref, protocol, port: 443, defaultActions: [{ type: 'forward', targetGroupArn: 'arn' }],
});

fourCases('the access log', {
  property: `LoadBalancerAttributes.${LOGS}`, find: attributeOf(LOGS), make: withAttribute(LOGS), secure: 'true', safe: 'true', unsafe: 'false', replaced: false,
});
fourCases('headers that HTTP does not allow', {
  property: `LoadBalancerAttributes.${HEADERS}`, find: attributeOf(HEADERS), make: withAttribute(HEADERS), secure: 'true', safe: 'true', unsafe: 'false', replaced: false,
});

/** What is rendered of one attribute, and the lines of the report about it. */
function hardened(key: string, make: (stack: Stack) => CfnResource, options: HardenOptions = {}): {
  readonly value: unknown;
  readonly lines: readonly HardeningChange[];
} {
  const stack = hardenedStack(options);
  const made = make(stack);
  const lines = changesAt(stack, made.node.path).filter(({ property }) => property === `LoadBalancerAttributes.${key}`);
  return { value: attributeOf(key)(propertiesOf(made)), lines };
}

const outcomes = (lines: readonly HardeningChange[]): string[] => lines.map(({ outcome, impact }) => `${outcome} ${impact}`);

/** A stack that goes to a region, or to one that nobody knows yet. */
function stackIn(region?: string): Stack {
  const app = new App();
  ServerlessSecurity.of(app).harden();
  return new Stack(app, 'Shop', { env: region === undefined ? undefined : { account: '111122223333', region } });
}

/** Who may write into the bucket for logs, and what. */
function writersIn(stack: Stack): unknown[] {
  const [policy] = Object.values(Template.fromStack(stack).findResources(POLICY));
  return policy.Properties.PolicyDocument.Statement.filter(({ Effect }: { Effect: string }) => Effect === 'Allow');
}

const inBucket = (account: unknown) => ({ 'Fn::Join': ['', [{ 'Fn::GetAtt': [expect.stringMatching(/^SharedSecurityBalancerLogBucket/), 'Arn'] }, ...account as unknown[]]] });
const APPLICATION = { Sid: 'ApplicationLoadBalancers', Effect: 'Allow', Action: 's3:PutObject' };
const SERVICE = { Service: 'logdelivery.elasticloadbalancing.amazonaws.com' };

describe('the bucket for access logs', () => {
  test.each(['us-east-1', 'eu-central-2', 'us-gov-west-1'])('in %s lets the service write for the account', (region) => {
    const stack = stackIn(region);
    balancer(stack);
    expect(writersIn(stack)).toEqual([{ ...APPLICATION, Principal: SERVICE, Resource: inBucket(['/AWSLogs/111122223333/*']) }]);
  });

  test('in China lets the accounts of its two regions write', () => {
    const stack = stackIn('cn-north-1');
    balancer(stack);
    const root = (account: string) => ({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:iam::${account}:root`]] });
    expect(writersIn(stack)).toEqual([{
      ...APPLICATION, Principal: { AWS: [root('037604701340'), root('638102146993')] }, Resource: inBucket(['/AWSLogs/111122223333/*']),
    }]);
  });

  test('of a stack that says no region lets in whom the partition knows, at the deployment', () => {
    const stack = stackIn();
    balancer(stack);
    const root = (account: string) => ({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:iam::${account}:root`]] });
    const [statement] = writersIn(stack) as { Principal: { 'Fn::If': [string, unknown, unknown] } }[];
    const { 'Fn::If': [condition, ...choices] } = statement.Principal;
    expect(choices).toEqual([{ AWS: [root('037604701340'), root('638102146993')] }, SERVICE]);
    expect(Template.fromStack(stack).toJSON().Conditions[condition]).toEqual({ 'Fn::Equals': [{ Ref: 'AWS::Partition' }, 'aws-cn'] });
    expect(statement).toEqual(expect.objectContaining({ ...APPLICATION, Resource: inBucket(['/AWSLogs/', { Ref: 'AWS::AccountId' }, '/*']) }));
  });

  test('lets network load balancers write by CloudWatch Logs, for this account and region alone, once for all of them', () => {
    const stack = stackIn('eu-west-1');
    for (const id of ['One', 'Two']) {
      const made = new CfnLoadBalancer(stack, id, { type: 'network' });
      listener(stack, made, 'TLS', `${id}Listener`);
    }
    const conditions = {
      StringEquals: { 'aws:SourceAccount': '111122223333' },
      ArnLike: { 'aws:SourceArn': { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':logs:eu-west-1:111122223333:*']] } },
    };
    const service = { Effect: 'Allow', Principal: { Service: 'delivery.logs.amazonaws.com' } };
    expect(writersIn(stack).slice(1)).toEqual([
      { ...service, Sid: 'NetworkLoadBalancers', Action: 's3:GetBucketAcl', Resource: { 'Fn::GetAtt': [expect.any(String), 'Arn'] }, Condition: conditions },
      {
        ...service,
        Sid: 'NetworkLoadBalancerLogs',
        Action: 's3:PutObject',
        Resource: inBucket(['/AWSLogs/111122223333/*']),
        Condition: { ...conditions, StringEquals: { ...conditions.StringEquals, 's3:x-amz-acl': 'bucket-owner-full-control' } },
      },
    ]);
  });

  test('is there, with its policy, before the load balancer writes to it, and is encrypted by S3 itself', () => {
    const stack = stackIn('eu-west-1');
    balancer(stack);
    const template = Template.fromStack(stack);
    const [policy] = Object.keys(template.findResources(POLICY));
    template.hasResource(BALANCER, {
      DependsOn: [policy],
      Properties: { LoadBalancerAttributes: Match.arrayWith([{ Key: LOGS, Value: 'true' }, { Key: 'access_logs.s3.bucket', Value: { Ref: Match.stringLikeRegexp('BalancerLogBucket') } }]) },
    });
    template.hasResourceProperties('AWS::S3::Bucket', {
      BucketEncryption: { ServerSideEncryptionConfiguration: [Match.objectLike({ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } })] },
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
    });
  });

  test('makes no circle with a bucket that waits for the load balancer, which has an access log of its own', () => {
    const stack = stackIn('eu-west-1');
    const front = balancer(stack);
    new CfnBucket(stack, 'Old', { websiteConfiguration: { redirectAllRequestsTo: { hostName: front.attrDnsName } } });
    const names = Object.keys(Template.fromStack(stack).findResources(POLICY)).filter((id) => id.includes('BalancerLogBucket'));
    expect(JSON.stringify(Template.fromStack(stack).toJSON().Resources[names[0]])).not.toContain('Old');
  });

  test('of a stack that holds others serves load balancers in these: the nested stack waits for its policy', () => {
    const stack = stackIn('eu-west-1');
    const nested = new NestedStack(stack, 'Inner');
    balancer(nested);
    const template = Template.fromStack(stack);
    const [policy] = Object.keys(template.findResources(POLICY));
    template.hasResource('AWS::CloudFormation::Stack', { DependsOn: [policy] });
    Template.fromStack(nested).hasResourceProperties(BALANCER, {
      LoadBalancerAttributes: Match.arrayWith([{ Key: 'access_logs.s3.bucket', Value: { Ref: Match.stringLikeRegexp('BalancerLogBucket') } }]),
    });
  });
});

describe('the access log', () => {
  const network = (...protocols: string[]) => (stack: Stack) => {
    const made = balancer(stack, { type: 'network' });
    protocols.forEach((protocol, index) => listener(stack, made, protocol, `Listener${index}`));
    return made;
  };

  test.each<[string, (stack: Stack) => CfnResource, string[], string | undefined]>([
    ['of a network load balancer with a listener for TLS is switched on', network('TLS', 'TCP'), ['set in-place'], undefined],
    ['of one without is none', network('TCP', 'UDP'), [], 'Network load balancers write down the connections of listeners for TLS alone, and this one has none.'],
    ['of one whose listeners are not in the app is left', network(), [], undefined],
    ['of one whose listener only the deployment knows is left', network(Fn.importValue('protocol')), [], undefined],
    ['of a gateway is none', (stack) => balancer(stack, { type: 'gateway' }), [], 'Gateway load balancers have no access log.'],
    ['that CloudWatch Logs delivers is there', (stack) => {
      const made = balancer(stack);
      new CfnDeliverySource(stack, 'Source', { name: 'front', resourceArn: made.ref, logType: 'ALB_ACCESS_LOGS' });
      return made;
    }, [], 'CloudWatch Logs delivers the access log of the load balancer, which cdk-nag does not look for.'],
    ['for which a bucket is named, and no more, is told of', (stack) => balancer(stack, { loadBalancerAttributes: [{ key: 'access_logs.s3.bucket', value: 'logs' }] }), ['kept in-place'], undefined],
    ['for which a bucket is named, and that CloudWatch Logs delivers, is there', (stack) => {
      const made = balancer(stack, { loadBalancerAttributes: [{ key: 'access_logs.s3.bucket', value: 'logs' }] });
      new CfnDeliverySource(stack, 'Source', { name: 'front', resourceArn: made.ref, logType: 'ALB_ACCESS_LOGS' });
      return made;
    }, [], 'CloudWatch Logs delivers the access log of the load balancer, which cdk-nag does not look for.'],
    ['of a gateway for which a bucket is named is none', (stack) => (
      balancer(stack, { type: 'gateway', loadBalancerAttributes: [{ key: 'access_logs.s3.bucket', value: 'logs' }] })
    ), [], 'Gateway load balancers have no access log.'],
    ['is switched on where CloudWatch Logs delivers another one', (stack) => {
      const made = balancer(stack);
      new CfnDeliverySource(stack, 'Source', { name: 'front', resourceArn: made.ref, logType: 'ALB_HEALTH_CHECK_LOGS' });
      return made;
    }, ['set in-place'], undefined],
    ['is switched on where an override makes a listener one for TLS', (stack) => {
      const made = balancer(stack, { type: 'network' });
      listener(stack, made, 'TCP').addPropertyOverride('Protocol', 'TLS');
      return made;
    }, ['set in-place'], undefined],
    ['of one with a listener for HTTP is switched on, and nothing is explained', (stack) => {
      const made = balancer(stack);
      listener(stack, made, 'HTTP');
      return made;
    }, ['set in-place'], undefined],
    ['that an override switches off is told of', (stack) => {
      const made = balancer(stack);
      made.addPropertyOverride('LoadBalancerAttributes', [{ Key: LOGS, Value: 'false' }]);
      return made;
    }, ['kept in-place'], undefined],
    ['that an override sets is there', (stack) => {
      const made = balancer(stack);
      made.addPropertyOverride('LoadBalancerAttributes', [{ Key: LOGS, Value: 'true' }, { Key: 'access_logs.s3.bucket', Value: 'logs' }]);
      return made;
    }, [], undefined],
  ])('%s', (_, make, expected, reason) => {
    const stack = hardenedStack({ strict: true });
    const made = make(stack);
    const changes = changesAt(stack, made.node.path);
    expect(outcomes(changes.filter(({ property }) => property === `LoadBalancerAttributes.${LOGS}`))).toEqual(expected);
    expect(changes.find(({ property }) => property === 'the finding ELB2')?.after).toBe(reason === undefined ? undefined : `acknowledged: ${reason}`);
  });

  test('is withheld where the stack has no room for its bucket and the policy', () => {
    const outcomeWith = (limit: number) => {
      const stack = hardenedStack({}, { '@aws-cdk/core:stackResourceLimit': limit });
      balancer(stack);
      return outcomes(changesAt(stack, 'Shop/Front').filter(({ property }) => property.endsWith(LOGS)));
    };
    expect([17, 18].map(outcomeWith)).toEqual([['withheld in-place'], ['set in-place']]);
  });

  test('keeps the attributes that a construct of CDK writes at the end', () => {
    const stack = hardenedStack();
    const made = new ApplicationLoadBalancer(stack, 'Front', { vpc: new Vpc(stack, 'Net'), http2Enabled: false });
    expect(propertiesOf(made.node.defaultChild as CfnLoadBalancer).LoadBalancerAttributes.map(({ Key }: { Key: string }) => Key)).toEqual([
      DELETION, 'routing.http2.enabled', LOGS, 'access_logs.s3.bucket', HEADERS,
    ]);
  });
});

describe('headers that HTTP does not allow', () => {
  test('are nothing to a load balancer that does not read HTTP', () => {
    expect(hardened(HEADERS, (stack) => balancer(stack, { type: 'network' })).lines).toStrictEqual([]);
  });

  test('are nothing to such a one whose attributes an override says', () => {
    const { lines } = hardened(HEADERS, (stack) => {
      const made = balancer(stack, { type: 'network' });
      made.addPropertyOverride('LoadBalancerAttributes', [{ Key: DELETION, Value: 'true' }]);
      return made;
    });
    expect(lines).toStrictEqual([]);
  });

  test('are taken out with a word to clients that send such ones', () => {
    const { lines: [line] } = hardened(HEADERS, (stack) => balancer(stack));
    expect([line.impact, line.note]).toEqual(['needs-attention', expect.stringMatching(/underscores for instance, no longer reach the service/)]);
  });
});

describe('a load balancer that stays behind', () => {
  test('has deletion protection', () => {
    const kept = (value?: string) => hardened(DELETION, (stack) => {
      const made = withAttribute(DELETION)(stack, value);
      made.applyRemovalPolicy(RemovalPolicy.RETAIN);
      return made;
    });
    expect([kept().value, outcomes(kept().lines)]).toEqual(['true', ['set needs-attention']]);
    expect([kept('false').value, outcomes(kept('false').lines)]).toEqual(['false', ['proposed in-place']]);
    expect(kept('true').lines).toStrictEqual([]);
  });

  test('has none where the profile lets all go', () => {
    const { value, lines } = hardened(DELETION, (stack) => {
      const made = balancer(stack);
      made.applyRemovalPolicy(RemovalPolicy.RETAIN);
      return made;
    }, { profile: SecurityProfile.sandbox() });
    expect([value, lines]).toEqual([undefined, []]);
  });
});

describe('deletion protection', () => {
  test.each<[string, unknown, string[]]>([
    ['that nobody spoke of is proposed', undefined, ['proposed in-place']], ['that is switched off is proposed', 'false', ['proposed in-place']],
    ['that is there stays', 'true', []], ['that only the deployment knows stays', Token.asString({ Ref: 'AWS::StackName' }), ['unknown needs-attention']],
  ])('%s', (_, value, expected) => {
    for (const strict of [false, true]) {
      expect(outcomes(hardened(DELETION, (stack) => withAttribute(DELETION)(stack, value), { strict }).lines)).toEqual(expected);
    }
  });

  test('that an override sets is there', () => {
    const { lines } = hardened(DELETION, (stack) => {
      const made = balancer(stack);
      made.addPropertyOverride('LoadBalancerAttributes', [{ Key: DELETION, Value: 'true' }]);
      return made;
    });
    expect(lines).toStrictEqual([]);
  });

  test('is nothing where the profile lets all go', () => {
    expect(hardened(DELETION, (stack) => balancer(stack), { profile: SecurityProfile.sandbox() }).lines).toStrictEqual([]);
  });
});

describe.each(FLAG_SETS)('an app with a load balancer, with %s', (_, flags) => {
  test.each([undefined, { account: '111122223333', region: 'eu-west-1' }])('has fewer findings, and in no pack more (%j)', (env) => {
    const { before, after, worse } = compared((stack) => {
      new ApplicationLoadBalancer(stack, 'Front', { vpc: new Vpc(stack, 'Net', { flowLogs: { All: {} } }) });
    }, { flags, env });
    expect(worse).toStrictEqual([]);
    const rules = [
      'AwsSolutions-ELB2', 'HIPAA.Security-ELBLoggingEnabled', 'HIPAA.Security-ALBHttpDropInvalidHeaderEnabled', 'LoadBalancerLogs', 'LoadBalancerHeaders',
    ];
    for (const rule of rules) expect([rule, before.get(rule), after.get(rule)]).toEqual([rule, 1, undefined]);
  });
});
