/** Parts of templates from which tests put theirs together. */

/** What only the deployment knows: the value of the parameter of SECTIONS. */
export const LATER = { Ref: 'P' };

/** A parameter, and a condition on it. */
export const SECTIONS = { Parameters: { P: { Type: 'String' } }, Conditions: { Prod: { 'Fn::Equals': [LATER, 'x'] } } };

export const resource = (Type: string, Properties: unknown = {}) => ({ Type, Properties });

export const attribute = (logicalId: string, name = 'Arn') => ({ 'Fn::GetAtt': [logicalId, name] });

/** A role in which a service acts. */
export const role = (Service: string, ...statements: unknown[]) => resource('AWS::IAM::Role', {
  AssumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service } }] },
  Policies: [{ PolicyName: 'p', PolicyDocument: { Statement: statements } }],
});
