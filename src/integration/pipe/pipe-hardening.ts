import { CfnPipe } from 'aws-cdk-lib/aws-pipes';
import { HardeningArea } from '../../core/hardening/hardening-area';
import { HardeningSite } from '../../core/hardening/hardening-site';
import { HardeningPlan, HardeningStep, Standing } from '../../core/hardening/steps/hardening-step';
import { proposalStep } from '../../core/hardening/steps/proposal-step';
import { isIntrinsic } from '../../core/hardening/values/intrinsics';

const PIPE = { area: HardeningArea.EVENTS, type: 'AWS::Pipes::Pipe' } as const;

const LOGGING = proposalStep<CfnPipe>({
  ...PIPE,
  rule: 'PipeLogging',
  property: 'LogConfiguration',
  when: (pipe) => pipe.logConfiguration === undefined,
  after: 'errors in a log group of the account',
  advice: 'Set LogConfiguration with a log group and the level ERROR: whoever deploys needs the right to deliver logs for it. SecurePipe logs.',
});

const RETRIES = 'Set MaximumRetryAttempts or MaximumRecordAgeInSeconds of the parameters of the source: a record that fails is given up then, and those behind it '
  + 'go on without it.';

const QUEUE = 'Set DeadLetterConfig of the parameters of the source, and give the role of the pipe sqs:SendMessage on the queue: what is given up is lost '
  + 'otherwise.';

/** Records come in order: who ends the retries of one decides that the next may overtake it. */
const DEAD_LETTERS: HardeningStep = {
  ...PIPE,
  rule: 'PipeDeadLetter',
  plan: (resource, site) => {
    const [name, stream] = streamOf(resource as CfnPipe, site) ?? [];
    if (stream === undefined) return [];
    const proposed = (field: string, after: string, advice: string): HardeningPlan => (
      { standing: Standing.AUTHORS, property: `SourceParameters.${name}.${field}`, after, advice });
    const isLimited = [stream.maximumRetryAttempts, stream.maximumRecordAgeInSeconds].some((limit) => Number(limit ?? -1) >= 0);
    return [
      ...isLimited ? [] : [proposed('MaximumRetryAttempts', 'a limit of the retries', RETRIES)],
      ...stream.deadLetterConfig === undefined ? [proposed('DeadLetterConfig', 'a queue for what is given up', QUEUE)] : [],
    ];
  },
};

interface StreamParameters {
  readonly deadLetterConfig?: unknown;
  readonly maximumRetryAttempts?: unknown;
  readonly maximumRecordAgeInSeconds?: unknown;
}

/** How CloudFormation names the parameters of a stream, and what they are. */
function streamOf(pipe: CfnPipe, site: HardeningSite): readonly [string, StreamParameters] | undefined {
  const parameters = site.resolve(pipe, pipe.sourceParameters) as { readonly [name: string]: StreamParameters | undefined } | undefined;
  if (parameters === undefined || isIntrinsic(parameters)) return undefined;
  const { dynamoDbStreamParameters: table, kinesisStreamParameters: stream } = parameters;
  if (table !== undefined) return isIntrinsic(table) ? undefined : ['DynamoDBStreamParameters', table];
  return stream === undefined || isIntrinsic(stream) ? undefined : ['KinesisStreamParameters', stream];
}

/** What hardening says about pipes. */
export const PIPE_HARDENING: readonly HardeningStep[] = [LOGGING, DEAD_LETTERS];
