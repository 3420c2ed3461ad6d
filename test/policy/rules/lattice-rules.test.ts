import { SecurityProfile } from '../../../src/core/profile/security-profile';
import { functionsBehindService } from '../../../src/model/entries/lattice-services';
import { triggersByFunction } from '../../../src/model/flow/triggers';
import { LATTICE_RULES } from '../../../src/network/rules/lattice-rules';
import { entryPointsOf } from '../../../src/policy/entry-points/entry-points';
import { findings, modelOf, Resources, RuleCase, shownBy } from '../support';
import { attribute, LATER, resource, SECTIONS } from '../template-parts';

const service = (given: Record<string, unknown> = {}, more: Resources = {}): Resources => ({ Orders: resource('AWS::VpcLattice::Service', given), ...more });
const joined = (id: string, AuthType?: unknown): Resources => ({
  [id]: resource('AWS::VpcLattice::ServiceNetwork', AuthType === undefined ? {} : { AuthType }),
  [`${id}Joins`]: resource('AWS::VpcLattice::ServiceNetworkServiceAssociation', { ServiceIdentifier: { Ref: 'Orders' }, ServiceNetworkIdentifier: attribute(id, 'Id') }),
});
const elsewhere: Resources = {
  Joins: resource('AWS::VpcLattice::ServiceNetworkServiceAssociation', { ServiceIdentifier: attribute('Orders', 'Id'), ServiceNetworkIdentifier: 'sn-0123456789abcdef0' }),
};
const log = (ResourceIdentifier: unknown, id = 'Log'): Resources => ({
  [id]: resource('AWS::VpcLattice::AccessLogSubscription', { ResourceIdentifier, DestinationArn: 'arn:aws:logs:eu-west-1:111122223333:log-group:orders' }),
});
const IAM = { AuthType: 'AWS_IAM' };
/** Another service, in a network of its own and before a function of its own. */
const otherService: Resources = {
  Other: resource('AWS::VpcLattice::Service', IAM),
  Open: resource('AWS::VpcLattice::ServiceNetwork', { AuthType: 'NONE' }),
  OtherJoins: resource('AWS::VpcLattice::ServiceNetworkServiceAssociation', { ServiceIdentifier: { Ref: 'Other' }, ServiceNetworkIdentifier: { Ref: 'Open' } }),
  OtherListener: resource('AWS::VpcLattice::Listener', {
    ServiceIdentifier: { Ref: 'Other' }, Protocol: 'HTTPS', DefaultAction: { Forward: { TargetGroups: [{ TargetGroupIdentifier: { Ref: 'Third' } }] } },
  }),
  OtherRule: resource('AWS::VpcLattice::Rule', {
    ListenerIdentifier: { Ref: 'OtherListener' }, Priority: 1, Action: { Forward: { TargetGroups: [{ TargetGroupIdentifier: { Ref: 'Third' } }] } },
  }),
  Third: resource('AWS::VpcLattice::TargetGroup', { Type: 'LAMBDA', Targets: [{ Id: attribute('Bill') }] }),
  Bill: resource('AWS::Lambda::Function'),
};

const functions: Resources = {
  Listener: resource('AWS::VpcLattice::Listener', {
    ServiceIdentifier: { Ref: 'Orders' }, Protocol: 'HTTPS', DefaultAction: { Forward: { TargetGroups: [{ TargetGroupIdentifier: { Ref: 'Group' } }] } },
  }),
  Rule: resource('AWS::VpcLattice::Rule', {
    ListenerIdentifier: { Ref: 'Listener' }, Priority: 1, Action: { Forward: { TargetGroups: [{ TargetGroupIdentifier: attribute('Second', 'Id') }] } },
  }),
  Group: resource('AWS::VpcLattice::TargetGroup', { Type: 'LAMBDA', Targets: [{ Id: attribute('Take') }] }),
  Second: resource('AWS::VpcLattice::TargetGroup', { Type: 'LAMBDA', Targets: [{ Id: attribute('Show') }] }),
  Take: resource('AWS::Lambda::Function', { Role: attribute('Role') }),
  Show: resource('AWS::Lambda::Function', { Role: attribute('Role') }),
  Role: resource('AWS::IAM::Role', { Policies: [{ PolicyName: 'p', PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'dynamodb:PutItem', Resource: attribute('Table') }] } }] }),
  Table: resource('AWS::DynamoDB::Table'),
};

const allows = (Condition?: unknown): Resources => service(IAM, {
  Policy: resource('AWS::VpcLattice::AuthPolicy', {
    ResourceIdentifier: { Ref: 'Orders' },
    Policy: { Statement: [{ Effect: 'Allow', Principal: '*', Action: 'vpc-lattice-svcs:Invoke', Resource: '*', ...Condition === undefined ? {} : { Condition } }] },
  }),
});

