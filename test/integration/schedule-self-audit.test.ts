import { SCHEDULE_CASES } from './schedule-audit-cases';
import { selfAudit } from '../support/self-audit';

selfAudit(SCHEDULE_CASES, ['IAM5[Resource::*]', 'LambdaStarPermissions', 'SQS3', 'SQSRedrivePolicy']);
