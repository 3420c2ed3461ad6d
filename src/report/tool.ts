import { readFileSync } from 'fs';
import { join } from 'path';
import { Tool } from './form/posture-form';

/** This library, as its package says. The compiled files lie as deep below it as the sources. */
export function thisTool(): Tool {
  const { name, version } = JSON.parse(readFileSync(join(__dirname, '..', '..', 'package.json'), 'utf8')) as Tool;
  return { name, version };
}
