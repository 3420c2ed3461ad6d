import { Finding, FINDING_SOURCE, FindingResource, ResourceKind } from '../common/finding';

/** Security Hub's own names for the kinds of resources. */
const TYPES: { readonly [kind in ResourceKind]: string } = {
  function: 'AwsLambdaFunction',
  role: 'AwsIamRole',
  credential: 'AwsIamAccessKey',
  api: 'AwsApiGatewayRestApi',
  bucket: 'AwsS3Bucket',
  table: 'AwsDynamoDbTable',
  secret: 'AwsSecretsManagerSecret',
  key: 'AwsKmsKey',
  other: 'Other',
};

/** Security Hub takes 32 resources. */
const MOST_RESOURCES = 32;

/** The parts of the AWS Security Finding Format that a finding fills. */
export interface SecurityHubFinding {
  readonly SchemaVersion: '2018-10-08';
  readonly Id: string;
  readonly ProductArn: string;
  readonly GeneratorId: string;
  readonly AwsAccountId: string;
  readonly CreatedAt: string;
  readonly UpdatedAt: string;
  readonly FirstObservedAt: string;
  readonly LastObservedAt: string;
  readonly Title: string;
  readonly Description: string;
  readonly Types: string[];
  readonly FindingProviderFields: { readonly Severity: { readonly Label: SecurityHubLabel; readonly Original: string }; readonly Types: string[] };
  readonly Severity: { readonly Label: SecurityHubLabel };
  readonly Resources: { readonly Type: string; readonly Id: string; readonly Region: string }[];
  readonly ProductFields: { readonly [name: string]: string };
}

type SecurityHubLabel = 'CRITICAL' | 'HIGH' | 'MEDIUM' | 'LOW' | 'INFORMATIONAL';

const LABELS = { critical: 'CRITICAL', high: 'HIGH', medium: 'MEDIUM', low: 'LOW', info: 'INFORMATIONAL' } as const;

/**
 * A finding as Security Hub takes it from an account's own product.
 *
 * The generator says that it came from here: events of Security Hub about it must not become findings again.
 * @see https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-findings-format.html
 */
export function toSecurityHub(finding: Finding, productArn: string): SecurityHubFinding {
  const types = ['Unusual Behaviors'];
  return {
    SchemaVersion: '2018-10-08',
    Id: `${FINDING_SOURCE}/${finding.provider}/${finding.id}`.slice(0, 512),
    ProductArn: productArn,
    GeneratorId: FINDING_SOURCE,
    AwsAccountId: finding.account,
    CreatedAt: finding.firstSeen,
    UpdatedAt: finding.lastSeen,
    FirstObservedAt: finding.firstSeen,
    LastObservedAt: finding.lastSeen,
    Title: finding.title.slice(0, 256),
    Description: finding.description === '' ? finding.title : finding.description,
    Types: types,
    FindingProviderFields: { Severity: { Label: LABELS[finding.severity], Original: String(finding.score) }, Types: types },
    Severity: { Label: LABELS[finding.severity] },
    Resources: resourcesOf(finding),
    ProductFields: { 'cdk-secure-serverless/provider': finding.provider, 'cdk-secure-serverless/type': finding.type },
  };
}

/** There must be one: the account, where the finding names none. */
function resourcesOf({ resources, account, region }: Finding): SecurityHubFinding['Resources'] {
  if (resources.length === 0) return [{ Type: 'AwsAccount', Id: `AWS::::Account:${account}`, Region: region }];
  return resources.slice(0, MOST_RESOURCES).map(({ kind, id }: FindingResource) => ({ Type: TYPES[kind], Id: id.slice(0, 512), Region: region }));
}
