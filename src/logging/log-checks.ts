import { Token } from 'aws-cdk-lib';
import { DataIdentifier } from 'aws-cdk-lib/aws-logs';
import { CUSTOM_IDENTIFIER } from './log-baseline';
import { isCustomIdentifier } from './log-masking';
import { Place, refuse } from '../core/configuration-error';

/** Refuses identifiers that CloudWatch Logs would not take. Tokens pass. */
export function checkIdentifiers(place: Place, identifiers: readonly DataIdentifier[]): void {
  const custom = identifiers.filter(isCustomIdentifier);
  if (custom.length > CUSTOM_IDENTIFIER.most) {
    refuse(place, {
      code: 'LogMasking.CustomIdentifiers',
      prop: 'logMasking',
      must: `must have ${CUSTOM_IDENTIFIER.most} identifiers of your own at most in one policy`,
      got: custom.map(({ name }) => name),
      fix: 'join patterns with |, or classify fewer stores that one function reads',
    });
  }
  for (const { name, regex } of custom) {
    if (!Token.isUnresolved(name) && (!CUSTOM_IDENTIFIER.name.test(name) || isManaged(name))) {
      refuse(place, {
        code: 'LogMasking.IdentifierName',
        prop: 'name',
        must: 'must be 1 to 128 letters, digits, _ and -, and none of the names that AWS uses itself',
        got: name,
        fix: "write it like 'EmployeeId'",
      });
    }
    if (!Token.isUnresolved(regex) && !CUSTOM_IDENTIFIER.regex.test(regex)) {
      refuse(place, {
        code: 'LogMasking.IdentifierRegex',
        prop: 'regex',
        must: 'must be 1 to 200 characters of those that CloudWatch Logs knows: letters, digits, blanks, _ # = @ / ; , - and ^ $ ? [ ] { } | \\ * + . (no parentheses, no colon)',
        got: regex,
        fix: "write it like 'EMP-[0-9]{6}'",
      });
    }
  }
}

/** Names of CDK's list: an identifier of one's own must not hide behind one. */
function isManaged(name: string): boolean {
  return Object.values(DataIdentifier).some((one: unknown) => (one as DataIdentifier | undefined)?.name === name);
}
