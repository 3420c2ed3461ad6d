import { readFileSync } from 'fs';
import { join } from 'path';
import { Template } from '../../../seed';

/** A template that CDK made: scripts/corpus/write-bases.ts writes it. */
export function base(name: 'compute' | 'data' | 'rest'): Template {
  return JSON.parse(readFileSync(join(__dirname, `${name}.json`), 'utf8')) as Template;
}
