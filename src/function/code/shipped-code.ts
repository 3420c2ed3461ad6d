import { join } from 'path';
import { Code } from 'aws-cdk-lib/aws-lambda';

/** The code of a function that this library ships, bundled when the library was built: a folder of `handlers/`. */
export function shippedCode(handler: string): Code {
  return Code.fromAsset(join(__dirname, '..', '..', '..', 'assets', handler));
}
