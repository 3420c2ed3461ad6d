import { CHAT_SEED } from './chat';
import { FILES_SEED } from './files';
import { NEWSLETTER_SEED } from './newsletter';
import { ACCOUNT, att, sub } from './parts';
import { BlindSeed, breach, fault, idOf, of, safe, statements } from '../support';

const OTHERS = { StringNotEquals: { 'aws:PrincipalAccount': ACCOUNT } };
const named = (service: string, name: string): any => sub(`arn:\${AWS::Partition}:${service}:\${AWS::Region}:\${AWS::AccountId}:${name}`);

/** Denials that close less than it seems; written once rules had been read, to try them. */
export const FENCE_SEEDS: readonly BlindSeed[] = [{
  ...FILES_SEED,
  name: 'Seven A, fences: files',
  mutants: [
    fault('G28', 'inventories of strangers are kept out of one folder alone', ({ Files }) => {
      const results = idOf(Files, 'AWS::S3::Bucket', 'Results');
      of(Files, 'AWS::S3::BucketPolicy', 'ResultsPolicy').PolicyDocument.Statement.push(
        { Effect: 'Allow', Principal: { Service: 's3.amazonaws.com' }, Action: 's3:PutObject', Resource: sub(`\${${results}.Arn}/*`) },
        {
          Effect: 'Deny',
          Principal: '*',
          Action: 's3:PutObject',
          Resource: sub(`\${${results}.Arn}/private/*`),
          Condition: { StringNotEquals: { 'aws:SourceAccount': ACCOUNT } },
        },
      );
    }),
    breach('s3.tls', 'plain HTTP is refused of another bucket', ({ Files }) => {
      const uploads = idOf(Files, 'AWS::S3::Bucket', 'Uploads');
      of(Files, 'AWS::S3::BucketPolicy', 'ResultsPolicy').PolicyDocument.Statement[0].Resource = [att(uploads), sub(`\${${uploads}.Arn}/*`)];
    }),
  ],
  variants: [
    safe('inventories of strangers are kept out of all folders', ({ Files }) => {
      const results = idOf(Files, 'AWS::S3::Bucket', 'Results');
      of(Files, 'AWS::S3::BucketPolicy', 'ResultsPolicy').PolicyDocument.Statement.push(
        { Effect: 'Allow', Principal: { Service: 's3.amazonaws.com' }, Action: 's3:PutObject', Resource: sub(`\${${results}.Arn}/lists/*`) },
        {
          Effect: 'Deny',
          Principal: '*',
          Action: 's3:PutObject',
          Resource: sub(`\${${results}.Arn}/*`),
          Condition: { StringNotEquals: { 'aws:SourceAccount': ACCOUNT } },
        },
      );
    }),
  ],
}, {
  ...CHAT_SEED,
  name: 'Seven A, fences: a chat bot',
  mutants: [
    fault('G39', 'strangers are kept out of another queue than the one that is open', ({ Chat }) => {
      statements(Chat, 'transcripts_policy').push(
        { Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: att('transcripts') },
        { Effect: 'Deny', Principal: '*', Action: 'sqs:*', Resource: att('lost'), Condition: OTHERS },
      );
    }),
    fault('G39', 'strangers are kept out where two things are so at once', ({ Chat }) => {
      statements(Chat, 'transcripts_policy').push(
        { Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: att('transcripts') },
        { Effect: 'Deny', Principal: '*', Action: 'sqs:*', Resource: '*', Condition: { ...OTHERS, Bool: { 'aws:SecureTransport': 'false' } } },
      );
    }),
    breach('sqs.tls', 'plain HTTP is refused of queues of another name', ({ Chat }) => {
      statements(Chat, 'transcripts_policy')[0].Resource = named('sqs', 'other-*');
    }),
  ],
  variants: [
    safe('strangers are kept out of all queues', ({ Chat }) => {
      statements(Chat, 'transcripts_policy').push(
        { Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: att('transcripts') },
        { Effect: 'Deny', Principal: { AWS: '*' }, Action: 'sqs:*', Resource: '*', Condition: OTHERS },
      );
    }),
    safe('plain HTTP is refused of all queues of the stack', ({ Chat }) => {
      statements(Chat, 'transcripts_policy')[0].Resource = named('sqs', '${AWS::StackName}-*');
    }),
  ],
}, {
  ...NEWSLETTER_SEED,
  name: 'Seven A, fences: a newsletter',
  mutants: [
    breach('sns.tls', 'plain HTTP is refused of topics of another name', ({ Shared }) => {
      statements(Shared, 'BouncesPolicy')[0].Resource = named('sns', 'other-*');
    }),
  ],
  variants: [
    safe('plain HTTP is refused of all topics of the stack', ({ Shared }) => {
      statements(Shared, 'BouncesPolicy')[0].Resource = named('sns', '${AWS::StackName}-*');
    }),
  ],
}];
