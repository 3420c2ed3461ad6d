import { SecurityProfile } from '../../../src/core/profile/security-profile';
import { facingFunctions } from '../../../src/model/entries/facing-functions';
import { reachOf } from '../../../src/model/entries/load-balancers';
import { AppModel } from '../../../src/model/resources/app-model';
import { outcomesOf } from '../../../src/model/rule';
import { DEFAULT_RULE_OPTIONS } from '../../../src/model/rule-options';
import { LISTENER_RULES } from '../../../src/network/balancer/listener-rules';
import { entryPointsOf } from '../../../src/policy/entry-points/entry-points';
import { judge } from '../../../src/policy/judge';
import { entryPointsOf as reportedEntries } from '../../../src/report/parts/entry-points';
import { flowsOf } from '../../../src/report/parts/flows';
import { functionsOf } from '../../../src/report/parts/functions';
import { findings, modelOf, modelOfStacks, Resources, RuleCase, shownBy } from '../support';

const LATER = { Ref: 'P' };
const SECTIONS = { Parameters: { P: { Type: 'String' } }, Conditions: { Prod: { 'Fn::Equals': [LATER, 'x'] } } };
const maybe = (one: unknown, other: unknown = { Ref: 'AWS::NoValue' }) => ({ 'Fn::If': ['Prod', one, other] });
const resource = (Type: string, Properties: unknown = {}) => ({ Type, Properties });
const attribute = (logicalId: string, name = 'Arn') => ({ 'Fn::GetAtt': [logicalId, name] });
const elb = (type: string, Properties: unknown) => resource(`AWS::ElasticLoadBalancingV2::${type}`, Properties);

const LOGGED = { LoadBalancerAttributes: [{ Key: 'access_logs.s3.enabled', Value: 'true' }] };
const forward = (group = 'Group') => ({ Type: 'forward', TargetGroupArn: { Ref: group } });
const redirect = { Type: 'redirect', RedirectConfig: { Protocol: 'HTTPS', Port: '443', StatusCode: 'HTTP_301' } };
const refusal = { Type: 'fixed-response', FixedResponseConfig: { StatusCode: '403' } };
const cognito = (more = {}) => ({ Type: 'authenticate-cognito', AuthenticateCognitoConfig: { UserPoolArn: 'a', UserPoolClientId: 'b', UserPoolDomain: 'c', ...more } });
const oidc = (more = {}) => ({ Type: 'authenticate-oidc', AuthenticateOidcConfig: { Issuer: 'https://sign-in.example.com', ...more } });
const JWT = { Type: 'jwt-validation', JwtValidationConfig: { Issuer: 'https://sign-in.example.com', JwksEndpoint: 'https://sign-in.example.com/keys' } };
const listener = (DefaultActions: unknown, more: object = {}) => elb('Listener', {
  LoadBalancerArn: { Ref: 'Front' }, Port: 443, Protocol: 'HTTPS', SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06', DefaultActions, ...more,
});
const rule = (Actions: unknown, ...Conditions: unknown[]) => elb('ListenerRule', { ListenerArn: { Ref: 'Listener' }, Priority: 1, Actions, Conditions });
const path = { Field: 'path-pattern', PathPatternConfig: { Values: ['/orders/*'] } };
const header = (HttpHeaderName: string, ...Values: unknown[]) => ({ Field: 'http-header', HttpHeaderConfig: { HttpHeaderName, Values } });
const addresses = (...Values: string[]) => ({ Field: 'source-ip', SourceIpConfig: { Values } });

const FUNCTION: Resources = {
  Group: elb('TargetGroup', { TargetType: 'lambda', Targets: [{ Id: attribute('Take') }] }),
  Take: resource('AWS::Lambda::Function', { Role: attribute('Role') }),
  Role: resource('AWS::IAM::Role', {
    Policies: [{ PolicyName: 'p', PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'dynamodb:PutItem', Resource: attribute('Table') }] } }],
  }),
  Table: resource('AWS::DynamoDB::Table'),
};
const SERVICE: Resources = {
  Group: elb('TargetGroup', { TargetType: 'ip', Port: 80, Protocol: 'HTTP' }),
  Shop: resource('AWS::ECS::Service', { LoadBalancers: [{ ContainerName: 'web', ContainerPort: 80, TargetGroupArn: { Ref: 'Group' } }], TaskDefinition: { Ref: 'Task' } }),
  Task: resource('AWS::ECS::TaskDefinition', { TaskRoleArn: attribute('Role') }),
  Role: FUNCTION.Role,
  Table: FUNCTION.Table,
};
const front = (given: object = {}, more: Resources = {}): Resources => ({ Front: elb('LoadBalancer', given), ...more });
/** A load balancer, its listener and a function. */
const app = (actions: unknown = [forward()], given: object = {}, more: Resources = {}): Resources => (
  front(given, { Listener: listener(actions), ...FUNCTION, ...more }));
