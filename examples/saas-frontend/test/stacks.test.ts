import './environment';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { SecurityProfile, ServerlessSecurity } from 'cdk-secure-serverless';
import { PROFILES, RECOMMENDED_FLAGS } from '../../../test/support/apps';
import { NotesNames } from '../lib/notes-names';
import { NotesStack } from '../lib/notes-stack';
import { buildPage } from '../lib/page';

const names: NotesNames = JSON.parse(readFileSync(join(__dirname, '..', 'cdk.json'), 'utf8')).context.notes;

interface Violation {
  readonly ruleName: string;
  readonly reason?: string;
  readonly violatingConstructs: readonly { readonly constructPath: string }[];
}

interface Plugin {
  readonly pluginName: string;
  readonly violations: readonly Violation[];
  readonly suppressedViolations?: readonly Violation[];
}

interface Statement {
  readonly Action: string | string[];
  readonly Resource: unknown;
}

/** Bundling is off, and findings do not throw: the tests read them. */
function notes(profile?: SecurityProfile, flags: Record<string, unknown> = {}): { readonly app: App; readonly stack: NotesStack } {
  const app = new App({ context: { 'aws:cdk:bundling-stacks': [], '@aws-cdk/core:failSynthOnValidationErrors': false, ...flags } });
  ServerlessSecurity.of(app).enforce({ profile });
  return { app, stack: new NotesStack(app, 'Notes', { names }) };
}

function judged(app: App): readonly Plugin[] {
  const { directory } = app.synth();
  return (JSON.parse(readFileSync(join(directory, 'validation-report.json'), 'utf8')) as { pluginReports: Plugin[] }).pluginReports;
}

const lines = (plugins: readonly Plugin[], kind: 'violations' | 'suppressedViolations') => plugins.flatMap((plugin) => (
  (plugin[kind] ?? []).flatMap(({ ruleName, violatingConstructs }) => violatingConstructs.map(({ constructPath }) => `${ruleName} at ${constructPath}`)))).sort();

/** These two say the same in fewer words: the partition of a known region, and statements of CDK's own policies that can be one. */
const FLAGS = { ...RECOMMENDED_FLAGS, '@aws-cdk/core:enablePartitionLiterals': false, '@aws-cdk/aws-iam:minimizePolicies': false };

