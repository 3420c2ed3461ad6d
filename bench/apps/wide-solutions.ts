import { ApiGatewayToLambda } from '@aws-solutions-constructs/aws-apigateway-lambda';
import { WafwebaclToApiGateway } from '@aws-solutions-constructs/aws-wafwebacl-apigateway';
import { buildLambdaFunction } from '@aws-solutions-constructs/core';
import { Stack } from 'aws-cdk-lib';
import { LambdaIntegration } from 'aws-cdk-lib/aws-apigateway';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { HANDLER } from './shape';

export function build(stack: Stack, paths: readonly (readonly string[])[]): void {
  const pattern = new ApiGatewayToLambda(stack, 'Api', { lambdaFunctionProps: HANDLER, apiGatewayProps: { proxy: false } });
  new WafwebaclToApiGateway(stack, 'Waf', { existingApiGatewayInterface: pattern.apiGateway });
  const data = new Bucket(stack, 'Data', { blockPublicAccess: BlockPublicAccess.BLOCK_ALL, encryption: BucketEncryption.S3_MANAGED, enforceSSL: true });
  paths.forEach((of, i) => {
    const fn = i === 0 ? pattern.lambdaFunction : buildLambdaFunction(stack, { lambdaFunctionProps: HANDLER }, `Function${i}`);
    data.grantRead(fn, 'public/*');
    for (const path of of) pattern.apiGateway.root.addResource(path).addMethod('GET', new LambdaIntegration(fn));
  });
}
