import { ConstructTree } from '../construct-tree';

/** What a construct of this library could not check or change, for the most part about imported resources, and where. */
export interface Unchecked {
  readonly constructPath: string;
  /** What it is about, in one word: the part of the warning's id after `cdk-secure-serverless:`. */
  readonly topic: string;
  readonly message: string;
}

const WARNING = 'aws:cdk:warning';

/** A warning as CDK keeps it: its text, and the id with which it can be acknowledged. */
const OWN_WARNING = /^(.*) \[ack: (?:Annotation::)?cdk-secure-serverless:(\w+)(?:\[.*\])?\]$/s;

/** Every warning of this library in an app, in tree order: CDK forgets those that somebody acknowledged. */
export function uncheckedIn(tree: ConstructTree): Unchecked[] {
  return tree.notesOf(WARNING).flatMap(({ path, data }) => uncheckedOf({ constructPath: path, type: WARNING, data }));
}

/** What was noted on a construct, as the cloud assembly keeps it. */
interface Noted {
  readonly constructPath: string;
  readonly type: string;
  readonly data: unknown;
}

/** What a note says: nothing, if it is no warning of this library. */
export function uncheckedOf({ constructPath, type, data }: Noted): Unchecked[] {
  const [, message, topic] = type === WARNING ? OWN_WARNING.exec(String(data)) ?? [] : [];
  return message === undefined ? [] : [{ constructPath, topic, message }];
}
