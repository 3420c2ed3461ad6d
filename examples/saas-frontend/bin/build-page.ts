import { readFileSync } from 'fs';
import { join } from 'path';
import { buildPage } from '../lib/page';

/** `npx tsx bin/build-page.ts outputs.json`, after `npx cdk deploy --outputs-file outputs.json`. */
const [outputs] = process.argv.slice(2);
const { Notes: { PageConfig: config } } = JSON.parse(readFileSync(outputs, 'utf8')) as { Notes: { PageConfig: string } };
buildPage(join(__dirname, '../../../cdk.out/saas-frontend-page'), config);
