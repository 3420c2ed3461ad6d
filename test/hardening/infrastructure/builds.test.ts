import { CfnParameter, CfnResource, Fn, Stack, Token } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Artifacts, BuildSpec, CfnProject, CfnProjectProps, PipelineProject, Project, ProjectProps } from 'aws-cdk-lib/aws-codebuild';
import { Artifact, Pipeline } from 'aws-cdk-lib/aws-codepipeline';
import { CodeBuildAction, S3SourceAction } from 'aws-cdk-lib/aws-codepipeline-actions';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { CfnSubscriptionFilter, LogGroup } from 'aws-cdk-lib/aws-logs';
import { Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { BUILD_KEY_ACTIONS } from '../../../src/builds/build-baseline';
import { HardeningChange } from '../../../src/core/hardening/hardening-change';
import { SecurityProfile } from '../../../src/core/profile/security-profile';
import { HardenOptions } from '../../../src/hardening/harden-options';
import { compared, FLAG_SETS } from '../support/compared';
import { fourCases } from '../support/four-cases';
import { changesAt, hardenedStack, propertiesOf } from '../support/hardened';

const STACK_KEY = { 'Fn::GetAtt': [expect.stringMatching(/^SharedSecurityDataKey/), 'Arn'] };
const SPEC = { buildSpec: BuildSpec.fromObject({ version: '0.2' }) };

const role = (stack: Stack): Role => new Role(stack, 'Role', { assumedBy: new ServicePrincipal('codebuild.amazonaws.com') });
const raw = (stack: Stack, props: Partial<CfnProjectProps> = {}): CfnProject => new CfnProject(stack, 'Build', {
  artifacts: { type: 'NO_ARTIFACTS' },
  environment: { computeType: 'BUILD_GENERAL1_SMALL', image: 'aws/codebuild/standard:7.0', type: 'LINUX_CONTAINER' },
  serviceRole: role(stack).roleArn,
  source: { type: 'NO_SOURCE', buildSpec: '{}' },
  ...props,
});
const ofCdk = (stack: Stack, props: Partial<ProjectProps> = {}): CfnProject => new Project(stack, 'Build', { ...SPEC, ...props }).node.defaultChild as CfnProject;
const bucketWithKey = (stack: Stack, encryptionKey?: Key): Bucket => new Bucket(stack, 'Output', { encryption: BucketEncryption.KMS, encryptionKey });

interface Seen {
  readonly stack: Stack;
  readonly rendered: unknown;
  readonly lines: readonly HardeningChange[];
}

/** What is rendered for a property of a project, and the lines of the report about it. */
function hardened(make: (stack: Stack) => CfnResource, options: HardenOptions = {}, property = 'EncryptionKey'): Seen {
  const stack = hardenedStack(options);
  const made = make(stack);
  const path = property.split('.');
  const rendered: unknown = path.reduce((at: any, name) => at?.[name], propertiesOf(made));
  return { stack, rendered, lines: changesAt(stack, made.node.path).filter((change) => change.property === property) };
}

const outcomes = ({ lines }: Seen): string[] => lines.map(({ outcome, impact }) => `${outcome} ${impact}`);

/** The actions that policies of a stack allow on a key. */
function allowedOn(stack: Stack, key: unknown): unknown[] {
  const policies = Object.values(Template.fromStack(stack).findResources('AWS::IAM::ManagedPolicy'));
  return policies.flatMap(({ Properties: { PolicyDocument: { Statement } } }) => Statement as { Action: unknown; Resource: unknown }[])
    .filter(({ Resource }) => JSON.stringify(Resource) === JSON.stringify(key)).flatMap(({ Action }) => Action);
}

fourCases('the key of a build that leaves nothing', {
  property: 'EncryptionKey',
  make: (stack, value) => raw(stack, { encryptionKey: value as string }),
  secure: { 'Fn::GetAtt': ['SharedSecurityDataKeyD4D7B14E', 'Arn'] },
  safe: 'arn:aws:kms:eu-west-1:111122223333:key/0',
  unsafe: 'alias/aws/s3',
  replaced: false,
});

fourCases('the logs of builds in a bucket', {
  property: 'LogsConfig.S3Logs.EncryptionDisabled',
  make: (stack, value) => raw(stack, { logsConfig: { s3Logs: { status: 'ENABLED', location: 'logs-of-builds', encryptionDisabled: value as boolean } } }),
  secure: undefined,
  safe: false,
  unsafe: true,
  replaced: true,
});

describe('a build that leaves nothing', () => {
  test.each<[string, (stack: Stack) => CfnProject]>([
    ['of CDK', (stack) => ofCdk(stack)],
    ['of CloudFormation', (stack) => raw(stack)],
    ['of CDK, with a role that the author made', (stack) => ofCdk(stack, { role: role(stack) })],
    ['whose logs in a bucket are switched off', (stack) => raw(stack, { logsConfig: { s3Logs: { status: 'DISABLED' } } })],
  ])('%s gets the key of the stack, and its role the rights that AWS names, and no other', (_, make) => {
    const seen = hardened(make);
    expect(seen.rendered).toEqual(STACK_KEY);
    expect(outcomes(seen)).toEqual(['set in-place']);
    expect(allowedOn(seen.stack, seen.rendered)).toEqual(BUILD_KEY_ACTIONS);
  });

  test('tells nobody of a bucket, and what builds with an output of their own do', () => {
    expect(hardened((stack) => raw(stack)).lines[0].note).toBe(
      'A build that is started with an output of its own (artifactsOverride) encrypts it with the key too: whoever reads that needs kms:Decrypt.');
  });

  test('shares its rights with another one of the same role', () => {
    const seen = hardened((stack) => {
      const shared = role(stack);
      new Project(stack, 'Other', { ...SPEC, role: shared });
      return ofCdk(stack, { role: shared });
    });
    expect(allowedOn(seen.stack, seen.rendered)).toEqual(BUILD_KEY_ACTIONS);
  });

  test.each<[string, (stack: Stack) => string]>([
    ['an imported role', (stack) => Role.fromRoleArn(stack, 'Foreign', 'arn:aws:iam::111122223333:role/builds').roleArn],
    ['a role of another stack of the deployment', () => Fn.importValue('role')],
  ])('is left alone with %s, and told what the role needs', (_, serviceRole) => {
    const seen = hardened((stack) => raw(stack, { serviceRole: serviceRole(stack) }));
    expect([seen.rendered, outcomes(seen)]).toEqual([undefined, ['proposed in-place']]);
    expect(seen.lines[0].note).toBe('The role of the project is made elsewhere: allow it kms:Decrypt, kms:DescribeKey, kms:Encrypt, kms:GenerateDataKey, '
      + 'kms:GenerateDataKeyWithoutPlaintext, kms:ReEncryptFrom, kms:ReEncryptTo on a key there, and set encryptionKey to the key.');
    Template.fromStack(seen.stack).resourceCountIs('AWS::KMS::Key', 0);
  });

  test('has no key where the profile has none', () => {
    const seen = hardened((stack) => ofCdk(stack), { profile: SecurityProfile.sandbox() });
    expect([seen.rendered, seen.lines]).toEqual(['alias/aws/s3', []]);
  });

  test('is only told of in a dry run', () => {
    const seen = hardened((stack) => ofCdk(stack), { dryRun: true });
    expect([seen.rendered, outcomes(seen)]).toEqual(['alias/aws/s3', ['set in-place']]);
  });

  test('whose artifacts an override sets is left alone', () => {
    const seen = hardened((stack) => {
      const made = ofCdk(stack);
      made.addPropertyOverride('Artifacts.Type', 'S3');
      return made;
    });
    expect([seen.rendered, outcomes(seen)]).toEqual(['alias/aws/s3', ['proposed in-place']]);
  });

  test('whose kind of artifacts only the deployment knows is left alone', () => {
    const seen = hardened((stack) => raw(stack, { artifacts: { type: new CfnParameter(stack, 'Type').valueAsString } }));
    expect([seen.rendered, outcomes(seen)]).toEqual([undefined, ['proposed in-place']]);
  });

  test('works in a stack of its own, away from its role', () => {
    const stack = hardenedStack();
    const elsewhere = new Stack(stack.node.root as never, 'Roles');
    const made = raw(stack, { serviceRole: role(elsewhere).roleArn });
    expect(propertiesOf(made).EncryptionKey).toEqual(STACK_KEY);
    expect(allowedOn(stack, propertiesOf(made).EncryptionKey)).toEqual(BUILD_KEY_ACTIONS);
  });
});

describe('the key that an author chose', () => {
  test.each<[string, (stack: Stack) => CfnProject]>([
    ['of the app', (stack) => ofCdk(stack, { encryptionKey: new Key(stack, 'Own') })],
    ['that is imported', (stack) => raw(stack, { encryptionKey: Fn.importValue('key') })],
    ['by another alias', (stack) => raw(stack, { encryptionKey: 'alias/builds' })],
  ])('%s stays, and nothing is told', (_, make) => {
    const seen = hardened(make, { strict: true });
    expect(seen.rendered).not.toEqual(STACK_KEY);
    expect(seen.lines).toStrictEqual([]);
  });

  test.each(['alias/aws/s3', 'arn:aws:kms:eu-west-1:111122223333:alias/aws/s3'])('by an override stays, and is reported where it is the managed one: %s', (value) => {
    const seen = hardened((stack) => {
      const made = ofCdk(stack);
      made.addPropertyOverride('EncryptionKey', value);
      return made;
    });
    expect([seen.rendered, outcomes(seen)]).toEqual([value, ['kept in-place']]);
  });
});

describe('a build whose output goes to a bucket', () => {
  const into = (bucket: Bucket) => ({ artifacts: Artifacts.s3({ bucket, path: 'out', name: 'app.zip' }) });

  test('gets the key of the bucket', () => {
    const key = { 'Fn::GetAtt': [expect.stringMatching(/^Own/), 'Arn'] };
    const seen = hardened((stack) => ofCdk(stack, into(bucketWithKey(stack, new Key(stack, 'Own')))));
    expect([seen.rendered, outcomes(seen)]).toEqual([key, ['set needs-attention']]);
    expect(seen.lines[0].note).toMatch(/^Whoever reads the output needs kms:Decrypt on the key, as for all else in the bucket\./);
    expect(allowedOn(seen.stack, seen.rendered)).toEqual(BUILD_KEY_ACTIONS);
  });

  test.each<[string, (stack: Stack) => CfnProject]>([
    ['without a key', (stack) => ofCdk(stack, into(new Bucket(stack, 'Output')))],
    ['of another app', (stack) => ofCdk(stack, { artifacts: Artifacts.s3({ bucket: Bucket.fromBucketName(stack, 'Output', 'output'), path: 'out', name: 'x' }) })],
    ['with a key of another stack', (stack) => ofCdk(stack, into(bucketWithKey(stack, new Key(new Stack(stack.node.root as never, 'Keys'), 'Own'))))],
    ['with a key that does not leave it to IAM who may use it', (stack) => ofCdk(stack, into(bucketWithKey(stack, closedKey(stack))))],
    ['and another one, with another key', (stack) => ofCdk(stack, {
      ...into(bucketWithKey(stack)),
      secondaryArtifacts: [Artifacts.s3({ bucket: new Bucket(stack, 'More', { encryption: BucketEncryption.KMS }), identifier: 'more', path: 'out', name: 'x' })],
    })],
    ['with the logs in another one', (stack) => ofCdk(stack, {
      ...into(bucketWithKey(stack)), logging: { s3: { bucket: new Bucket(stack, 'Logs') } },
    })],
  ])('%s is left alone: its readers would lose it', (_, make) => {
    const seen = hardened(make);
    expect([seen.rendered, outcomes(seen)]).toEqual(['alias/aws/s3', ['proposed in-place']]);
    expect(seen.lines[0].note).toMatch(/^Set encryptionKey, for the output in a bucket to the key of the bucket/);
  });

  test.each([true, false])('without encryption may be a website: it is only told of (strict: %s)', (strict) => {
    const make = (stack: Stack) => ofCdk(stack, { artifacts: Artifacts.s3({ bucket: bucketWithKey(stack), path: 'out', name: 'x', encryption: false }) });
    const seen = hardened(make, { strict }, 'Artifacts.EncryptionDisabled');
    expect([seen.rendered, outcomes(seen)]).toEqual([true, ['kept in-place']]);
  });
});

function closedKey(stack: Stack): Key {
  const statement = new PolicyStatement({ actions: ['kms:*'], principals: [role(stack)], resources: ['*'] });
  return new Key(stack, 'Closed', { policy: new PolicyDocument({ statements: [statement] }) });
}

describe('a build of a pipeline', () => {
  const inPipeline = (crossAccountKeys: boolean, make: (stack: Stack) => Project | PipelineProject) => (stack: Stack): CfnProject => {
    const project = make(stack);
    const source = new Artifact();
    new Pipeline(stack, 'Delivery', {
      crossAccountKeys,
      stages: [
        { stageName: 'Source', actions: [new S3SourceAction({ actionName: 'Source', bucket: new Bucket(stack, 'Sources'), bucketKey: 'app.zip', output: source })] },
        { stageName: 'Build', actions: [new CodeBuildAction({ actionName: 'Build', input: source, outputs: [new Artifact()], project })] },
      ],
    });
    return project.node.defaultChild as CfnProject;
  };
  const plain = (stack: Stack) => new PipelineProject(stack, 'Build', SPEC);

  test('has the key of the pipeline by CDK', () => {
    const seen = hardened(inPipeline(true, plain));
    expect([seen.rendered, seen.lines]).toEqual([{ 'Fn::GetAtt': [expect.stringMatching(/^DeliveryArtifactsBucketEncryptionKey/), 'Arn'] }, []]);
  });

  test('that lost it gets it back: CodeBuild encrypts with the key of the project', () => {
    const seen = hardened((stack) => {
      const made = inPipeline(true, plain)(stack);
      made.encryptionKey = 'alias/aws/s3';
      return made;
    });
    expect([seen.rendered, outcomes(seen)]).toEqual([{ 'Fn::GetAtt': [expect.stringMatching(/^DeliveryArtifactsBucketEncryptionKey/), 'Arn'] }, ['set needs-attention']]);
  });

  test.each<[string, (stack: Stack) => CfnProject]>([
    ['without a key', inPipeline(false, plain)],
    ['of another app', (stack) => plain(stack).node.defaultChild as CfnProject],
  ])('%s is left alone: the next action could not read it', (_, make) => {
    const seen = hardened(make);
    expect([seen.rendered, outcomes(seen)]).toEqual(['alias/aws/s3', ['proposed in-place']]);
    expect(seen.lines[0].note).toMatch(/^Set crossAccountKeys: true and enableKeyRotation: true on the pipeline/);
  });
});

describe('the log of a build', () => {
  const PROPERTY = 'LogsConfig.CloudWatchLogs.GroupName';
  const LOG_ACTIONS = ['logs:CreateLogStream', 'logs:PutLogEvents'];

  test.each<[string, (stack: Stack) => CfnProject]>([
    ['of CDK', (stack) => ofCdk(stack)],
    ['of CloudFormation', (stack) => raw(stack)],
    ['with logs in a bucket that are switched off', (stack) => raw(stack, { logsConfig: { s3Logs: { status: 'DISABLED' } } })],
  ])('%s goes to an encrypted group of its own with an end, where its role may write', (_, make) => {
    const seen = hardened(make, {}, PROPERTY);
    expect([seen.rendered, outcomes(seen)]).toEqual([{ Ref: expect.stringMatching(/^HardenedBuildLogs/) }, ['set needs-attention']]);
    Template.fromStack(seen.stack).hasResourceProperties('AWS::Logs::LogGroup', { KmsKeyId: Match.anyValue(), RetentionInDays: 365 });
    expect(allowedOn(seen.stack, { 'Fn::GetAtt': [(seen.rendered as { Ref: string }).Ref, 'Arn'] })).toEqual(LOG_ACTIONS);
  });

  test('keeps the rest of what its author says of it', () => {
    const seen = hardened((stack) => raw(stack, { logsConfig: { cloudWatchLogs: { status: 'ENABLED', streamName: 'shop' } } }), {}, 'LogsConfig');
    expect(seen.rendered).toEqual({ CloudWatchLogs: { GroupName: expect.anything(), Status: 'ENABLED', StreamName: 'shop' } });
  });

  test.each<[string, (stack: Stack) => CfnProject]>([
    ['named by its author', (stack) => raw(stack, { logsConfig: { cloudWatchLogs: { status: 'ENABLED', groupName: 'builds' } } })],
    ['switched off', (stack) => raw(stack, { logsConfig: { cloudWatchLogs: { status: 'DISABLED' } } })],
    ['known only at deployment', (stack) => raw(stack, { logsConfig: Token.asAny({ 'Fn::If': ['A', {}, {}] }) })],
    ['whose state only the deployment knows', (stack) => raw(stack, { logsConfig: { cloudWatchLogs: { status: new CfnParameter(stack, 'On').valueAsString } } })],
    ['set by an override', (stack) => {
      const made = raw(stack);
      made.addPropertyOverride('LogsConfig.CloudWatchLogs.Status', 'ENABLED');
      return made;
    }],
  ])('%s stays', (_, make) => {
    expect(hardened(make, {}, PROPERTY).lines).toStrictEqual([]);
  });

  test.each<[string, (stack: Stack) => CfnProject, RegExp]>([
    ['with a role that is made elsewhere', (stack) => raw(stack, { serviceRole: Fn.importValue('role') }), /^The role of the project is made elsewhere/],
    ['where the author declares the group', (stack) => {
      const made = raw(stack);
      new LogGroup(stack, 'Log', { logGroupName: `/aws/codebuild/${made.ref}` });
      return made;
    }, /^Something in this app names/],
    ['where a filter reads the group', (stack) => {
      new CfnSubscriptionFilter(stack, 'Filter', { destinationArn: 'arn:of-a-stream', filterPattern: '', logGroupName: '/aws/codebuild/shop' });
      return raw(stack, { name: 'shop' });
    }, /^Something in this app names/],
  ])('%s is only proposed', (_, make, note) => {
    const seen = hardened(make, {}, PROPERTY);
    expect([seen.rendered, outcomes(seen)]).toEqual([undefined, ['proposed in-place']]);
    expect(seen.lines[0].note).toMatch(note);
  });

  test('follows the profile of the project', () => {
    const stack = hardenedStack();
    const made = ofCdk(stack);
    SecurityProfile.sandbox().applyTo(made);
    expect(propertiesOf(made).LogsConfig.CloudWatchLogs.Status).toBe('ENABLED');
    expect(Object.values(Template.fromStack(stack).findResources('AWS::Logs::LogGroup')).map(({ Properties }) => Properties.KmsKeyId)).toEqual([undefined]);
  });
});

describe('the variables of a build', () => {
  const seenOf = (variables: object[]) => {
    const stack = hardenedStack({ strict: true });
    const made = raw(stack, {
      environment: { computeType: 'BUILD_GENERAL1_SMALL', image: 'aws/codebuild/standard:7.0', type: 'LINUX_CONTAINER', environmentVariables: variables as never },
    });
    return changesAt(stack, made.node.path).filter(({ property }) => property.startsWith('Environment.')).map(({ note, outcome, property }) => [property, outcome, note]);
  };

  test.each<[string, object]>([
    ['a key of AWS', { name: 'AWS_SECRET_ACCESS_KEY', value: 'x', type: 'PLAINTEXT' }],
    ['the id of one, from a parameter', { name: 'AWS_ACCESS_KEY_ID', value: { Ref: 'Id' } }],
  ])('with %s are proposed to be a role', (_, variable) => {
    expect(seenOf([variable])).toEqual([[
      `Environment.EnvironmentVariables.${(variable as { name: string }).name}`, 'proposed',
      'Take the variable out, give the role of the project the rights that the build needs, and delete the key that stood here.',
    ]]);
  });

  test('with a secret are told of, without its value', () => {
    const [[property, outcome, note]] = seenOf([{ name: 'NPM_TOKEN', value: 'npm_9f8G7h6J5k4L3m2N1b0V' }]);
    expect([property, outcome]).toEqual(['Environment.EnvironmentVariables.NPM_TOKEN', 'proposed']);
    expect(note).toMatch(/SECRETS_MANAGER/);
    expect(note).not.toContain('npm_9f8G');
  });

  test.each<[string, object]>([
    ['a name of a secret', { name: 'AWS_SECRET_ACCESS_KEY', value: 'keys:secret', type: 'SECRETS_MANAGER' }],
    ['a name of a parameter', { name: 'NPM_TOKEN', value: '/npm/token', type: 'PARAMETER_STORE' }],
    ['nothing secret', { name: 'STAGE', value: 'prod' }],
  ])('with %s stay', (_, variable) => {
    expect(seenOf([variable])).toStrictEqual([]);
  });
});

test('a token as the whole of the artifacts is left to the author', () => {
  const seen = hardened((stack) => raw(stack, { artifacts: Token.asAny({ 'Fn::Transform': { Name: 'Artifacts' } }) }));
  expect([seen.rendered, outcomes(seen)]).toEqual([undefined, ['proposed in-place']]);
});

/** As authors write them. */
function shop(stack: Stack): void {
  new Project(stack, 'Tests', SPEC);
  new Project(stack, 'Site', { ...SPEC, artifacts: Artifacts.s3({ bucket: new Bucket(stack, 'Pages'), path: 'out', name: 'x' }) });
}

describe.each(FLAG_SETS)('an app with builds, %s', (_, flags) => {
  test('is better by the finding about the key in cdk-nag, and worse in none', () => {
    const { before, after, worse } = compared(shop, { flags });
    expect(worse).toStrictEqual([]);
    expect([before, after].map((counts) => counts.get('AwsSolutions-CB4'))).toEqual([2, 1]);
  });
});
