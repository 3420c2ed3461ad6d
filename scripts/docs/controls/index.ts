import { BUCKET_CONTROLS } from './buckets-controls';
import { Control, Controls } from './control';
import { EDGE_CONTROLS } from './edge-controls';
import { FUNCTION_CONTROLS } from './functions-controls';
import { KEY_CONTROLS } from './keys-controls';
import { MESSAGE_CONTROLS } from './messages-controls';
import { NETWORK_CONTROLS } from './networks-controls';
import { OTHER_API_CONTROLS } from './other-apis-controls';
import { REST_API_CONTROLS } from './rest-apis-controls';
import { RIGHT_CONTROLS } from './rights-controls';
import { RISK_CONTROLS } from './risks-controls';
import { TABLE_CONTROLS } from './tables-controls';
import { USER_CONTROLS } from './users-controls';
import { WATCHING_CONTROLS } from './watching-controls';
import { Rule } from '../../../src/model/rule';

/** All controls, by service. */
export const CONTROLS: { readonly [service: string]: Controls } = {
  'Functions': FUNCTION_CONTROLS,
  'REST APIs': REST_API_CONTROLS,
  'HTTP, WebSocket and GraphQL APIs': OTHER_API_CONTROLS,
  'CloudFront and WAF': EDGE_CONTROLS,
  'Buckets': BUCKET_CONTROLS,
  'Tables': TABLE_CONTROLS,
  'Queues, topics, buses and workflows': MESSAGE_CONTROLS,
  'Users': USER_CONTROLS,
  'Roles and policies': RIGHT_CONTROLS,
  'Keys and secrets': KEY_CONTROLS,
  'Networks': NETWORK_CONTROLS,
  'Logs, alarms, trails and the template itself': WATCHING_CONTROLS,
  'Lists of risks': RISK_CONTROLS,
};

/** Every control, with its id. */
export const ALL_CONTROLS: readonly (readonly [string, Control])[] = Object.values(CONTROLS).flatMap((controls) => Object.entries(controls));

/** The ids of the rules that answer a control. */
export function rulesFor({ rules = [], rulesUnder = [] }: Control, all: readonly Rule[]): readonly string[] {
  return [...rules, ...all.filter(({ frameworks }) => rulesUnder.some((framework) => frameworks.includes(framework))).map(({ id }) => id)];
}

/** The rules of cdk-nag that judge each app: those of its packs that every profile registers. */
export function nagEverywhere({ sources: { nag = [] } }: Control): readonly string[] {
  return nag.filter((id) => /^(?:AwsSolutions|Serverless)-/.test(id));
}
