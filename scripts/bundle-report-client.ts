import { writeFileSync } from 'fs';
import { join } from 'path';
import { clientModule } from './report/client-module';

/** Writes the style and the script of the HTML report, which are sources of their own, as texts into the library. */
writeFileSync(join(__dirname, '..', 'src', 'report', 'render', 'html', 'client.generated.ts'), clientModule());
