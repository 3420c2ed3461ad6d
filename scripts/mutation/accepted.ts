import { Survivor } from './score';

/** Why a mutant may live. */
export interface Accepted {
  readonly file: string;
  readonly original: string;
  /** All replacements, if left out. */
  readonly replacement?: string;
  readonly reason: string;
}

/** Where something is kept under a name, so that it is worked out once. */
const KEPT: readonly (readonly [file: string, name: string])[] = [
  ['src/iam/hardening/holders/role-users.ts', 'functions by role'],
  ['src/policy/entry-points/entry-points.ts', 'entry points'],
  ['src/policy/entry-points/service-entries.ts', 'data sources by API'],
  ['src/model/entries/container-services.ts', 'subnets with an internet gateway'],
  ['src/model/flow/state-machines.ts', 'definitions of state machines'],
  ['src/model/network/security-group.ts', 'egress rules by group'],
  ['src/model/network/security-group.ts', 'security groups of public load balancers alone'],
  ['src/model/resources/app-model.ts', 'physical names'],
  ['src/model/resources/parameter-use.ts', 'declared parameters'],
  ['src/model/rights/iam.ts', 'attached managed policies'],
  ['src/model/rights/resource-policies.ts', 'grants by holder'],
];

/** What the judge does not do where there is nothing to do, or does in an order that is quick. */
const JUDGED_QUICKLY: readonly (readonly [original: string, replacement: string])[] = [
  ['inBranches.length === 0', 'false'],
  ['new Array<undefined>(judged.length)', 'new Array()'],
  ['[...alike].sort(([, few], [, many]) => few.length - many.length)', '[...alike]'],
  ['([, few], [, many]) => few.length - many.length', '() => undefined'],
  ['few.length - many.length', 'few.length + many.length'],
  ['isNotApplicable(result)', 'false'], ['isPass(result)', 'false'], ['{ tally.passed++; continue; }', '{}'],
  ['answers.length > 0', 'true'], ['answers.length > 0', 'answers.length >= 0'],
  ["outcomes.every(({ kind }) => kind !== 'fail' && kind !== 'unresolved')", 'false'], ["kind !== 'fail' && kind !== 'unresolved'", 'false'],
  ["kind !== 'fail'", 'false'], ["kind !== 'unresolved'", 'false'], ["({ kind }) => kind !== 'fail' && kind !== 'unresolved'", '() => undefined'],
];

/** Survivors that no test could kill, or none should: each with the reason. Line numbers are left out, so that they hold when lines move. */
export const ACCEPTED: readonly Accepted[] = [
  {
    file: 'src/model/values/glob.ts',
    original: 'p < pattern.length',
    replacement: 'true',
    reason: 'beyond the end of a pattern stands undefined, which is no letter of a text: the same answer',
  },
  ...KEPT.map(([file, name]) => ({ file, original: `'${name}'`, replacement: '""', reason: 'the name under which something is kept, and no other has the name of the mutant' })),
  {
    file: 'src/policy/entry-points/entry-layers.ts',
    original: '{ profile: SecurityProfile.production(), options: DEFAULT_RULE_OPTIONS }',
    reason: 'the rules that are asked for a layer look at neither',
  },
  {
    file: 'src/policy/entry-points/entry-points.ts',
    original: 'known !== undefined',
    replacement: 'false',
    reason: 'what is looked at anew comes to the same answer',
  },
  {
    file: 'src/policy/entry-points/function-entries.ts',
    original: '[]',
    reason: 'a URL without a function of the app has no answer about its concurrency, whatever stands here',
  },
  {
    file: 'src/policy/finding.ts',
    original: 'outcomes.length === 1',
    replacement: 'false',
    reason: 'the long way comes to the same answer for one outcome, and takes longer',
  },
  {
    file: 'src/policy/finding.ts',
    original: 'only === undefined',
    replacement: 'false',
    reason: 'the judge asks only where one outcome at least is no pass',
  },
  {
    file: 'src/policy/finding.ts',
    original: '!BRACKETS.test(finding)',
    replacement: 'false',
    reason: 'the long way comes to the same answer for a text without brackets, and takes longer',
  },
  {
    file: 'src/policy/finding.ts',
    original: 'rule.control !== undefined',
    replacement: 'true',
    reason: 'no profile has a control without a name',
  },
  ...JUDGED_QUICKLY.map(([original, replacement]) => ({ file: 'src/policy/judge.ts', original, replacement, reason: 'the long way comes to the same answer, and takes longer' })),
  {
    file: 'src/model/values/values.ts',
    original: 'value === undefined',
    replacement: 'false',
    reason: 'the long way leaves out what is no value, and takes longer',
  },
  {
    file: 'src/policy/nearest-rules.ts',
    original: 'id.slice(0, 80)',
    reason: 'a text that is longer is like no id either way, and to compare it takes longer',
  },
  {
    file: 'src/model/network/security-group.ts',
    original: 'groups.size === 0',
    replacement: 'false',
    reason: 'where there are no groups none is taken away, and that takes longer',
  },
  {
    file: 'src/core/exceptions/acknowledgement.ts',
    original: "'cdk-secure-serverless.acknowledged'",
    reason: 'the name of a symbol, and no other has the name of the mutant',
  },
  {
    file: 'src/core/exceptions/overrides.ts',
    original: "'cdk-secure-serverless.props'",
    reason: 'the name of a symbol, and no other has the name of the mutant',
  },
  {
    file: 'src/core/secrets/secret-findings.ts',
    original: 'entropy(text) >= AWS_SECRET_KEY_ENTROPY',
    replacement: 'entropy(text) > AWS_SECRET_KEY_ENTROPY',
    reason: 'no text of 40 letters has exactly 4.4 bits for each: 40 to the power of 40, divided by 2 to the power of 176, is no whole number',
  },
  {
    file: 'src/database/table/index-checks.ts',
    original: '[]',
    replacement: '["Stryker was here"]',
    reason: 'no index may have a name with blanks',
  },
  {
    file: 'src/third-party/third-party-checks.ts',
    original: 'header !== undefined',
    replacement: 'true',
    reason: 'a text is made of undefined, which could be the name of a header',
  },
  {
    file: 'src/edge/edge-checks.ts',
    original: 'status !== undefined',
    replacement: 'true',
    reason: 'undefined is not below 400 either',
  },
  {
    file: 'src/function/invocation/invoke-permission.ts',
    original: 'sourceArn !== undefined',
    replacement: 'true',
    reason: 'undefined is no ARN of a whole service',
  },
  {
    file: 'src/function/invocation/invoke-permission.ts',
    original: 'service !== undefined',
    replacement: 'true',
    reason: 'undefined is in no list of services',
  },
  {
    file: 'src/function/guards/function-guard.ts',
    original: 'this.parts.options.environment?.[name] === value',
    replacement: 'false',
    reason: 'what was judged before is judged again, with the same answer',
  },
];

export function reasonFor({ file, original, replacement }: Survivor): string | undefined {
  return ACCEPTED.find((one) => one.file === file && one.original === original && (one.replacement ?? replacement) === replacement)?.reason;
}
