import { ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import { Key } from 'aws-cdk-lib/aws-kms';
import { IHostedZone } from 'aws-cdk-lib/aws-route53';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { ITopic } from 'aws-cdk-lib/aws-sns';

/** What the parts of the stack share. */
export interface Shared {
  readonly key: Key;
  readonly alarms: ITopic;
  readonly certificate: ICertificate;
  readonly zone: IHostedZone;
  readonly edgeLogs: Bucket;
  readonly edgeAclArn: string;
}
