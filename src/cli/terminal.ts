import { Screen } from '../report/render/text/layout';
import { paintFor } from '../report/render/text/paint';

/** What a program writes to: a terminal, a pipe, a file. */
export interface Output {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** The world around a command: tests bring their own. */
export interface World {
  readonly out: Output;
  readonly err: Output;
  readonly env: NodeJS.ProcessEnv;
  /** The folder that relative paths start from. */
  readonly cwd: string;
}

const NARROWEST = 80;
const WIDEST = 140;
const USUAL = 120;

/** How wide and how colourful an output may be. Colour is for a terminal only. */
export function screenOf(output: Output, env: NodeJS.ProcessEnv): Screen {
  return { width: Math.max(NARROWEST, Math.min(output.columns ?? USUAL, WIDEST)), paint: paintFor(output, env) };
}

/** Says on a terminal what is going on, in one line that the next one replaces. A pipe and a CI server hear nothing. */
export class Progress {
  private shown = 0;

  constructor(private readonly output: Output) {}

  public say(text: string): void {
    if (this.output.isTTY !== true) return;
    this.output.write(`\r${text.padEnd(this.shown)}`);
    this.shown = text.length;
  }

  /** Takes the line away. */
  public done(): void {
    if (this.shown > 0) this.output.write(`\r${' '.repeat(this.shown)}\r`);
    this.shown = 0;
  }
}
