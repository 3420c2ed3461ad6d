import { readFileSync } from 'fs';
import { join } from 'path';
import { App, Stack } from 'aws-cdk-lib';
import { ENV } from './environment';
import { Subject } from './subject';
import { OrderPipelineStack } from '../../examples/order-pipeline/lib/order-pipeline-stack';
import { OrdersStack } from '../../examples/orders-api/lib/orders-stack';
import { NotesStack } from '../../examples/saas-frontend/lib/notes-stack';
import { SecurityProfile } from '../../src/core/profile/security-profile';
import { PROFILES } from '../../test/support/apps';

/** What an example's cdk.json says to its app. */
function context(example: string, key: string): never {
  const { context: values } = JSON.parse(readFileSync(join(__dirname, '../../examples', example, 'cdk.json'), 'utf8')) as { context: { [key: string]: never } };
  return values[key];
}

const EXAMPLES: { readonly [name: string]: (app: App) => Stack } = {
  'orders-api': (app) => new OrdersStack(app, 'Orders', { env: ENV }),
  'order-pipeline': (app) => new OrderPipelineStack(app, 'OrderPipeline', { names: context('order-pipeline', 'pipeline'), env: ENV }),
  'saas-frontend': (app) => new NotesStack(app, 'Notes', { names: context('saas-frontend', 'notes'), env: ENV }),
};

/** Bundling is off, and findings do not throw. */
function newApp(profile: SecurityProfile): App {
  const app = new App({ context: { 'aws:cdk:bundling-stacks': [], '@aws-cdk/core:failSynthOnValidationErrors': false } });
  profile.applyTo(app);
  return app;
}

/** The examples, in all profiles. The careless twin is none: it is there to be refused. */
export function examples(): readonly Subject[] {
  return Object.entries(EXAMPLES).flatMap(([name, make]) => PROFILES.map(([profile, create]) => ({
    side: 'ours' as const, room: 'examples', name, profile, build: () => make(newApp(create())),
  })));
}
