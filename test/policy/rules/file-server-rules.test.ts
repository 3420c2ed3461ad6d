import { SecurityProfile } from '../../../src/core/profile/security-profile';
import { FILE_SERVER_RULES } from '../../../src/integration/file-server/file-server-rules';
import { entryPointsOf } from '../../../src/policy/entry-points/entry-points';
import { actorsOf } from '../../../src/report/parts/actors';
import { flowsOf } from '../../../src/report/parts/flows';
import { findings, modelOf, Resources, RuleCase, shownBy } from '../support';
import { attribute, LATER, resource, SECTIONS } from '../template-parts';

const server = (given: Record<string, unknown> = {}, more: Resources = {}): Resources => ({ Files: resource('AWS::Transfer::Server', given), ...more });
const KEPT_BY_FUNCTION = { IdentityProviderType: 'AWS_LAMBDA' };
const asked = (method?: unknown) => ({ ...KEPT_BY_FUNCTION, IdentityProviderDetails: { Function: attribute('Login'), ...method === undefined ? {} : { SftpAuthenticationMethods: method } } });
const inNetwork = (more: Record<string, unknown> = {}) => ({ ...asked('PASSWORD'), EndpointType: 'VPC', EndpointDetails: { VpcId: 'vpc-1', SubnetIds: ['subnet-1'], ...more } });
const group = (...cidrs: string[]): Resources => ({
  Partners: resource('AWS::EC2::SecurityGroup', { SecurityGroupIngress: cidrs.map((CidrIp) => ({ CidrIp, IpProtocol: 'tcp', FromPort: 22, ToPort: 22 })) }),
});
const PUBLIC_ADDRESS = { AddressAllocationIds: ['eipalloc-1'], SecurityGroupIds: [attribute('Partners', 'GroupId')] };
const LOGS = 'arn:aws:logs:eu-west-1:111122223333:log-group:files';
const either = (one: unknown, other: unknown) => ({ 'Fn::If': ['Prod', one, other] });

const [ciphers, log, passwords, plaintext] = ['Ciphers', 'Log', 'Passwords', 'Plaintext'].map((name) => `FileServer${name}`);
const found = (rule: string) => [`${rule} at Files`];
const undecided = (rule: string) => [`${rule}[undecided] at Files`];

const CASES: readonly RuleCase[] = [
  [ciphers, 'those of 2024', server({ SecurityPolicyName: 'TransferSecurityPolicy-2024-01' }), []],
  [ciphers, 'those of FIPS', server({ SecurityPolicyName: 'TransferSecurityPolicy-FIPS-2025-03' }), []],
  [ciphers, 'none named: those of 2018', server(), found(ciphers)],
  [ciphers, 'an empty name', server({ SecurityPolicyName: '' }), found(ciphers)],
  [ciphers, 'those of 2018', server({ SecurityPolicyName: 'TransferSecurityPolicy-2018-11' }), found(ciphers)],
  [ciphers, 'fewer of those of 2020', server({ SecurityPolicyName: 'TransferSecurityPolicy-Restricted-2020-06' }), found(ciphers)],
  [ciphers, 'none in one case', server({ SecurityPolicyName: either('TransferSecurityPolicy-2024-01', { Ref: 'AWS::NoValue' }) }), found(ciphers)],
  [ciphers, 'the deployment says it', server({ SecurityPolicyName: LATER }), undecided(ciphers)],

  [plaintext, 'SFTP alone, as none is named', server(), []],
  [plaintext, 'SFTP and FTPS', server({ Protocols: ['SFTP', 'FTPS'] }), []],
  [plaintext, 'FTP besides', server({ Protocols: ['SFTP', 'FTP'] }), found(plaintext)],
  [plaintext, 'the deployment says it', server({ Protocols: [LATER] }), undecided(plaintext)],

  [passwords, 'keys of users that the service keeps', server(), []],
  [passwords, 'keys of users that a function knows', server(asked('PUBLIC_KEY')), []],
  [passwords, 'keys and passwords', server(asked('PUBLIC_KEY_AND_PASSWORD')), []],
  [passwords, 'either, as nothing is said', server(asked()), found(passwords)],
  [passwords, 'either', server(asked('PUBLIC_KEY_OR_PASSWORD')), found(passwords)],
  [passwords, 'over FTPS there are no keys', server({ ...asked('PUBLIC_KEY'), Protocols: ['FTPS'] }), found(passwords)],
  [passwords, 'partners of AS2 sign', server({ ...asked(), Protocols: ['AS2'] }), []],
  [passwords, 'a directory', server({ IdentityProviderType: 'AWS_DIRECTORY_SERVICE' }), found(passwords)],
  [passwords, 'the deployment says how', server(asked(LATER)), undecided(passwords)],
  [passwords, 'the deployment says who keeps them', server({ IdentityProviderType: LATER }), undecided(passwords)],
  [passwords, 'the deployment says over what', server({ ...asked('PUBLIC_KEY'), Protocols: [LATER] }), undecided(passwords)],
  [passwords, 'a network alone reaches it', server(inNetwork()), []],
  [passwords, 'an endpoint of a network', server({ ...asked(), EndpointType: 'VPC_ENDPOINT' }), []],
  [passwords, 'public addresses, and a group that lets all in', server(inNetwork(PUBLIC_ADDRESS), group('203.0.113.0/24', '0.0.0.0/0')), found(passwords)],
  [passwords, 'public addresses, and a rule that stands alone and lets all in', server(inNetwork(PUBLIC_ADDRESS), {
    ...group('203.0.113.0/24'),
    All: resource('AWS::EC2::SecurityGroupIngress', { GroupId: attribute('Partners', 'GroupId'), CidrIpv6: '::/0', IpProtocol: 'tcp', FromPort: 22, ToPort: 22 }),
  }), found(passwords)],
  [passwords, 'public addresses, and a group that names partners', server(inNetwork(PUBLIC_ADDRESS), group('203.0.113.0/24')), undecided(passwords)],
  [passwords, 'public addresses, and the default group', server(inNetwork({ AddressAllocationIds: ['eipalloc-1'] })), undecided(passwords)],
  [passwords, 'the deployment says where', server({ ...asked(), EndpointType: LATER }), undecided(passwords)],

  [log, 'to a log group', server({ StructuredLogDestinations: [LOGS] }), []],
  [log, 'with a role', server({ LoggingRole: attribute('Role') }, { Role: resource('AWS::IAM::Role') }), []],
  [log, 'to none', server({ StructuredLogDestinations: [] }), found(log)],
  [log, 'nothing is said', server(), found(log)],
  [log, 'none in one case', server({ StructuredLogDestinations: either([LOGS], []) }), found(log)],
  [log, 'the deployment says it', server({ LoggingRole: LATER }), undecided(log)],
];

