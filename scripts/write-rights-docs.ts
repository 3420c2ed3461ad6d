import { writeFileSync } from 'fs';
import { join } from 'path';
import { rightsPage } from './docs/rights-page';
import { CONSTRUCTS_WITH_VERBS } from './docs/verbs';

writeFileSync(join(__dirname, '..', 'docs', 'rights.md'), rightsPage(CONSTRUCTS_WITH_VERBS));
