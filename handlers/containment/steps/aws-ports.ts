import { APIGatewayClient } from '@aws-sdk/client-api-gateway';
import { IAMClient } from '@aws-sdk/client-iam';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { WAFV2Client } from '@aws-sdk/client-wafv2';
import { addressPort, throttlePort } from './api-ports';
import { bucketDenialPort, publicAccessPort, versioningPort } from './bucket-ports';
import { concurrencyPort, mappingPort } from './function-ports';
import { accessKeyPort, rolePolicyPort } from './identity-ports';
import { SettingPorts } from '../ports';

export interface PortClients {
  readonly lambda: LambdaClient;
  readonly iam: IAMClient;
  readonly s3: S3Client;
  readonly gateway: APIGatewayClient;
  readonly waf: WAFV2Client;
}

export function awsClients(): PortClients {
  return { lambda: new LambdaClient(), iam: new IAMClient(), s3: new S3Client(), gateway: new APIGatewayClient(), waf: new WAFV2Client() };
}

export function awsPorts({ lambda, iam, s3, gateway, waf }: PortClients): SettingPorts {
  return {
    'mapping': mappingPort(lambda),
    'concurrency': concurrencyPort(lambda),
    'role-policy': rolePolicyPort(iam),
    'access-key': accessKeyPort(iam),
    'address': addressPort(waf),
    'throttle': throttlePort(gateway),
    'public-access': publicAccessPort(s3),
    'bucket-denial': bucketDenialPort(s3),
    'versioning': versioningPort(s3),
  };
}
