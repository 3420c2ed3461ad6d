import { writeFileSync } from 'fs';
import { join } from 'path';
import { CASES } from './docs/cases';
import { resourcesPage } from './docs/resources-page';

writeFileSync(join(__dirname, '..', 'docs', 'resources.md'), resourcesPage(CASES));
