import { properties, Seed } from '../seed';

/** Ways in over the URL of a function. */
export const FUNCTION_URL_SEEDS: readonly Seed[] = [{
  name: 'A function URL with IAM authentication, by hand',
  style: 'yaml',
  stacks: {
    Shop: `
Parameters:
  Auth: { Type: String }
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement: [{ Effect: Allow, Principal: { Service: lambda.amazonaws.com }, Action: 'sts:AssumeRole' }]
  Logs:
    Type: AWS::Logs::LogGroup
    Properties: { RetentionInDays: 365, KmsKeyId: !ImportValue log-key }
  Print:
    Type: AWS::Lambda::Function
    Properties: { Role: !GetAtt Role.Arn, Runtime: nodejs24.x, Handler: index.handler, LoggingConfig: { LogGroup: !Ref Logs } }
  Url:
    Type: AWS::Lambda::Url
    Properties: { TargetFunctionArn: !GetAtt Print.Arn, AuthType: AWS_IAM }
`,
  },
  mutants: [{
    name: 'everybody may call the URL', rule: 'FunctionUrlAuth', change: ({ Shop }) => { properties(Shop, 'Url').AuthType = 'NONE'; },
  }, {
    name: 'everybody may call the URL under a condition that somebody can choose',
    rule: 'FunctionUrlAuth',
    change: ({ Shop }) => {
      Shop.Conditions = { Open: { 'Fn::Equals': [{ Ref: 'Auth' }, 'NONE'] } };
      properties(Shop, 'Url').AuthType = { 'Fn::If': ['Open', 'NONE', 'AWS_IAM'] };
    },
  }],
  variants: [{
    name: 'the authentication is a parameter',
    undecided: ['FrontWebAcl', 'FunctionUrlAuth'],
    change: ({ Shop }) => { properties(Shop, 'Url').AuthType = { Ref: 'Auth' }; },
  }],
}];
