/**
 * What cdk-nag finds in an API with a function behind a web ACL, made by AWS Solutions Constructs and by this library.
 *
 *     npx tsx --tsconfig examples/tsconfig.json bench/findings.ts
 */
import { ApiGatewayToLambda } from '@aws-solutions-constructs/aws-apigateway-lambda';
import { WafwebaclToApiGateway } from '@aws-solutions-constructs/aws-wafwebacl-apigateway';
import { Stack } from 'aws-cdk-lib';
import { NIST80053R5Checks } from 'cdk-nag';
import { ApiAuth, SecureApi, SecureFunction } from 'cdk-secure-serverless';
import { HANDLER } from './apps/shape';
import { Finding, findingsOf, PRODUCTION_PACKS, testStack } from '../test/support/apps';

function theirs(stack: Stack): void {
  const { apiGateway } = new ApiGatewayToLambda(stack, 'Api', { lambdaFunctionProps: HANDLER });
  new WafwebaclToApiGateway(stack, 'Waf', { existingApiGatewayInterface: apiGateway });
}

function ours(stack: Stack): void {
  const api = new SecureApi(stack, 'Api', { auth: ApiAuth.iam() });
  api.addRoute('GET', '/items', new SecureFunction(stack, 'Function', HANDLER));
}

function judge(build: (stack: Stack) => void): Finding[] {
  const stack = testStack();
  build(stack);
  return findingsOf(stack, [...PRODUCTION_PACKS(), new NIST80053R5Checks()])
    .filter(({ rule }) => /^(AwsSolutions|Serverless|NIST)/.test(rule));
}

/** One line for each rule, with the number of its findings here and there. What stands in brackets in a finding is no rule of its own. */
function table(columns: Finding[][]): string[] {
  const name = ({ rule }: Finding): string => rule.split('[')[0];
  const rules = [...new Set(columns.flat().map(name))].sort();
  const line = (title: string, counts: number[]): string => [title.padEnd(50), ...counts.map((count) => String(count || '-').padStart(20))].join('');
  return [
    ...rules.map((rule) => line(rule, columns.map((findings) => findings.filter((finding) => name(finding) === rule).length))),
    line('total', columns.map((findings) => findings.length)),
  ];
}

const inTheirs = judge(theirs);
const inOurs = judge(ours);
const open = (findings: Finding[]): Finding[] => findings.filter(({ reason }) => reason === undefined);
const explained = (findings: Finding[]): Finding[] => findings.filter(({ reason }) => reason !== undefined);

console.log('AwsSolutions, Serverless and NIST 800-53 r5; findings that nobody acknowledged\n');
console.log([`${''.padEnd(50)}${'Solutions Constructs'.padStart(20)}${'ours'.padStart(20)}`, ...table([open(inTheirs), open(inOurs)])].join('\n'));
console.log(`\nacknowledged with a reason: ${explained(inTheirs).length} in theirs, ${explained(inOurs).length} in ours`);
for (const { rule, path, reason } of explained(inOurs)) console.log(`  ${rule} at ${path}: ${reason}`);
