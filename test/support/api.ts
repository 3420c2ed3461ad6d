import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { ApiAuth } from '../../src/api/access/api-auth';
import { SecureApi } from '../../src/api/secure-api';
import { SecureApiProps } from '../../src/api/secure-api-props';

/** Values in a template and OpenAPI documents have no type worth writing down here. */
export type Json = any;

export const OPEN = ApiAuth.open('load balancer probe, returns no data');

export function handlerIn(stack: Stack, id = 'Handler'): Function {
  return new Function(stack, id, { runtime: Runtime.NODEJS_22_X, handler: 'index.handler', code: Code.fromInline('exports.handler = async () => ({})') });
}

export function poolIn(stack: Stack): UserPool {
  return new UserPool(stack, 'Customers');
}

/** An API called `Api` with IAM auth unless told otherwise. */
export function apiIn(stack: Stack, props: Partial<SecureApiProps> = {}): SecureApi {
  return new SecureApi(stack, 'Api', { auth: ApiAuth.iam(), ...props });
}

export function only(template: Template, type: string): Json {
  const found = Object.values(template.findResources(type)) as Json[];
  expect(found).toHaveLength(1);
  return found[0].Properties;
}

export function bodyOf(template: Template): Json {
  return only(template, 'AWS::ApiGateway::RestApi').Body;
}

/** Intrinsic functions flattened to one readable line. */
export function line(value: Json): string {
  if (typeof value === 'string') return value;
  if (value['Fn::Join']) return value['Fn::Join'][1].map(line).join(value['Fn::Join'][0]);
  if (value.Ref) return `<${value.Ref}>`;
  if (value['Fn::GetAtt']) return `<${value['Fn::GetAtt'].join('.')}>`;
  return JSON.stringify(value);
}
