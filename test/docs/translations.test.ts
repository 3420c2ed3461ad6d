import { translationFaults } from '../../scripts/docs/translations';

const sample = (fullSource: string, translations: Record<string, string>, api = {}) => ({
  location: { api },
  fullSource,
  translations: Object.fromEntries(Object.entries(translations).map(([language, source]) => [language, { source }])),
});

test('a map that rosetta takes for a struct does not compile in C#', () => {
  expect(translationFaults([sample("{ type: 'string', maxLength: 200 }", { csharp: '{ "caption", new Struct { Type = "string", MaxLength = 200 } }' })])).toEqual([
    'README, csharp: new Struct; give the map a type of its own: const name: Record<string, unknown> = { … }',
  ]);
});

test('a map of maps compiles in C#, and jsii does not take it', () => {
  expect(translationFaults([sample('{ properties: { caption } }', { csharp: '{ "properties", new Dictionary<string, IDictionary<string, object>> { { "caption", caption } } }' })])).toEqual([
    'README, csharp: new Dictionary<string, IDictionary; give the outer map a type of its own: const name: Record<string, unknown> = { … }',
  ]);
});

test('a key of a map that is renamed in Python says something else than the sample', () => {
  const pipe = { fqn: 'cdk-secure-serverless.SecurePipe' };
  expect(translationFaults([sample("filters: [{ eventName: ['INSERT'] }]", { python: 'filters=[{"event_name": ["INSERT"]}]' }, pipe)])).toEqual([
    'cdk-secure-serverless.SecurePipe, python: "event_name":; put the key of the map in quotation marks, and give the map a type',
  ]);
});

test.each(['csharp', 'go', 'java', 'python'])('a comparison that only TypeScript has does not compile in %s', (language) => {
  const silence = { fqn: 'cdk-secure-serverless.AlarmMuting', memberName: 'silence' };
  expect(translationFaults([sample("if (a !== 'b') {}", { [language]: 'if (a !== "b")' }, silence)])).toEqual([
    `cdk-secure-serverless.AlarmMuting.silence, ${language}: !==; no other language compares like this: say it without`,
  ]);
});

test.each([
  ['a key in quotation marks', "filters: [{ 'eventName': ['INSERT'] }]", { python: 'filters=[{"eventName": ["INSERT"]}]' }],
  ['a key that is written so in the sample', "{ 'event_name': 1 }", { python: '{"event_name": 1}' }],
  ['a member of a struct', '{ maxReceiveCount: 3 }', { python: 'max_receive_count=3', csharp: 'new QueueOptions { MaxReceiveCount = 3 }' }],
  ['a sample without a translation', '{}', {}],
])('%s is no fault', (_, source, translations) => {
  expect(translationFaults([sample(source, translations)])).toStrictEqual([]);
});
