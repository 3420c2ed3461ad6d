import { AttributeType } from 'aws-cdk-lib/aws-dynamodb';
import { DataClassification } from '../../src/classification/data-classification';
import { MaskingFindings } from '../../src/classification/masking-findings';
import { SecureTable } from '../../src/database/table/secure-table';
import { SecureTopic } from '../../src/messaging/topic/secure-topic';
import { SecureBucket } from '../../src/storage/secure-bucket';
import { aFunction, AuditCase } from '../support/self-audit';

const ALL = DataClassification.personal().plus(DataClassification.financial()).plus(DataClassification.health()).plus(DataClassification.custom('Mine', 'MINE-[0-9]+'));

export const CLASSIFICATION_CASES: readonly AuditCase[] = [
  ['a classified SecureTable with a reader', (stack) => {
    new SecureTable(stack, 'Store', { partitionKey: { name: 'id', type: AttributeType.STRING }, dataClassification: ALL }).allowRead(aFunction(stack));
  }],
  ['a classified SecureBucket with a writer', (stack) => { new SecureBucket(stack, 'Store', { dataClassification: ALL }).allowWrite(aFunction(stack)); }],
  ['a classified SecureTopic', (stack) => { new SecureTopic(stack, 'Store', { dataClassification: ALL }); }],
  ['a classified SecureFunction', (stack) => { aFunction(stack, 'Orders', { dataClassification: ALL }); }],
  ['MaskingFindings into a log group', (stack) => { MaskingFindings.toLogGroup(stack); aFunction(stack); }],
  ['MaskingFindings into a bucket', (stack) => { MaskingFindings.toBucket(stack, new SecureBucket(stack, 'Findings')); aFunction(stack); }],
];
