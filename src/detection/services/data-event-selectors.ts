import { CfnResource, Fn, IResource } from 'aws-cdk-lib';
import { CfnTrail } from 'aws-cdk-lib/aws-cloudtrail';
import { CfnGlobalTable, CfnTable } from 'aws-cdk-lib/aws-dynamodb';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { IConstruct } from 'constructs';
import { AuditTrail } from './audit-trail';
import { outermostStack } from '../../core/stacks/shared-part';
import { takesAccessLogs } from '../../storage/stack-access-log-bucket';
import { TRAIL_VALUES_MOST } from '../detection-baseline';

type Selector = CfnTrail.AdvancedEventSelectorProperty;
type FieldSelector = CfnTrail.AdvancedFieldSelectorProperty;

/** One kind of resource: what CloudTrail calls it, and whose ARNs its selector holds. */
interface Recorded {
  readonly type: string;
  readonly name: string;
  readonly arns: readonly string[];
  /** Objects are named by the beginning of their ARN. */
  readonly byBeginning: boolean;
}

/**
 * What a trail records: stores first, then functions, each kind in the order of the tree. Buckets that keep logs are left out: what CloudTrail and
 * S3 write there would be recorded there again.
 *
 * @param own the bucket of the trail
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/filtering-data-events.html
 */
export function selectorsOf(scope: IConstruct, trail: AuditTrail, own: IConstruct): Selector[] {
  const { managementEvents } = trail._options;
  return [
    ...managementEvents === true ? [{ name: 'Management events', fieldSelectors: [equals('eventCategory', 'Management')] }] : [],
    ...recordedBy(scope, trail, own).map(({ type, name, arns, byBeginning }) => ({
      name,
      fieldSelectors: [
        equals('eventCategory', 'Data'),
        equals('resources.type', type),
        ...trail._scope === 'account' ? [] : [{ field: 'resources.ARN', [byBeginning ? 'startsWith' : 'equalTo']: [...arns] }],
      ],
    })),
  ];
}

/** How many values the conditions of the selectors hold. */
export function valuesOf(selectors: readonly Selector[]): number {
  return selectors.flatMap(({ fieldSelectors }) => fieldSelectors as readonly FieldSelector[])
    .reduce((sum, field) => sum + (field.equalTo ?? field.startsWith ?? []).length, 0);
}

/** Whether some bucket is recorded. */
export function recordsBuckets(selectors: readonly Selector[]): boolean {
  return selectors.some(({ name }) => name === 'Objects');
}

/** What is wrong with so many values, as an error of the synthesis. */
export function tooMany(selectors: readonly Selector[], path: string): string[] {
  const count = valuesOf(selectors);
  return count <= TRAIL_VALUES_MOST ? [] : [
    `'auditTrail' must not name more than CloudTrail takes, ${TRAIL_VALUES_MOST} values for all conditions, got ${count}; split the stack, or record `
    + `all of the account with AuditTrail.ofAccount() [ThreatDetection.TrailValues, at '${path}']`,
  ];
}

function recordedBy(scope: IConstruct, { _scope, _options }: AuditTrail, own: IConstruct): readonly Recorded[] {
  const { functions = [], buckets = [], tables = [] } = _options;
  const stack = outermostStack(scope);
  const below = stack.node.findAll().filter((node): node is CfnResource => CfnResource.isCfnResource(node) && isNameable(node));
  const ownBuckets = below.filter(CfnBucket.isCfnBucket).filter((bucket) => !keepsLogs(bucket, own));
  const ownTables = below.filter(isTable);
  const ownFunctions = below.filter(CfnFunction.isCfnFunction);
  const kinds = [
    {
      type: 'AWS::S3::Object',
      name: 'Objects',
      byBeginning: true,
      arns: [
        ...ownBuckets.map((bucket) => whereThereIs(bucket, objectsOf(bucket.attrArn))),
        ...besides(ownBuckets, buckets).map(({ bucketArn }) => objectsOf(bucketArn)),
      ],
    },
    {
      type: 'AWS::DynamoDB::Table',
      name: 'Items',
      byBeginning: false,
      arns: [...ownTables.map((table) => whereThereIs(table, table.attrArn)), ...besides(ownTables, tables).map(({ tableArn }) => tableArn)],
    },
    {
      type: 'AWS::Lambda::Function',
      name: 'Functions',
      byBeginning: false,
      arns: [
        ...ownFunctions.map((fn) => whereThereIs(fn, fn.attrArn)),
        ...besides(ownFunctions, functions).map(({ functionArn }) => functionArn),
      ],
    },
  ];
  return _scope === 'account' ? kinds : kinds.map((kind) => ({ ...kind, arns: [...new Set(kind.arns)] })).filter(({ arns }) => arns.length > 0);
}

/** What an author names and the stack does not hold: it is there already. */
function besides<T extends IResource>(own: readonly IConstruct[], named: readonly T[]): T[] {
  return named.filter(({ node }) => node.defaultChild === undefined || !own.includes(node.defaultChild));
}

function isTable(node: CfnResource): node is CfnTable | CfnGlobalTable {
  return CfnTable.isCfnTable(node) || CfnGlobalTable.isCfnGlobalTable(node);
}

function keepsLogs(bucket: CfnBucket, own: IConstruct): boolean {
  return bucket === own.node.defaultChild || takesAccessLogs(bucket);
}

/** The ARN of a resource that is there under a condition only may be named under the same condition only. */
function whereThereIs({ cfnOptions: { condition } }: CfnResource, arn: string): string {
  return condition === undefined ? arn : Fn.conditionIf(condition.logicalId, arn, Fn.ref('AWS::NoValue')).toString();
}

/** A condition of a nested stack says nothing in the stack around it: what may not be there cannot be named from outside. */
function isNameable(resource: CfnResource): boolean {
  return resource.cfnOptions.condition === undefined || outermostStack(resource) === resource.stack;
}

function objectsOf(bucketArn: string): string {
  return `${bucketArn}/`;
}

function equals(field: string, value: string): FieldSelector {
  return { field, equalTo: [value] };
}
