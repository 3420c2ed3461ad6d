import { IConstruct } from 'constructs';

/** What a construct of this library could not check or change, for the most part about imported resources, and where. */
export interface Unchecked {
  readonly constructPath: string;
  /** What it is about, in one word: the part of the warning's id after `cdk-secure-serverless:`. */
  readonly topic: string;
  readonly message: string;
}

/** A warning as CDK keeps it: its text, and the id with which it can be acknowledged. */
const OWN_WARNING = /^(.*) \[ack: (?:Annotation::)?cdk-secure-serverless:(\w+)(?:\[.*\])?\]$/s;

/** Every warning of this library at or below a construct, in tree order: CDK forgets those that somebody acknowledged. */
export function uncheckedBelow(root: IConstruct): Unchecked[] {
  return root.node.findAll().flatMap(({ node }) => node.metadata.flatMap(({ type, data }) => uncheckedIn({ constructPath: node.path, type, data })));
}

/** What was noted on a construct, as CDK keeps it in the tree and in the cloud assembly. */
interface Note {
  readonly constructPath: string;
  readonly type: string;
  readonly data: unknown;
}

/** What a note says: nothing, if it is no warning of this library. */
export function uncheckedIn({ constructPath, type, data }: Note): Unchecked[] {
  const [, message, topic] = type === 'aws:cdk:warning' ? OWN_WARNING.exec(String(data)) ?? [] : [];
  return message === undefined ? [] : [{ constructPath, topic, message }];
}
