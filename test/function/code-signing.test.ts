import { join } from 'path';
import { App, Stack } from 'aws-cdk-lib';
import { Code, CodeSigningConfig, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Platform, SigningProfile } from 'aws-cdk-lib/aws-signer';
import { CodeSigning } from '../../src/function/code/code-signing';
import { SecureFunctionOptions } from '../../src/function/function-options';
import { SecureFunction } from '../../src/function/secure-function';
import { SecureNodejsFunction } from '../../src/function/secure-nodejs-function';
import { Json, only } from '../support/api';
import { templateOf } from '../support/apps';

const SIGNED_BY = 'the release pipeline signs each asset before it deploys';

function stacks(): { app: App; stack: Stack; profile: SigningProfile } {
  const app = new App({ context: { 'aws:cdk:bundling-stacks': [] } });
  const stack = new Stack(app, 'Shop', { env: { account: '111122223333', region: 'eu-west-1' } });
  const signing = new Stack(app, 'Signing', { env: { account: '111122223333', region: 'eu-west-1' } });
  return { app, stack, profile: new SigningProfile(signing, 'Releases', { platform: Platform.AWS_LAMBDA_SHA384_ECDSA }) };
}

function secure(stack: Stack, id: string, options: SecureFunctionOptions, code: Code = Code.fromAsset(join(__dirname, '../support/handler'))): SecureFunction {
  return new SecureFunction(stack, id, { code, handler: 'index.handler', runtime: Runtime.NODEJS_24_X, ...options });
}

test('The functions of a stack share one configuration, which enforces signatures and says who signs', () => {
  const { stack, profile } = stacks();
  const codeSigning = CodeSigning.byProfiles(SIGNED_BY, profile);
  secure(stack, 'Orders', { codeSigning });
  new SecureNodejsFunction(stack, 'Returns', { entry: join(__dirname, '../fixtures/fresh-app/handler.ts'), codeSigning });
  const template = templateOf(stack);
  expect(only(template, 'AWS::Lambda::CodeSigningConfig')).toEqual({
    Description: SIGNED_BY,
    AllowedPublishers: { SigningProfileVersionArns: [{ 'Fn::ImportValue': expect.stringMatching(/^Signing:ExportsOutputFnGetAttReleases\w+ProfileVersionArn/) }] },
    CodeSigningPolicies: { UntrustedArtifactOnDeployment: 'Enforce' },
  });
  expect(Object.values(template.findResources('AWS::Lambda::Function')).map((fn) => (fn as Json).Properties.CodeSigningConfigArn)).toEqual([
    { 'Fn::GetAtt': ['CodeSigningDE8B5B17', 'CodeSigningConfigArn'] }, { 'Fn::GetAtt': ['CodeSigningDE8B5B17', 'CodeSigningConfigArn'] },
  ]);
});

test('Several publishers have configurations of their own', () => {
  const { stack, profile } = stacks();
  secure(stack, 'Orders', { codeSigning: CodeSigning.byProfiles(SIGNED_BY, profile) });
  secure(stack, 'Returns', { codeSigning: CodeSigning.byProfiles('the partner signs what it delivers to us', profile) });
  templateOf(stack).resourceCountIs('AWS::Lambda::CodeSigningConfig', 2);
});

test('An existing configuration will do', () => {
  const { stack } = stacks();
  const config = CodeSigningConfig.fromCodeSigningConfigArn(stack, 'Config', 'arn:aws:lambda:eu-west-1:111122223333:code-signing-config:csc-1');
  secure(stack, 'Orders', { codeSigning: CodeSigning.byConfig(config) });
  expect(only(templateOf(stack), 'AWS::Lambda::Function').CodeSigningConfigArn).toBe('arn:aws:lambda:eu-west-1:111122223333:code-signing-config:csc-1');
});

test('An imported profile of the same stack will do', () => {
  const { stack } = stacks();
  const imported = SigningProfile.fromSigningProfileAttributes(stack, 'Imported', { signingProfileName: 'Releases', signingProfileVersion: 'v1' });
  secure(stack, 'Returns', { codeSigning: CodeSigning.byProfiles(SIGNED_BY, imported) });
  const { AllowedPublishers, CodeSigningPolicies } = only(templateOf(stack), 'AWS::Lambda::CodeSigningConfig');
  expect(CodeSigningPolicies).toEqual({ UntrustedArtifactOnDeployment: 'Enforce' });
  expect(JSON.stringify(AllowedPublishers.SigningProfileVersionArns)).toContain('/signing-profiles/Releases/v1');
});

test('fails with a profile that is made together with the function', () => {
  const { stack } = stacks();
  const profile = new SigningProfile(stack, 'Releases', { platform: Platform.AWS_LAMBDA_SHA384_ECDSA });
  expect(() => secure(stack, 'Orders', { codeSigning: CodeSigning.byProfiles(SIGNED_BY, profile) })).toThrow(new Error(
    "'codeSigning' must name profiles of another stack: one that is made together with the function cannot have signed its code, got \"Shop/Releases\"; "
    + "make the profile in a stack of its own, which is deployed first [CodeSigning.Profiles, at 'Shop/Orders']"));
  templateOf(stack).resourceCountIs('AWS::Lambda::CodeSigningConfig', 0);
});

test('fails without a profile', () => {
  const { stack } = stacks();
  expect(() => secure(stack, 'Orders', { codeSigning: CodeSigning.byProfiles(SIGNED_BY) })).toThrow(new Error(
    "'codeSigning' must name 1 to 20 profiles, got 0; make the profile in a stack of its own, which is deployed first [CodeSigning.Profiles, at 'Shop/Orders']"));
});

test('fails when nobody signs', () => {
  const { stack, profile } = stacks();
  expect(() => secure(stack, 'Orders', { codeSigning: CodeSigning.byProfiles('tbd', profile) })).toThrow(new Error(
    "'codeSigning' must be a sentence of at least 12 characters that a reviewer can judge, got \"tbd\"; say who signs the packages between the synthesis and "
    + "the deployment [CodeSigning.SignedBy, at 'Shop/Orders']"));
});

test('fails with inline code, which nobody can sign', () => {
  const { stack, profile } = stacks();
  const inline = Code.fromInline('exports.handler = async () => 1');
  expect(() => secure(stack, 'Orders', { codeSigning: CodeSigning.byProfiles(SIGNED_BY, profile) }, inline)).toThrow(new Error(
    "'code' must not stand inline where it must be signed; put it into a folder, and use Code.fromAsset() [SecureFunction.InlineCode, at 'Shop/Orders']"));
});

test('fails with both ways to say it', () => {
  const { stack, profile } = stacks();
  const codeSigningConfig = CodeSigningConfig.fromCodeSigningConfigArn(stack, 'Config', 'arn:aws:lambda:eu-west-1:111122223333:code-signing-config:csc-1');
  expect(() => secure(stack, 'Orders', { codeSigning: CodeSigning.byProfiles(SIGNED_BY, profile), codeSigningConfig })).toThrow(new Error(
    "'codeSigningConfig' must not be given beside codeSigning; leave it out, or pass CodeSigning.byConfig(config) alone [SecureFunction.CodeSigningTwice, at 'Shop/Orders']"));
});
