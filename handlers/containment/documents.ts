import { canonical } from './containment';

const VERSION = '2012-10-17';

/** Takes all rights from a role. */
export function denyAll(): string {
  return canonical({ Version: VERSION, Statement: [{ Effect: 'Deny', Action: ['*'], Resource: ['*'] }] });
}

/**
 * Takes all rights from the sessions of a role that began before a time: the document that IAM's own console writes as AWSRevokeOlderSessions.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_revoke-sessions.html
 */
export function revokeOlderSessions(before: number): string {
  return canonical({
    Version: VERSION,
    Statement: [{ Effect: 'Deny', Action: ['*'], Resource: ['*'], Condition: { DateLessThan: { 'aws:TokenIssueTime': new Date(before).toISOString() } } }],
  });
}

/** What a contained bucket refuses: to lose or replace what is in it, or to change the settings by which it would be lost later. Sorted. */
export const BUCKET_DENIED_ACTIONS = [
  's3:BypassGovernanceRetention', 's3:DeleteBucket', 's3:DeleteObject', 's3:DeleteObjectVersion', 's3:PutBucketAcl', 's3:PutBucketVersioning',
  's3:PutLifecycleConfiguration', 's3:PutObject', 's3:PutObjectAcl', 's3:PutReplicationConfiguration',
];

/** Keeps a bucket as it is. Principals without an ARN, such as anonymous ones and services, are refused too. */
export function denyWrites(sid: string, bucket: string, actions: readonly string[], except: readonly string[]): object {
  return {
    Sid: sid,
    Effect: 'Deny',
    Principal: '*',
    Action: actions,
    Resource: [bucket, `${bucket}/*`],
    Condition: { ArnNotLike: { 'aws:PrincipalArn': except } },
  };
}
