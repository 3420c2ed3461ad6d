import { parseCommand } from '../../src/cli/command-line';

const parse = (line: string) => parseCommand(line.split(' ').filter(Boolean));

test.each([
  ['audit cdk.out', { name: 'audit', path: 'cdk.out', format: 'text', failOn: 'error', trustedAccounts: [] }],
  ['audit cdk.out --profile regulated -f sarif -o out.sarif --fail-on warning --baseline old.json --exceptions accepted.yaml', {
    name: 'audit', path: 'cdk.out', profile: 'regulated', format: 'sarif', output: 'out.sarif', failOn: 'warning', baseline: 'old.json', exceptions: 'accepted.yaml',
  }],
  ['audit --format=json cdk.out', { format: 'json', path: 'cdk.out' }],
  ['audit a.yaml --trusted-account 111122223333,222233334444 --trusted-account 333344445555', { trustedAccounts: ['111122223333', '222233334444', '333344445555'] }],
  ['report cdk.out', { name: 'report', formats: ['html', 'json', 'markdown', 'sarif'], output: 'security-report' }],
  ['report cdk.out -f html,junit --format text -o out', { formats: ['html', 'junit', 'text'], output: 'out' }],
  ['explain FunctionUrlAuth', { name: 'explain', rule: 'FunctionUrlAuth' }],
  ['explain', { name: 'explain', rule: undefined }],
  ['diff old.json new.json', { name: 'diff', before: 'old.json', after: 'new.json', format: 'text', failOnChange: false }],
  ['diff old new --format markdown --fail-on-change', { format: 'markdown', failOnChange: true }],
  ['', { name: 'help', of: undefined }],
  ['--help', { name: 'help' }],
  ['help audit', { name: 'help', of: 'audit' }],
  ['audit --help', { name: 'help', of: 'audit' }],
  ['diff x -h', { name: 'help', of: 'diff' }],
  ['--version', { name: 'version' }],
])('%j is understood', (line, command) => {
  expect(parse(line)).toMatchObject(command);
});

test.each([
  ['judge cdk.out', "there is no command 'judge'; there are audit, report, explain, diff"],
  ['toString', "there is no command 'toString'; there are audit, report, explain, diff"],
  ['audit', 'audit: say what to judge: cdk.out, a template file or a folder of templates'],
  ['audit a b', "audit: one at a time, got 'a' and 'b'"],
  ['audit a --colour', "audit: Unknown option '--colour'"],
  ['audit a --format', "audit: Option '-f, --format <value>' argument missing"],
  ['audit a --format xml', "audit: --format must be text, json, sarif, markdown, junit or html, got 'xml'"],
  ['audit a --profile prod', "audit: --profile must be sandbox, production or regulated, got 'prod'"],
  ['audit a --fail-on high', "audit: --fail-on must be error, warning or never, got 'high'"],
  ['report', 'report: say what to judge: cdk.out, a template file or a folder of templates'],
  ['report a -f html,pdf', "report: --format must be text, json, sarif, markdown, junit or html, got 'pdf'"],
  ['explain A B', "explain: one at a time, got 'A' and 'B'"],
  ['diff old', 'diff: give two reports, the old one and the new one'],
  ['diff a b c', 'diff: give two reports, the old one and the new one'],
  ['diff a b --format html', "diff: --format must be text, markdown or json, got 'html'"],
])('fails on %j, and shows how it is meant', (line, message) => {
  expect(() => parse(line)).toThrow(expect.objectContaining({ message, usage: expect.stringMatching(/Usage/) }));
});
