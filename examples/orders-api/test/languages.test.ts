import { readFileSync } from 'fs';
import { join } from 'path';
import { jsonSchemaOf } from '../../common/json-schema';
import { OrderRequest } from '../src/order-schema';

test('the schema that other languages read is the one that the handler parses with', () => {
  const written: unknown = JSON.parse(readFileSync(join(__dirname, '..', 'schemas', 'order-request.json'), 'utf8'));
  expect(written).toEqual(jsonSchemaOf(OrderRequest));
});
