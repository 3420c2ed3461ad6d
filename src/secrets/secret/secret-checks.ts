import { CfnParameter, Duration, SecretValue, Stack, Token, TokenComparison } from 'aws-cdk-lib';
import { IKeyRef } from 'aws-cdk-lib/aws-kms';
import { SECRET_BITS, SECRET_DESCRIPTION_MOST, SECRET_LENGTH, SECRET_ROTATION_DAYS } from './secret-baseline';
import { GeneratedSecret } from './secret-content';
import { SecureSecretProps } from './secure-secret-props';
import { checkDuration, checkInteger, checkLength, checkReason } from '../../core/checks';
import { Place, refuse } from '../../core/configuration-error';
import { findSecret } from '../../core/secrets/secret-findings';
import { flattenReference } from '../../core/values/flatten-reference';
import { checkNotices } from '../trail-notices';

const SHORTEST_INTERVAL = Duration.hours(4);

/**
 * A dynamic reference as flattenReference writes it, closing braces as angle brackets. CloudFormation fetches no encrypted parameter for a secret:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references-ssm-secure-strings.html
 */
const DYNAMIC_REFERENCE = /\{\{resolve:secretsmanager:(?:[^<>{}]|<[^<>{}]*>)*>>/g;

/** Judges all props before anything is made. `encrypted` says whether the secret will have a customer-managed key. */
export function checkSecret(place: Place, stack: Stack, props: SecureSecretProps, encrypted: boolean): void {
  checkName(place, props.secretName);
  checkLength(place, props.description, 0, SECRET_DESCRIPTION_MOST, { code: 'SecureSecret.Description', prop: 'description', fix: 'shorten it' });
  checkContent(place, stack, props);
  checkInterval(place, props.rotation._every);
  for (const [prop, reason] of Object.entries({ rotation: props.rotation._offReason, removal: props.removal?._destroyReason })) {
    if (reason !== undefined) checkReason(place, reason, { code: 'SecureSecret.Reason', prop, fix: 'say why this secret may do without' });
  }
  checkNotices(place, props.changeNotices);
  const regions: string[] = [];
  for (const { region, encryptionKey } of props.replicas ?? []) {
    checkReplicaRegion(place, stack, regions, region);
    checkReplica(place, region, encrypted, encryptionKey);
    regions.push(region);
  }
}

/** Refuses a copy where the secret, or another copy, is. */
export function checkReplicaRegion(place: Place, stack: Stack, taken: readonly string[], region: string): void {
  if (Token.isUnresolved(region) || (/^[a-z]{2,}(?:-[a-z]+)+-\d+$/.test(region) && region !== stack.region && !taken.includes(region))) return;
  refuse(place, {
    code: 'SecureSecret.Replica', prop: 'replicas.region', must: 'must name each region once, and not that of the stack', got: region, fix: "write it like 'eu-central-1'",
  });
}

/** A copy must not have a weaker key than the secret, and can have one of its region only. */
export function checkReplica(place: Place, region: string, encrypted: boolean, key: IKeyRef | undefined): void {
  const [code, prop] = ['SecureSecret.Replica', 'replicas.encryptionKey'];
  if (key === undefined) {
    if (!encrypted) return;
    refuse(place, {
      code, prop, must: 'must be given, or the copy is encrypted with a weaker key than the secret', got: region, fix: 'name a key in the region of the copy',
    });
  }
  if (Token.compareStrings(key.env.region, region) !== TokenComparison.DIFFERENT) return;
  refuse(place, { code, prop, must: `must name a key of ${region}`, got: key.env.region, fix: 'make a key there, or a replica of a multi-region key' });
}

/** @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html */
function checkName(place: Place, name: string | undefined): void {
  if (name === undefined || Token.isUnresolved(name) || /^[\w/+=.@-]{1,512}$/.test(name)) return;
  refuse(place, {
    code: 'SecureSecret.Name',
    prop: 'secretName',
    must: 'must have 1 to 512 letters, digits and characters of /_+=.@-',
    got: name,
    fix: 'leave it out to let CloudFormation make a name',
  });
}

function checkContent(place: Place, stack: Stack, { content }: SecureSecretProps): void {
  if (content?._generated !== undefined) checkGenerated(place, content._generated);
  if (content?._value !== undefined) checkValue(place, stack, 'content', content._value);
  for (const [name, value] of Object.entries(content?._fields ?? {})) checkValue(place, stack, `content.${name}`, value);
}

function checkGenerated(place: Place, options: GeneratedSecret): void {
  const { length, fields = {} } = options;
  checkInteger(place, length, SECRET_LENGTH.standard, SECRET_LENGTH.most, {
    code: 'SecureSecret.Length', prop: 'content.length', fix: `leave it out to use ${SECRET_LENGTH.standard}`,
  });
  checkCharacters(place, options);
  for (const [name, value] of Object.entries(fields)) {
    const found = Token.isUnresolved(value) ? undefined : findSecret(name, value);
    if (found === undefined) continue;
    refuse(place, {
      code: 'SecureSecret.PlainText',
      prop: `content.fields.${name}`,
      must: `must not hold a secret, because the template shows it, and this looks like ${found}`,
      fix: 'let Secrets Manager generate it, as the secretField',
    });
  }
}

/** What Secrets Manager draws from: printable characters of ASCII without the space. */
function checkCharacters(place: Place, { length = SECRET_LENGTH.standard, excludeCharacters = '', excludePunctuation }: GeneratedSecret): void {
  if (Token.isUnresolved(excludeCharacters) || Token.isUnresolved(length)) return;
  const all = Array.from({ length: 94 }, (_, index) => String.fromCharCode(33 + index));
  const left = all.filter((character) => !excludeCharacters.includes(character) && !(excludePunctuation === true && /[^A-Za-z0-9]/.test(character)));
  const classes = [/[a-z]/, /[A-Z]/, /[0-9]/, ...excludePunctuation === true ? [] : [/[^A-Za-z0-9]/]];
  if (length * Math.log2(left.length) >= SECRET_BITS && classes.every((one) => left.some((character) => one.test(character)))) return;
  refuse(place, {
    code: 'SecureSecret.Characters',
    prop: 'content.excludeCharacters',
    must: `must leave capital and small letters, digits and, unless left out, punctuation, and enough of them for ${SECRET_BITS} bits`,
    got: excludeCharacters,
    fix: 'exclude only what the other system does not take, or make the secret longer',
  });
}

/** Secrets Manager counts in whole hours, and the template needs the number. */
function checkInterval(place: Place, every: Duration | undefined): void {
  const fix = `leave it out to rotate every ${SECRET_ROTATION_DAYS.standard} days`;
  if (every !== undefined && (every.isUnresolved() || !Number.isInteger(every.toHours({ integral: false })))) {
    refuse(place, {
      code: 'SecureSecret.RotationInterval',
      prop: 'rotation',
      must: 'must be a whole number of hours that is known at synth',
      got: every.isUnresolved() ? undefined : every.toHumanString(),
      fix,
    });
  }
  checkDuration(place, every, SHORTEST_INTERVAL, Duration.days(SECRET_ROTATION_DAYS.most), { code: 'SecureSecret.RotationInterval', prop: 'rotation', fix });
}

/** The message never shows the value. */
function checkValue(place: Place, stack: Stack, prop: string, value: SecretValue): void {
  if (isFetched(stack, value)) return;
  refuse(place, {
    code: 'SecureSecret.PlainText',
    prop,
    must: 'must be a value that CloudFormation fetches at deployment, because the template and its history would show any other',
    fix: 'leave it out to generate one, put it into the secret by hand after the deployment, or pass SecretValue.secretsManager(), '
      + '.cfnParameter() with noEcho, or .resourceAttribute()',
  });
}

/**
 * | value resolves to                                    | fetched |
 * |------------------------------------------------------|---------|
 * | a dynamic reference to a secret                      | yes     |
 * | one to an encrypted parameter, not fetched for it    | no      |
 * | a Ref to a template parameter with NoEcho            | yes     |
 * | a Ref to a template parameter without                | no      |
 * | an attribute of a resource                           | yes     |
 * | any text, alone or around one of these               | no      |
 */
function isFetched(stack: Stack, value: SecretValue): boolean {
  const line = flattenReference(stack.resolve(value.unsafeUnwrap())); // under CDK's flag a SecretValue itself resolves where secrets belong only
  const rest = line.replace(DYNAMIC_REFERENCE, '');
  const references = rest.match(/<[^<>]*>/g) ?? [];
  if (line === '' || rest.replace(/<[^<>]*>/g, '') !== '') return false;
  return references.every((reference) => !isShownParameter(stack, reference.slice(1, -1)));
}

function isShownParameter(stack: Stack, logicalId: string): boolean {
  return stack.node.findAll().some((node) => CfnParameter.isCfnElement(node) && stack.resolve(node.logicalId) === logicalId
    && 'noEcho' in node && node.noEcho !== true);
}
