/** Stryker's build command: in its copy of the project, after the mutants are in the sources. The arguments are the files of tests. */
import { bundleTests } from './bundle-tests';

void bundleTests(process.cwd(), process.argv.slice(2));