describe('the notes stack', () => {
  const cases = PROFILES.flatMap(([name, profile]) => [
    { name, profile, flags: {}, set: 'no feature flags' },
    { name, profile, flags: RECOMMENDED_FLAGS, set: 'the recommended feature flags' },
  ]);

  test.each(cases)('has no finding under the $name profile with $set', ({ profile, flags }) => {
    const plugins = judged(notes(profile(), flags).app);
    expect(plugins.map(({ pluginName }) => pluginName)).toEqual(expect.arrayContaining(['AwsSolutions', 'Serverless']));
    expect(lines(plugins, 'violations')).toStrictEqual([]);
  });

  // Reading a template fails when its resources depend on each other in a circle.
  test.each(PROFILES)('is the same template with and without the recommended feature flags, and has no circle: %s', (_, profile) => {
    const [plain, flagged] = [{}, FLAGS].map((flags) => Template.fromStack(notes(profile(), flags).stack).toJSON());
    expect(flagged).toEqual(plain);
  });

  const { app, stack } = notes();
  const template = Template.fromStack(stack);
  const only = (type: string) => Object.values(template.findResources(type))[0].Properties;

  /** `{ "Fn::GetAtt": ["ApiTable7100B0E8", "Arn"] }` names `ApiTable`; what follows the name is kept. */
  function named(resource: unknown): string {
    const text = JSON.stringify(resource);
    const [, id] = /"([A-Za-z]+)[0-9A-F]{8}"/.exec(text) ?? [];
    return id === undefined ? text : `${id}${text.includes('"/*"') ? '/*' : ''}`;
  }

  /** Actions by what a statement names, from the policies whose id begins so. */
  function rightsOf(start: string, type = 'AWS::IAM::Policy'): Record<string, string[]> {
    const policies = Object.entries(template.findResources(type)).filter(([id]) => id.startsWith(start));
    const statements = policies.flatMap(([, policy]) => policy.Properties.PolicyDocument.Statement as Statement[]);
    const rights: Record<string, string[]> = {};
    for (const { Action, Resource } of statements) (rights[named(Resource)] ??= []).push(...[Action].flat());
    return rights;
  }

  test('lets each function do what its code does, and nothing else', () => {
    const key = ['kms:Decrypt']; // through DynamoDB only
    expect(rightsOf('ApiListNotes')).toEqual({
      ApiTable: ['dynamodb:BatchGetItem', 'dynamodb:ConditionCheckItem', 'dynamodb:GetItem', 'dynamodb:Query'], SharedSecurityDataKey: key,
    });
    expect(rightsOf('ApiWriteNote')).toEqual({ ApiTable: ['dynamodb:PutItem'], SharedSecurityDataKey: key });
    expect(rightsOf('ApiRemoveNote')).toEqual({ ApiTable: ['dynamodb:DeleteItem'], SharedSecurityDataKey: key });
    expect(rightsOf('MembersAddTenant')).toEqual({});
  });

  test('lets the pipeline bring files and take them away, not read them', () => {
    expect(rightsOf('Deploy', 'AWS::IAM::ManagedPolicy')).toEqual({
      'SiteEdge': ['cloudfront:CreateInvalidation', 'cloudfront:GetInvalidation'],
      'SiteFiles': ['s3:ListBucket'],
      'SiteFiles/*': ['s3:AbortMultipartUpload', 's3:PutObject', 's3:DeleteObject'],
      'SharedSecurityDataKey': ['kms:Decrypt', 'kms:GenerateDataKey'],
    });
  });

  test('keeps the attribute that decides whose notes a member sees out of members\' hands', () => {
    const { ReadAttributes, WriteAttributes } = only('AWS::Cognito::UserPoolClient');
    expect({ ReadAttributes, WriteAttributes }).toEqual({ ReadAttributes: ['custom:tenant', 'email', 'email_verified'], WriteAttributes: ['email'] });
    expect(only('AWS::Cognito::UserPool').AdminCreateUserConfig).toEqual({ AllowAdminCreateUserOnly: true });
  });

  test('asks each route for the scope of what it does, in a token for the page', () => {
    const routes = Object.values(template.findResources('AWS::ApiGatewayV2::Route')).map(({ Properties: { RouteKey, AuthorizationType, AuthorizationScopes } }) => (
      [RouteKey, AuthorizationType, ...AuthorizationScopes]));
    expect(routes.sort()).toEqual([
      ['DELETE /notes/{id}', 'JWT', 'notes/write'], ['GET /notes', 'JWT', 'notes/read'], ['POST /notes', 'JWT', 'notes/write'],
    ]);
    expect(named(only('AWS::ApiGatewayV2::Authorizer').JwtConfiguration.Audience)).toBe('MembersPoolPage');
  });

  test('leaves no way to the API but through CloudFront', () => {
    expect(only('AWS::ApiGatewayV2::Api').DisableExecuteApiEndpoint).toBe(true);
    expect(only('AWS::ApiGatewayV2::DomainName').MutualTlsAuthentication).toEqual({
      TruststoreUri: 's3://notes-truststore-111122223333/authority.pem', TruststoreVersion: 'EXAMPLEVERSION',
    });
    const { entryPoints } = JSON.parse(readFileSync(join(app.synth().directory, 'security', 'report.json'), 'utf8'));
    const routes = [['GET', '/notes'], ['POST', '/notes'], ['DELETE', '/notes/{id}']].map(([method, path]) => (
      [method, path, { authorization: 'jwt', validation: null, throttle: true, webAcl: true, logging: true, leastPrivilege: true }]));
    const front = { validation: null, throttle: null, webAcl: true, logging: true, leastPrivilege: null };
    expect(entryPoints.map(({ method, path, layers }: { method: string; path: string; layers: object }) => [method, path, layers])).toEqual([
      ...routes,
      [undefined, undefined, { authorization: 'none', ...front }], // the page
      [undefined, undefined, { authorization: 'user-pool', ...front }], // the sign-in
    ]);
  });

  test('lets the page call the API and the sign-in pages, and nobody else; and only the page call the API', () => {
    const policies = Object.entries(template.findResources('AWS::CloudFront::ResponseHeadersPolicy'));
    const [, site] = policies.find(([id]) => id.startsWith('Site'))!;
    expect(site.Properties.ResponseHeadersPolicyConfig.SecurityHeadersConfig.ContentSecurityPolicy.ContentSecurityPolicy).toBe([
      "default-src 'self'", "base-uri 'self'", "form-action 'self'", "frame-ancestors 'none'", "object-src 'none'",
      "connect-src 'self' https://api.notes.example.com/ https://notes-111122223333.auth.us-east-1.amazoncognito.com",
    ].join('; '));
    expect(only('AWS::ApiGatewayV2::Api').CorsConfiguration).toMatchObject({ AllowOrigins: ['https://notes.example.com'], AllowCredentials: false });
  });

  test('keeps the logical ids of what holds data, so that an upgrade replaces none of it', () => {
    const ids = ['AWS::DynamoDB::GlobalTable', 'AWS::S3::Bucket', 'AWS::Cognito::UserPool', 'AWS::KMS::Key'].flatMap((type) => Object.keys(template.findResources(type)));
    expect(ids.sort()).toEqual([
      'ApiTableDB4CD73A', 'MembersPool35627769', 'SharedSecurityAccessLogBucketC67C0977', 'SharedSecurityDataKeyD4D7B14E',
      'SharedSecurityEdgeLogBucket3F73FD38', 'SiteFiles975A43CF',
    ]);
  });

  test('acknowledges little: each finding is listed here', () => {
    expect(lines(judged(app), 'suppressedViolations')).toEqual([
      'AwsSolutions-IAM5[Resource::*] at Notes/Api/ListNotesSupport/Role/Resource',
      'AwsSolutions-IAM5[Resource::*] at Notes/Api/RemoveNoteSupport/Role/Resource',
      'AwsSolutions-IAM5[Resource::*] at Notes/Api/WriteNoteSupport/Role/Resource',
      'AwsSolutions-IAM5[Resource::*] at Notes/Members/AddTenantSupport/Role/Resource',
      'AwsSolutions-IAM5[Resource::<SiteFiles975A43CF.Arn>/*] at Notes/Deploy/Resource',
      'AwsSolutions-S1 at Notes/SharedSecurity/EdgeLogBucket/Resource',
      'AwsSolutions-SQS3 at Notes/SharedSecurity/UndeliveredAlarms/Resource',
      'Serverless-LambdaDLQ at Notes/Api/ListNotes/Resource',
      'Serverless-LambdaDLQ at Notes/Api/RemoveNote/Resource',
      'Serverless-LambdaDLQ at Notes/Api/WriteNote/Resource',
      'Serverless-LambdaDLQ at Notes/Members/AddTenant/Resource',
      'Serverless-LambdaStarPermissions at Notes/Api/ListNotesSupport/Role/Resource',
      'Serverless-LambdaStarPermissions at Notes/Api/RemoveNoteSupport/Role/Resource',
      'Serverless-LambdaStarPermissions at Notes/Api/WriteNoteSupport/Role/Resource',
      'Serverless-LambdaStarPermissions at Notes/Members/AddTenantSupport/Role/Resource',
      'Serverless-SQSRedrivePolicy at Notes/SharedSecurity/UndeliveredAlarms/Resource',
    ]);
  });
});

