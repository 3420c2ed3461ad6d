import { NETWORK_CASES } from './audit-cases';
import { selfAudit } from '../support/self-audit';

selfAudit(NETWORK_CASES, ['IAM5[Resource::*]', 'LambdaDLQ', 'LambdaStarPermissions']);
