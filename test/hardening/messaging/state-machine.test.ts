import { App, CfnParameter, CustomResource, Duration, Fn, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { CfnRole, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnKey, IKey, Key } from 'aws-cdk-lib/aws-kms';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import {
  CfnStateMachine, CustomerManagedEncryptionConfiguration, DefinitionBody, LogLevel, Pass, StateMachine, StateMachineType, Wait, WaitTime,
} from 'aws-cdk-lib/aws-stepfunctions';
import { CallAwsService } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { Provider } from 'aws-cdk-lib/custom-resources';
import { HardeningArea } from '../../../src/core/hardening/hardening-area';
import { SecurityProfile } from '../../../src/core/profile/security-profile';
import { compared, FLAG_SETS, hardened, linesOn } from '../support/compared';
import { fourCases } from '../support/four-cases';

const MACHINE = 'AWS::StepFunctions::StateMachine';
const POLICY = 'AWS::IAM::ManagedPolicy';
const DEFINITION = JSON.stringify({ StartAt: 'Done', States: { Done: { Type: 'Pass', End: true } } });

function roleFor(stack: Stack): Role {
  return stack.node.tryFindChild('MachineRole') as Role | undefined ?? new Role(stack, 'MachineRole', { assumedBy: new ServicePrincipal('states.amazonaws.com') });
}

function machine(stack: Stack, props: Partial<ConstructorParameters<typeof CfnStateMachine>[2]> = {}): CfnStateMachine {
  return new CfnStateMachine(stack, 'Checkout', { roleArn: roleFor(stack).roleArn, definitionString: DEFINITION, ...props });
}

function aMachine(stack: Stack, id = 'Orders', props: Partial<ConstructorParameters<typeof StateMachine>[2]> = {}): StateMachine {
  return new StateMachine(stack, id, { definitionBody: DefinitionBody.fromChainable(new Pass(stack, `${id}Done`)), ...props });
}

const LOGGED = { level: 'ERROR', destinations: [{ cloudWatchLogsLogGroup: { logGroupArn: 'arn:aws:logs:eu-west-1:123456789012:log-group:mine:*' } }] };
const RENDERED = { Level: 'ERROR', Destinations: [{ CloudWatchLogsLogGroup: { LogGroupArn: 'arn:aws:logs:eu-west-1:123456789012:log-group:mine:*' } }] };

describe('tracing of a machine', () => {
  fourCases('baseline', {
    property: 'TracingConfiguration.Enabled',
    make: (stack, value) => machine(stack, value === undefined ? {} : { tracingConfiguration: { enabled: value as boolean } }),
    secure: true,
    safe: true,
    unsafe: false,
    replaced: true,
  });
});

describe('logs of a machine', () => {
  test('missing: they are set, at the level ALL and without what the states work on', () => {
    const { template, changes } = hardened((stack) => { machine(stack); });
    template.hasResourceProperties(MACHINE, {
      LoggingConfiguration: {
        Level: 'ALL',
        IncludeExecutionData: false,
        Destinations: [{ CloudWatchLogsLogGroup: { LogGroupArn: { 'Fn::GetAtt': ['CheckoutHardenedLogs0BC36A06', 'Arn'] } } }],
      },
    });
    expect(linesOn(changes, 'LoggingConfiguration')).toEqual(['set in-place']);
  });

  test.each([
    ['explicitly safe: they stay', LOGGED, RENDERED, []],
    ['explicitly off: they stay, and are reported', { level: 'OFF' }, { Level: 'OFF' }, ['kept in-place']],
  ])('%s, strict or not', (_, given, rendered, lines) => {
    for (const strict of [false, true]) {
      const { template, changes } = hardened((stack) => { machine(stack, { loggingConfiguration: given }); }, { strict });
      template.hasResourceProperties(MACHINE, { LoggingConfiguration: rendered });
      expect(linesOn(changes, 'LoggingConfiguration')).toEqual(lines);
    }
  });

  test.each([['ALL', []], ['ERROR', ['kept in-place']], ['FATAL', ['kept in-place']]])('at the level %s: it stays, strict or not', (level, lines) => {
    for (const strict of [false, true]) {
      const { template, changes } = hardened((stack) => { machine(stack, { loggingConfiguration: { ...LOGGED, level } }); }, { strict });
      template.hasResourceProperties(MACHINE, { LoggingConfiguration: { Level: level } });
      expect(linesOn(changes, 'LoggingConfiguration.Level')).toEqual(lines);
    }
  });

  test('the log group has the key and the retention of the profile, and a name of which there is only one', () => {
    const { template } = hardened((stack) => { machine(stack); });
    template.hasResource('AWS::Logs::LogGroup', {
      Properties: {
        KmsKeyId: Match.anyValue(),
        RetentionInDays: 365,
        LogGroupName: { 'Fn::Join': ['', ['/aws/vendedlogs/states/Shop-Checkout-A549D05F-', Match.anyValue()]] },
      },
      DeletionPolicy: 'Retain',
    });
  });
});

fourCases('execution data in logs', {
  property: 'LoggingConfiguration.IncludeExecutionData',
  make: (stack, value) => machine(stack, { loggingConfiguration: { ...LOGGED, includeExecutionData: value as boolean | undefined } }),
  secure: undefined, // left out, Step Functions includes none
  safe: false,
  unsafe: true,
  replaced: false,
});

describe('logs of a machine with a key of its own', () => {
  const encrypted = (kmsKey: IKey) => ({ encryptionConfiguration: new CustomerManagedEncryptionConfiguration(kmsKey) });
  const SOURCE = { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':logs:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, ':*']] };

  test('are handed over and opened with the key, or nothing of them would arrive', () => {
    const { template } = hardened((stack) => { aMachine(stack, 'Orders', encrypted(new Key(stack, 'Key'))); });

    template.hasResourceProperties(POLICY, {
      PolicyDocument: {
        Statement: Match.arrayWith([{
          Action: 'kms:GenerateDataKey', Effect: 'Allow', Resource: { 'Fn::GetAtt': ['Key961B73FD', 'Arn'] }, Condition: { StringEquals: { 'kms:EncryptionContext:SourceArn': SOURCE } },
        }]),
      },
    });
    template.hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: {
        Statement: Match.arrayWith([{
          Sid: 'StateMachineLogDelivery',
          Action: 'kms:Decrypt',
          Effect: 'Allow',
          Principal: { Service: 'delivery.logs.amazonaws.com' },
          Resource: '*',
          Condition: { StringLike: { 'kms:EncryptionContext:SourceArn': SOURCE } },
        }]),
      },
    });
  });

  test('two machines with one role and two keys may hand over with both', () => {
    const { template } = hardened((stack) => {
      const role = roleFor(stack);
      for (const id of ['Orders', 'Bills']) aMachine(stack, id, { role, ...encrypted(new Key(stack, `${id}Key`)) });
    });

    const [{ Properties: { PolicyDocument: { Statement } } }] = Object.values(template.findResources(POLICY));
    expect(Statement.filter(({ Action }: { Action: unknown }) => Action === 'kms:GenerateDataKey')).toHaveLength(2);
  });

  test.each<[string, (stack: Stack) => void]>([
    ['is imported', (stack) => { aMachine(stack, 'Orders', encrypted(Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:123456789012:key/1'))); }],
    ['stands in another stack', (stack) => { aMachine(stack, 'Orders', encrypted(new Key(new Stack(stack.node.root as App, 'Keys'), 'Key'))); }],
    ['is an L1', (stack) => {
      machine(stack, { encryptionConfiguration: { type: 'CUSTOMER_MANAGED_KMS_KEY', kmsKeyId: new CfnKey(stack, 'Key', { keyPolicy: {} }).ref } });
    }],
    ['is set by an override', (stack) => { machine(stack).addPropertyOverride('EncryptionConfiguration.KmsKeyId', 'alias/theirs'); }],
  ])('are proposed where the key %s', (_, build) => {
    const { changes, template } = hardened(build);

    expect(linesOn(changes, 'LoggingConfiguration')).toEqual(['proposed in-place']);
    template.hasResourceProperties(MACHINE, { LoggingConfiguration: Match.absent() });
  });
});

describe('the role of a machine', () => {
  test('gets exactly what logs and traces need, in one managed policy for all machines that share it', () => {
    const { template } = hardened((stack) => {
      const role = roleFor(stack);
      aMachine(stack, 'Orders', { role });
      aMachine(stack, 'Bills', { role, stateMachineType: StateMachineType.EXPRESS });
    });
    template.resourceCountIs(POLICY, 1);
    template.hasResourceProperties(POLICY, {
      Roles: [{ Ref: 'MachineRole7E10B2C3' }],
      PolicyDocument: {
        Statement: [
          {
            Sid: 'LogDelivery',
            Effect: 'Allow',
            Resource: '*',
            Action: [
              'logs:CreateLogDelivery', 'logs:DeleteLogDelivery', 'logs:DescribeLogGroups', 'logs:DescribeResourcePolicies', 'logs:GetLogDelivery',
              'logs:ListLogDeliveries', 'logs:PutResourcePolicy', 'logs:UpdateLogDelivery',
            ],
          },
          {
            Sid: 'Traces',
            Effect: 'Allow',
            Resource: '*',
            Action: ['xray:GetSamplingRules', 'xray:GetSamplingTargets', 'xray:PutTelemetryRecords', 'xray:PutTraceSegments'],
            Condition: { StringEquals: { 'aws:RequestedRegion': { Ref: 'AWS::Region' } } },
          },
        ],
        Version: '2012-10-17',
      },
    });
    template.resourceCountIs('AWS::IAM::Policy', 0);
  });

  test('has its rights before Step Functions tries them', () => {
    const { template } = hardened((stack) => { aMachine(stack); });
    const [policy] = Object.keys(template.findResources(POLICY));
    template.hasResource(MACHINE, { DependsOn: Match.arrayWith([policy]) });
  });

  test('keeps the policies that the author gave it', () => {
    const { template } = hardened((stack) => {
      aMachine(stack).addToRolePolicy(new PolicyStatement({ actions: ['sqs:SendMessage'], resources: ['arn:aws:sqs:eu-west-1:123456789012:q'] }));
    });
    template.hasResourceProperties('AWS::IAM::Policy', { PolicyDocument: Match.objectLike({ Statement: [Match.objectLike({ Action: 'sqs:SendMessage' })] }) });
  });

  test.each([
    ['lies outside of the app', () => 'arn:aws:iam::123456789012:role/machine'],
    ['has as many policies as a role can have', (stack: Stack) => new CfnRole(stack, 'Full', {
      assumeRolePolicyDocument: {}, managedPolicyArns: Array.from({ length: 10 }, (_, index) => `arn:aws:iam::123456789012:policy/p${index}`),
    }).attrArn],
  ])('%s: nothing is set that it has no rights for, and the report says what to do', (_, arnIn) => {
    const { template, changes } = hardened((stack) => { machine(stack, { roleArn: arnIn(stack) }); });
    template.hasResourceProperties(MACHINE, { LoggingConfiguration: Match.absent(), TracingConfiguration: Match.absent() });
    expect([linesOn(changes, 'LoggingConfiguration'), linesOn(changes, 'TracingConfiguration.Enabled')]).toEqual([['proposed in-place'], ['proposed in-place']]);
  });

  test('of another stack of the app gets its policy there', () => {
    let other!: Stack;
    const { template } = hardened((stack) => {
      other = new Stack(stack.node.root as never, 'Roles');
      aMachine(stack, 'Orders', { role: new Role(other, 'Role', { assumedBy: new ServicePrincipal('states.amazonaws.com') }) });
    });
    template.resourceCountIs(POLICY, 0);
    Template.fromStack(other).resourceCountIs(POLICY, 1);
  });

  test.each([
    ['in one region, its traces stay there', ['eu-west-1'], [['Traces', { StringEquals: { 'aws:RequestedRegion': { Ref: 'AWS::Region' } } }]]],
    ['in another region, they go where the machine is', ['us-east-1'], [['TracesElsewhere', undefined]]],
    ['in both, each machine has what it needs', ['us-east-1', 'eu-west-1', 'us-east-1'], [
      ['TracesElsewhere', undefined], ['Traces', { StringEquals: { 'aws:RequestedRegion': { Ref: 'AWS::Region' } } }],
    ]],
  ])('%s', (_, regions, expected) => {
    let roles!: Stack;
    hardened((stack) => {
      roles = new Stack(stack.node.root as App, 'Roles', { env: { account: '111122223333', region: 'eu-west-1' } });
      const role = new Role(roles, 'Role', { assumedBy: new ServicePrincipal('states.amazonaws.com'), roleName: 'machines' });
      for (const [index, region] of regions.entries()) {
        const place = new Stack(stack.node.root as App, `Machines${index}`, { env: { account: '111122223333', region }, crossRegionReferences: true });
        new CfnStateMachine(place, 'Machine', { roleArn: role.roleArn, definitionString: DEFINITION });
      }
    }, { only: [HardeningArea.STATE_MACHINES] });
    const [policy] = Object.values(Template.fromStack(roles).findResources(POLICY));
    const all = policy.Properties.PolicyDocument.Statement as { Sid: string; Condition?: object }[];
    expect(all.filter(({ Sid }) => Sid.startsWith('Traces')).map(({ Sid, Condition }) => [Sid, Condition])).toEqual(expected);
  });
});

describe('what only the author can decide', () => {
  const only = [HardeningArea.STATE_MACHINES];
  const proposed = (build: (stack: Stack) => void, profile?: SecurityProfile) => hardened(build, { profile, only }).changes
    .filter(({ outcome }) => outcome === 'proposed').map(({ rule, after }) => `${rule}: ${after}`);

  test('the key, how long an execution may take, and what happens when a task fails', () => {
    expect(proposed((stack) => {
      const task = new CallAwsService(stack, 'Charge', { service: 'sns', action: 'publish', iamResources: ['arn:aws:sns:eu-west-1:123456789012:t'] });
      new StateMachine(stack, 'Orders', { definitionBody: DefinitionBody.fromChainable(task) });
    })).toEqual(['WorkflowKey: CUSTOMER_MANAGED_KMS_KEY', 'WorkflowTimeout: TimeoutSeconds beside StartAt', 'TaskErrorCatch: a Catch in Charge']);
  });

  test('nothing where the author decided', () => {
    expect(proposed((stack) => {
      const task = new CallAwsService(stack, 'Charge', { service: 'sns', action: 'publish', iamResources: ['arn:aws:sns:eu-west-1:123456789012:t'] });
      task.addCatch(new Pass(stack, 'Refund'));
      new StateMachine(stack, 'Orders', { definitionBody: DefinitionBody.fromChainable(task), timeout: Duration.minutes(5) });
    }, SecurityProfile.sandbox())).toStrictEqual([]);
  });

  test('no timeout of an express machine, which Step Functions ends after five minutes', () => {
    expect(proposed((stack) => {
      new StateMachine(stack, 'Orders', {
        definitionBody: DefinitionBody.fromChainable(new Wait(stack, 'Wait', { time: WaitTime.duration(Duration.seconds(1)) })), stateMachineType: StateMachineType.EXPRESS,
      });
    }, SecurityProfile.sandbox())).toStrictEqual([]);
  });

  test('nothing about a definition that is joined from a list of the deployment, which nobody can read', () => {
    const { changes } = hardened((stack) => {
      machine(stack, { definitionString: Fn.join('', new CfnParameter(stack, 'Pieces', { type: 'CommaDelimitedList' }).valueAsList) });
    });
    expect(linesOn(changes, 'DefinitionString')).toStrictEqual([]);
  });

  test('nothing about a definition that lies in a bucket', () => {
    expect(proposed((stack) => {
      machine(stack, { definitionString: undefined, definitionS3Location: { bucket: 'b', key: 'k' } });
    }, SecurityProfile.sandbox())).toStrictEqual([]);
  });
});

const SAMPLE = (stack: Stack): void => {
  aMachine(stack, 'Standard');
  aMachine(stack, 'Express', { stateMachineType: StateMachineType.EXPRESS });
  const logGroup = new LogGroup(stack, 'Logs');
  aMachine(stack, 'Traced', { tracingEnabled: true, logs: { destination: logGroup, level: LogLevel.ALL } });
  machine(stack);
};

test.each(FLAG_SETS)('no pack finds more than before, and logs and traces are there, with %s', (_, flags) => {
  const { before, after, worse } = compared(SAMPLE, { flags });
  expect(worse).toStrictEqual([]);
  const wanted = ['AwsSolutions-SF1', 'AwsSolutions-SF2', 'Serverless-StepFunctionStateMachineXray', 'WorkflowLogging', 'WorkflowTracing'];
  expect(wanted.map((rule) => [rule, before.get(rule), after.get(rule)])).toEqual(wanted.map((rule) => [rule, 3, undefined]));
});

test('nothing is proposed about the state machine with which CDK waits for a custom resource', () => {
  const { changes } = hardened((stack) => {
    const handler = (id: string) => new LambdaFunction(stack, id, { code: Code.fromInline('exports.handler = 1'), handler: 'index.handler', runtime: Runtime.NODEJS_24_X });
    const provider = new Provider(stack, 'Seeding', { onEventHandler: handler('Start'), isCompleteHandler: handler('Look') });
    new CustomResource(stack, 'Seeded', { serviceToken: provider.serviceToken });
  });
  const about = changes.filter(({ at }) => at.includes('/waiter-state-machine/'));
  expect(about.map(({ outcome }) => outcome)).toContain('set');
  expect(about.filter(({ outcome }) => outcome === 'proposed')).toStrictEqual([]);
});
