import { AttributeType, StreamViewType } from 'aws-cdk-lib/aws-dynamodb';
import { ConstructWithVerbs } from './verb';
import { SecureTable } from '../../../src/database/table/secure-table';
import { SecureBucket } from '../../../src/storage/secure-bucket';

export const DATA_VERBS: readonly ConstructWithVerbs[] = [
  {
    name: 'SecureBucket',
    verbs: (stack) => {
      const bucket = new SecureBucket(stack, 'Bucket');
      return [
        { call: 'allowRead(fn)', give: (fn) => bucket.allowRead(fn) },
        { call: "allowRead(fn, { prefix: 'in/', versions: true })", give: (fn) => bucket.allowRead(fn, { prefix: 'in/', versions: true }) },
        { call: 'allowWrite(fn)', give: (fn) => bucket.allowWrite(fn) },
        { call: 'allowAppend(fn)', give: (fn) => bucket.allowAppend(fn) },
        { call: 'allowDelete(fn)', give: (fn) => bucket.allowDelete(fn) },
        { call: "allowList(fn, { prefix: 'in/' })", give: (fn) => bucket.allowList(fn, { prefix: 'in/' }) },
      ];
    },
  },
  {
    name: 'SecureTable',
    verbs: (stack) => {
      const key = (name: string) => ({ name, type: AttributeType.STRING });
      const table = new SecureTable(stack, 'Table', {
        partitionKey: key('tenant'), stream: StreamViewType.NEW_IMAGE, globalSecondaryIndexes: [{ indexName: 'byDay', partitionKey: key('day') }],
      });
      return [
        { call: 'allowRead(fn)', give: (fn) => table.allowRead(fn) },
        { call: "allowRead(fn, { indexes: ['byDay'] })", give: (fn) => table.allowRead(fn, { indexes: ['byDay'] }) },
        {
          call: "allowRead(fn, { leadingKeys: ['${aws:PrincipalTag/tenant}'], attributes: ['status'] })",
          give: (fn) => table.allowRead(fn, { leadingKeys: ['${aws:PrincipalTag/tenant}'], attributes: ['status'] }),
        },
        { call: 'allowWrite(fn)', give: (fn) => table.allowWrite(fn) },
        { call: "allowWrite(fn, { attributes: ['status'] })", give: (fn) => table.allowWrite(fn, { attributes: ['status'] }) },
        { call: 'allowAppend(fn)', give: (fn) => table.allowAppend(fn) },
        { call: 'allowDelete(fn)', give: (fn) => table.allowDelete(fn) },
        { call: 'allowList(fn)', give: (fn) => table.allowList(fn) },
        { call: 'allowReadStream(fn)', give: (fn) => table.allowReadStream(fn) },
      ];
    },
  },
];
