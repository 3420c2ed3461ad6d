import { ACTION_CLASSES } from '../../model/rights/action-classes';

/** What lets somebody read, change or lose the data of a kind of store. */
export interface StoreActions {
  readonly read: readonly string[];
  readonly write: readonly string[];
  /** Actions on the data, and those that take the store away as a whole. */
  readonly delete: readonly string[];
}

/** Actions that take the store away with its data. */
const DESTROYING: { readonly [type: string]: readonly string[] } = {
  'AWS::DynamoDB::GlobalTable': ['dynamodb:DeleteTable'],
  'AWS::DynamoDB::Table': ['dynamodb:DeleteTable'],
  'AWS::Kinesis::Stream': ['kinesis:DeleteStream'],
  'AWS::S3::Bucket': ['s3:PutLifecycleConfiguration'],
  'AWS::SQS::Queue': ['sqs:DeleteQueue'],
};

/** Stores whose actions no rule needs. */
const OTHERS: { readonly [type: string]: StoreActions } = {
  'AWS::Cognito::UserPool': {
    read: ['cognito-idp:AdminGetUser', 'cognito-idp:ListUsers'],
    write: ['cognito-idp:AdminCreateUser', 'cognito-idp:AdminSetUserPassword', 'cognito-idp:AdminUpdateUserAttributes'],
    delete: ['cognito-idp:AdminDeleteUser', 'cognito-idp:DeleteUserPool'],
  },
  'AWS::Events::Archive': { read: ['events:StartReplay'], write: [], delete: ['events:DeleteArchive'] },
  'AWS::Logs::LogGroup': {
    read: ['logs:FilterLogEvents', 'logs:GetLogEvents', 'logs:StartQuery'],
    write: ['logs:PutLogEvents'],
    delete: ['logs:DeleteLogGroup', 'logs:DeleteLogStream'],
  },
};

/** By resource type: what counts as reading, writing and deleting. */
export const STORE_ACTIONS: { readonly [type: string]: StoreActions } = {
  ...OTHERS,
  ...Object.fromEntries(Object.entries(ACTION_CLASSES).map(([type, classes]) => (
    [type, { read: classes.read, write: classes.write, delete: [...classes.delete, ...DESTROYING[type] ?? []] }]))),
};
