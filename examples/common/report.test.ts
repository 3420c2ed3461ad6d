import { readFileSync } from 'fs';
import { join } from 'path';
import Ajv, { ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { App, Stack } from 'aws-cdk-lib';
import { RulePack, ServerlessSecurity } from 'cdk-secure-serverless';
import { OrderPipelineStack } from '../order-pipeline/lib/order-pipeline-stack';
import { PipelineNames } from '../order-pipeline/lib/pipeline-names';
import { InsecureOrdersStack } from '../orders-api/lib/insecure-orders-stack';
import { OrdersStack } from '../orders-api/lib/orders-stack';
import { NotesNames } from '../saas-frontend/lib/notes-names';
import { NotesStack } from '../saas-frontend/lib/notes-stack';

const ROOT = join(__dirname, '..', '..');
const schema = JSON.parse(readFileSync(join(ROOT, 'schema', 'posture.schema.json'), 'utf8')) as object;

function context<T>(example: string, name: string): T {
  return (JSON.parse(readFileSync(join(ROOT, 'examples', example, 'cdk.json'), 'utf8')) as { context: { [name: string]: T } }).context[name];
}

const EXAMPLES: readonly [string, RulePack[], (app: App) => Stack][] = [
  ['the orders API', [], (app) => new OrdersStack(app, 'Orders')],
  ['its careless twin', [RulePack.AWS_SOLUTIONS], (app) => new InsecureOrdersStack(app, 'InsecureOrders')],
  ['the order pipeline', [], (app) => new OrderPipelineStack(app, 'OrderPipeline', { names: context<PipelineNames>('order-pipeline', 'pipeline') })],
  ['the notes for organizations', [], (app) => new NotesStack(app, 'Notes', { names: context<NotesNames>('saas-frontend', 'notes') })],
];

function synthesized(packs: RulePack[], make: (app: App) => Stack): readonly string[] {
  const app = new App({ context: { 'aws:cdk:bundling-stacks': [], '@aws-cdk/core:failSynthOnValidationErrors': false } });
  ServerlessSecurity.of(app).enforce({ packs });
  make(app);
  const { directory } = app.synth();
  return ['report.json', 'sbom.cdx.json'].map((file) => readFileSync(join(directory, 'security', file), 'utf8'));
}

let validate: ValidateFunction;

beforeAll(() => {
  const ajv = new Ajv({ allErrors: true, allowUnionTypes: true });
  addFormats(ajv);
  validate = ajv.compile(schema);
});

test.each(EXAMPLES)('the report of %s keeps to the schema, and is the same each time', (_name, packs, make) => {
  const [report, sbom] = synthesized(packs, make);
  validate(JSON.parse(report));
  expect(validate.errors).toBeNull();
  expect(synthesized(packs, make)).toEqual([report, sbom]);
  expect(report).not.toContain(ROOT);
});
