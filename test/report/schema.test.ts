import { readFileSync } from 'fs';
import { join } from 'path';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { aPosture } from './support';
import { POSTURE_VERSION } from '../../src/report/form/posture-form';

const schema = JSON.parse(readFileSync(join(__dirname, '..', '..', 'schema', 'posture.schema.json'), 'utf8')) as { $id: string; title: string };

test('the schema names its version, and refuses what is not in it', () => {
  expect([schema.$id.endsWith(`/posture-${POSTURE_VERSION}.schema.json`), schema.title]).toEqual([true, `Posture ${POSTURE_VERSION}`]);
  const ajv = new Ajv({ allErrors: true, allowUnionTypes: true });
  addFormats(ajv);
  const validate = ajv.compile(schema);
  validate(aPosture());
  expect(validate.errors).toBeNull();
  validate({ ...aPosture(), verdict: 'perhaps', mood: 'good' });
  expect(validate.errors!.map(({ instancePath, keyword }) => `${instancePath} ${keyword}`)).toEqual([' additionalProperties', '/verdict enum']);
});
