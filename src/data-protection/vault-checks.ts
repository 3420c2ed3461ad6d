import { Duration } from 'aws-cdk-lib';
import { CodeKeyGenerations, TokenVaultProps } from './token-vault-props';
import { ERASURE_DAYS, FIELD_NAME, MOST_FIELDS, MOST_GENERATIONS } from './vault-baseline';
import { checkClassification } from '../classification/classify';
import { checkDuration, checkInteger } from '../core/checks';
import { Place, refuse } from '../core/configuration-error';

/** Refuses what would make a vault unsafe, before anything is made. */
export function checkVault(place: Place, props: TokenVaultProps): void {
  checkFields(place, props);
  checkDuration(place, props.erasure, Duration.days(1), Duration.days(ERASURE_DAYS.most), {
    code: 'TokenVault.Erasure', prop: 'erasure', fix: 'leave it out to forget deleted keys after a day',
  });
  checkGenerations(place, props);
  checkClassification(place, props.dataClassification);
}

/** The generations in use, newest first: none where nothing is searched for. */
export function generationsOf(props: TokenVaultProps): readonly number[] {
  if (!hasDeterministic(props)) return [];
  const { newest = 1, oldest = 1 } = props.codeKeys ?? {};
  return Array.from({ length: newest - oldest + 1 }, (_, index) => newest - index);
}

export function hasDeterministic({ fields }: TokenVaultProps): boolean {
  return Object.values(fields).some(({ _deterministic }) => _deterministic);
}

function checkFields(place: Place, { fields }: TokenVaultProps): void {
  const names = Object.keys(fields);
  if (names.length === 0 || names.length > MOST_FIELDS) {
    refuse(place, { code: 'TokenVault.Fields', prop: 'fields', must: `must have 1 to ${MOST_FIELDS} fields`, got: names.length, fix: 'make a vault for each kind of data' });
  }
  const wrong = names.find((name) => !FIELD_NAME.test(name));
  if (wrong !== undefined) {
    refuse(place, {
      code: 'TokenVault.FieldName',
      prop: 'fields',
      must: 'must have names of 1 to 64 letters, digits and . _ -, beginning with a letter or digit',
      got: wrong,
      fix: "write it like 'card'",
    });
  }
  for (const field of Object.values(fields)) field._format._check(place);
}

function checkGenerations(place: Place, props: TokenVaultProps): void {
  const { codeKeys } = props;
  if (codeKeys === undefined) return;
  if (!hasDeterministic(props)) {
    refuse(place, {
      code: 'TokenVault.CodeKeys', prop: 'codeKeys', must: 'must go with a deterministic field: nothing else makes codes', fix: 'leave it out',
    });
  }
  const { newest = 1, oldest = 1 }: CodeKeyGenerations = codeKeys;
  const prop = { code: 'TokenVault.CodeKeys', prop: 'codeKeys', fix: 'leave it out to use one key' };
  checkInteger(place, oldest, 1, 9999, prop);
  checkInteger(place, newest, oldest, oldest + MOST_GENERATIONS - 1, prop);
}
