import { mkdirSync, writeFileSync } from 'fs';
import { join } from 'path';
import { RULES } from '../src/policy/catalog';
import { rulesPage } from '../src/policy/rules-page';

const folder = join(__dirname, '..', 'docs');
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'rules.md'), rulesPage(RULES));