describe('the page', () => {
  const outdir = mkdtempSync(join(tmpdir(), 'page-'));
  afterAll(() => rmSync(outdir, { recursive: true }));
  buildPage(outdir, '{"apiUrl":"https://api.notes.example.com"}');
  const file = (name: string) => readFileSync(join(outdir, name), 'utf8');

  test('holds no code and no style that its content policy would refuse', () => {
    const html = file('index.html');
    expect(html.match(/<script(?![^>]* src="\/)|<style|\sstyle=|\son\w+=|javascript:|(src|href)="(?!\/)/g)).toBeNull();
    expect(html.match(/(?<=(src|href)="\/)[^"]+/g)!.sort()).toEqual(['icon.svg', 'main.js', 'style.css']);
    expect(readdirSync(outdir).sort()).toEqual(['config.json', 'icon.svg', 'index.html', 'main.js', 'style.css']);
    expect(file('main.js')).not.toMatch(/\beval\(|new Function\(|innerHTML|localStorage/);
  });

  test('learns from the stack where to sign in and what to call', () => {
    const { Value } = Object.values(Template.fromStack(notes().stack).findOutputs('PageConfig'))[0];
    const config = (Value['Fn::Join'][1] as unknown[]).map((part) => (typeof part === 'string' ? part : 'client')).join('');
    expect(JSON.parse(config)).toEqual({
      apiUrl: 'https://api.notes.example.com',
      clientId: 'client',
      loginUrl: 'https://notes-111122223333.auth.us-east-1.amazoncognito.com',
      redirectUrl: 'https://notes.example.com/',
      scopes: ['openid', 'notes/read', 'notes/write'],
    });
    expect(JSON.parse(file('config.json'))).toEqual({ apiUrl: 'https://api.notes.example.com' });
  });
});