describe('The rules for file servers', () => {
  test.each(CASES)('%s: %s', (rule, _name, resources, expected) => {
    expect(findings(rule, resources, SecurityProfile.production(), SECTIONS)).toEqual(expected);
  });

  test.each(FILE_SERVER_RULES.map(({ id }) => [id]))('%s is shown compliant, violated and open', (id) => {
    expect(shownBy(CASES, id)).toEqual({ compliant: true, violated: true, open: true });
  });
});

describe('A file server', () => {
  const login: Resources = {
    Login: resource('AWS::Lambda::Function', { Role: attribute('LoginRole') }), LoginRole: resource('AWS::IAM::Role'),
  };
  const user = (Resource: unknown): Resources => ({
    Baker: resource('AWS::Transfer::User', { ServerId: attribute('Files', 'ServerId'), UserName: 'baker', Role: attribute('BakerRole') }),
    BakerRole: resource('AWS::IAM::Role', { Policies: [{ PolicyName: 'p', PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 's3:PutObject', Resource }] } }] }),
  });

  test('is a way in for the users that are listed, with their rights', () => {
    const [entry] = entryPointsOf(modelOf(server({ StructuredLogDestinations: [LOGS] }, user('arn:aws:s3:::bread/*'))));
    expect(entry).toMatchObject({
      kind: 'file-server', layers: { authorization: 'listed', validation: null, throttle: null, webAcl: null, logging: true, leastPrivilege: true },
    });
    expect(entry.roles.map(({ logicalId }) => logicalId)).toEqual(['BakerRole']);
    expect(entryPointsOf(modelOf(server({}, user('*'))))[0].layers).toMatchObject({ logging: false, leastPrivilege: false });
  });

  test('asks the function that knows its users first', () => {
    const [entry] = entryPointsOf(modelOf(server(asked(), login)));
    expect([entry.handler?.logicalId, entry.layers.authorization, entry.layers.leastPrivilege]).toEqual(['Login', 'lambda', true]);
    expect(entryPointsOf(modelOf(server({ IdentityProviderType: LATER })))[0].layers.authorization).toBe('unknown');
  });

  test('acts for its users, and waits for the function that knows them', () => {
    const listed = modelOf(server({}, user('arn:aws:s3:::bread/*')));
    expect(actorsOf(listed).map(({ actor, role }) => `${actor.logicalId} ${role.logicalId}`)).toEqual(['Files BakerRole']);
    const drawn = flowsOf(modelOf(server(asked(), login))).map(({ from, to, kind }) => `${from.split('/').pop()!} ${kind} ${to.split('/').pop()!}`);
    expect(drawn).toEqual(['Files file-server calls Login']);
  });

  test('is no way in where a network alone reaches it', () => {
    expect(entryPointsOf(modelOf(server(inNetwork())))).toStrictEqual([]);
  });
});
