import { App } from 'aws-cdk-lib';
import { ServerlessSecurity } from '../../src/app/serverless-security';

/** What is measured: the one line that an author adds after `new App()`. */
export function harden(app: App): void {
  ServerlessSecurity.of(app).harden();
}
