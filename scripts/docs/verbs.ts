import { join } from 'path';
import { Stack } from 'aws-cdk-lib';
import { AttributeType, StreamViewType } from 'aws-cdk-lib/aws-dynamodb';
import { IGrantable } from 'aws-cdk-lib/aws-iam';
import { ApiAuth } from '../../src/api/api-auth';
import { SecureApi } from '../../src/api/secure-api';
import { SecureTable } from '../../src/database/secure-table';
import { SecureNodejsFunction } from '../../src/function/secure-nodejs-function';
import { SecureBucket } from '../../src/storage/secure-bucket';
import { aFunction } from '../../test/support/self-audit';

/** A way to give rights, and how it is called in the table. */
export interface Verb {
  /** The call as an author writes it: `allowRead(fn, { prefix: 'in/' })`. */
  readonly call: string;
  readonly give: (caller: IGrantable) => void;
}

/** A construct with verbs: makes it, and says how each is used. */
export interface ConstructWithVerbs {
  readonly name: string;
  readonly verbs: (stack: Stack) => readonly Verb[];
}

/** Every verb of every construct. A test compares this list with the methods whose names begin with `allow`. */
export const CONSTRUCTS_WITH_VERBS: readonly ConstructWithVerbs[] = [
  {
    name: 'SecureFunction',
    verbs: (stack) => {
      const fn = aFunction(stack, 'Function');
      return [{ call: 'allowInvoke(caller)', give: (caller) => fn.allowInvoke(caller) }];
    },
  },
  {
    name: 'SecureNodejsFunction',
    verbs: (stack) => {
      const fn = new SecureNodejsFunction(stack, 'Function', { entry: join(__dirname, '../../test/fixtures/fresh-app/handler.ts') });
      return [{ call: 'allowInvoke(caller)', give: (caller) => fn.allowInvoke(caller) }];
    },
  },
  {
    name: 'SecureApi',
    verbs: (stack) => {
      const api = new SecureApi(stack, 'Api', { auth: ApiAuth.iam() });
      api.addRoute('GET', '/orders/{id}', aFunction(stack, 'Function'));
      return [{ call: "allowInvoke(caller, 'GET', '/orders/{id}')", give: (caller) => api.allowInvoke(caller, 'GET', '/orders/{id}') }];
    },
  },
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
