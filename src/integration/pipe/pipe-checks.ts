import { Duration, Stack, Token } from 'aws-cdk-lib';
import { SecurePipeProps } from './secure-pipe-props';
import { checkLength } from '../../core/checks';
import { Place, refuse } from '../../core/configuration-error';

const TEMPLATE_MAX = 8192;
const DESCRIPTION_MAX = 512;

/** Judges all props before anything is made. */
export function checkPipe(place: Place, stack: Stack, props: SecurePipeProps): void {
  props.source._part.check(place);
  props.enrichment?._part.check(place);
  props.target._part.check(place);
  checkLoop(place, stack, props);
  checkBatch(place, props);
  checkTemplates(place, props);
  checkName(place, props.pipeName);
  checkDescription(place, props.description);
}

/** How long a batch is on its way, as far as that is known. */
export function runTime({ enrichment, target }: SecurePipeProps): Duration | undefined {
  const times = [enrichment?._part.runTime, target._part.runTime].filter((time) => time !== undefined && !time.isUnresolved()) as Duration[];
  return times.length === 0 ? undefined : times.reduce((sum, time) => sum.plus(time));
}

function checkLoop(place: Place, stack: Stack, { source, target }: SecurePipeProps): void {
  const [from, to] = [source._part, target._part];
  if (JSON.stringify(stack.resolve(from.arn)) !== JSON.stringify(stack.resolve(to.arn))) return;
  refuse(place, {
    code: 'SecurePipe.Loop',
    prop: 'target',
    must: 'must not be the source of the pipe, which would run, and cost, without end',
    got: to.resource.node.path,
    fix: 'send what failed to a dead-letter queue, and what is new elsewhere',
  });
}

function checkBatch(place: Place, { source, target }: SecurePipeProps): void {
  const { batchSize } = source._part;
  const { batchMax } = target._part;
  if (batchSize === undefined || batchMax === undefined || Token.isUnresolved(batchSize) || batchSize <= batchMax) return;
  refuse(place, {
    code: 'SecurePipe.BatchSize', prop: 'batchSize', must: `must be at most ${batchMax} for this target, which takes no more at once`, got: batchSize, fix: `leave it out for ${batchMax}`,
  });
}

function checkTemplates(place: Place, props: SecurePipeProps): void {
  if (props.enrichmentInputTemplate !== undefined && props.enrichment === undefined) {
    refuse(place, {
      code: 'SecurePipe.InputTemplate', prop: 'enrichmentInputTemplate', must: 'must go with an enrichment', fix: 'pass enrichment, or use targetInputTemplate',
    });
  }
  for (const prop of ['enrichmentInputTemplate', 'targetInputTemplate'] as const) {
    const template = props[prop];
    if (template === undefined || Token.isUnresolved(template) || (template.length > 0 && template.length <= TEMPLATE_MAX)) continue;
    refuse(place, {
      code: 'SecurePipe.InputTemplate', prop, must: `must be 1 to ${TEMPLATE_MAX} characters`, got: `${template.length} characters`, fix: 'let an enrichment make larger ones',
    });
  }
}

function checkName(place: Place, name: string | undefined): void {
  if (name === undefined || Token.isUnresolved(name) || /^[.\-_A-Za-z0-9]{1,64}$/.test(name)) return;
  refuse(place, {
    code: 'SecurePipe.Name', prop: 'pipeName', must: 'must be 1 to 64 letters, digits, ., - and _', got: name, fix: 'leave it out for a name that CloudFormation makes',
  });
}

/** @see https://docs.aws.amazon.com/eventbridge/latest/pipes-reference/API_CreatePipe.html */
function checkDescription(place: Place, description: string | undefined): void {
  const prop = { code: 'SecurePipe.Description', prop: 'description', fix: 'shorten it' };
  checkLength(place, description, 0, DESCRIPTION_MAX, prop);
  if (description === undefined || Token.isUnresolved(description) || !/[\r\n]/.test(description)) return;
  refuse(place, { ...prop, must: 'must be one line', got: description, fix: 'leave the line breaks out' });
}
