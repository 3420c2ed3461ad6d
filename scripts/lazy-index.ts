import { readFileSync, writeFileSync } from 'fs';
import { join } from 'path';

/**
 * Makes the compiled index load a file when its symbol is first used, as aws-cdk-lib does, and keep the symbol then. Who imports SecureBucket
 * alone loads neither API Gateway nor the rules of cdk-nag, which cost every synth about 100 ms.
 */
const INDEX = join(__dirname, '..', 'lib', 'index.js');
const KEEP = 'function keep(name, value) { Object.defineProperty(exports, name, { enumerable: true, configurable: true, value }); return value; }\n';
const LOADED = /^var (\w+) = (require\("[^"]+"\));\n/gm;

const text = readFileSync(INDEX, 'utf8');
const files = new Map([...text.matchAll(LOADED)].map(([, variable, call]) => [variable, call]));
const lazy = text.replace(LOADED, '').replace(/return (\w+)\.(\w+); \} \}\);/g,
  (whole, variable: string, name: string) => (files.has(variable) ? `return keep("${name}", ${files.get(variable)}.${name}); } });` : whole));
if (files.size > 0) writeFileSync(INDEX, lazy.replace('Object.defineProperty(exports, "__esModule"', (mark) => KEEP + mark));
if (/^var \w+ = require/m.test(lazy) || !/get: function \(\) \{ return keep\(/.test(lazy)) throw new Error(`${INDEX} is not of the form that TypeScript used to write`);
