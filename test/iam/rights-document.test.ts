import { Aws, Lazy, Stack, Token } from 'aws-cdk-lib';
import { PolicyStatement, PolicyStatementProps } from 'aws-cdk-lib/aws-iam';
import { RightsDocument } from '../../src/iam/rights-document';
import { widened } from '../../src/iam/widened-statement';
import { testStack } from '../support/apps';

const KEY = 'arn:aws:kms:eu-west-1:111122223333:key/1';
const CONTEXT = 'kms:EncryptionContext:aws:sqs:arn';

const statement = (conditions: PolicyStatementProps['conditions'], others: PolicyStatementProps = {}): PolicyStatement => (
  new PolicyStatement({ actions: ['kms:Decrypt'], resources: [KEY], conditions, ...others }));

const statementsOf = (document: RightsDocument, stack: Stack = testStack()): readonly object[] => stack.resolve(document)?.Statement ?? [];

const written = (...statements: PolicyStatement[]): readonly object[] => statementsOf(new RightsDocument(statements));

describe('statements that differ in the values of one condition', () => {
  test('become one, with the values of both', () => {
    const via = { 'kms:ViaService': 'sqs.eu-west-1.amazonaws.com' };
    const [a, b, c] = ['a', 'b', 'c'].map((queue) => statement({ StringEquals: { ...via, [CONTEXT]: queue } }));
    expect(written(a, b, c)).toEqual([
      { Effect: 'Allow', Action: 'kms:Decrypt', Resource: KEY, Condition: { StringEquals: { ...via, [CONTEXT]: ['a', 'b', 'c'] } } },
    ]);
  });

  test.each(['ArnEquals', 'ArnLike', 'StringEquals', 'StringLike'])('of the operator %s', (operator) => {
    expect(written(statement({ [operator]: { [CONTEXT]: ['a', 'b'] } }), statement({ [operator]: { [CONTEXT]: ['b', 'c'] } }))).toEqual([
      { Effect: 'Allow', Action: 'kms:Decrypt', Resource: KEY, Condition: { [operator]: { [CONTEXT]: ['a', 'b', 'c'] } } },
    ]);
  });

  test('keep the statement of the author as it was, who may give it to others', () => {
    const first = statement({ StringEquals: { [CONTEXT]: 'a' } });
    const document = new RightsDocument([first, statement({ StringEquals: { [CONTEXT]: 'b' } })]);
    expect(first.toStatementJson().Condition).toEqual({ StringEquals: { [CONTEXT]: 'a' } });
    expect(statementsOf(document)).toHaveLength(1);
  });

  test('name what only the deployment knows as well', () => {
    const [name, other] = [1, 2].map((i) => Lazy.string({ produce: () => `queue-${i}` }));
    expect(written(statement({ StringEquals: { [CONTEXT]: name } }), statement({ StringEquals: { [CONTEXT]: other } }))).toEqual([
      expect.objectContaining({ Condition: { StringEquals: { [CONTEXT]: ['queue-1', 'queue-2'] } } }),
    ]);
  });
});

test('a statement that is there already is not written again', () => {
  const conditions = { StringEquals: { [CONTEXT]: 'a' } };
  expect(written(statement(conditions), statement(conditions))).toEqual([expect.objectContaining({ Condition: conditions })]);
});

