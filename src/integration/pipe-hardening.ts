import { CfnPipe } from 'aws-cdk-lib/aws-pipes';
import { HardeningArea } from '../core/hardening/hardening-area';
import { HardeningSite } from '../core/hardening/hardening-site';
import { HardeningStep } from '../core/hardening/hardening-step';
import { isIntrinsic } from '../core/hardening/intrinsics';
import { proposalStep } from '../core/hardening/proposal-step';

const PIPE = { area: HardeningArea.EVENTS, type: 'AWS::Pipes::Pipe' } as const;

const LOGGING = proposalStep<CfnPipe>({
  ...PIPE,
  rule: 'PipeLogging',
  property: 'LogConfiguration',
  when: (pipe) => pipe.logConfiguration === undefined,
  after: 'errors in a log group of the account',
  advice: 'Set LogConfiguration with a log group and the level ERROR: whoever deploys needs the right to deliver logs for it. SecurePipe logs.',
});

/** Records come in order: who ends the retries of one decides that the next may overtake it. */
const DEAD_LETTERS = proposalStep<CfnPipe>({
  ...PIPE,
  rule: 'PipeDeadLetter',
  property: 'SourceParameters',
  when: (pipe, site) => readsStream(pipe, site),
  after: 'a limit of the retries, and a queue for what is given up',
  advice: 'Set MaximumRetryAttempts and DeadLetterConfig of the parameters of the source, and give the role of the pipe sqs:SendMessage on the queue: '
    + 'a record that fails is given up then, and those behind it go on without it.',
});

interface StreamParameters {
  readonly deadLetterConfig?: unknown;
  readonly maximumRetryAttempts?: unknown;
  readonly maximumRecordAgeInSeconds?: unknown;
}

function readsStream(pipe: CfnPipe, site: HardeningSite): boolean {
  const parameters = site.resolve(pipe, pipe.sourceParameters) as { readonly [name: string]: StreamParameters | undefined } | undefined;
  if (parameters === undefined || isIntrinsic(parameters)) return false;
  const stream = parameters.dynamoDbStreamParameters ?? parameters.kinesisStreamParameters;
  if (stream === undefined || isIntrinsic(stream)) return false;
  const limits = [stream.maximumRetryAttempts, stream.maximumRecordAgeInSeconds];
  return stream.deadLetterConfig === undefined || limits.every((limit) => Number(limit ?? -1) < 0);
}

/** What hardening says about pipes. */
export const PIPE_HARDENING: readonly HardeningStep[] = [LOGGING, DEAD_LETTERS];
