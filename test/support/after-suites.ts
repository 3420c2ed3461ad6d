import { rmSync } from 'fs';

/** After all suites: what they wrote into the folder of temporary files (before-suites.ts). */
export default function (): void {
  if (globalThis.temporaryFiles !== undefined) rmSync(globalThis.temporaryFiles, { recursive: true, force: true, maxRetries: 3 });
}