const group = (...SecurityGroupIngress: unknown[]): Resources => ({ Door: resource('AWS::EC2::SecurityGroup', { GroupDescription: 'Door', SecurityGroupIngress }) });
const lets = (more: object) => ({ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, ...more });
const WORLD = lets({ CidrIp: '0.0.0.0/0' });
const OFFICE = lets({ CidrIp: '198.51.100.0/24' });
const LISTED = lets({ SourcePrefixListId: 'pl-4fa04526' });
const DOOR = { SecurityGroups: [attribute('Door', 'GroupId')] };
const distribution = (origin: object, more: object = {}): Resources => ({
  Edge: resource('AWS::CloudFront::Distribution', {
    DistributionConfig: { Enabled: true, Origins: [{ Id: 'shop', ...origin }], DefaultCacheBehavior: { TargetOriginId: 'shop', ViewerProtocolPolicy: 'https-only' }, ...more },
  }),
});
const BY_NAME = { DomainName: attribute('Front', 'DNSName') };
const BY_NETWORK = { DomainName: 'shop.example.com', VpcOriginConfig: { VpcOriginId: attribute('Inside', 'Id') } };
const INSIDE: Resources = { Inside: resource('AWS::CloudFront::VpcOrigin', { VpcOriginEndpointConfig: { Arn: { Ref: 'Front' }, Name: 'shop' } }) };
const guard = (ResourceArn: unknown = { Ref: 'Front' }): Resources => ({
  Guard: resource('AWS::WAFv2::WebACLAssociation', { ResourceArn, WebACLArn: 'arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/shop/1' }),
});
const WIRE: Resources = {
  Wire: elb('LoadBalancer', { Type: 'network', Scheme: 'internet-facing' }),
  WireListener: elb('Listener', { LoadBalancerArn: { Ref: 'Wire' }, Port: 443, Protocol: 'TCP', DefaultActions: [forward('Http')] }),
  Http: elb('TargetGroup', { TargetType: 'alb', Targets: [{ Id: { Ref: 'Front' } }], Port: 443, Protocol: 'TCP' }),
};

const INTERNAL = { Scheme: 'internal' };
const PLAIN = { Port: 80, Protocol: 'HTTP' };
const plain = (actions: unknown, given: object = {}, more: Resources = {}): Resources => (
  front(given, { Listener: listener(actions, PLAIN), ...SERVICE, ...more }));
const SAYS = (id: string, at: string) => [`${id} at ${at}`];
const OPEN = (id: string, at: string) => [`${id}[undecided] at ${at}`];

