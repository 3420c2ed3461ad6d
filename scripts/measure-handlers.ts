import { execFileSync } from 'child_process';
import { readFileSync, statSync } from 'fs';
import { join } from 'path';
import { BUNDLES, bundleHandlers, handlers } from './handlers/bundle';

/**
 * What the shipped functions weigh and how long a cold start loads them: `npx tsx scripts/measure-handlers.ts [rounds]`.
 * The time is that of a process of its own, the AWS SDK of this checkout included, which Lambda brings along; the shortest of all rounds. The second
 * column is the SDK alone: what the function itself adds is the difference.
 */
const [rounds = '5'] = process.argv.slice(2);

/** Settings that are read while loading have any value; what the SDK and Node look for is not there. */
const LOAD = `
  const known = /^(AWS|NODE|SMITHY|HTTP|http|no_proxy|NO_PROXY)/;
  process.env = new Proxy({ AWS_REGION: 'eu-central-1' }, {
    get: (env, name) => (name in env || typeof name !== 'string' || known.test(name) ? env[name] : '1'),
  });
  const start = process.hrtime.bigint();
  for (const file of JSON.parse(process.argv[1])) require(file);
  process.stdout.write(String(Number(process.hrtime.bigint() - start) / 1e6));
`;

function load(files: readonly string[]): number {
  const once = (): number => Number(execFileSync(process.execPath, ['-e', LOAD, JSON.stringify(files)], {
    encoding: 'utf8', cwd: join(__dirname, '..'), stdio: ['ignore', 'pipe', 'ignore'],
  }));
  return Math.min(...Array.from({ length: Number(rounds) }, once));
}

bundleHandlers();
console.log('handler                         KB   cold import ms   of that the SDK');
for (const name of handlers()) {
  const file = join(BUNDLES, name, 'index.js');
  const sdk = [...new Set([...readFileSync(file, 'utf8').matchAll(/require\("(@aws-sdk\/[\w-]+)"\)/g)].map(([, module]) => require.resolve(module)))];
  const columns = [(statSync(file).size / 1024).toFixed(1), load([file]).toFixed(0), load(sdk).toFixed(0)];
  console.log(`${name.padEnd(26)}${columns[0].padStart(8)}${columns[1].padStart(17)}${columns[2].padStart(18)}`);
}
