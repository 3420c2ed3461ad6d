import { aws_backup as backup, aws_dynamodb as dynamodb, aws_efs as efs, aws_iam as iam, aws_kms as kms, aws_rds as rds, Duration } from 'aws-cdk-lib';
import { RuleExamples } from './rule-example';

const partitionKey = { name: 'id', type: dynamodb.AttributeType.STRING };

export const STORE_EXAMPLES: RuleExamples = {
  BackupVaultLock: {
    violates(stack) {
      new backup.BackupVault(stack, 'Vault');
    },
    passes(stack) {
      new backup.BackupVault(stack, 'Vault', { lockConfiguration: { minRetention: Duration.days(35) } });
    },
  },
  KeyEnabled: {
    violates(stack) {
      new kms.Key(stack, 'Key', { enabled: false });
    },
    passes(stack) {
      new kms.Key(stack, 'Key');
    },
  },
  KeyRegions: {
    violates(stack) {
      new kms.Key(stack, 'Key', { multiRegion: true });
    },
    passes(stack) {
      new kms.Key(stack, 'Key');
    },
  },
  KeyRotation: {
    violates(stack) {
      new kms.Key(stack, 'Key');
    },
    passes(stack) {
      new kms.Key(stack, 'Key', { enableKeyRotation: true });
    },
  },
  KeyWaitingPeriod: {
    violates(stack) {
      new kms.Key(stack, 'Key', { pendingWindow: Duration.days(7) });
    },
    passes(stack) {
      new kms.Key(stack, 'Key', { pendingWindow: Duration.days(30) });
    },
  },
  StoreEncryption: {
    violates(stack) {
      new efs.CfnFileSystem(stack, 'Files', { encrypted: false });
    },
    passes(stack) {
      new efs.CfnFileSystem(stack, 'Files', { encrypted: true });
    },
  },
  StoreKeyBypassed: {
    violates(stack) {
      const encryptionKey = new kms.Key(stack, 'Key');
      const orders = new dynamodb.Table(stack, 'Orders', { partitionKey, encryptionKey });
      const reader = new iam.Role(stack, 'Reader', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
      reader.addToPolicy(new iam.PolicyStatement({ actions: ['dynamodb:GetItem'], resources: [orders.tableArn] }));
      reader.addToPolicy(new iam.PolicyStatement({ actions: ['kms:Decrypt'], resources: ['*'] }));
    },
    passes(stack) {
      const encryptionKey = new kms.Key(stack, 'Key');
      const orders = new dynamodb.Table(stack, 'Orders', { partitionKey, encryptionKey });
      const reader = new iam.Role(stack, 'Reader', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
      reader.addToPolicy(new iam.PolicyStatement({ actions: ['dynamodb:GetItem'], resources: [orders.tableArn] }));
      reader.addToPolicy(new iam.PolicyStatement({ actions: ['kms:Decrypt'], resources: [encryptionKey.keyArn] }));
    },
  },
  StorePublicAccess: {
    violates(stack) {
      new rds.CfnDBInstance(stack, 'Database', { dbInstanceClass: 'db.t4g.micro', engine: 'postgres', publiclyAccessible: true });
    },
    passes(stack) {
      new rds.CfnDBInstance(stack, 'Database', { dbInstanceClass: 'db.t4g.micro', engine: 'postgres', publiclyAccessible: false });
    },
  },
  TableCustomerKey: {
    violates(stack) {
      new dynamodb.Table(stack, 'Orders', { partitionKey });
    },
    passes(stack) {
      new dynamodb.Table(stack, 'Orders', { partitionKey, encryptionKey: new kms.Key(stack, 'Key') });
    },
  },
  TableDeletionProtection: {
    violates(stack) {
      new dynamodb.Table(stack, 'Orders', { partitionKey });
    },
    passes(stack) {
      new dynamodb.Table(stack, 'Orders', { partitionKey, deletionProtection: true });
    },
  },
  TableRecovery: {
    violates(stack) {
      new dynamodb.TableV2(stack, 'Orders', { partitionKey });
    },
    passes(stack) {
      new dynamodb.TableV2(stack, 'Orders', { partitionKey, pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true } });
    },
  },
};
