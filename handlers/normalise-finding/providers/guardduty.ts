import { createHash } from 'node:crypto';
import { FindingResource, Severity } from '../../common/finding';
import { Draft } from '../draft';
import { at, encoded, listOf, numberOf, word } from '../read';
import { byArn, consoleLink, credential } from '../resources';

/**
 * A finding of GuardDuty.
 * @see https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_finding-format.html
 * @see https://docs.aws.amazon.com/guardduty/latest/APIReference/API_Finding.html
 */
export function fromGuardDuty(event: unknown): Draft {
  const detail = at(event, 'detail');
  const severity = numberOf(at(detail, 'severity'));
  const id = at(detail, 'id');
  return {
    provider: 'guardduty',
    id: severity === undefined ? undefined : at(detail, 'arn') ?? id,
    type: at(detail, 'type'),
    severity: severityOf(severity ?? 0),
    score: (severity ?? 0) * 10,
    title: at(detail, 'title'),
    description: at(detail, 'description'),
    account: at(detail, 'accountId'),
    region: at(detail, 'region'),
    firstSeen: at(detail, 'service.eventFirstSeen') ?? at(detail, 'createdAt'),
    lastSeen: at(detail, 'service.eventLastSeen') ?? at(detail, 'updatedAt'),
    count: at(detail, 'service.count'),
    resources: [...resourcesOf(detail), ...sequenceResources(detail)],
    actor: actorOf(detail),
    link: consoleLink(at(detail, 'region'), `/guardduty/home?region=REGION#/findings?search=id%3D${encoded(id)}`),
  };
}

/** An object in which a scan found malware. Without a detector in the account there is no finding besides. */
export function fromMalwareScan(event: unknown): Draft {
  const detail = at(event, 'detail');
  const bucket = at(detail, 's3ObjectDetails.bucketName');
  const object = ['objectKey', 'versionId', 'eTag'].map((field) => encoded(at(detail, `s3ObjectDetails.${field}`))).join('/');
  const status = at(detail, 'scanResultDetails.scanResultStatus');
  const threats = listOf(at(detail, 'scanResultDetails.threats')).map((threat) => at(threat, 'name')).filter((name) => typeof name === 'string');
  return {
    provider: 'guardduty',
    id: typeof bucket === 'string' && typeof status === 'string' ? `malware-scan/${bucket}/${sha256(object)}` : undefined, // names of objects can be personal
    type: `MalwareScan:S3/${word(status)}`,
    severity: status === 'THREATS_FOUND' ? 'high' : 'low',
    title: status === 'THREATS_FOUND' ? 'Malware in an object of a bucket' : 'An object of a bucket could not be scanned for malware',
    description: threats.length === 0 ? undefined : `Found: ${threats.slice(0, 10).join(', ')}`,
    resources: [typeof bucket === 'string' ? byArn(`arn:${partitionOf(event)}:s3:::${bucket}`) : undefined],
    link: 'https://docs.aws.amazon.com/guardduty/latest/ug/monitor-with-eventbridge-s3-malware-protection.html',
  };
}

/** A bucket that GuardDuty can no longer scan: uploads go unseen until its role or policy is mended. */
export function fromMalwarePlan(event: unknown): Draft {
  const status = word(at(event, 'detail-type')).split(' ').pop();
  const bucket = at(event, 'detail.s3BucketDetails.bucketName');
  return {
    provider: 'guardduty',
    id: typeof bucket === 'string' ? `malware-plan/${bucket}` : undefined,
    type: `MalwarePlan:S3/${status}`,
    severity: status === 'Error' ? 'medium' : 'low',
    title: 'Uploads to a bucket are not scanned for malware any more, or not all of them',
    description: listOf(at(event, 'detail.statusReasons')).map((reason) => word(at(reason, 'message') ?? at(reason, 'code'))).join('; '),
    resources: [typeof bucket === 'string' ? byArn(`arn:${partitionOf(event)}:s3:::${bucket}`) : undefined],
    link: 'https://docs.aws.amazon.com/guardduty/latest/ug/troubleshoot-s3-malware-protection-status-errors.html',
  };
}

/** By the levels that GuardDuty documents: https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings-severity.html */
export function severityOf(level: number): Severity {
  if (level >= 9) return 'critical';
  if (level >= 7) return 'high';
  if (level >= 4) return 'medium';
  return level >= 1 ? 'low' : 'info';
}

function resourcesOf(detail: unknown): readonly (FindingResource | undefined)[] {
  const lambda = at(detail, 'resource.lambdaDetails');
  const key = at(detail, 'resource.accessKeyDetails');
  return [
    byArn(at(lambda, 'functionArn')),
    byArn(at(lambda, 'role')),
    credential(at(key, 'accessKeyId')),
    roleOf(key, detail),
    ...listOf(at(detail, 'resource.s3BucketDetails')).map((bucket) => byArn(at(bucket, 'arn'))),
  ];
}

/** GuardDuty tells the name of a role whose session was misused, and not the path before it: the ARN is right for roles without one. */
function roleOf(key: unknown, detail: unknown): FindingResource | undefined {
  const name = at(key, 'userName');
  if (at(key, 'userType') !== 'AssumedRole' || typeof name !== 'string') return undefined;
  return byArn(`arn:${word(at(detail, 'partition') ?? 'aws')}:iam::${word(at(detail, 'accountId'))}:role/${name}`);
}

/** Attack sequences name many resources, each with an id of its own. */
function sequenceResources(detail: unknown): readonly (FindingResource | undefined)[] {
  return listOf(at(detail, 'service.detection.sequence.resources')).map((resource) => {
    const uid = at(resource, 'uid');
    return byArn(uid) ?? (at(resource, 'resourceType') === 'ACCESS_KEY' ? credential(uid) : undefined);
  });
}

function actorOf(detail: unknown): Draft['actor'] {
  const action = at(detail, 'service.action');
  const call = at(action, 'awsApiCallAction') ?? at(action, 'networkConnectionAction') ?? at(action, 'kubernetesApiCallAction') ?? at(action, 'rdsLoginAttemptAction');
  const remote = at(call, 'remoteIpDetails');
  const endpoint = listOf(at(detail, 'service.detection.sequence.endpoints'))[0];
  return {
    ip: at(remote, 'ipAddressV4') ?? at(remote, 'ipAddressV6') ?? at(endpoint, 'ip'),
    country: at(remote, 'country.countryName') ?? at(endpoint, 'location.country'),
    asn: at(remote, 'organization.asn') ?? at(endpoint, 'autonomousSystem.number'),
    account: at(call, 'remoteAccountDetails.accountId'),
  };
}

function partitionOf(event: unknown): string {
  const region = word(at(event, 'region'));
  return region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
