import { PIPE_LOG_DESTINATIONS } from './pipe-baseline';
import { AppModel } from '../../model/resources/app-model';
import { resourcesAt } from '../../model/resources/pointers';
import { Resource } from '../../model/resources/resource';
import { expectProperty, fail, notApplicable, pass, Rule, Severity, unresolved } from '../../model/rule';
import { isUnresolved, numberOf, Value } from '../../model/values/values';

const PIPE = 'AWS::Pipes::Pipe';

/** Parameters of sources whose records are read in order, by the pattern of the source's ARN. */
const STREAM_PARAMETERS = ['SourceParameters.DynamoDBStreamParameters', 'SourceParameters.KinesisStreamParameters'];

export const PIPE_LOGGING: Rule = {
  id: 'PipeLogging',
  severity: Severity.LOW,
  severityIn: { regulated: Severity.MEDIUM },
  appliesTo: [PIPE],
  title: 'A pipe does not log what it refuses',
  why: 'An event that a filter, an enrichment or a target refuses leaves no trace, so that neither an attack nor a mistake can be followed.',
  fix: 'Set LogConfiguration with a destination and the level ERROR or more. SecurePipe does.',
  risks: ['unseen-attack'],
  frameworks: ['OWASP Serverless S10', 'CSA SAS-05'],
  check: (pipe) => {
    const level = expectProperty(pipe, 'LogConfiguration.Level', (value) => value !== undefined && value !== 'OFF');
    if (level.kind !== 'pass') return level;
    return PIPE_LOG_DESTINATIONS.some((name) => pipe.property(`LogConfiguration.${name}`) !== undefined) || isUnresolved(pipe.property('LogConfiguration'))
      ? pass() : fail('Properties.LogConfiguration');
  },
};

export const PIPE_EXECUTION_DATA: Rule = {
  id: 'PipeExecutionData',
  severity: Severity.LOW,
  appliesTo: [PIPE],
  title: 'A pipe writes the events themselves to its log',
  why: 'Names, addresses and tokens of customers spread to whoever may read logs, and stay there for as long as logs are kept.',
  fix: 'Leave LogConfiguration.IncludeExecutionData out. SecurePipe never logs events.',
  risks: ['data-exposure'],
  frameworks: ['OWASP Serverless S3', 'CSA SAS-10'],
  check: (pipe) => {
    const data = pipe.property('LogConfiguration.IncludeExecutionData');
    if (isUnresolved(data)) return unresolved('Properties.LogConfiguration.IncludeExecutionData');
    return pipe.items('LogConfiguration.IncludeExecutionData').length === 0 ? pass() : fail('Properties.LogConfiguration.IncludeExecutionData');
  },
};

export const PIPE_DEAD_LETTER: Rule = {
  id: 'PipeDeadLetter',
  severity: Severity.LOW,
  appliesTo: [PIPE],
  title: 'A pipe from a stream drops records that it cannot handle, or stops at them',
  why: 'Without an end to its retries one bad record holds up all that come after it; without a dead-letter queue the record is lost when they end.',
  fix: 'Set MaximumRetryAttempts or MaximumRecordAgeInSeconds, and DeadLetterConfig, of the parameters of the source. SecurePipe does.',
  risks: ['unseen-attack', 'runaway-use'],
  frameworks: ['CSA SAS-08', 'OWASP Serverless S10'],
  check: (pipe, app) => {
    const parameters = STREAM_PARAMETERS.filter((path) => pipe.property(path) !== undefined);
    if (parameters.length === 0) return readsStream(pipe, app) ? fail('Properties.SourceParameters') : notApplicable();
    return parameters.flatMap((path) => [
      expectProperty(pipe, `${path}.DeadLetterConfig.Arn`, (arn) => arn !== undefined && arn !== ''),
      ...['MaximumRetryAttempts', 'MaximumRecordAgeInSeconds'].some((limit) => isBound(pipe.property(`${path}.${limit}`)))
        ? [] : [fail(`Properties.${path}.MaximumRetryAttempts`)],
    ]);
  },
};

export const PIPE_KEY: Rule = {
  id: 'PipeKey',
  severity: Severity.INFO,
  severityIn: { regulated: Severity.LOW },
  control: 'customerKeys',
  appliesTo: [PIPE],
  title: 'The settings of a pipe are not encrypted with a key of your own',
  why: 'Filters, input templates and the parameters of the target lie under a key that AWS owns: nobody can withdraw it, or see who used it.',
  fix: 'Set KmsKeyIdentifier to a customer-managed key. SecurePipe uses the key of the stack.',
  risks: ['single-layer'],
  frameworks: ['OWASP Serverless S3', 'CSA SAS-07'],
  check: (pipe) => expectProperty(pipe, 'KmsKeyIdentifier', (key) => key !== undefined && key !== ''),
};

/** Retries end: at a number, or where only the deployment knows the number. */
function isBound(limit: Value): boolean {
  return limit !== undefined && (numberOf(limit) ?? 0) >= 0;
}

function readsStream(pipe: Resource, app: AppModel): boolean {
  const types = resourcesAt(pipe.property('Source'), app).map(({ type }) => type);
  return types.some((type) => ['AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable', 'AWS::Kinesis::Stream'].includes(type))
    || /^arn:[^:]*:(dynamodb|kinesis):/.test(app.describe(pipe.property('Source')) ?? '');
}

export const PIPE_RULES: readonly Rule[] = [PIPE_DEAD_LETTER, PIPE_EXECUTION_DATA, PIPE_KEY, PIPE_LOGGING];
