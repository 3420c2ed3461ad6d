import {
  App, Aspects, CfnResource, IAspect, InjectionContext, IPropertyInjector, Mixins, PropertyInjectors, RemovalPolicies, RemovalPolicy,
  Stack, Tags, Validations,
} from 'aws-cdk-lib';
import { CfnFunction, Code, Function, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { BlockPublicAccess, Bucket, BucketProps, mixins } from 'aws-cdk-lib/aws-s3';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { IConstruct } from 'constructs';

class BucketDefaults implements IPropertyInjector {
  readonly constructUniqueId = Bucket.PROPERTY_INJECTION_ID;

  inject(originalProps: BucketProps, _context: InjectionContext): BucketProps {
    return { blockPublicAccess: BlockPublicAccess.BLOCK_ALL, enforceSSL: true, versioned: false, ...originalProps };
  }
}

class QueueDefaults implements IPropertyInjector {
  readonly constructUniqueId = Queue.PROPERTY_INJECTION_ID;

  inject(originalProps: object): object {
    return { encryption: QueueEncryption.KMS_MANAGED, ...originalProps };
  }
}

class FunctionStandards implements IAspect {
  visit(node: IConstruct): void {
    if (CfnResource.isCfnResource(node) && node.cfnResourceType === 'AWS::Lambda::Function') {
      const fn = node as CfnFunction;
      fn.memorySize ??= 256;
      fn.addPropertyOverride('Tags', [{ Key: 'owner', Value: 'platform' }]);
    }
    if (node instanceof CfnLogGroup) node.retentionInDays = 30;
  }
}

// A company's own standards: property injectors, an aspect, a mixin, tags and removal policies.
export const companyStandards = (app: App): void => {
  PropertyInjectors.of(app).add(new BucketDefaults());
  const stack = new Stack(app, 'Standards', { propertyInjectors: [new QueueDefaults()] });
  new Bucket(stack, 'Plain');
  new Bucket(stack, 'Versioned', { versioned: true });
  new Queue(stack, 'Queue');
  const fn = new Function(stack, 'Fn', { runtime: Runtime.NODEJS_22_X, handler: 'index.handler', code: Code.fromInline('exports.handler = async () => {};') });
  new Function(stack, 'Traced', { runtime: Runtime.NODEJS_22_X, handler: 'index.handler', code: Code.fromInline('exports.handler = async () => {};'), tracing: Tracing.ACTIVE, memorySize: 1024 });
  (fn.node.defaultChild as CfnFunction).addPropertyOverride('RecursiveLoop', 'Allow');
  Mixins.of(stack).apply(new mixins.BucketVersioning());
  Aspects.of(app).add(new FunctionStandards());
  Tags.of(app).add('cost-center', '4711');
  Tags.of(fn).add('component', 'worker');
  RemovalPolicies.of(stack).apply(RemovalPolicy.DESTROY);
};

// Somebody who already runs cdk-nag, with acknowledgements in the new form, some of them for rules that hardening repairs.
export const withNag = (app: App): void => {
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app, { verbose: true }), new ServerlessChecks(app));
  const stack = new Stack(app, 'Judged');
  const logs = new Bucket(stack, 'Logs', { enforceSSL: true });
  Validations.of(logs).acknowledge({ id: 'AwsSolutions::AwsSolutions-S1', reason: 'this is the bucket of the access logs' });
  const bucket = new Bucket(stack, 'Data', { serverAccessLogsBucket: logs, enforceSSL: true });
  const dead = new Queue(stack, 'Dead', { enforceSSL: true });
  Validations.of(dead).acknowledge({ id: 'AwsSolutions::AwsSolutions-SQS3', reason: 'this is a dead letter queue' }, { id: 'Serverless::Serverless-SQSRedrivePolicy', reason: 'this is a dead letter queue' });
  new Queue(stack, 'Queue', { enforceSSL: true, deadLetterQueue: { queue: dead, maxReceiveCount: 4 } });
  const fn = new Function(stack, 'Fn', { runtime: Runtime.NODEJS_24_X, handler: 'index.handler', code: Code.fromInline('exports.handler = async () => {};') });
  bucket.grantRead(fn);
  Validations.of(fn).acknowledge(
    { id: 'AwsSolutions::AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]', reason: 'basic execution is fine' },
    { id: 'AwsSolutions::AwsSolutions-IAM5[Action::s3:GetObject*]', reason: 'grantRead of CDK' },
  );
};
