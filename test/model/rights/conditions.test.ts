import { accountIn } from '../../../src/model/rights/accounts';
import { firstSpokenOf, hasServiceWildcard } from '../../../src/model/rights/actions';
import { boundValues, Closure, closedToCallers, closedToSources, deniesOthers, eventValues, mentions } from '../../../src/model/rights/conditions';
import { GranteeKind, granteeOf, granteesOf, serviceName } from '../../../src/model/rights/grantees';
import { Statement, statementsOf } from '../../../src/model/rights/iam';
import { isAccountId, parseArn, splitArn } from '../../../src/model/values/arn';
import { findings, modelOf } from '../../policy/support';

const ACCOUNT = '111122223333';

/** A statement as the model reads it, and the app that it stands in. */
function read(statement: unknown) {
  const app = modelOf({ X: { Type: 'Some::Resource', Properties: { Policy: { Statement: statement } } }, T: { Type: 'AWS::SNS::Topic' } });
  const [one] = statementsOf(app.resources.find(({ logicalId }) => logicalId === 'X')!.property('Policy'), 'Properties.Policy');
  return { app, one };
}

const ofCallers = (Condition: unknown): Closure => {
  const { app, one } = read({ Effect: 'Allow', Principal: '*', Condition });
  return closedToCallers(one, app);
};
const ofSources = (Condition: unknown): Closure => {
  const { app, one } = read({ Effect: 'Allow', Principal: '*', Condition });
  return closedToSources(one, app);
};
const { CLOSED, OPEN, UNKNOWN } = Closure;

