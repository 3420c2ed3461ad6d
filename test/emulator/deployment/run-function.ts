import { fork } from 'child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { buildSync } from 'esbuild';
import { assume, Credentials } from './credentials';

const ROOT = join(__dirname, '..', '..', '..');

/** Hands the event to the handler as Lambda does, and the answer to whoever forked this. */
const RUNTIME = `
const { handler } = require('./index.js');
process.once('message', async (event) => {
  try { process.send({ answer: await handler(event, {}) }); } catch (error) { process.send({ error: String(error) }); }
  process.disconnect();
});
`;

/** A function as it is deployed: its settings and its role. */
export interface DeployedFunction {
  readonly settings: Readonly<Record<string, string>>;
  readonly role: Credentials;
  readonly region: string;
}

/** Asks the emulator, while rights are not enforced: later it would not know that Lambda may take on the role. */
export async function deployedFunction(FunctionName: string, region: string): Promise<DeployedFunction> {
  const { Environment, Role } = await new LambdaClient({ region }).send(new GetFunctionConfigurationCommand({ FunctionName }));
  return { settings: Environment?.Variables ?? {}, role: await assume(Role!), region };
}

/**
 * Runs code of a function in a process of its own, with nothing in its environment but what Lambda would put there and the way to the emulator, which
 * itself would need Docker to run it.
 * @returns what the handler answers; rejects with what it throws
 */
export async function run<T>(entry: string, { region, role, settings }: DeployedFunction, event: object): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'function-'));
  buildSync({ entryPoints: [entry], outfile: join(folder, 'index.js'), bundle: true, platform: 'node', target: 'node22', external: ['@aws-sdk/*', '@smithy/*'] });
  writeFileSync(join(folder, 'runtime.js'), RUNTIME);
  const env = {
    ...settings,
    NODE_PATH: join(ROOT, 'node_modules'), // the runtime of Lambda brings the SDK
    AWS_ENDPOINT_URL: process.env.AWS_ENDPOINT_URL!,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: role.accessKeyId,
    AWS_SECRET_ACCESS_KEY: role.secretAccessKey,
    AWS_SESSION_TOKEN: role.sessionToken ?? '',
  };
  try {
    return await answerOf<T>(join(folder, 'runtime.js'), env, event);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function answerOf<T>(runtime: string, env: Record<string, string>, event: object): Promise<T> {
  return new Promise((resolve, reject) => {
    const child = fork(runtime, { env, execArgv: [], stdio: ['ignore', 'ignore', 'ignore', 'ipc'] }); // what it logs is its own
    child.once('message', ({ answer, error }: { answer: T; error?: string }) => (error === undefined ? resolve(answer) : reject(new Error(error))));
    child.once('exit', (code) => reject(new Error(`${runtime} ended with ${code}`)));
    child.send(event);
  });
}
