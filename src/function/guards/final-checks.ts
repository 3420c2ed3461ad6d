import { Stack } from 'aws-cdk-lib';
import { CfnEventSourceMapping, CfnFunction, CfnPermission, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { IConstruct } from 'constructs';
import { acknowledge, NagPackId } from '../../core/exceptions/acknowledgement';
import { findSecret } from '../../core/secrets/secret-findings';
import { flattenReference } from '../../core/values/flatten-reference';
import { QUEUE_DESTINATION_REASON } from '../../triggers/trigger-baseline';
import { ASYNC_INVOKERS, ENVIRONMENT_BYTES } from '../function-baseline';
import { serviceName } from '../invocation/invoke-permission';

/**
 * What only the finished app can show, as validation errors: lazy variables, and permissions that were written past the function.
 * Explains what scanners find in the function and its event source mappings although it is right there.
 */
export function judgeFinished(fn: LambdaFunction, hasFailureQueue: boolean): string[] {
  const below = fn.node.findAll();
  explainMappings(below);
  const variables = variablesOf(fn);
  const errors = [...lateSecrets(fn, variables), ...tooManyVariables(fn, variables), ...(hasFailureQueue ? [] : unkeptEvents(below))];
  if (!hasFailureQueue && errors.length === 0) explainMissingQueue(fn);
  return errors;
}

type Variables = readonly (readonly [string, unknown])[];

function variablesOf(fn: LambdaFunction): Variables {
  const environment = Stack.of(fn).resolve(resourceOf(fn).environment) as { variables?: Record<string, unknown> } | undefined;
  return Object.entries(environment?.variables ?? {});
}

function lateSecrets(fn: LambdaFunction, variables: Variables): string[] {
  return variables.flatMap(([name, value]) => {
    const secret = findSecret(name, flattenReference(value));
    return secret === undefined ? [] : [
      `'environment.${name}' must not hold a secret, and this looks like ${secret}; keep it in AWS Secrets Manager and pass `
      + `{ secrets: { ${name}: secret } } [SecureFunction.SecretInEnvironment, at '${fn.node.path}']`,
    ];
  });
}

/** What only the deployment knows counts as nothing: an environment that is too large by what is known fails in any case. */
function tooManyVariables(fn: LambdaFunction, variables: Variables): string[] {
  const bytes = variables.reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + knownBytes(value), 0);
  return bytes <= ENVIRONMENT_BYTES ? [] : [
    `'environment' must hold at most ${ENVIRONMENT_BYTES} bytes, names and values together, got ${bytes} bytes; put what is large into a file of the code, `
    + `or into a parameter that the function reads [SecureFunction.EnvironmentSize, at '${fn.node.path}']`,
  ];
}

function knownBytes(value: unknown): number {
  if (typeof value === 'string') return Buffer.byteLength(value);
  const [separator, pieces] = (value as { readonly 'Fn::Join'?: readonly [string, unknown] } | undefined)?.['Fn::Join'] ?? ['', []];
  return Array.isArray(pieces) ? pieces.reduce((sum: number, piece) => sum + knownBytes(piece) + separator.length, 0) : 0;
}

/** Versions, and permissions made as plain resources, do not pass through the function. */
function unkeptEvents(below: readonly IConstruct[]): string[] {
  return below
    .filter((node): node is CfnPermission => CfnPermission.isCfnPermission(node) && ASYNC_INVOKERS.includes(serviceName(node.principal)))
    .map((permission) => "'asyncInvocation' must be given, because a permission was added past the function to a service that does not wait for the "
      + `answer, and failed events would get lost, got "${permission.principal}"; pass { asyncInvocation: {} } to the function `
      + `[SecureFunction.UnkeptEvents, at '${permission.node.path}']`);
}

function explainMissingQueue(fn: LambdaFunction): void {
  for (const pack of [NagPackId.SERVERLESS, NagPackId.HIPAA, NagPackId.NIST_R5]) {
    acknowledge(resourceOf(fn), pack, 'LambdaDLQ',
      'No service that calls functions asynchronously has the permission to call this one: whoever calls it gets the error itself, '
      + 'and event source mappings keep what failed. A caller of another kind is declared with asyncInvocation, which makes a queue.');
  }
}

/** Streams and Kafka topics are read from a starting position, queues are not: that tells them apart where the ARN is a reference. */
function explainMappings(below: readonly IConstruct[]): void {
  for (const node of below) {
    if (!CfnEventSourceMapping.isCfnEventSourceMapping(node) || node.startingPosition !== undefined) continue;
    acknowledge(node, NagPackId.SERVERLESS, 'LambdaEventSourceMappingDestination', QUEUE_DESTINATION_REASON);
  }
}

function resourceOf(fn: LambdaFunction): CfnFunction {
  return fn.node.defaultChild as CfnFunction;
}
