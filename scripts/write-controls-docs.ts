import { writeFileSync } from 'fs';
import { join } from 'path';
import { controlsPage } from './docs/controls-page';
import { RULES } from '../src/policy/catalog';

writeFileSync(join(__dirname, '..', 'docs', 'controls.md'), controlsPage(RULES));