describe('statements stay two', () => {
  test.each<[string, PolicyStatement, PolicyStatement]>([
    ['where values together mean something else', statement({ StringNotEquals: { [CONTEXT]: 'a' } }), statement({ StringNotEquals: { [CONTEXT]: 'b' } })],
    ['where all values of the request must be in the list', statement({ 'ForAllValues:StringEquals': { [CONTEXT]: 'a' } }),
      statement({ 'ForAllValues:StringEquals': { [CONTEXT]: 'b' } })],
    ['where two conditions differ', statement({ StringEquals: { a: 'x', [CONTEXT]: 'a' } }), statement({ StringEquals: { a: 'y', [CONTEXT]: 'b' } })],
    ['where one has a condition more', statement({ StringEquals: { [CONTEXT]: 'a' } }), statement({ StringEquals: { a: 'x', [CONTEXT]: 'a' } })],
    ['where one has no condition', statement({ StringEquals: { [CONTEXT]: 'a' } }), statement(undefined)],
    ['where the keys differ', statement({ StringEquals: { [CONTEXT]: 'a' } }), statement({ StringEquals: { other: 'a' } })],
    ['where the operators differ', statement({ StringEquals: { [CONTEXT]: 'a' } }), statement({ StringLike: { [CONTEXT]: 'a' } })],
    ['where one has a name', statement({ StringEquals: { [CONTEXT]: 'a' } }), statement({ StringEquals: { [CONTEXT]: 'b' } }, { sid: 'Mine' })],
    ['where both have the same name', statement({ StringEquals: { [CONTEXT]: 'a' } }, { sid: 'Mine' }), statement({ StringEquals: { [CONTEXT]: 'b' } }, { sid: 'Mine' })],
    ['where actions and a condition differ', statement({ StringEquals: { [CONTEXT]: 'a' } }),
      statement({ StringEquals: { [CONTEXT]: 'b' } }, { actions: ['kms:Encrypt'] })],
    ['where resources and a condition differ', statement({ StringEquals: { [CONTEXT]: 'a' } }),
      statement({ StringEquals: { [CONTEXT]: 'b' } }, { resources: [`${KEY}2`] })],
    ['where a list is known at deployment only', statement({ StringEquals: { [CONTEXT]: 'a' } }),
      statement({ StringEquals: { [CONTEXT]: Token.asList({ Ref: 'Queues' }) } })],
  ])('%s', (_, one, other) => {
    expect(written(one, other)).toHaveLength(2);
  });

  // CDK itself takes such objects for the same when it merges: what is asked here is whether one of them is dropped before.
  test.each<[string, PolicyStatement, PolicyStatement]>([
    ['two objects that are known later look the same', statement({ StringEquals: { [CONTEXT]: Lazy.any({ produce: () => 'a' }) } }),
      statement({ StringEquals: { [CONTEXT]: Lazy.any({ produce: () => 'b' }) } })],
    ['an object that is known later stands beside a text', statement({ StringEquals: { [CONTEXT]: ['a', Lazy.any({ produce: () => 'b' })] } }),
      statement({ StringEquals: { [CONTEXT]: ['a', Lazy.any({ produce: () => 'c' })] } })],
    ['one of two conditions is known later', statement({ StringEquals: { [CONTEXT]: 'a' }, Bool: { x: Lazy.any({ produce: () => true }) } }),
      statement({ StringEquals: { [CONTEXT]: 'a' }, Bool: { x: Lazy.any({ produce: () => false }) } })],
  ])('%s', (_, one, other) => {
    expect(widened(one, other)).toBe(false);
  });

  test('once the document was written', () => {
    const stack = testStack();
    const document = new RightsDocument([statement({ StringEquals: { [CONTEXT]: 'a' } })]);
    expect(statementsOf(document, stack)).toHaveLength(1);
    document.addStatements(statement({ StringEquals: { [CONTEXT]: 'b' } }));
    expect(statementsOf(document, stack)).toHaveLength(2);
  });
});

describe('the length', () => {
  const lengthOf = (document: RightsDocument): number => JSON.stringify(testStack().resolve(document)).length;

  test('is that of the document, where all is known', () => {
    const document = new RightsDocument([
      statement({ StringEquals: { [CONTEXT]: 'a' } }), statement({ StringEquals: { [CONTEXT]: 'b' } }),
      new PolicyStatement({ actions: ['sqs:SendMessage', 'sqs:ReceiveMessage'], resources: [KEY] }),
      new PolicyStatement({ actions: ['sqs:SendMessage', 'sqs:ReceiveMessage'], resources: [`${KEY}2`] }),
    ]);
    expect(Math.abs(document.length - lengthOf(document))).toBeLessThan(20);
    expect(document.length).toBeGreaterThanOrEqual(lengthOf(document));
  });

  test('counts 150 characters for a pointer, and what a name of CDK stands for', () => {
    const plain = new RightsDocument([statement(undefined, { resources: ['x'] })]).length;
    expect(new RightsDocument([statement(undefined, { resources: [Token.asString({ Ref: 'Queue' })] })]).length).toBe(plain - 1 + 150);
    const names = [Aws.ACCOUNT_ID, Aws.REGION, Aws.PARTITION, Aws.URL_SUFFIX].join('');
    expect(new RightsDocument([statement(undefined, { resources: [names] })]).length).toBe(plain - 1 + 12 + 14 + 10 + 16);
    expect(new RightsDocument([statement(undefined, { resources: ['x \n'] })]).length).toBe(plain); // white space does not count
  });

  test('with one statement more is told before it is added', () => {
    const document = new RightsDocument([statement({ StringEquals: { [CONTEXT]: 'a' } })]);
    const [before, other] = [document.length, statement({ StringEquals: { [CONTEXT]: 'b' } })];
    const after = new RightsDocument([statement({ StringEquals: { [CONTEXT]: 'a' } }), other]).length;
    expect(after).toBeLessThan(before + 10);
    expect([after, after - 1].map((limit) => document.hasRoom(other, limit))).toEqual([true, false]);
    expect(document.length).toBe(before);
  });

  test('leaves room up to the limit and no further, however the document came about', () => {
    const queues = Array.from({ length: 40 }, (_, i) => `queue-${i}`);
    const document = new RightsDocument();
    for (const queue of queues) { // 40 values of one condition, 40 resources of one statement, 40 statements
      document.addStatements(
        statement({ StringEquals: { [CONTEXT]: queue } }),
        new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [queue] }),
        new PolicyStatement({ actions: ['sqs:ReceiveMessage'], resources: [queue], conditions: { Null: { [queue]: 'true' } } }),
      );
      document.hasRoom(statement({ StringEquals: { [CONTEXT]: queue } }), 10_000); // asked in between, as roles do
    }
    const other = new PolicyStatement({ actions: ['s3:GetObject'], resources: ['x'] });
    const after = new RightsDocument([other]).length - new RightsDocument().length + document.length;
    expect([after - 10, after + 10].map((limit) => document.hasRoom(other, limit))).toEqual([false, true]);
  });
});
