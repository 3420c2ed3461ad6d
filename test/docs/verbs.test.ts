import { CONSTRUCTS_WITH_VERBS } from '../../scripts/docs/verbs';
import { testStack } from '../support/apps';

/** The face of the library, as it is at run time. */
const library: Record<string, unknown> = jest.requireActual('../../src');

/** Methods that begin with `allow` and give no rights. */
const NO_RIGHTS = new Set([
  'SecureFunction.allowEgressTo', // opens a security group
  'SecureNodejsFunction.allowEgressTo',
  'SecureWebAcl.allowLargerBodies', // raises a limit of the web ACL
]);

/** Methods that give rights and are called otherwise. */
const VERBS = new Set([
  'Containment.protect', // the rights are those of the containment itself, on what is protected
]);

/** The verbs of the exported classes: their own methods, not those that CDK's classes bring along. */
function verbsOfLibrary(): string[] {
  return Object.entries(library).flatMap(([name, exported]) => (
    typeof exported !== 'function' ? [] : Object.getOwnPropertyNames(exported.prototype ?? {})
      .filter((method) => /^allow[A-Z]/.test(method) || VERBS.has(`${name}.${method}`))
      .map((method) => `${name}.${method}`)));
}

test('the page of rights shows every verb of every construct', () => {
  const shown = CONSTRUCTS_WITH_VERBS.flatMap(({ name, verbs }) => verbs(testStack()).map(({ call }) => `${name}.${call.replace(/\(.*/, '')}`));
  expect(verbsOfLibrary().filter((verb) => !NO_RIGHTS.has(verb) && !shown.includes(verb))).toStrictEqual([]);
  expect(shown.filter((verb) => !verbsOfLibrary().includes(verb))).toStrictEqual([]);
});
