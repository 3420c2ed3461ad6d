import { bundleHandlers } from './handlers/bundle';

/** Bundles the functions that the library ships, from handlers/ to assets/, and prints the size of each. */
for (const [name, bytes] of bundleHandlers()) console.log(`${name.padEnd(28)} ${(bytes / 1024).toFixed(1).padStart(6)} KB`);
