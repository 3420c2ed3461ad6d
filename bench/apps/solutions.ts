import { ApiGatewayToLambda } from '@aws-solutions-constructs/aws-apigateway-lambda';
import { WafwebaclToApiGateway } from '@aws-solutions-constructs/aws-wafwebacl-apigateway';
import { buildLambdaFunction } from '@aws-solutions-constructs/core';
import { Stack } from 'aws-cdk-lib';
import { LambdaIntegration } from 'aws-cdk-lib/aws-apigateway';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { HANDLER } from './shape';

/** The pattern makes one function with its API; more functions come from the builder that the pattern itself uses. */
export function build(stack: Stack, functions: number): void {
  const pattern = new ApiGatewayToLambda(stack, 'Api', { lambdaFunctionProps: HANDLER, apiGatewayProps: { proxy: false } });
  new WafwebaclToApiGateway(stack, 'Waf', { existingApiGatewayInterface: pattern.apiGateway });
  const data = new Bucket(stack, 'Data', { blockPublicAccess: BlockPublicAccess.BLOCK_ALL, encryption: BucketEncryption.S3_MANAGED, enforceSSL: true });
  for (let i = 0; i < functions; i++) {
    const fn = i === 0 ? pattern.lambdaFunction : buildLambdaFunction(stack, { lambdaFunctionProps: HANDLER }, `Function${i}`);
    data.grantRead(fn, 'public/*');
    pattern.apiGateway.root.addResource(`items${i}`).addMethod('GET', new LambdaIntegration(fn));
  }
}
