import { CfnParameter, Stack } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { ApplicationLoadBalancedFargateService } from 'aws-cdk-lib/aws-ecs-patterns';
import { ApplicationLoadBalancer, CfnListener, CfnListenerProps, CfnLoadBalancer, CfnTargetGroup, ListenerAction } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { LambdaTarget } from 'aws-cdk-lib/aws-elasticloadbalancingv2-targets';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import { hardened } from '../support/compared';
import { fourCases } from '../support/four-cases';

const SECURE = 'ELBSecurityPolicy-TLS13-1-2-2021-06';
const ARN = 'arn:aws:acm:eu-west-1:111122223333:certificate/shop';
const FORWARD = { type: 'forward', targetGroupArn: 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/shop/1' };
const listener = (stack: Stack, more: Partial<CfnListenerProps>) => (
  new CfnListener(stack, 'Listener', { loadBalancerArn: 'arn', port: 443, protocol: 'HTTPS', defaultActions: [FORWARD], ...more }));
const front = (stack: Stack, scheme?: string, type?: string) => new CfnLoadBalancer(stack, 'Front', { subnets: ['subnet-1', 'subnet-2'], scheme, type });
const functions = (stack: Stack) => ({ type: 'forward', targetGroupArn: new CfnTargetGroup(stack, 'Group', { targetType: 'lambda' }).ref });

fourCases('the policy for TLS of a listener', {
  property: 'SslPolicy',
  find: ({ SslPolicy }: { SslPolicy?: unknown }) => SslPolicy,
  make: (stack, value) => listener(stack, { sslPolicy: value as string | undefined }),
  secure: SECURE,
  safe: 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09',
  unsafe: 'ELBSecurityPolicy-2016-08',
  replaced: true,
});

const said = (make: (stack: Stack) => void) => hardened(make).changes.filter(({ rule }) => /^Balancer/.test(rule ?? '')).map(({ rule, outcome, impact }) => `${rule} ${outcome} ${impact}`);
const TLS = 'BalancerTlsPolicy set needs-attention';

describe('What hardening says of the listeners of load balancers', () => {
  test.each<[string, (stack: Stack) => void, string[]]>([
    ['a listener for TCP', (stack) => listener(stack, { protocol: 'TCP' }), []],
    ['a listener for TLS', (stack) => listener(stack, { protocol: 'TLS' }), [TLS]],
    ['a listener of which the deployment tells', (stack) => listener(stack, { protocol: new CfnParameter(stack, 'How').valueAsString }), []],
    ['one for HTTP on the internet', (stack) => listener(stack, { protocol: 'HTTP', loadBalancerArn: front(stack).ref }), [
      'BalancerWebAcl proposed in-place', 'BalancerPlainText proposed in-place',
    ]],
    ['one for HTTP that redirects', (stack) => listener(stack, { protocol: 'HTTP', loadBalancerArn: front(stack).ref, defaultActions: [{ type: 'redirect' }] }), ['BalancerWebAcl proposed in-place']],
    ['one for HTTP in the network', (stack) => listener(stack, { protocol: 'HTTP', loadBalancerArn: front(stack, 'internal').ref }), []],
    ['one for HTTP, perhaps in the network', (stack) => listener(stack, { protocol: 'HTTP', loadBalancerArn: front(stack, new CfnParameter(stack, 'Who').valueAsString).ref }), []],
    ['one for HTTP of which others tell', (stack) => listener(stack, { protocol: 'HTTP' }), []],
    ['one for TLS before containers', (stack) => listener(stack, { protocol: 'TLS', loadBalancerArn: front(stack, undefined, 'network').ref }), [TLS]],
    ['a web ACL', (stack) => {
      new CfnWebACLAssociation(stack, 'Guard', { resourceArn: front(stack).ref, webAclArn: 'arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/a/1' });
    }, []],
    ['a function', (stack) => listener(stack, { sslPolicy: SECURE, loadBalancerArn: front(stack).ref, defaultActions: [functions(stack)] }), [
      'BalancerWebAcl proposed in-place', 'BalancerAuth proposed in-place',
    ]],
    ['a function for those with a token', (stack) => listener(stack, {
      sslPolicy: SECURE, loadBalancerArn: front(stack).ref, defaultActions: [{ type: 'jwt-validation', order: 1 }, { ...functions(stack), order: 2 }],
    }), ['BalancerWebAcl proposed in-place']],
    ['a function for those with a certificate', (stack) => listener(stack, {
      sslPolicy: SECURE, loadBalancerArn: front(stack).ref, defaultActions: [functions(stack)], mutualAuthentication: { mode: 'verify' },
    }), ['BalancerWebAcl proposed in-place']],
  ])('%s', (_name, make, expected) => {
    expect(said(make).sort()).toEqual([...expected].sort());
  });

  test('leaves who calls to the author, in constructs of CDK too', () => {
    const { changes, template } = hardened((stack) => {
      const vpc = new Vpc(stack, 'Net');
      const fn = new Function(stack, 'Take', { runtime: Runtime.NODEJS_24_X, handler: 'index.handler', code: Code.fromInline('x') });
      new ApplicationLoadBalancer(stack, 'Front', { vpc, internetFacing: true }).addListener('Https', { port: 443, certificates: [{ certificateArn: ARN }] })
        .addTargets('Take', { targets: [new LambdaTarget(fn)] });
    });
    expect(changes.filter(({ rule }) => /^Balancer/.test(rule ?? '')).map(({ rule, outcome }) => `${rule} ${outcome}`).sort()).toEqual([
      'BalancerAuth proposed', 'BalancerTlsPolicy set', 'BalancerWebAcl proposed',
    ]);
    template.hasResourceProperties('AWS::ElasticLoadBalancingV2::Listener', { SslPolicy: SECURE });
    template.resourceCountIs('AWS::WAFv2::WebACLAssociation', 0);
  });

  test('sets the policy of what a pattern of CDK makes, and leaves its redirect', () => {
    const { changes, template } = hardened((stack) => {
      new ApplicationLoadBalancedFargateService(stack, 'Web', {
        vpc: new Vpc(stack, 'Net'), taskImageOptions: { image: ContainerImage.fromRegistry('pages') }, redirectHTTP: true, certificate: Certificate.fromCertificateArn(stack, 'Shown', ARN),
      });
    });
    expect(changes.filter(({ rule }) => /^Balancer/.test(rule ?? '')).map(({ rule, outcome }) => `${rule} ${outcome}`).sort()).toEqual(['BalancerTlsPolicy set', 'BalancerWebAcl proposed']);
    template.hasResourceProperties('AWS::ElasticLoadBalancingV2::Listener', { Protocol: 'HTTPS', SslPolicy: SECURE });
  });

  test('says nothing of a listener of CDK that asks', () => {
    expect(said((stack) => {
      const front443 = new ApplicationLoadBalancer(stack, 'Front', { vpc: new Vpc(stack, 'Net'), internetFacing: false });
      front443.addListener('Https', { port: 443, certificates: [{ certificateArn: ARN }], defaultAction: ListenerAction.fixedResponse(404) });
    })).toEqual([TLS]);
  });
});