const CASES: readonly RuleCase[] = [
  ['LatticeServiceAuth', 'the service asks', service(IAM), []],
  ['LatticeServiceAuth', 'the service asks, and its network does not', service(IAM, joined('Shop', 'NONE')), []],
  ['LatticeServiceAuth', 'each of its networks asks', service({ AuthType: 'NONE' }, { ...joined('Shop', 'AWS_IAM'), ...joined('Office', 'AWS_IAM') }), []],
  ['LatticeServiceAuth', 'neither asks', service({}, joined('Shop')), ['LatticeServiceAuth at Orders']],
  ['LatticeServiceAuth', 'one of its networks does not', service({}, { ...joined('Shop', 'AWS_IAM'), ...joined('Office', 'NONE') }), ['LatticeServiceAuth at Orders']],
  ['LatticeServiceAuth', 'neither asks in one case', service({ AuthType: { 'Fn::If': ['Prod', 'AWS_IAM', 'NONE'] } }, joined('Shop')), ['LatticeServiceAuth at Orders']],
  ['LatticeServiceAuth', 'its network asks, and that of another service does not', service({}, { ...joined('Shop', 'AWS_IAM'), ...otherService }), []],
  ['LatticeServiceAuth', 'asks, or the deployment says it', service({ AuthType: { 'Fn::If': ['Prod', 'AWS_IAM', LATER] } }, joined('Shop')), ['LatticeServiceAuth[undecided] at Orders']],
  ['LatticeServiceAuth', 'a network of another app may ask', service({}, elsewhere), ['LatticeServiceAuth[undecided] at Orders']],
  ['LatticeServiceAuth', 'no network is known', service(), ['LatticeServiceAuth[undecided] at Orders']],
  ['LatticeServiceAuth', 'the deployment says it', service({ AuthType: LATER }, joined('Shop')), ['LatticeServiceAuth[undecided] at Orders']],

  ['LatticeAccessLog', 'of the service', service(IAM, log({ Ref: 'Orders' })), []],
  ['LatticeAccessLog', 'of its network', service(IAM, { ...joined('Shop'), ...log(attribute('Shop', 'Id')) }), []],
  ['LatticeAccessLog', 'of one of two networks', service(IAM, { ...joined('Shop'), ...joined('Office'), ...log(attribute('Shop', 'Id')) }), ['LatticeAccessLog at Orders']],
  ['LatticeAccessLog', 'of another service', service(IAM, { Other: resource('AWS::VpcLattice::Service', IAM), ...log({ Ref: 'Other' }) }), ['LatticeAccessLog at Orders']],
  ['LatticeAccessLog', 'of a network elsewhere, perhaps', service(IAM, elsewhere), ['LatticeAccessLog[undecided] at Orders']],
  ['LatticeAccessLog', 'of what the deployment names', service(IAM, log(LATER)), ['LatticeAccessLog[undecided] at Orders']],

  ['PolicyOpenEveryone', 'each that signs', allows({ StringNotEqualsIgnoreCase: { 'aws:PrincipalType': 'anonymous' } }), []],
  ['PolicyOpenEveryone', 'each of the organization', allows({ StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } }), []],
  ['PolicyOpenEveryone', 'the anonymous too', allows(), ['PolicyOpenEveryone[resource] at Policy']],
  ['PolicyOpenEveryone', 'all but one kind', allows({ StringNotEquals: { 'aws:PrincipalType': 'User' } }), ['PolicyOpenEveryone[resource] at Policy']],

  ['OpenStorePath', 'only joined networks call', service({}, { ...joined('Shop'), ...functions }), []],
  ['EntryPointLayers', 'only joined networks call', service({}, { ...joined('Shop'), ...functions }), []],
];

describe('Services of VPC Lattice', () => {
  test.each(CASES)('%s: %s', (rule, _name, resources, expected) => {
    expect(findings(rule, resources, SecurityProfile.production(), SECTIONS).filter((one) => !one.endsWith('Other'))).toEqual(expected);
  });

  test.each(LATTICE_RULES.map(({ id }) => [id]))('%s is shown compliant, violated and open', (id) => {
    expect(shownBy(CASES, id)).toEqual({ compliant: true, violated: true, open: true });
  });

  test('are ways in, before the functions of their listeners and rules', () => {
    const [entry] = entryPointsOf(modelOf(service(IAM, { ...functions, ...log({ Ref: 'Orders' }) })));
    expect(entry).toMatchObject({
      kind: 'lattice-service',
      location: 'Properties.AuthType',
      layers: { authorization: 'iam', validation: null, throttle: null, webAcl: null, logging: true, leastPrivilege: true },
    });
    expect([entry.handler, entry.roles.map(({ logicalId }) => logicalId)]).toEqual([undefined, ['Role']]);
    expect(entryPointsOf(modelOf(service({}, joined('Shop'))))[0].layers).toMatchObject({ authorization: 'none', logging: false, leastPrivilege: null });
    expect(entryPointsOf(modelOf(service()))[0].layers.authorization).toBe('unknown');
    const { Rule: _, ...one } = functions;
    expect(entryPointsOf(modelOf(service(IAM, one)))[0].handler?.logicalId).toBe('Take');
    const { Role: _role, ...roleless } = functions;
    expect(entryPointsOf(modelOf(service(IAM, roleless)))[0].layers.leastPrivilege).toBeUndefined();
  });

  test('start the functions of their target groups', () => {
    const found = [...triggersByFunction(modelOf(service(IAM, functions))).values()].flat();
    expect(found.map(({ kind, fn }) => `${kind} ${fn.logicalId}`).sort()).toEqual(['api Show', 'api Take']);
    const behind = (resources: Resources) => {
      const app = modelOf(service(IAM, resources), SECTIONS);
      return functionsBehindService(app.ofType('AWS::VpcLattice::Service').find(({ logicalId }) => logicalId === 'Orders')!, app).map(({ logicalId }) => logicalId);
    };
    expect(behind({ ...functions, ...otherService })).toEqual(['Take', 'Show']);
    const rule = (given: object) => ({ Rule: resource('AWS::VpcLattice::Rule', { Action: { Forward: { TargetGroups: [{ TargetGroupIdentifier: { Ref: 'Second' } }] } }, ...given }) });
    expect(behind({ ...functions, ...rule({ ServiceIdentifier: { Ref: 'Orders' }, ListenerIdentifier: LATER }) })).toEqual(['Take', 'Show']);
    expect(behind({ ...functions, ...rule({ ListenerIdentifier: LATER }) })).toEqual(['Take']);
  });
});
