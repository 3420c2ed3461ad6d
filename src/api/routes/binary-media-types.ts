import { Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { refuse } from '../../core/configuration-error';

const MEDIA_TYPE = /^[a-z0-9.+-]+\/(\*|[a-z0-9.+-]+)$/i;
const COVERS_JSON = /^application\/(\*|json)$/i;

/** A body that API Gateway takes for binary data is handed over as it is, so what holds JSON must not count as binary. */
export function checkBinaryMediaTypes(scope: IConstruct, types: readonly string[]): void {
  for (const type of types) {
    if (Token.isUnresolved(type) || (MEDIA_TYPE.test(type) && !COVERS_JSON.test(type))) continue;
    refuse(scope, {
      code: 'SecureApi.BinaryMediaTypes',
      prop: 'binaryMediaTypes',
      must: 'must be media types of binary data, none of which covers application/json, whose bodies are validated',
      got: type,
      fix: "name the types that clients send, such as 'image/png' or 'image/*'",
    });
  }
}
