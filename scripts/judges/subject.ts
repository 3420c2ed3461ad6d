import { Stack } from 'aws-cdk-lib';

/** Whose work is judged: this library's, or what it is compared with. */
export type Side = 'ours' | 'plain' | 'solutions';

/** An app with one thing to judge in it. */
export interface Subject {
  readonly side: Side;
  /** The room of a construct, or `examples`. */
  readonly room: string;
  readonly name: string;
  /** The security profile; what others made has none. */
  readonly profile: string;
  /** Makes it in an app of its own, whose synth does not throw over findings. */
  readonly build: () => Stack;
}

/** What a judge calls wrong in one resource. */
export interface Finding {
  readonly rule: string;
  /** The logical id. */
  readonly resource: string;
  readonly type: string;
  /** Why the app says that it is none; undefined when the app says nothing of it. */
  readonly reason?: string;
}

/** What a judge from outside says of a file. */
export interface FileFinding {
  readonly file: string;
  readonly rule: string;
  readonly resource: string;
}

/** The judges by the name of their file in test/judges. */
export const JUDGES = ['cdk-nag', 'control-tower', 'checkov', 'cfn-lint'] as const;

export type Judge = typeof JUDGES[number];

/** Everything that the judges say of one subject. */
export interface Judgement {
  readonly subject: Subject;
  /** How many its templates have. */
  readonly resources: number;
  readonly findings: { readonly [judge in Judge]: readonly Finding[] };
}