const AUTH: readonly RuleCase[] = ([
  ['nobody asks', app(), SAYS('BalancerAuth', 'Listener')],
  ['nobody asks, in each case', app([maybe(forward(), refusal)]), SAYS('BalancerAuth', 'Listener')],
  ['a user pool asks', app([cognito(), forward()]), []],
  ['a user pool asks those who want to', app([cognito({ OnUnauthenticatedRequest: 'allow' }), forward()]), SAYS('BalancerAuth', 'Listener')],
  ['a user pool asks in one case', app([maybe(cognito()), forward()]), SAYS('BalancerAuth', 'Listener')],
  ['a user pool asks, or another one', app([maybe(cognito(), oidc()), forward()]), []],
  ['another provider asks', app([oidc({ OnUnauthenticatedRequest: 'deny' }), forward()]), []],
  ['another provider asks, perhaps', app([oidc({ OnUnauthenticatedRequest: LATER }), forward()]), OPEN('BalancerAuth', 'Listener')],
  ['a token is asked for', app([JWT, forward()]), []],
  ['a certificate is asked for', app([forward()], {}, { Listener: listener([forward()], { MutualAuthentication: { Mode: 'verify', TrustStoreArn: 'a' } }) }), []],
  ['a certificate is handed on', app([forward()], {}, { Listener: listener([forward()], { MutualAuthentication: { Mode: 'passthrough' } }) }), SAYS('BalancerAuth', 'Listener')],
  ['a certificate is asked for, perhaps', app([forward()], {}, { Listener: listener([forward()], { MutualAuthentication: { Mode: LATER } }) }), OPEN('BalancerAuth', 'Listener')],
  ['several groups', app([{ Type: 'forward', ForwardConfig: { TargetGroups: [{ TargetGroupArn: { Ref: 'Group' }, Weight: 1 }] } }]), SAYS('BalancerAuth', 'Listener')],
  ['one path is open', app([cognito(), forward()], {}, { Orders: rule([forward()], path) }), SAYS('BalancerAuth', 'Orders')],
  ['one path alone is there, for those who sign in', app([refusal], {}, { Orders: rule([cognito(), forward()], path) }), []],
  ['a header that is a secret', app([refusal], {}, { Orders: rule([forward()], header('X-Origin-Verify', '{{resolve:secretsmanager:door}}')) }), []],
  ['a header that all send', app([refusal], {}, { Orders: rule([forward()], header('X-Origin-Verify', '*')) }), SAYS('BalancerAuth', 'Orders')],
  ['a header that tells the site', app([refusal], {}, { Orders: rule([forward()], header('Origin', 'https://shop.example.com')) }), SAYS('BalancerAuth', 'Orders')],
  ['a header of a browser', app([refusal], {}, { Orders: rule([forward()], header('Sec-Fetch-Origin', 'x')) }), SAYS('BalancerAuth', 'Orders')],
  ['a header that is a secret, with the name of one that all send in it', app([refusal], {}, { Orders: rule([forward()], header('X-Edge-Authorization', 'x')) }), []],
  ['a header that is a secret, and begins like one that all send', app([refusal], {}, { Orders: rule([forward()], header('Origin-Verify', 'x')) }), []],
  ['a header for routing', app([refusal], {}, { Orders: rule([forward()], header('X-Version', '2')) }), SAYS('BalancerAuth', 'Orders')],
  ['some addresses', app([refusal], {}, { Orders: rule([forward()], addresses('198.51.100.0/24')) }), []],
  ['all addresses', app([refusal], {}, { Orders: rule([forward()], addresses('0.0.0.0/0')) }), SAYS('BalancerAuth', 'Orders')],
  ['actions that the deployment says', app(LATER), []],
  ['only the network calls', app([forward()], INTERNAL), []],
  ['whether only the network calls, the deployment says', app([forward()], { Scheme: LATER }), OPEN('BalancerAuth', 'Listener')],
  ['the internet calls in one case', app([forward()], { Scheme: maybe('internal', 'internet-facing') }), SAYS('BalancerAuth', 'Listener')],
  ['a distribution calls', app([forward()], INTERNAL, { ...distribution(BY_NETWORK), ...INSIDE }), SAYS('BalancerAuth', 'Listener')],
  ['containers', front({}, { Listener: listener([forward()]), ...SERVICE }), []],
  ['a load balancer of another app', { Listener: listener([forward()], { LoadBalancerArn: 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/shop/1' }), ...FUNCTION }, OPEN('BalancerAuth', 'Listener')],
  ['a listener of another app', { Orders: elb('ListenerRule', { ListenerArn: LATER, Actions: [cognito(), forward()] }), ...FUNCTION }, []],
] as const).map(([name, resources, expected]) => ['BalancerAuth', name, resources, [...expected]]);

const ACL: readonly RuleCase[] = ([
  ['none', app(), SAYS('BalancerWebAcl', 'Front')],
  ['none, of one whose listeners others add', front(), SAYS('BalancerWebAcl', 'Front')],
  ['there', app([forward()], {}, guard()), []],
  ['before another one', app([forward()], {}, guard('arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/shop/1')), SAYS('BalancerWebAcl', 'Front')],
  ['before what the deployment names', app([forward()], {}, guard(LATER)), OPEN('BalancerWebAcl', 'Front')],
  ['all is redirected', app([redirect]), []],
  ['only the network calls', app([forward()], INTERNAL), []],
  ['everybody is let in', app([forward()], DOOR, group(OFFICE, WORLD)), SAYS('BalancerWebAcl', 'Front')],
  ['everybody is let in by a rule that stands alone', app([forward()], DOOR, {
    ...group(), Alone: resource('AWS::EC2::SecurityGroupIngress', { ...WORLD, GroupId: attribute('Door', 'GroupId') }),
  }), SAYS('BalancerWebAcl', 'Front')],
  ['an office is let in', app([forward()], DOOR, group(OFFICE)), []],
  ['a group of another app decides', app([forward()], { SecurityGroups: ['sg-1'] }), OPEN('BalancerWebAcl', 'Front')],
  ['addresses of which the deployment tells', app([forward()], DOOR, group(lets({ CidrIp: LATER }))), OPEN('BalancerWebAcl', 'Front')],
  ['a group of another app decides, too', app([forward()], { SecurityGroups: [...DOOR.SecurityGroups, 'sg-1'] }, group(OFFICE)), OPEN('BalancerWebAcl', 'Front')],
  ['a list of addresses is let in', app([forward()], DOOR, group(LISTED)), OPEN('BalancerWebAcl', 'Front')],
  ['a list of addresses is let in, and an office', app([forward()], DOOR, group(OFFICE, LISTED)), OPEN('BalancerWebAcl', 'Front')],
  ['only the network calls, or the deployment says who', app([forward()], { Scheme: maybe('internal', LATER) }), OPEN('BalancerWebAcl', 'Front')],
  ['a list of addresses is let in, and a distribution calls', app([forward()], DOOR, { ...group(LISTED), ...distribution(BY_NAME) }), []],
  ['everybody is let in, and a distribution calls', app([forward()], DOOR, { ...group(WORLD), ...distribution(BY_NAME, { WebACLId: 'arn' }) }), SAYS('BalancerWebAcl', 'Front')],
  ['whoever knows the header, and a distribution calls', app([refusal], {}, { ...distribution(BY_NAME), Orders: rule([forward()], header('X-Origin-Verify', 'x')) }), []],
  ['whoever knows the header', app([refusal], {}, { Orders: rule([forward()], header('X-Origin-Verify', 'x')) }), OPEN('BalancerWebAcl', 'Front')],
  ['whoever knows the header, on one of two paths', app([forward()], {}, { Orders: rule([forward()], header('X-Origin-Verify', 'x')) }), SAYS('BalancerWebAcl', 'Front')],
  ['one for TCP', app([forward()], { Type: 'network' }), []],
  ['behind one for TCP', app([forward()], INTERNAL, WIRE), SAYS('BalancerWebAcl', 'Front')],
  ['behind one for TCP that stands before others, too', app([forward()], INTERNAL, {
    ...WIRE, Other: elb('Listener', { LoadBalancerArn: { Ref: 'Wire' }, Port: 22, Protocol: 'TCP', DefaultActions: [forward('Group')] }),
  }), SAYS('BalancerWebAcl', 'Front')],
  ['behind one for TCP of which the deployment says who calls', app([forward()], INTERNAL, {
    ...WIRE, Wire: elb('LoadBalancer', { Type: 'network', Scheme: LATER }),
  }), OPEN('BalancerWebAcl', 'Front')],
  ['beside one for TCP', app([forward()], INTERNAL, { ...WIRE, Http: elb('TargetGroup', { TargetType: 'ip', Port: 443, Protocol: 'TCP' }) }), []],
  ['a distribution calls another server, and the network', app([forward()], INTERNAL, distribution({ DomainName: 'shop.example.com' })), []],
] as const).map(([name, resources, expected]) => ['BalancerWebAcl', name, resources, [...expected]]);

const TEXT: readonly RuleCase[] = ([
  ['containers', plain([forward()]), SAYS('BalancerPlainText', 'Listener')],
  ['a redirect', plain([redirect]), []],
  ['a redirect, and one path is forwarded', plain([redirect], {}, { Orders: rule([forward()], path) }), SAYS('BalancerPlainText', 'Orders')],
  ['HTTPS', front({}, { Listener: listener([forward()]), ...SERVICE }), []],
  ['HTTP in one case', front({}, { Listener: listener([forward()], { Protocol: maybe('HTTPS', 'HTTP') }), ...SERVICE }), SAYS('BalancerPlainText', 'Listener')],
  ['the deployment says it', front({}, { Listener: listener([forward()], { Protocol: LATER }), ...SERVICE }), OPEN('BalancerPlainText', 'Listener')],
  ['a load balancer of another app', { Listener: listener([forward()], { LoadBalancerArn: LATER, Protocol: 'HTTP' }), ...SERVICE }, OPEN('BalancerPlainText', 'Listener')],
  ['HTTPS, of a load balancer of another app', { Listener: listener([forward()], { LoadBalancerArn: LATER }), ...SERVICE }, []],
  ['one that hands on TCP, by a protocol that the deployment says', front({ Type: 'network' }, { Listener: listener([forward()], { Protocol: LATER }), ...SERVICE }), []],
  ['only the network calls', plain([forward()], INTERNAL), []],
  ['whether only the network calls, the deployment says', plain([forward()], { Scheme: LATER }), OPEN('BalancerPlainText', 'Listener')],
  ['only a distribution calls', plain([forward()], DOOR, { ...group(LISTED), ...distribution(BY_NAME) }), []],
  ['a listener of another app', { Orders: elb('ListenerRule', { ListenerArn: LATER, Actions: [forward()] }), ...SERVICE }, []],
] as const).map(([name, resources, expected]) => ['BalancerPlainText', name, resources, [...expected]]);

const tls = (more: object): Resources => ({ Listener: listener([forward()], more) });
const TLS: readonly RuleCase[] = ([
  ['left out', tls({ SslPolicy: undefined }), SAYS('BalancerTlsPolicy', 'Listener')],
  ['left out, for TLS', tls({ SslPolicy: undefined, Protocol: 'TLS' }), SAYS('BalancerTlsPolicy', 'Listener')],
  ['left out, for HTTP', tls({ SslPolicy: undefined, Protocol: 'HTTP' }), []],
  ['left out, for what the deployment says', tls({ SslPolicy: undefined, Protocol: LATER }), OPEN('BalancerTlsPolicy', 'Listener')],
  ['left out, for HTTPS in one of two stages', tls({ SslPolicy: undefined, Protocol: maybe('HTTPS', 'HTTP') }), SAYS('BalancerTlsPolicy', 'Listener')],
  ['left out, for HTTPS or for what the deployment says', tls({ SslPolicy: undefined, Protocol: maybe('HTTPS', LATER) }), SAYS('BalancerTlsPolicy', 'Listener')],
  ['named, for what the deployment says', tls({ Protocol: LATER }), []],
  ['no text', tls({ SslPolicy: { Name: 'x' } }), SAYS('BalancerTlsPolicy', 'Listener')],
  ...['ELBSecurityPolicy-2016-08', 'ELBSecurityPolicy-FS-2018-06', 'ELBSecurityPolicy-FS-1-1-2019-08', 'ELBSecurityPolicy-TLS-1-0-2015-04', 'ELBSecurityPolicy-TLS-1-1-2017-01',
    'ELBSecurityPolicy-TLS13-1-0-2021-06', 'ELBSecurityPolicy-TLS13-1-0-FIPS-PQ-2025-09', 'ELBSecurityPolicy-TLS13-1-1-2021-06', maybe('ELBSecurityPolicy-TLS13-1-2-2021-06')]
    .map((SslPolicy) => [`${JSON.stringify(SslPolicy)}`, tls({ SslPolicy }), SAYS('BalancerTlsPolicy', 'Listener')] as const),
  ...['ELBSecurityPolicy-TLS13-1-2-2021-06', 'ELBSecurityPolicy-TLS13-1-3-FIPS-2023-04', 'ELBSecurityPolicy-FS-1-2-Res-2020-10', 'ELBSecurityPolicy-TLS-1-2-2017-01',
    'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09'].map((SslPolicy) => [SslPolicy, tls({ SslPolicy }), []] as const),
  ['the deployment says it', tls({ SslPolicy: LATER }), OPEN('BalancerTlsPolicy', 'Listener')],
] as const).map(([name, resources, expected]) => ['BalancerTlsPolicy', name, resources, [...expected]]);

const LAYERS: readonly RuleCase[] = [
  ['EntryPointLayers', 'nothing stands there', front({}, { Listener: listener([forward()]), ...SERVICE }), ['EntryPointLayers at Front']],
  ['EntryPointLayers', 'a web ACL and a log stand there', front(LOGGED, { Listener: listener([forward()]), ...SERVICE, ...guard() }), []],
  ['EntryPointLayers', 'a web ACL stands there, and an alarm watches', front({}, {
    Listener: listener([forward()]),
    ...SERVICE,
    ...guard(),
    Alarm: resource('AWS::CloudWatch::Alarm', {
      Namespace: 'AWS/ApplicationELB', MetricName: 'RequestCount', Dimensions: [{ Name: 'LoadBalancer', Value: attribute('Front', 'LoadBalancerFullName') }],
    }),
  }), []],
  ['EntryPointLayers', 'only the network calls', front(INTERNAL, { Listener: listener([forward()]), ...SERVICE }), []],
  ['EntryPointLayers', 'who calls, the deployment says', front({ Scheme: LATER }, { Listener: listener([forward()]), ...SERVICE }), ['EntryPointLayers[undecided] at Front']],
  ['EntryPointLayers', 'one for TCP', front({ Type: 'network' }, { Listener: listener([forward()], { Protocol: 'TCP' }), ...SERVICE }), []],
  ['OpenStorePath', 'a function that writes', app(), ['OpenStorePath[undecided] at Front']],
  ['OpenStorePath', 'a function that writes, for those who sign in', app([cognito(), forward()]), []],
  ['OpenStorePath', 'containers that write', front({}, { Listener: listener([forward()]), ...SERVICE }), ['OpenStorePath[undecided] at Front']],
  ['WebAclAlone', 'the code asks who calls', app([forward()], {}, guard()), []],
];

describe('Load balancers', () => {
  test.each([...AUTH, ...ACL, ...TEXT, ...TLS, ...LAYERS])('%s: %s', (id, _name, resources, expected) => {
    expect(findings(id, resources, undefined, SECTIONS)).toEqual(expected);
  });

  test('BalancerPlainText shows the protocol of a listener, and the actions of a rule', () => {
    const shown = (resources: Resources) => judge(modelOf(resources), () => SecurityProfile.production(), LISTENER_RULES).findings
      .filter(({ id }) => id === 'BalancerPlainText').map(({ resource: { logicalId }, locations }) => [logicalId, ...locations]);
    expect(shown(plain([forward()], {}, { Orders: rule([forward()], path) }))).toEqual([['Listener', 'Properties.Protocol'], ['Orders', 'Properties.Actions']]);
  });

  test.each(LISTENER_RULES.map(({ id }) => [id]))('%s is shown compliant, violated and open', (id) => {
    expect(shownBy([...AUTH, ...ACL, ...TEXT, ...TLS], id)).toEqual({ compliant: true, violated: true, open: true });
  });

  test('malformed values are no crash', () => {
    const context = { profile: SecurityProfile.production(), options: DEFAULT_RULE_OPTIONS };
    for (const value of [1, 'x', [], {}, [null], [[1]], null]) {
      const model = modelOf({
        Front: elb('LoadBalancer', { Scheme: value, SecurityGroups: value, Type: value }),
        Orders: rule(value, value),
        Listener: listener([{ Type: 'forward', ForwardConfig: value, TargetGroupArn: value }], { MutualAuthentication: value, Protocol: value }),
        Odd: listener(value),
        Edge: distribution({ DomainName: value, VpcOriginConfig: value }).Edge,
        Shop: resource('AWS::ECS::Service', { LoadBalancers: value, TaskDefinition: value }),
      });
      const outcomes = LISTENER_RULES.flatMap((one) => model.ofType(...one.appliesTo).flatMap((at) => outcomesOf(one.check(at, model, context))));
      expect(outcomes).toHaveLength(9);
      expect(entryPointsOf(model).length + facingFunctions(model).size).toBeLessThan(2);
    }
  });
});

describe('Load balancers as ways in', () => {
  const entries = (resources: Resources) => entryPointsOf(modelOf(resources, SECTIONS));

  test('stand before the functions of their listeners and rules', () => {
    const [entry] = entries(app([cognito(), forward()], LOGGED, guard()));
    expect(entry).toMatchObject({
      kind: 'load-balancer', layers: { authorization: 'user-pool', validation: null, throttle: null, webAcl: true, logging: true, leastPrivilege: true },
    });
    expect([entry.declaredBy.logicalId, entry.handler?.logicalId, entry.roles.map(({ logicalId }) => logicalId)]).toEqual(['Front', 'Take', ['Role']]);
  });

  test('stand before services, with the role of their tasks', () => {
    const [entry] = entries(front({}, { Listener: listener([forward()]), ...SERVICE }));
    expect(entry.layers).toMatchObject({ authorization: 'none', webAcl: false, logging: false, leastPrivilege: true });
    expect([entry.handler, entry.behind?.map(({ logicalId }) => logicalId), entry.roles.map(({ logicalId }) => logicalId)]).toEqual([undefined, ['Shop'], ['Role']]);
  });

  test.each<[string, Resources, string]>([
    ['a token', app([JWT, forward()]), 'jwt'],
    ['a certificate', app([], {}, { Listener: listener([forward()], { MutualAuthentication: { Mode: 'verify' } }) }), 'certificate'],
    ['a token on one of two paths', app([JWT, forward()], {}, { Orders: rule([forward()], path) }), 'none'],
  ])('tell who calls by %s', (_name, resources, expected) => {
    expect(entries(resources).map(({ layers }) => layers.authorization)).toEqual([expected]);
  });

  test.each<[string, Resources]>([
    ['only the network calls', app([forward()], INTERNAL)], ['all is redirected', app([redirect])], ['no listener is there', front()],
    ['an office alone is let in', app([forward()], DOOR, group(OFFICE))],
  ])('are none where %s', (_name, resources) => {
    expect(entries(resources)).toStrictEqual([]);
    expect([...facingFunctions(modelOf(resources))]).toStrictEqual([]);
  });

  test('may be inside where another app says who is let in', () => {
    expect(entries(app([forward()], { SecurityGroups: ['sg-1'] })).map(({ mayBeInside }) => mayBeInside)).toEqual([true]);
    expect(entries(app()).map(({ mayBeInside }) => mayBeInside)).toEqual([false]);
  });

  test.each<[string, Resources]>([
    ['the internet calls', app()], ['a distribution calls', app([forward()], INTERNAL, { ...distribution(BY_NETWORK), ...INSIDE })], ['one for TCP hands on', app([forward()], INTERNAL, WIRE)],
  ])('let functions face the internet where %s', (_name, resources) => {
    expect([...facingFunctions(modelOf(resources))]).toEqual([modelOf(resources).ofType('AWS::Lambda::Function')[0].key]);
    expect(entries(resources).map(({ declaredBy }) => declaredBy.logicalId)).toEqual(['Front']);
  });

  test('have the web ACL of the distributions that alone lead to them', () => {
    const guarded = app([forward()], DOOR, { ...group(LISTED), ...distribution(BY_NAME, { WebACLId: 'arn' }) });
    expect(entries(guarded)[0].layers.webAcl).toBe(true);
    expect(entries({ ...guarded, ...group(WORLD) })[0].layers.webAcl).toBe(false);
    expect(entries({ ...guarded, ...distribution(BY_NAME) })[0].layers.webAcl).toBe(false);
    expect(entries({ ...guarded, ...distribution(BY_NAME, { WebACLId: '' }) })[0].layers.webAcl).toBe(false);
    expect(entries({ ...guarded, Second: distribution(BY_NAME).Edge })[0].layers.webAcl).toBe(false);
    expect(entries({ ...guarded, ...distribution(BY_NAME), ...guard() })[0].layers.webAcl).toBe(true);
  });

  test.each<[string, string, object, object]>([
    ['neither', 'TCP', {}, { webAcl: null, logging: null }], ['a log alone', 'TLS', {}, { webAcl: null, logging: false }], ['a log that is on', 'TLS', LOGGED, { webAcl: null, logging: true }],
  ])('have neither a web ACL nor a log of their own where they read no requests, but for TLS: %s', (_name, Protocol, given, expected) => {
    expect(entries(front({ Type: 'network', ...given }, { Listener: listener([forward()], { Protocol }), ...SERVICE }))[0].layers).toMatchObject(expected);
  });

  test('have the log of the distributions that alone lead to them', () => {
    const inside = (more: object) => app([forward()], INTERNAL, { ...distribution(BY_NETWORK, more), ...INSIDE });
    expect(entries(inside({ Logging: { Bucket: 'logs.s3.amazonaws.com' } }))[0].layers.logging).toBe(true);
    expect(entries(inside({}))[0].layers.logging).toBe(false);
    expect(entries(inside({ Logging: { Bucket: '' } }))[0].layers.logging).toBe(false);
    expect(entries({ ...inside({ Logging: { Bucket: 'logs.s3.amazonaws.com' } }), Second: distribution(BY_NETWORK).Edge })[0].layers.logging).toBe(false);
    expect(entries(app([forward()], {}, distribution(BY_NAME, { Logging: { Bucket: 'logs.s3.amazonaws.com' } })))[0].layers.logging).toBe(false);
  });

  test('do not tell who calls where a header that is a secret lets callers in', () => {
    expect(entries(app([refusal], {}, { Orders: rule([forward()], header('X-Origin-Verify', 'x')) }))[0].layers.authorization).toBe('unknown');
    expect(entries(app([refusal], {}, { Orders: rule([JWT, forward()], header('X-Origin-Verify', 'x')) }))[0].layers.authorization).toBe('jwt');
  });

  test('inside of the network let functions face the internet that an API calls through them', () => {
    const called = (IntegrationUri: unknown) => [...facingFunctions(modelOf(app([forward()], INTERNAL, {
      Api: resource('AWS::ApiGatewayV2::Api', { ProtocolType: 'HTTP' }),
      Calls: resource('AWS::ApiGatewayV2::Integration', { ApiId: { Ref: 'Api' }, IntegrationType: 'HTTP_PROXY', ConnectionType: 'VPC_LINK', IntegrationUri }),
    })))];
    expect(called({ Ref: 'Listener' })).toEqual([modelOf(app()).ofType('AWS::Lambda::Function')[0].key]);
    expect(called('https://shop.example.com')).toStrictEqual([]);
    const method = resource('AWS::ApiGateway::Method', { HttpMethod: 'GET', Integration: { Type: 'HTTP_PROXY', ConnectionType: 'VPC_LINK', IntegrationTarget: { Ref: 'Front' } } });
    expect(facingFunctions(modelOf(app([forward()], INTERNAL, { Method: method }))).size).toBe(1);
  });

  test('are found across stacks', () => {
    const exported = (name: string, Value: unknown) => ({ Value, Export: { Name: name } });
    const { Front, ...rest } = app([forward()]);
    const model = modelOfStacks(
      { id: 'Base', template: { Resources: { Front }, Outputs: { Arn: exported('front', { Ref: 'Front' }) } } },
      { id: 'Shop', template: { Resources: { ...rest, Listener: listener([forward()], { LoadBalancerArn: { 'Fn::ImportValue': 'front' } }) } } },
    );
    expect(reachOf(model.ofType('AWS::ElasticLoadBalancingV2::LoadBalancer')[0], model)).toBe('internet');
    expect(entryPointsOf(model).map(({ declaredBy, handler }) => `${declaredBy.name} ${handler?.name}`)).toEqual(['Base/Front Shop/Take']);
  });

  describe('in the report', () => {
    const arrows = (model: AppModel) => flowsOf(model).map(({ from, to, kind }) => `${from} ${kind} ${to}`).sort();

    test('call what stands behind them, which writes', () => {
      expect(arrows(modelOf(app()))).toEqual(['Shop/Front load-balancer calls Shop/Take', 'Shop/Take writes Shop/Table']);
      expect(arrows(modelOf(front({}, { Listener: listener([forward()]), ...SERVICE })))).toEqual(['Shop/Front load-balancer calls Shop/Shop', 'Shop/Shop writes Shop/Table']);
    });

    test('start each of several functions', () => {
      const several = modelOf(app([forward()], {}, {
        Orders: rule([forward('Second')], path), Second: elb('TargetGroup', { TargetType: 'lambda', Targets: [{ Id: attribute('Show') }] }), Show: resource('AWS::Lambda::Function'),
      }));
      expect(functionsOf(several, () => undefined).map(({ at, triggers }) => `${at}: ${triggers.join()}`)).toEqual([
        'Shop/Take: Shop/Front load-balancer', 'Shop/Show: Shop/Front load-balancer',
      ]);
      expect(arrows(several).filter((arrow) => arrow.includes('calls'))).toEqual(['Shop/Front load-balancer calls Shop/Show', 'Shop/Front load-balancer calls Shop/Take']);
    });

    test('stand there in the place of the distribution before them', () => {
      const kinds = (resources: Resources) => reportedEntries(modelOf(resources)).map(({ kind }) => kind);
      expect(kinds(app([forward()], INTERNAL, { ...distribution(BY_NETWORK), ...INSIDE }))).toEqual(['load-balancer']);
      expect(kinds(front({}, distribution(BY_NAME)))).toEqual(['distribution']);
    });
  });
});
