import { Survivor } from './score';

/** Why a mutant may live. */
export interface Accepted {
  readonly file: string;
  readonly original: string;
  /** All replacements, if left out. */
  readonly replacement?: string;
  readonly reason: string;
}

/** Survivors that no test could kill, or none should: each with the reason. Line numbers are left out, so that they hold when lines move. */
export const ACCEPTED: readonly Accepted[] = [
  {
    file: 'src/policy/model/values/glob.ts',
    original: 'p < pattern.length',
    replacement: 'true',
    reason: 'beyond the end of a pattern stands undefined, which is no letter of a text: the same answer',
  },
  {
    file: 'src/policy/model/rights/iam.ts',
    original: "'attached managed policies'",
    reason: 'the name under which something is kept, and no other has the name of the mutant',
  },
  {
    file: 'src/core/acknowledgement.ts',
    original: "'cdk-secure-serverless.acknowledged'",
    reason: 'the name of a symbol, and no other has the name of the mutant',
  },
  {
    file: 'src/edge/edge-checks.ts',
    original: 'status !== undefined',
    replacement: 'true',
    reason: 'undefined is not below 400 either',
  },
  {
    file: 'src/function/invoke-permission.ts',
    original: 'service !== undefined',
    replacement: 'true',
    reason: 'undefined is in no list of services',
  },
  {
    file: 'src/function/function-guard.ts',
    original: 'this.parts.options.environment?.[name] === value',
    replacement: 'false',
    reason: 'what was judged before is judged again, with the same answer',
  },
];

export function reasonFor({ file, original, replacement }: Survivor): string | undefined {
  return ACCEPTED.find((one) => one.file === file && one.original === original && (one.replacement ?? replacement) === replacement)?.reason;
}
