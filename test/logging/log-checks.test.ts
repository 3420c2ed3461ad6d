import { Fn } from 'aws-cdk-lib';
import { CustomDataIdentifier, DataIdentifier } from 'aws-cdk-lib/aws-logs';
import { ConfigurationError } from '../../src/core/configuration-error';
import { checkIdentifiers } from '../../src/logging/log-checks';

const LATER = Fn.importValue('Later');
const own = (name: string, regex = 'EMP-[0-9]{6}') => new CustomDataIdentifier(name, regex);
const several = (count: number) => Array.from({ length: count }, (_, n) => own(`Own${n}`));

function refusalOf(...identifiers: DataIdentifier[]): string | undefined {
  try {
    checkIdentifiers({ node: { path: 'Shop/Logs' } }, identifiers);
    return undefined;
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigurationError);
    return (error as ConfigurationError).message;
  }
}

test.each<[string, DataIdentifier[]]>([
  ['none', []],
  ['ten of one\'s own, beside any number of AWS', [...several(10), DataIdentifier.EMAILADDRESS, DataIdentifier.IPADDRESS]],
  ['all letters that a name may have', [own('Employee_Id-1')]],
  ['a name of one letter', [own('E')]],
  ['the longest name', [own('a'.repeat(128))]],
  ['a name that only deployment knows', [own(LATER)]],
  ['all characters that a pattern may have', [own('A', 'Az09_#=@/;, ^$?[]{}|\\*+.-')]],
  ['the shortest pattern', [own('A', 'a')]],
  ['the longest pattern', [own('A', 'a'.repeat(200))]],
  ['a pattern that only deployment knows', [own('A', LATER)]],
  ['an identifier of AWS, whatever its name', [new DataIdentifier('a name with blanks')]],
])('identifiers pass: %s', (_, identifiers) => {
  expect(refusalOf(...identifiers)).toBeUndefined();
});

test('fails on more than ten of one\'s own', () => {
  expect(refusalOf(DataIdentifier.EMAILADDRESS, ...several(11))).toBe(
    `'logMasking' must have 10 identifiers of your own at most in one policy, got ${JSON.stringify(several(11).map(({ name }) => name))}; `
    + "join patterns with |, or classify fewer stores that one function reads [LogMasking.CustomIdentifiers, at 'Shop/Logs']");
});

test.each(['', 'Employee Id', 'Employee.Id', 'a'.repeat(129), 'Ängström', 'EmailAddress', 'IpAddress'])('fails on the name %p', (name) => {
  expect(refusalOf(own('Fine'), own(name))).toBe(
    `'name' must be 1 to 128 letters, digits, _ and -, and none of the names that AWS uses itself, got ${JSON.stringify(name)}; `
    + "write it like 'EmployeeId' [LogMasking.IdentifierName, at 'Shop/Logs']");
});

test.each(['', '(a|b)', 'a:b', 'ä', 'a'.repeat(201), '"'])('fails on the pattern %p', (regex) => {
  expect(refusalOf(own('Fine'), own('Bad', regex))).toBe(
    "'regex' must be 1 to 200 characters of those that CloudWatch Logs knows: letters, digits, blanks, _ # = @ / ; , - and ^ $ ? [ ] { } | \\ * + . (no parentheses, no colon), "
    + `got ${JSON.stringify(regex)}; write it like 'EMP-[0-9]{6}' [LogMasking.IdentifierRegex, at 'Shop/Logs']`);
});
