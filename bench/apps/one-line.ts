import { App } from 'aws-cdk-lib';
import { ServerlessSecurity } from 'cdk-secure-serverless';

/** What an author adds to an app that exists. In a file of its own, so that plain apps do not load the library. */
export function harden(app: App): void {
  ServerlessSecurity.of(app).harden();
}
