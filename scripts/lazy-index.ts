import { readFileSync, writeFileSync } from 'fs';
import { join } from 'path';

/**
 * Makes the compiled index load a file when its symbol is first used, as aws-cdk-lib does. Who imports SecureBucket alone then loads
 * neither API Gateway nor the rules of cdk-nag, which cost every synth about 100 ms.
 */
const INDEX = join(__dirname, '..', 'lib', 'index.js');
const LOADED = /^var (\w+) = (require\("[^"]+"\));\n/gm;

const text = readFileSync(INDEX, 'utf8');
const files = new Map([...text.matchAll(LOADED)].map(([, variable, call]) => [variable, call]));
const lazy = text.replace(LOADED, '').replace(/return (\w+)\.(\w+); \} \}\);/g,
  (whole, variable: string, name: string) => (files.has(variable) ? `return ${files.get(variable)}.${name}; } });` : whole));
if (files.size > 0) writeFileSync(INDEX, lazy);
if (/^var \w+ = require/m.test(lazy) || !/get: function \(\) \{ return require\(/.test(lazy)) throw new Error(`${INDEX} is not of the form that TypeScript used to write`);
