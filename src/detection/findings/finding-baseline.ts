/**
 * How findings travel: as events of this source and this detail type. The handlers write the same: handlers/common/finding.ts. A test holds the
 * two together.
 */
export const FINDING_SOURCE = 'cdk-secure-serverless.detection';
export const FINDING_DETAIL_TYPE = 'Security Finding';

/** Severities, from the worst down. */
export const FINDING_SEVERITIES = ['critical', 'high', 'medium', 'low', 'info'] as const;

/** What a finding can be about. */
export const FINDING_RESOURCE_KINDS = ['function', 'role', 'credential', 'api', 'bucket', 'table', 'secret', 'key', 'other'] as const;

/** Who finds. */
export const FINDING_PROVIDERS = [
  'guardduty', 'inspector', 'access-analyzer', 'security-hub', 'cloudwatch', 'cloudtrail', 'data-protection', 'custom',
] as const;
