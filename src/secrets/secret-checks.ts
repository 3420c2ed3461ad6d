import { CfnParameter, Duration, SecretValue, Stack, Token } from 'aws-cdk-lib';
import { SECRET_LENGTH, SECRET_ROTATION_DAYS } from './secret-baseline';
import { GeneratedSecret } from './secret-content';
import { SecureSecretProps } from './secure-secret-props';
import { checkNotices } from './trail-notices';
import { checkDuration, checkInteger, checkReason } from '../core/checks';
import { Place, refuse } from '../core/configuration-error';
import { flattenReference } from '../core/flatten-reference';
import { findSecret } from '../core/secret-findings';

const SHORTEST_INTERVAL = Duration.hours(4);

/** A dynamic reference as flattenReference writes it, closing braces as angle brackets. */
const DYNAMIC_REFERENCE = /\{\{resolve:(?:secretsmanager|ssm-secure):(?:[^<>{}]|<[^<>{}]*>)*>>/g;

/** Judges all props before anything is made. `encrypted` says whether the secret will have a customer-managed key. */
export function checkSecret(place: Place, stack: Stack, props: SecureSecretProps, encrypted: boolean): void {
  checkContent(place, stack, props);
  checkDuration(place, props.rotation._every, SHORTEST_INTERVAL, Duration.days(SECRET_ROTATION_DAYS.most), {
    code: 'SecureSecret.RotationInterval', prop: 'rotation', fix: `leave it out to rotate every ${SECRET_ROTATION_DAYS.standard} days`,
  });
  for (const [prop, reason] of Object.entries({ rotation: props.rotation._offReason, removal: props.removal?._destroyReason })) {
    if (reason !== undefined) checkReason(place, reason, { code: 'SecureSecret.Reason', prop, fix: 'say why this secret may do without' });
  }
  checkNotices(place, props.changeNotices);
  const bare = encrypted ? props.replicas?.find((replica) => replica.encryptionKey === undefined) : undefined;
  if (bare !== undefined) {
    refuse(place, {
      code: 'SecureSecret.Replica',
      prop: 'replicas.encryptionKey',
      must: 'must be given, or the copy is encrypted with a weaker key than the secret',
      got: bare.region,
      fix: 'name a key in the region of the copy',
    });
  }
}

function checkContent(place: Place, stack: Stack, { content }: SecureSecretProps): void {
  if (content?._generated !== undefined) checkGenerated(place, content._generated);
  if (content?._value !== undefined) checkValue(place, stack, 'content', content._value);
  for (const [name, value] of Object.entries(content?._fields ?? {})) checkValue(place, stack, `content.${name}`, value);
}

function checkGenerated(place: Place, { length, fields = {} }: GeneratedSecret): void {
  checkInteger(place, length, SECRET_LENGTH.standard, SECRET_LENGTH.most, {
    code: 'SecureSecret.Length', prop: 'content.length', fix: `leave it out to use ${SECRET_LENGTH.standard}`,
  });
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

/** The message never shows the value. */
function checkValue(place: Place, stack: Stack, prop: string, value: SecretValue): void {
  if (isFetched(stack, value)) return;
  refuse(place, {
    code: 'SecureSecret.PlainText',
    prop,
    must: 'must be a value that CloudFormation fetches at deployment, because the template and its history would show any other',
    fix: 'leave it out to generate one, put it into the secret by hand after the deployment, or pass SecretValue.secretsManager(), .ssmSecure(), '
      + '.cfnParameter() with noEcho, or .resourceAttribute()',
  });
}

/**
 * | value resolves to                                    | fetched |
 * |------------------------------------------------------|---------|
 * | a dynamic reference to a secret                      | yes     |
 * | a Ref to a template parameter with NoEcho            | yes     |
 * | a Ref to a template parameter without                | no      |
 * | an attribute of a resource                           | yes     |
 * | any text, alone or around one of these               | no      |
 */
function isFetched(stack: Stack, value: SecretValue): boolean {
  const line = flattenReference(stack.resolve(value));
  const rest = line.replace(DYNAMIC_REFERENCE, '');
  const references = rest.match(/<[^<>]*>/g) ?? [];
  if (line === '' || rest.replace(/<[^<>]*>/g, '') !== '') return false;
  return references.every((reference) => !isShownParameter(stack, reference.slice(1, -1)));
}

function isShownParameter(stack: Stack, logicalId: string): boolean {
  return stack.node.findAll().some((node) => CfnParameter.isCfnElement(node) && stack.resolve(node.logicalId) === logicalId
    && 'noEcho' in node && node.noEcho !== true);
}
