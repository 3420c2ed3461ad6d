import * as cdk from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';

// A function in a VPC that reads a PostgreSQL database by its generated secret, through RDS Proxy; single user rotation.
class DatabaseStack extends cdk.Stack {
  constructor(scope: Construct, id: string, props?: cdk.StackProps) {
    super(scope, id, props);
    const vpc = new ec2.Vpc(this, 'VPC', {
      maxAzs: 2,
      natGateways: 1,
      subnetConfiguration: [
        { cidrMask: 24, name: 'ingress', subnetType: ec2.SubnetType.PUBLIC },
        { cidrMask: 24, name: 'application', subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS },
        { cidrMask: 28, name: 'rds', subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
      ],
    });
    const dbGroup = new ec2.SecurityGroup(this, 'DbGroup', { vpc, allowAllOutbound: true });
    const fnGroup = new ec2.SecurityGroup(this, 'FnGroup', { vpc });
    dbGroup.addIngressRule(fnGroup, ec2.Port.tcp(5432), 'allow lambda connection');
    dbGroup.addIngressRule(dbGroup, ec2.Port.tcp(5432), 'allow db connection');

    const databaseUsername = 'reporting';
    const credentials = new rds.DatabaseSecret(this, 'DbLogin', { secretName: 'reporting-login', username: databaseUsername });
    const instance = new rds.DatabaseInstance(this, 'Db', {
      engine: rds.DatabaseInstanceEngine.postgres({ version: rds.PostgresEngineVersion.VER_16 }),
      credentials: rds.Credentials.fromSecret(credentials),
      instanceType: ec2.InstanceType.of(ec2.InstanceClass.BURSTABLE3, ec2.InstanceSize.SMALL),
      vpc,
      vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
      removalPolicy: cdk.RemovalPolicy.DESTROY,
      deletionProtection: false,
      securityGroups: [dbGroup],
    });
    instance.addRotationSingleUser({ automaticallyAfter: cdk.Duration.days(30) });
    const proxy = instance.addProxy('Proxy', { secrets: [credentials], vpc, debugLogging: true, securityGroups: [dbGroup] });

    const apiToken = new secretsmanager.Secret(this, 'VendorToken', { description: 'token of the vendor API' });
    const fn = new lambda.Function(this, 'Query', {
      vpc,
      vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS },
      securityGroups: [fnGroup],
      runtime: lambda.Runtime.NODEJS_20_X,
      code: lambda.Code.fromInline('exports.handler = async () => {};'),
      handler: 'index.handler',
      environment: { DB_HOST: proxy.endpoint, DB_SECRET: credentials.secretName, VENDOR: apiToken.secretArn },
    });
    credentials.grantRead(fn);
    apiToken.grantRead(fn);
    proxy.grantConnect(fn, databaseUsername);
  }
}

export const vpcRds = (app: cdk.App): void => {
  new DatabaseStack(app, 'rds-dev', { env: { account: '111122223333', region: 'eu-central-1' } });
};
