import { readFileSync } from 'fs';
import { join } from 'path';
import { App, CfnResource, Stack } from 'aws-cdk-lib';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { StackAlarmTopic } from '../src/alarms/stack-alarm-topic';
import { ApiAuth } from '../src/api/access/api-auth';
import { SecureApi } from '../src/api/secure-api';
import { SecureNodejsFunction } from '../src/function/secure-nodejs-function';
import { SecureBucket } from '../src/storage/secure-bucket';

// All other suites switch CDK's own CloudFormation rules off, since their engine takes about 3 s to start.
delete process.env.CDK_VALIDATION;

interface Report {
  readonly pluginName: string;
  readonly violations?: { readonly ruleName: string; readonly violatingConstructs: { readonly constructPath: string }[] }[];
}

/** What the built-in rules say about an app: CDK leaves a plug-in without findings out of its report, and the report out without any. */
function builtinFindings(build: (stack: Stack) => void): string[] {
  const app = new App({ context: { 'aws:cdk:bundling-stacks': [] } });
  build(new Stack(app, 'Shop', { env: { account: '111122223333', region: 'eu-west-1' } }));
  const { directory } = app.synth();
  const { pluginReports } = JSON.parse(readFileSync(join(directory, 'validation-report.json'), 'utf8')) as { pluginReports: Report[] };
  return pluginReports.filter(({ pluginName }) => /cloudformation/i.test(pluginName))
    .flatMap(({ violations = [] }) => violations.flatMap(({ ruleName, violatingConstructs }) => violatingConstructs.map(({ constructPath }) => `${ruleName} at ${constructPath}`)));
}

describe("CDK's own CloudFormation rules", () => {
  test('are on in this suite, and find what is wrong', () => {
    const printed = jest.spyOn(console, 'error').mockImplementation(() => {});
    const findings = builtinFindings((stack) => {
      new CfnResource(stack, 'Misspelt', { type: 'AWS::SQS::Queue', properties: { VisibilityTimeOut: 'soon' } });
    });
    expect(findings.join('\n')).toContain('Shop/Misspelt');
    expect(printed).toHaveBeenCalled();
  }, 60_000);

  test('find nothing in our templates', () => {
    expect(builtinFindings((stack) => {
      StackAlarmTopic.of(stack).addSubscription(new EmailSubscription('oncall@example.com'));
      const receipts = new SecureBucket(stack, 'Receipts');
      const upload = new SecureNodejsFunction(stack, 'Upload', { entry: join(__dirname, 'fixtures/fresh-app/handler.ts') });
      receipts.allowWrite(upload, { prefix: 'pdf/' });
      const api = new SecureApi(stack, 'Api', { auth: ApiAuth.iam() });
      api.addRoute('PUT', '/receipts/{id}', upload, { body: { type: 'object', properties: { note: { type: 'string' } } } });
    })).toStrictEqual([]);
  }, 60_000);
});