describe('A condition binds', () => {
  test.each([
    'StringEquals', 'StringLike', 'StringEqualsIgnoreCase', 'ArnEquals', 'ArnLike', 'IpAddress', 'Bool', 'stringequals', 'ForAnyValue:StringEquals', 'foranyvalue:stringlike',
  ])('under %s', (operator) => expect(ofCallers({ [operator]: { 'aws:SourceAccount': ACCOUNT } })).toBe(CLOSED));

  test.each([
    'StringEqualsIfExists', 'ForAllValues:StringEquals', 'StringNotEquals', 'StringNotLike', 'ArnNotLike', 'NotIpAddress', 'Null', 'NumericEquals', 'DateGreaterThan', 'BinaryEquals',
    'xStringEquals', 'IpAddressIfExists',
  ])('but not under %s', (operator) => expect(ofCallers({ [operator]: { 'aws:SourceAccount': ACCOUNT } })).toBe(OPEN));

  test.each([
    'aws:SourceAccount', 'aws:SourceArn', 'aws:SourceOrgID', 'aws:SourceOrgPaths', 'aws:SourceOwner', 'kms:CallerAccount', 'lambda:EventSourceToken', 'aws:PrincipalAccount',
    'aws:PrincipalArn', 'aws:PrincipalOrgID', 'aws:PrincipalOrgPaths', 'aws:SourceIp', 'aws:SourceVpc', 'aws:SourceVpcArn', 'aws:SourceVpce', 'aws:userid', 'aws:VpceAccount',
    'aws:VpceOrgID', 'aws:VpceOrgPaths', 'aws:VpcSourceIp', 'elasticfilesystem:AccessedViaMountTarget', 's3:DataAccessPointAccount', 's3:DataAccessPointArn', 'sns:Endpoint', 'AWS:SOURCEARN',
  ])('by %s', (key) => {
    expect(ofCallers({ StringEquals: { [key]: 'x-1' } })).toBe(CLOSED);
    expect(ofSources({ StringEquals: { [key]: 'x-1' } })).toBe(CLOSED);
  });

  test.each(['aws:SecureTransport', 'aws:username', 'aws:RequestTag/a', 'kms:ViaService', 'xkms:EncryptionContext:a', 'aws:SourceAccountX'])('but not by %s', (key) => {
    expect(ofCallers({ StringEquals: { [key]: 'x-1' } })).toBe(OPEN);
    expect(ofSources({ StringEquals: { [key]: 'x-1' } })).toBe(OPEN);
  });

  test('services by what they tell of the data that they encrypt, and callers not', () => {
    const condition = { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': `arn:aws:logs:*:${ACCOUNT}:*` } };
    expect([ofSources(condition), ofCallers(condition)]).toEqual([CLOSED, OPEN]);
    expect(ofSources({ StringLike: { 'kms:EncryptionContext:tenant': `arn:aws:sns:*:${ACCOUNT}:*` } })).toBe(CLOSED);
    expect(ofSources({ StringLike: { 'kms:EncryptionContext:tenant': 'a*' } })).toBe(OPEN);
  });

  test.each<[string, string, unknown, Closure]>([
    ['a policy variable', 'aws:PrincipalArn', '${aws:PrincipalArn}', OPEN],
    ['a policy variable in other letters', 'aws:PrincipalArn', '${AWS:PrincipalArn}', OPEN],
    ['a star that is meant', 'aws:PrincipalArn', 'a${*}', OPEN],
    ['a question mark that is meant', 'aws:PrincipalArn', 'a${?}', OPEN],
    ['an empty text', 'aws:SourceAccount', '', OPEN],
    ['a denial', 'elasticfilesystem:AccessedViaMountTarget', 'false', OPEN],
    ['a truth', 'elasticfilesystem:AccessedViaMountTarget', true, CLOSED],
    ['no values', 'aws:SourceAccount', [], OPEN],
    ['no value', 'aws:SourceAccount', null, OPEN],
    ['no value on one side of a condition', 'aws:SourceAccount', { 'Fn::If': ['C', ACCOUNT, { Ref: 'AWS::NoValue' }] }, OPEN],
    ['a value that is set at deployment', 'aws:SourceAccount', { Ref: 'SetAtDeployment' }, UNKNOWN],
    ['one value that is known and one that is not', 'aws:SourceAccount', [ACCOUNT, { Ref: 'SetAtDeployment' }], UNKNOWN],
    ['one value that is open and one that is unknown', 'aws:SourceAccount', ['*', { Ref: 'SetAtDeployment' }], OPEN],
    ['the account of the stack', 'aws:SourceAccount', { Ref: 'AWS::AccountId' }, CLOSED],
    ['a pattern', 'aws:SourceAccount', '1111*', OPEN],
    ['a pattern of one letter', 'aws:SourceAccount', '11112222333?', OPEN],
    ['an ARN with an account', 'aws:SourceArn', `arn:aws:sns:*:${ACCOUNT}:*`, CLOSED],
    ['an ARN with an account, under a key that asks for none', 'aws:SourceOwner', `arn:aws:sns:*:${ACCOUNT}:*`, OPEN],
    ['an ARN of any account', 'aws:SourceArn', 'arn:aws:sns:*:*:orders', OPEN],
    ['an ARN of an account that is set at deployment', 'aws:SourceArn', { 'Fn::Sub': 'arn:aws:sns:*:${SetAtDeployment}:*' }, UNKNOWN],
    ['an ARN with an account, of what is named at deployment', 'aws:SourceArn', { 'Fn::Sub': `arn:aws:sns:eu-west-1:${ACCOUNT}:\${SetAtDeployment}` }, CLOSED],
    ['an ARN of a bucket that is named at deployment', 'aws:SourceArn', { 'Fn::Sub': 'arn:aws:s3:::${SetAtDeployment}' }, UNKNOWN],
    ['a text of which the deployment knows a part', 'aws:PrincipalOrgID', { 'Fn::Sub': 'o-${SetAtDeployment}' }, UNKNOWN],
    ['the paths of an organization that is set at deployment', 'aws:PrincipalOrgPaths', { 'Fn::Sub': '${SetAtDeployment}/r-ab/ou-ab-1' }, UNKNOWN],
    ['an ARN of accounts that begin with what is set at deployment', 'aws:SourceArn', { 'Fn::Sub': 'arn:aws:sns:*:${SetAtDeployment}*:*' }, OPEN],
    ['an ARN of any account that begins so', 'aws:SourceArn', 'arn:aws:sns:*:1?:orders', OPEN],
    ['an ARN without an account', 'aws:SourceArn', 'arn:aws:apigateway:eu-west-1::/restapis/*', OPEN],
    ['what lies in a bucket', 'aws:SourceArn', 'arn:aws:s3:::orders/*', CLOSED],
    ['buckets that begin so', 'aws:SourceArn', 'arn:aws:s3:::orders*', OPEN],
    ['any bucket', 'aws:SourceArn', 'arn:aws:s3:::*', OPEN],
    ['what follows a pointer', 'aws:SourceArn', { 'Fn::Sub': '${T}:*' }, CLOSED],
    ['what follows a pointer that nobody knows', 'aws:SourceArn', { 'Fn::Sub': '${SetAtDeployment}:*' }, OPEN],
    ['a text that is no ARN', 'aws:SourceArn', 'orders*', OPEN],
    ['the paths of an organization', 'aws:PrincipalOrgPaths', 'o-a1b2c3/*', CLOSED],
    ['the paths of any organization', 'aws:PrincipalOrgPaths', '*/r-ab/*', OPEN],
    ['a path of too few letters', 'aws:PrincipalOrgPaths', 'o-a1b/*', OPEN],
    ['sessions of a role', 'aws:userid', 'AROAEXAMPLEID:*', CLOSED],
    ['sessions of any role', 'aws:userid', '*:print', OPEN],
    ['a network', 'aws:SourceIp', '203.0.113.0/24', CLOSED],
    ['a large network', 'aws:SourceIp', '10.0.0.0/8', CLOSED],
    ['a network for nearly everybody', 'aws:SourceIp', '0.0.0.0/7', OPEN],
    ['the whole internet', 'aws:SourceIp', '0.0.0.0/0', OPEN],
    ['the whole newer internet', 'aws:VpcSourceIp', '::/0', OPEN],
    ['any address', 'aws:SourceIp', '*', OPEN],
  ])('%s', (_, key, value, closure) => {
    expect(ofCallers({ StringLike: { [key]: value } })).toBe(closure);
  });

  test.each<[string, unknown, Closure]>([
    ['a service whatever the region', 's3.*.amazonaws.com', OPEN],
    ['any service', '*.amazonaws.com', OPEN],
  ])('through KMS: %s binds no caller', (_, value, closure) => {
    expect(ofCallers({ StringLike: { 'kms:ViaService': value } })).toBe(closure);
  });

  test.each<[string, unknown, Closure]>([
    ['none at all', undefined, OPEN],
    ['one that only the deployment knows', { Ref: 'SetAtDeployment' }, UNKNOWN],
    ['keys that only the deployment knows', { StringEquals: { Ref: 'SetAtDeployment' } }, UNKNOWN],
    ['keys that a custom resource computes', { StringEquals: { 'Fn::GetAtt': ['T', 'Conditions'] } }, UNKNOWN],
    ['one of several that binds', { Bool: { 'aws:SecureTransport': 'true' }, StringEquals: { 'aws:SourceAccount': ACCOUNT } }, CLOSED],
    ['one key of several that binds', { StringEquals: { 'aws:username': 'a', 'aws:SourceAccount': ACCOUNT } }, CLOSED],
    ['one that is closed and one that is unknown', { StringEquals: { 'aws:SourceAccount': ACCOUNT, 'aws:SourceArn': { Ref: 'SetAtDeployment' } } }, CLOSED],
    ['one on one side only', { 'Fn::If': ['C', { StringEquals: { 'aws:SourceAccount': ACCOUNT } }, { Ref: 'AWS::NoValue' }] }, OPEN],
    ['one on both sides', { 'Fn::If': ['C', { StringEquals: { 'aws:SourceAccount': ACCOUNT } }, { StringEquals: { 'aws:SourceArn': `arn:aws:sns:*:${ACCOUNT}:a` } }] }, CLOSED],
  ])('%s', (_, condition, closure) => {
    expect(ofCallers(condition)).toBe(closure);
  });
});

describe('A denial closes what others open', () => {
  const denies = (Condition: unknown, more = {}): boolean => {
    const { app, one } = read({ Effect: 'Deny', Principal: '*', Action: '*', Condition, ...more });
    return deniesOthers(one, app);
  };

  test.each<[string, unknown]>([
    ...['StringNotEquals', 'StringNotLike', 'StringNotEqualsIgnoreCase', 'ArnNotEquals', 'ArnNotLike', 'StringNotEqualsIfExists'].map((operator): [string, unknown] => [operator, { [operator]: { 'aws:PrincipalAccount': ACCOUNT } }]),
    ['NotIpAddress', { NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }],
    ['with services left out', { StringNotEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3' }, Bool: { 'aws:PrincipalIsAWSService': 'false' } }],
    ['with calls through services left out', { StringNotEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3' }, BoolIfExists: { 'aws:ViaAWSService': 'false' } }],
    ['with a value that only the deployment knows', { StringNotEquals: { 'aws:PrincipalOrgID': { Ref: 'SetAtDeployment' } } }],
  ])('%s', (_, condition) => expect(denies(condition)).toBe(true));

  test.each<[string, unknown, object?]>([
    ['for some principals only', { StringNotEquals: { 'aws:PrincipalAccount': ACCOUNT } }, { Principal: { AWS: ACCOUNT } }],
    ['when it allows', { StringNotEquals: { 'aws:PrincipalAccount': ACCOUNT } }, { Effect: 'Allow' }],
    ['without conditions', undefined],
    ['without a negation', { StringEquals: { 'aws:PrincipalAccount': ACCOUNT } }],
    ['with services left out alone', { Bool: { 'aws:PrincipalIsAWSService': 'false' } }],
    ['of everybody but everybody', { StringNotLike: { 'aws:PrincipalArn': '*' } }],
    ['by a key that names nobody', { StringNotEquals: { 'aws:username': 'a' } }],
    ['by one key that names nobody beside one that does', { StringNotEquals: { 'aws:username': 'a', 'aws:PrincipalAccount': ACCOUNT } }],
    ['under another condition', { StringNotEquals: { 'aws:PrincipalAccount': ACCOUNT }, Bool: { 'aws:SecureTransport': 'false' } }],
    ['for services only', { StringNotEquals: { 'aws:PrincipalAccount': ACCOUNT }, Bool: { 'aws:PrincipalIsAWSService': 'true' } }],
    ['for services or not', { StringNotEquals: { 'aws:PrincipalAccount': ACCOUNT }, Bool: { 'aws:PrincipalIsAWSService': ['false', 'true'] } }],
    ['by a key that only looks like it', { StringNotEquals: { 'aws:PrincipalAccount': ACCOUNT }, Bool: { 'aws:ViaAWSServiceX': 'false' } }],
    ['under an operator that only begins so', { StringNotEqualsX: { 'aws:PrincipalAccount': ACCOUNT } }],
  ])('but not %s', (_, condition, more = {}) => expect(denies(condition, more)).toBe(false));
});

describe('The values of a condition', () => {
  const { one } = read({
    Effect: 'Allow',
    Condition: {
      'StringEquals': { 'sts:ExternalId': ['a', 'b'] }, 'StringEqualsIfExists': { 'sts:ExternalId': 'c' }, 'ForAllValues:StringEquals': { 'events:source': 'shop', 'sts:ExternalId': 'd' },
    },
  });

  test('are those under operators that bind', () => expect(boundValues(one, /^sts:externalid$/i)).toEqual(['a', 'b']));

  test('of events are those of all values too, and those that hold if there are any', () => {
    expect(eventValues(one, /^events:source$/)).toEqual(['shop']);
    expect(eventValues(one, /^sts:externalid$/i)).toEqual(['a', 'b', 'c', 'd']);
    expect(boundValues(one, /^events:source$/)).toStrictEqual([]);
  });

  test('are mentioned under any operator', () => {
    expect([mentions(one, /^events:source$/), mentions(one, /^aws:/)]).toEqual([true, false]);
  });
});

describe('A principal', () => {
  const grantee = (principal: unknown) => {
    const { app, one } = read({ Effect: 'Allow', Principal: principal });
    return granteesOf(one, app);
  };
  const { EVERYONE, SERVICE, ACCOUNT: OF_ACCOUNT, FEDERATED, CANONICAL_USER, UNKNOWN: NOBODY_KNOWS } = GranteeKind;

  test.each<[string, unknown, object[]]>([
    ['everybody', '*', [{ kind: EVERYONE, text: '*', wholeAccount: false }]],
    ['everybody of AWS', { AWS: '*' }, [{ kind: EVERYONE, text: '*', wholeAccount: false }]],
    ['everybody by a pattern', { AWS: '**' }, [{ kind: EVERYONE, text: '*', wholeAccount: false }]],
    ['everybody as a service', { Service: '*' }, [{ kind: EVERYONE, text: '*', wholeAccount: false }]],
    ['an account', { AWS: ACCOUNT }, [{ kind: OF_ACCOUNT, text: ACCOUNT, account: ACCOUNT, wholeAccount: true }]],
    ['the own account', { AWS: { Ref: 'AWS::AccountId' } }, [{ kind: OF_ACCOUNT, text: '<AWS::AccountId>', wholeAccount: true }]],
    ['an account as an ARN', { AWS: `arn:aws:iam::${ACCOUNT}:root` }, [{ kind: OF_ACCOUNT, text: `arn:aws:iam::${ACCOUNT}:root`, account: ACCOUNT, wholeAccount: true }]],
    ['a role', { AWS: `arn:aws:iam::${ACCOUNT}:role/a` }, [{ kind: OF_ACCOUNT, text: `arn:aws:iam::${ACCOUNT}:role/a`, account: ACCOUNT, wholeAccount: false }]],
    ['a role of any account', { AWS: 'arn:aws:iam::*:role/a' }, [{ kind: EVERYONE, text: 'arn:aws:iam::*:role/a', wholeAccount: false }]],
    ['an id of a principal', { AWS: 'AROAEXAMPLE' }, [{ kind: OF_ACCOUNT, text: 'AROAEXAMPLE', wholeAccount: false }]],
    ['what is set at deployment', { AWS: { Ref: 'SetAtDeployment' } }, [{ kind: NOBODY_KNOWS, text: '<?>', wholeAccount: false }]],
    ['a role of an account that is set at deployment', { AWS: { 'Fn::Sub': 'arn:aws:iam::${SetAtDeployment}:root' } },
      [{ kind: NOBODY_KNOWS, text: 'arn:aws:iam::<?>:root', wholeAccount: true }]],
    ['a role of accounts that begin with what is set at deployment', { AWS: { 'Fn::Sub': 'arn:aws:iam::${SetAtDeployment}*:root' } },
      [{ kind: EVERYONE, text: 'arn:aws:iam::<?>*:root', wholeAccount: false }]],
    ['all of it set at deployment', { Ref: 'SetAtDeployment' }, [{ kind: NOBODY_KNOWS, text: '<?>', wholeAccount: false }]],
    ['services', { Service: ['sns.amazonaws.com', 'logs.eu-west-1.amazonaws.com'] }, [
      { kind: SERVICE, text: 'sns', wholeAccount: false }, { kind: SERVICE, text: 'logs', wholeAccount: false },
    ]],
    ['a service set at deployment', { Service: { Ref: 'SetAtDeployment' } }, [{ kind: NOBODY_KNOWS, text: '<?>', wholeAccount: false }]],
    ['a provider', { Federated: 'accounts.google.com' }, [{ kind: FEDERATED, text: 'accounts.google.com', wholeAccount: false }]],
    ['a provider set at deployment', { Federated: { Ref: 'SetAtDeployment' } }, [{ kind: NOBODY_KNOWS, text: '<?>', wholeAccount: false }]],
    ['a canonical user', { CanonicalUser: '79a5' }, [{ kind: CANONICAL_USER, text: '79a5', wholeAccount: false }]],
    ['what no principal can be', { AWS: [{ a: 'b' }], Service: {}, Federated: [true, {}] },
      ['<?>', '<?>', 'true', '<?>'].map((text) => ({ kind: text === 'true' ? FEDERATED : NOBODY_KNOWS, text, wholeAccount: false }))],
    ['nobody', undefined, []],
  ])('%s', (_, principal, expected) => expect(grantee(principal)).toEqual(expected));

  test('that is excepted lets in everybody else', () => {
    const { app, one } = read({ Effect: 'Allow', NotPrincipal: { AWS: ACCOUNT } });
    expect(granteesOf(one, app)).toEqual([{ kind: EVERYONE, text: '*', wholeAccount: false }]);
  });

  test.each([
    ['sns.amazonaws.com', 'sns'], ['logs.eu-west-1.amazonaws.com', 'logs'], ['logs.us-gov-west-1.amazonaws.com', 'logs'], ['logs.<AWS::Region>.<AWS::URLSuffix>', 'logs'], ['s3.<?>.amazonaws.com', 's3'],
    ['delivery.logs.amazonaws.com', 'delivery.logs'], ['states.cn-north-1.amazonaws.com.cn', 'states'], ['alexa-appkit.amazon.com', 'alexa-appkit'], ['SNS.AMAZONAWS.COM', 'sns'],
    ['a.aws.internal', 'a'], ['amazonaws.com.evil.test', 'amazonaws.com.evil.test'], ['edgelambda.amazonaws.com', 'edgelambda'],
  ])('the service %s is %s', (text, name) => expect(serviceName(text)).toBe(name));

  test.each<[string, GranteeKind]>([
    ['sns.amazonaws.com', SERVICE], ['alexa-appkit.amazon.com', SERVICE], ['sns.<AWS::URLSuffix>', SERVICE], [ACCOUNT, OF_ACCOUNT], ['*', EVERYONE], ['amazonaws.com', OF_ACCOUNT],
  ])('the text %s is of the kind %s', (text, kind) => expect(granteeOf(text, modelOf({})).kind).toBe(kind));
});

describe('An ARN', () => {
  test('has its parts, the last with all that follows', () => {
    expect(parseArn('arn:aws:SNS:eu-west-1:111122223333:a:b')).toEqual({ partition: 'aws', service: 'sns', region: 'eu-west-1', account: ACCOUNT, resource: 'a:b' });
    expect(parseArn('arn:<AWS::Partition>:s3:::orders')).toMatchObject({ partition: '<AWS::Partition>', service: 's3', account: '', resource: 'orders' });
  });

  test.each(['arn:aws:sns:eu-west-1:111122223333', 'arn:', 'urn:aws:sns:eu-west-1:111122223333:a', ''])('%s is none', (text) => expect(parseArn(text)).toBeUndefined());

  test('is parted at colons outside of pointers, however many were closed', () => {
    expect(splitArn('a:<b:c<d:e>f:g>:h')).toEqual(['a', '<b:c<d:e>f:g>', 'h']);
    expect(splitArn('a>:b:')).toEqual(['a>', 'b', '']);
  });

  test.each([['111122223333', true], ['11112222333', false], ['1111222233334', false], ['a111122223333', false], ['111122223333a', false]])('%s is the id of an account: %s', (text, expected) => {
    expect(isAccountId(text)).toBe(expected);
  });

  test.each([[ACCOUNT, ACCOUNT], [`arn:aws:sns:eu-west-1:${ACCOUNT}:a`, ACCOUNT], ['arn:aws:s3:::a', undefined], ['orders', undefined]])('%s names the account %s', (text, account) => {
    expect(accountIn(text)).toBe(account);
  });
});

describe('The actions of a statement', () => {
  const statement = (more: object): Statement => read({ Effect: 'Allow', ...more }).one;

  test.each<[object, boolean]>([
    [{ Action: '*' }, true], [{ Action: 'sqs:*' }, true], [{ Action: '*:*' }, true], [{ Action: 's?s:**' }, true], [{ Action: ['sqs:SendMessage', 'sns:*'] }, true], [{ NotAction: 'sqs:SendMessage' }, true],
    [{ Action: 'sqs:Send*' }, false], [{ Action: 'sqs:*Message' }, false], [{ Action: [] }, false], [{ Action: { Ref: 'SetAtDeployment' } }, false],
  ])('%j take in a whole service: %s', (more, expected) => expect(hasServiceWildcard(statement(more))).toBe(expected));

  test('are spoken of in the order of those who ask', () => {
    const actions = ['sqs:DeleteQueue', 'SQS:SendMessage', 'sqs:ReceiveMessage'];
    expect(firstSpokenOf(statement({ Action: ['sqs:Receive*', 'sqs:sendmessage'] }), actions)).toBe('SQS:SendMessage');
    expect(firstSpokenOf(statement({ NotAction: ['sqs:D*', 'sqs:S*'] }), actions)).toBe('sqs:ReceiveMessage');
    expect(firstSpokenOf(statement({ Action: 'sns:*' }), actions)).toBeUndefined();
  });
});

test('a role for an account that is set at deployment is not one for everybody', () => {
  const trusting = (AWS: unknown) => ({
    X: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: { Statement: { Effect: 'Allow', Principal: { AWS }, Action: 'sts:AssumeRole' } } } },
  });
  const partner = { Parameters: { Partner: { Type: 'String' } } };
  expect(findings('RoleTrustEveryone', trusting({ 'Fn::Sub': 'arn:aws:iam::${Partner}:root' }), undefined, partner)).toStrictEqual([]);
  expect(findings('RoleTrustEveryone', trusting({ 'Fn::Sub': 'arn:aws:iam::${Partner}*:root' }), undefined, partner)).toEqual(['RoleTrustEveryone at X']);
});
