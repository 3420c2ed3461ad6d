import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { AUDIT_PACKS, NagPackId } from '../../core/exceptions/acknowledgement';
import { HardeningArea } from '../../core/hardening/hardening-area';
import { findingStep } from '../../core/hardening/steps/finding-step';
import { HardeningStep } from '../../core/hardening/steps/hardening-step';
import { isCdkHelper } from '../../iam/cdk-helper';
import { isEdgeFunction } from '../../iam/hardening/holders/edge-functions';

const FUNCTION = { area: HardeningArea.FUNCTIONS, type: 'AWS::Lambda::Function' } as const;

const RUNTIME_OF_CDK = 'CDK brings this function along, and chooses its runtime together with its code: a newer one comes with a newer aws-cdk-lib.';

const REFUSED_AT_THE_EDGE = 'CloudFront copies this function into its regions, and takes none that has such a setting: '
  + 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-at-edge-function-restrictions.html.';

const DEAD_LETTER_PACKS = [NagPackId.SERVERLESS, NagPackId.HIPAA, NagPackId.NIST_R5];

/** What cdk-nag finds in functions where nobody can help it. */
export const FUNCTION_FINDING_HARDENING: readonly HardeningStep[] = [
  helper('RuntimeDeprecated', [NagPackId.AWS_SOLUTIONS], 'L1', RUNTIME_OF_CDK),
  helper('RuntimeDeprecated', [NagPackId.SERVERLESS], 'LambdaLatestVersion', RUNTIME_OF_CDK),
  helper('AsyncFailurePath', DEAD_LETTER_PACKS, 'LambdaDLQ',
    'CDK brings this function along, and only deployments call it: one that gets no answer fails, and says so. There is no event that could be lost.'),
  atTheEdge('AsyncFailurePath', DEAD_LETTER_PACKS, 'LambdaDLQ'),
  atTheEdge('FunctionTracing', [NagPackId.SERVERLESS], 'LambdaTracing'),
  atTheEdge('FunctionConcurrencyLimit', [NagPackId.HIPAA, NagPackId.NIST_R5], 'LambdaConcurrency'),
  atTheEdge('FunctionNetwork', AUDIT_PACKS, 'LambdaInsideVPC'),
];

function helper(rule: string, packs: readonly NagPackId[], finding: string, reason: string): HardeningStep {
  return findingStep<CfnFunction>({ ...FUNCTION, rule, packs, finding, reason, when: isCdkHelper });
}

function atTheEdge(rule: string, packs: readonly NagPackId[], finding: string): HardeningStep {
  return findingStep<CfnFunction>({ ...FUNCTION, rule, packs, finding, reason: REFUSED_AT_THE_EDGE, when: isEdgeFunction });
}
