import { mkdirSync, writeFileSync } from 'fs';
import { join } from 'path';
import { exampleSources } from './docs/examples';
import { rulesCatalogue } from './docs/rules-catalogue';
import { rulesPage } from './docs/rules-page';
import { RULES } from '../src/policy/catalog';


const folder = join(__dirname, '..', 'docs');
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'rules.md'), rulesPage(RULES, exampleSources()));
writeFileSync(join(folder, 'rules.json'), `${JSON.stringify(rulesCatalogue(RULES), undefined, 2)}\n`);
