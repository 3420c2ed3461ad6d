import { mkdtempSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { bundleHandlers } from '../../scripts/handlers/bundle';

/** Where systems look for the folder of temporary files; the first is that of Linux and macOS. */
const NAMES = ['TMPDIR', 'TEMP', 'TMP'] as const;

declare global {
  /** What after-suites.ts removes. */
  var temporaryFiles: string | undefined;
}

/**
 * Before all suites. Constructs take the code of their functions from assets/, which a fresh checkout does not have yet. And each `new App()` leaves an
 * assembly in the folder of temporary files, thousands in a run: they go into one folder, which is removed at the end.
 */
export default function (): void {
  bundleHandlers();
  globalThis.temporaryFiles = mkdtempSync(join(tmpdir(), 'cdk-secure-serverless-'));
  for (const name of NAMES) process.env[name] = globalThis.temporaryFiles; // processes of jest begin later, with this environment
}
