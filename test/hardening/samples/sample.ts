import { join } from 'path';
import { App } from 'aws-cdk-lib';

/** An app as somebody would write it who has never heard of this library. */
export interface Sample {
  readonly name: string;
  /** Adds everything to an empty app. Nothing is looked up, bundled or built, so that the app synthesizes anywhere. */
  readonly build: (app: App) => void;
}

/** A folder with the code of a handler, a layer, a site or a schema: `handler`, `python`, `layer`, `site`, `graphql`. */
export function asset(name: string): string {
  return join(__dirname, 'assets', name);
}
