import './environment';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, DynamoDBDocumentClient, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { handler as addTenant } from '../src/add-tenant';
import { Answer, Event } from '../src/http-v2';
import { handler as listNotes } from '../src/list-notes';
import { handler as removeNote } from '../src/remove-note';
import { handler as writeNote } from '../src/write-note';

const table = mockClient(DynamoDBDocumentClient);

beforeEach(() => {
  table.reset();
  jest.spyOn(console, 'info').mockReturnValue(undefined);
  jest.spyOn(console, 'error').mockReturnValue(undefined);
});

const ID = '0b9a7c1e-1111-4222-8333-444455556666';

function from(tenant: string | undefined, parts: Partial<Event> = {}): Event {
  const claims = tenant === undefined ? {} : { 'custom:tenant': tenant };
  return { isBase64Encoded: false, requestContext: { requestId: 'request-1', authorizer: { jwt: { claims } } }, ...parts } as unknown as Event;
}

const bodyOf = (answer: Answer) => JSON.parse(answer.body!);

describe('GET /notes', () => {
  test('lists the notes of the caller\'s organization, newest first, without its id', async () => {
    const note = (noteId: string, writtenAt: string) => ({ tenant: 'acme', noteId, writtenAt, title: 't', text: '' });
    table.on(QueryCommand).resolves({ Items: [note('1', '2026-01-01T00:00:00Z'), note('2', '2026-02-01T00:00:00Z')] });
    const answer = await listNotes(from('acme'));
    expect(table.commandCalls(QueryCommand)[0].args[0].input.ExpressionAttributeValues).toEqual({ ':tenant': 'acme' });
    expect(bodyOf(answer).notes.map(({ noteId }: { noteId: string }) => noteId)).toEqual(['2', '1']);
    expect(answer.body).not.toContain('acme');
  });

  test('fails with 403 for users of no organization', async () => {
    expect((await listNotes(from(undefined))).statusCode).toBe(403);
    expect(table.calls()).toHaveLength(0);
  });
});

describe('POST /notes', () => {
  test('stores the note under the organization of the token', async () => {
    const answer = await writeNote(from('acme', { body: JSON.stringify({ title: 'Plan', text: 'ship it' }) }));
    expect(answer.statusCode).toBe(201);
    expect(table.commandCalls(PutCommand)[0].args[0].input).toMatchObject({ TableName: 'notes', Item: { tenant: 'acme', title: 'Plan', text: 'ship it' } });
  });

  test.each([
    ['{', 'The body is not JSON.'],
    ['{"title":"","text":""}', 'The body is not valid: title'],
    ['{"title":"a","text":"","tenant":"other"}', 'The body is not valid: (root)'],
  ])('fails with 400 for the body %s', async (body, message) => {
    const answer = await writeNote(from('acme', { body }));
    expect(answer.statusCode).toBe(400);
    expect(bodyOf(answer).message).toBe(message);
    expect(table.calls()).toHaveLength(0);
  });

  test('says nothing of the inside when the table does not answer', async () => {
    table.on(PutCommand).rejects(new Error('table notes-111122223333 is gone'));
    const answer = await writeNote(from('acme', { body: '{"title":"a","text":""}' }));
    expect(answer.statusCode).toBe(500);
    expect(answer.body).not.toContain('111122223333');
  });
});

describe('DELETE /notes/{id}', () => {
  test('removes a note of the organization', async () => {
    expect(await removeNote(from('acme', { pathParameters: { id: ID } }))).toMatchObject({ statusCode: 204 });
    expect(table.commandCalls(DeleteCommand)[0].args[0].input).toMatchObject({ Key: { tenant: 'acme', noteId: ID } });
  });

  test('cannot tell a note of others from one that does not exist', async () => {
    table.on(DeleteCommand).rejects(new ConditionalCheckFailedException({ message: 'no', $metadata: {} }));
    expect((await removeNote(from('acme', { pathParameters: { id: ID } }))).statusCode).toBe(404);
    expect((await removeNote(from('acme', { pathParameters: { id: '../etc' } }))).statusCode).toBe(404);
  });
});

describe('the access token', () => {
  const issuedFor = (userAttributes: Record<string, string>) => addTenant({
    triggerSource: 'TokenGeneration_HostedAuth', request: { userAttributes }, response: { claimsAndScopeOverrideDetails: {} },
  } as unknown as Parameters<typeof addTenant>[0]);

  test('names the organization of the member, and nothing else of them', async () => {
    const { response } = await issuedFor({ 'sub': '1', 'email': 'ana@example.com', 'custom:tenant': 'acme' });
    expect(response).toEqual({ claimsAndScopeOverrideDetails: { accessTokenGeneration: { claimsToAddOrOverride: { 'custom:tenant': 'acme' } } } });
  });

  test('names none where the member belongs to none, and no log line holds a name or an address', async () => {
    const { response } = await issuedFor({ sub: '1', email: 'ana@example.com' });
    expect(response).toEqual({ claimsAndScopeOverrideDetails: {} });
    expect(JSON.stringify(jest.mocked(console.info).mock.calls)).not.toContain('ana');
  });
});
