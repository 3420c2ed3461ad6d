import { mkdirSync, writeFileSync } from 'fs';
import { join, resolve } from 'path';
import { createGenerator } from 'ts-json-schema-generator';
import { POSTURE_VERSION } from '../src/report/form/posture-form';

const ROOT = resolve(__dirname, '..');
const FOLDER = join(ROOT, 'schema');

/** Where the schema of this version of the report is found, once it is published. */
const ID = `https://github.com/cdk-secure-serverless/cdk-secure-serverless/schema/posture-${POSTURE_VERSION}.schema.json`;

/** Writes schema/posture.schema.json from the types of the report, with their comments. */
const schema = createGenerator({
  path: join(ROOT, 'src', 'report', 'form', 'posture-form.ts'),
  tsconfig: join(ROOT, 'test', 'tsconfig.json'),
  type: 'Posture',
  topRef: true,
  sortProps: true,
  additionalProperties: false,
  skipTypeCheck: true,
}).createSchema('Posture');

const { $schema, ...rest } = schema;
mkdirSync(FOLDER, { recursive: true });
writeFileSync(join(FOLDER, 'posture.schema.json'), `${JSON.stringify({ $schema, $id: ID, title: `Posture ${POSTURE_VERSION}`, ...rest }, undefined, 2)}\n`);
