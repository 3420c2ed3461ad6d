import { join } from 'path';
import { App, CfnParameter, Stack, Stage } from 'aws-cdk-lib';
import { BuildSpec, PipelineProject } from 'aws-cdk-lib/aws-codebuild';
import { Artifact, Pipeline } from 'aws-cdk-lib/aws-codepipeline';
import { CodeBuildAction, S3SourceAction } from 'aws-cdk-lib/aws-codepipeline-actions';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { FileSystem } from 'aws-cdk-lib/aws-efs';
import { Policy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Code, FileSystem as LambdaFileSystem, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { CodePipeline, CodePipelineProps, CodePipelineSource, ShellStep } from 'aws-cdk-lib/pipelines';
import { ServerlessSecurity } from '../../../src/app/serverless-security';
import { HardeningArea } from '../../../src/core/hardening/hardening-area';
import { changesOf } from '../../../src/core/hardening/hardening-change';
import { Finding, findingsOf, templateOf, testStack } from '../../support/apps';

/** The findings about resource wildcards of an app whose rights are hardened, with the beginning of the reason. */
function wildcardsOf(build: (stack: Stack) => void): { readonly [finding: string]: string } {
  const stack = testStack();
  ServerlessSecurity.of(stack.node.root as App).harden({ only: [HardeningArea.RIGHTS] });
  build(stack);
  const lines = findingsOf(stack).filter(({ rule }) => rule.startsWith('AwsSolutions-IAM5[Resource'))
    .map(({ rule, path, reason }: Finding) => [`${path.replace('Shop/', '').replace('/DefaultPolicy/Resource', '')} ${rule.slice('AwsSolutions-IAM5[Resource::'.length, -1)}`, reason?.slice(0, 30) ?? 'open']);
  return Object.fromEntries(lines) as { readonly [finding: string]: string };
}

const aRole = (stack: Stack, id = 'Role') => new Role(stack, id, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
const allow = (stack: Stack, id: string, actions: string[], resources: string[], conditions?: Record<string, unknown>) => new Policy(stack, id, {
  roles: [aRole(stack, `${id}Role`)], statements: [new PolicyStatement({ actions, resources, conditions: conditions as never })],
});

describe('rights that CDK writes for pipelines', () => {
  const pipeline = (stack: Stack) => {
    const source = new Artifact();
    const sources = new Bucket(stack, 'Sources', { versioned: true });
    const project = new PipelineProject(stack, 'Project', { buildSpec: BuildSpec.fromObject({ version: '0.2' }) });
    const made = new Pipeline(stack, 'Pipeline', {
      crossAccountKeys: false,
      stages: [
        { stageName: 'Source', actions: [new S3SourceAction({ actionName: 'Zip', bucket: sources, bucketKey: 'app.zip', output: source })] },
        { stageName: 'Build', actions: [new CodeBuildAction({ actionName: 'Build', input: source, project })] },
      ],
    });
    return { made, sources };
  };

  test('artifacts are named by CodePipeline, report groups after their project', () => {
    const found = wildcardsOf(pipeline);
    const reasons = Object.entries(found).filter(([finding]) => /Artifacts|report-group/.test(finding)).map(([, reason]) => reason);
    expect([...new Set(reasons)].sort()).toEqual(['The wildcard stands for the ar', 'The wildcard stands for the re']);
  });

  test('objects of any other bucket stay open, in the same role too', () => {
    const found = wildcardsOf((stack) => {
      const { made, sources } = pipeline(stack);
      made.role.addToPrincipalPolicy(new PolicyStatement({ actions: ['s3:GetObject'], resources: [sources.arnForObjects('*')] }));
    });
    expect(Object.entries(found).filter(([finding]) => finding.includes('<Sources')).map(([, reason]) => reason)).toContain('open');
  });

  test('report groups of whatever project stay open', () => {
    const found = wildcardsOf((stack) => { allow(stack, 'Wide', ['codebuild:CreateReport'], ['arn:aws:codebuild:eu-west-1:111122223333:report-group/*']); });
    expect(Object.values(found)).toEqual(['open']);
  });

  test('a pipeline that changes itself takes over bootstrap roles, and asks for stacks', () => {
    const found = wildcardsOf((stack) => {
      const input = CodePipelineSource.s3(new Bucket(stack, 'Sources'), 'app.zip');
      new CodePipeline(stack, 'Delivery', { synth: new ShellStep('Synth', { input, commands: ['npx cdk synth'] }) }).buildPipeline();
    });
    const self = Object.entries(found).filter(([finding]) => finding.includes('SelfMutation/Role')).map(([finding, reason]) => [finding.split(' ')[1].replace(/<.*>/, '<>'), reason]);
    expect(self).toEqual(expect.arrayContaining([
      ['*', 'CDK wrote these rights for `cd'], [expect.stringMatching(/^arn:\*:iam::.*:role\/\*$/), 'The condition iam:ResourceTag/'],
    ]));
    expect(self.map(([, reason]) => reason)).not.toContain('open');
  });

  describe('for its assets', () => {
    type Props = (stack: Stack) => Partial<CodePipelineProps>;
    /** A pipeline of CDK with an asset to publish, and what others do with it. */
    const publishing = (then: (delivery: CodePipeline) => void = () => {}, props: Props = () => ({})) => (stack: Stack) => {
      const input = CodePipelineSource.s3(new Bucket(stack, 'Sources'), 'app.zip');
      const delivery = new CodePipeline(stack, 'Delivery', { ...props(stack), synth: new ShellStep('Synth', { input, commands: ['npx cdk synth'] }) });
      const stage = new Stage(stack.node.root, 'Dev');
      new Asset(new Stack(stage, 'Api'), 'Pages', { path: join(__dirname, '../samples/assets/graphql') });
      delivery.addStage(stage);
      delivery.buildPipeline();
      then(delivery);
    };
    const roleOf = (delivery: CodePipeline) => delivery.node.findChild('Assets').node.findChild('FileRole') as Role;
    const onAssets = (found: { readonly [finding: string]: string }) => Object.fromEntries(Object.entries(found).filter(([at]) => at.includes('Assets/FileRole'))
      .map(([at, reason]) => [at.split(' ')[1].replace(/.*:(log-group|report-group)/, '$1').replace(/<.*>/, '<>'), reason]));

    test.each<[string, Props]>([
      ['a pipeline of CDK', () => ({})],
      ['a pipeline that the author made', (stack) => ({ codePipeline: new Pipeline(stack, 'Own', { crossAccountKeys: true }), selfMutation: false })],
    ])('logs, reports and builds are named by patterns of CDK: %s', (_, props) => {
      expect(onAssets(wildcardsOf(publishing(undefined, props)))).toEqual({
        '*': 'CDK wrote these rights for the',
        'log-group:/aws/codebuild/*': 'CDK wrote these rights for the',
        'report-group/*': 'CDK wrote these rights for the',
        '<>/*': 'The wildcard stands for the ar',
      });
    });

    test.each([
      ['everything', '*', 'codebuild:UpdateProject', () => '*'],
      ['the reports', 'report-group/*', 'codebuild:DeleteReportGroup', (stack: Stack) => stack.formatArn({ service: 'codebuild', resource: 'report-group', resourceName: '*' })],
    ])('another right on %s stays open', (_, resource, action, arnIn) => {
      const found = wildcardsOf(publishing((delivery) => {
        roleOf(delivery).addToPolicy(new PolicyStatement({ actions: [action], resources: [arnIn(Stack.of(delivery))] }));
      }));
      expect(onAssets(found)).toMatchObject({ [resource]: 'open' });
    });

    test('the same rights of a role of the author stay open', () => {
      const found = wildcardsOf((stack) => { allow(stack, 'Wide', ['codebuild:StartBuild', 'codebuild:StopBuild'], ['*']); });
      expect(Object.values(found)).toEqual(['open']);
    });
  });

  test.each([
    ['another action on bootstrap roles', ['sts:AssumeRole', 'iam:PassRole'], { 'ForAnyValue:StringEquals': { 'iam:ResourceTag/aws-cdk:bootstrap-role': ['deploy'] } }],
    ['another tag', ['sts:AssumeRole'], { 'ForAnyValue:StringEquals': { 'iam:ResourceTag/team': ['deploy'] } }],
    ['a condition that holds for roles without a tag too', ['sts:AssumeRole'], { 'ForAllValues:StringEquals': { 'iam:ResourceTag/aws-cdk:bootstrap-role': ['deploy'] } }],
    ['no condition', ['sts:AssumeRole'], undefined],
  ])('%s stays open', (_, actions, conditions) => {
    const found = wildcardsOf((stack) => { allow(stack, 'Wide', actions, ['arn:aws:iam::111122223333:role/*'], conditions); });
    expect(Object.values(found)).toEqual(['open']);
  });

  test('the same questions stay open where nobody deploys', () => {
    const found = wildcardsOf((stack) => { allow(stack, 'Wide', ['cloudformation:DescribeStacks', 's3:ListBucket'], ['*']); });
    expect(Object.values(found)).toEqual(['open']);
  });
});

describe('the role through which a user pool sends text messages', () => {
  const pool = (stack: Stack) => new UserPool(stack, 'Users', { enableSmsRole: true });

  test('publishes to telephone numbers, which have no ARN', () => {
    expect(wildcardsOf(pool)).toEqual({ 'Users/smsRole/Resource *': 'Cognito sends text messages wi' });
  });

  test.each([
    ['with another right', (stack: Stack) => {
      const { node } = pool(stack);
      (node.findChild('smsRole') as Role).addToPolicy(new PolicyStatement({ actions: ['sqs:SendMessage'], resources: ['*'] }));
    }, 'Users/smsRole *'],
    ['of which no pool knows', (stack: Stack) => { allow(stack, 'Wide', ['sns:Publish'], ['*']); }, 'Wide/Resource *'],
  ])('%s stays open', (_, build, at) => {
    expect(wildcardsOf(build)).toMatchObject({ [at]: 'open' });
  });
});

describe('a file system that a function mounts', () => {
  test('is the only one that the statement over everything reaches, by its condition', () => {
    const found = wildcardsOf((stack) => {
      const vpc = new Vpc(stack, 'Vpc');
      const point = new FileSystem(stack, 'Files', { vpc }).addAccessPoint('Point');
      new LambdaFunction(stack, 'Reader', {
        runtime: Runtime.NODEJS_24_X, handler: 'i.h', code: Code.fromInline('x'), vpc, filesystem: LambdaFileSystem.fromEfsAccessPoint(point, '/mnt/files'),
      });
    });
    expect(found['Reader/ServiceRole *']).toBe('The condition on the access po');
  });

  test.each([
    ['any access point', 'arn:aws:elasticfilesystem:eu-west-1:111122223333:access-point/*'],
    ['a name with a wildcard in a parameter', undefined],
  ])('a condition that leaves open which: %s', (_, value) => {
    const found = wildcardsOf((stack) => {
      const named = value ?? `${new CfnParameter(stack, 'Point').valueAsString}*`;
      allow(stack, 'Wide', ['elasticfilesystem:ClientMount'], ['*'], { StringEquals: { 'elasticfilesystem:AccessPointArn': named } });
    });
    expect(Object.values(found)).toEqual(['open']);
  });

  test('another condition, and another action, stay open', () => {
    const found = wildcardsOf((stack) => {
      const named = { StringEquals: { 'elasticfilesystem:AccessPointArn': 'arn:aws:elasticfilesystem:eu-west-1:111122223333:access-point/a' } };
      allow(stack, 'Deleting', ['elasticfilesystem:DeleteFileSystem'], ['*'], named);
      allow(stack, 'Tls', ['elasticfilesystem:ClientMount'], ['*'], { Bool: { 'aws:SecureTransport': 'true' } });
    });
    expect(Object.values(found)).toEqual(['open', 'open']);
  });
});

describe('what is explained is no proposal for the author', () => {
  const lines = (build: (stack: Stack) => void, dryRun: boolean) => {
    const stack = testStack();
    ServerlessSecurity.of(stack.node.root as App).harden({ only: [HardeningArea.RIGHTS], dryRun });
    build(stack);
    templateOf(stack);
    return changesOf(stack.node.root)!.filter(({ rule }) => rule === 'IamResourceWildcard');
  };

  test.each<[string, boolean, (stack: Stack) => void]>([false, true].flatMap((dryRun) => [
    ['a pipeline that changes itself', dryRun, (stack) => {
      const input = CodePipelineSource.s3(Bucket.fromBucketName(stack, 'Sources', 'sources'), 'app.zip');
      new CodePipeline(stack, 'Delivery', { synth: new ShellStep('Synth', { input, commands: ['npx cdk synth'] }) }).buildPipeline();
    }],
    ['the messages of a user pool', dryRun, (stack) => { new UserPool(stack, 'Users', { enableSmsRole: true }); }],
  ]))('%s (dry run: %s)', (_, dryRun, build) => {
    const found = lines(build, dryRun);
    const proposed = found.filter(({ outcome }) => outcome === 'proposed').filter(({ before }) => !before!.includes('arn:<AWS::Partition>:s3:::sources/*'));

    expect(found.some(({ after }) => after === 'acknowledged')).toBe(true);
    expect(proposed).toStrictEqual([]);
  });

  test('the objects of a bucket that keeps no artifacts still are one', () => {
    const found = lines((stack) => { new Bucket(stack, 'Own').grantRead(aRole(stack)); }, false);

    expect(found.map(({ outcome }) => outcome)).toEqual(['proposed']);
  });
});
