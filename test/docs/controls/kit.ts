/** Resources of a template, by logical id. */
export type Resources = Record<string, { Type: string; Properties?: Record<string, any>; [section: string]: any }>;

/** What a template breaks a control with: its resources, and what stands beside them. */
export interface Breach {
  readonly resources: Resources;
  readonly sections?: Record<string, unknown>;
}

/** For each control, by the id of the reference, templates that break it. Each rule that is said to answer must object to one of them. */
export type Breaches = { readonly [control: string]: readonly (Resources | Breach)[] };

/** A resource. */
export function made(type: string, Properties: Record<string, any> = {}, more: Record<string, any> = {}): Resources[string] {
  return { Type: `AWS::${type}`, Properties, ...more };
}

/** One resource alone, as `It`. */
export function only(type: string, Properties: Record<string, any> = {}, more: Record<string, any> = {}): Resources {
  return { It: made(type, Properties, more) };
}

/** A policy document. */
export function policy(...Statement: Record<string, any>[]): Record<string, any> {
  return { Version: '2012-10-17', Statement };
}

/** A statement that allows. */
export function allow(Action: string | string[], Resource: unknown = '*', more: Record<string, any> = {}): Record<string, any> {
  return { Effect: 'Allow', Action, Resource, ...more };
}

export const get = (id: string, attribute = 'Arn'): Record<string, string[]> => ({ 'Fn::GetAtt': [id, attribute] });
export const ref = (id: string): Record<string, string> => ({ Ref: id });
export const sub = (text: string): Record<string, string> => ({ 'Fn::Sub': text });

/** Who may assume the role of a function. */
export const LAMBDA_TRUST = policy({ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' });

/** A role of a function with these statements in an inline policy. */
export function roleWith(...statements: Record<string, any>[]): Resources[string] {
  return made('IAM::Role', { AssumeRolePolicyDocument: LAMBDA_TRUST, Policies: [{ PolicyName: 'rights', PolicyDocument: policy(...statements) }] });
}

/** A role alone, that this statement lets in. */
export function trusting(statement: Record<string, any>): Resources {
  return only('IAM::Role', { AssumeRolePolicyDocument: policy({ Effect: 'Allow', Action: 'sts:AssumeRole', ...statement }) });
}

/** A function as the console would make it. */
export function aFunction(more: Record<string, any> = {}): Resources[string] {
  return made('Lambda::Function', { Runtime: 'nodejs24.x', Handler: 'index.handler', Role: get('Role'), Code: { S3Bucket: 'code', S3Key: 'a.zip' }, ...more });
}

/** A function and its role. */
export function withFunction(more: Record<string, any> = {}, others: Resources = {}): Resources {
  return { Role: made('IAM::Role', { AssumeRolePolicyDocument: LAMBDA_TRUST }), It: aFunction(more), ...others };
}
