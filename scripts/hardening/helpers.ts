import { App, CfnResource } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/** Constructs whose inside is CDK's: their functions, roles and policies were written by nobody else. */
const HELPERS: ReadonlySet<string> = new Set([
  'aws-cdk-lib.CustomResourceProvider',
  'aws-cdk-lib.CustomResourceProviderBase',
  'aws-cdk-lib.aws_codepipeline.Pipeline',
  'aws-cdk-lib.custom_resources.AwsCustomResource',
  'aws-cdk-lib.custom_resources.Provider',
  'aws-cdk-lib.pipelines.CodePipeline',
]);

/** Helpers that stand once in a stack have no class that is exported, but ids of their own; so does the role that lets a user pool send messages. */
const HELPER_IDS = /^(Custom::|AWS679f53fac002430cb0da5b7982bd2287|LogRetention[0-9a-f]{32}$|BucketNotificationsHandler[0-9a-f]{32}$|smsRole$|@aws-cdk--)/;

/** The paths of all L1s inside helpers of CDK. */
export function helpersOf(app: App): ReadonlySet<string> {
  return new Set(app.node.findAll().filter(CfnResource.isCfnResource)
    .filter(({ node }) => node.scopes.some((scope) => HELPERS.has(classOf(scope)) || HELPER_IDS.test(scope.node.id)))
    .map(({ node }) => node.path));
}

function classOf(construct: IConstruct): string {
  const known = (construct.constructor as unknown as Record<symbol, { fqn?: string } | undefined>)[Symbol.for('jsii.rtti')];
  return known?.fqn ?? '';
}
