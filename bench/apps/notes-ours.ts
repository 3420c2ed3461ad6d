import { App } from 'aws-cdk-lib';
import { NAMES } from './notes-shape';
import { NotesStack } from '../../examples/saas-frontend/lib/notes-stack';

/** The example itself, a number of times. */
export function build(app: App, stacks: number): void {
  for (let i = 0; i < stacks; i++) new NotesStack(app, `Notes${i}`, { names: NAMES });
}
