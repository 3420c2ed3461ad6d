import { choose, isList, numberOf, textOf, Unresolved, Value } from './values';
import { own, section, wordOf } from '../templates/template-source';

/** A parameter as a template declares it. */
export interface Parameter {
  readonly stackId: string;
  readonly name: string;
  readonly type: string;
  /** CloudFormation masks the value in its own output, and nowhere else. */
  readonly noEcho: boolean;
  /** As written; undefined where whoever deploys must give a value. */
  readonly default: Value;
  readonly allowedValues: readonly Value[];
  readonly allowedPattern?: string;
  readonly description?: string;
}

/** The parameters that a template declares, in its order. */
export function parametersOf(stackId: string, template: unknown): readonly Parameter[] {
  return Object.keys(section(template, 'Parameters')).flatMap((name) => parameterOf(stackId, template, name) ?? []);
}

/** One declared parameter; undefined where the template has none of this name. */
export function parameterOf(stackId: string, template: unknown, name: string): Parameter | undefined {
  const declared = own(section(template, 'Parameters'), name);
  if (declared === undefined) return undefined;
  const allowed = own(declared, 'AllowedValues');
  const [allowedPattern, description] = [own(declared, 'AllowedPattern'), own(declared, 'Description')]
    .map((text) => (typeof text === 'string' ? text : undefined));
  return {
    stackId,
    name,
    type: wordOf(own(declared, 'Type')) || 'String',
    noEcho: wordOf(own(declared, 'NoEcho')).toLowerCase() === 'true',
    default: scalar(own(declared, 'Default')),
    allowedValues: Array.isArray(allowed) ? allowed.map(scalar).filter((value) => value !== undefined) : [],
    allowedPattern,
    description,
  };
}

/**
 * What a parameter may be when nobody passes it.
 *
 * | declared              | value                                                            |
 * |-----------------------|------------------------------------------------------------------|
 * | `NoEcho`, an SSM type | known at deployment                                              |
 * | `AllowedValues`       | one of them                                                      |
 * | `Default`             | the default, or something that is known at deployment            |
 * | neither               | known at deployment                                              |
 *
 * So an unsafe default is a fault, and a safe one leaves the answer open.
 */
export function valueOfParameter(parameter: Parameter): Value {
  const { name, allowedPattern } = parameter;
  const hasValue = (textOf(parameter.default) ?? '') !== '' || parameter.type.startsWith('AWS::SSM::');
  const open = new Unresolved(`the parameter ${name} is set at deployment`, hasValue ? undefined : { name, allowedPattern });
  if (parameter.noEcho || parameter.type.startsWith('AWS::SSM::')) return open;
  if (parameter.allowedValues.length > 0) return choose(parameter.allowedValues.map((value) => typed(parameter, value)));
  return parameter.default === undefined ? open : choose([typed(parameter, parameter.default), open]);
}

/** Names of the stage that matters. */
const PRODUCTION = /^(?:live|prd|prod|production)$/i;

/**
 * What a parameter most likely is in production; undefined where the template does not tell.
 *
 * | declared                               | value                 |
 * |----------------------------------------|-----------------------|
 * | `NoEcho`, an SSM type                  | undefined             |
 * | `AllowedValues` with a production stage | that stage            |
 * | `Default`                              | the default           |
 * | no default                             | undefined             |
 */
export function likelyValueOf(parameter: Parameter): Value {
  if (parameter.noEcho || parameter.type.startsWith('AWS::SSM::')) return undefined;
  const production = parameter.allowedValues.find((value) => PRODUCTION.test(textOf(value) ?? ''));
  const likely = production ?? parameter.default;
  return likely === undefined ? undefined : typed(parameter, likely);
}

/** A parameter is a text, a number or a list, whichever way it is written. */
export function typed(parameter: Parameter, value: Value): Value {
  if (isList(value)) return value;
  if (parameter.type === 'Number') return numberOf(value) ?? value;
  const text = textOf(value);
  if (typeof value === 'object' || text === undefined) return value;
  if (parameter.type !== 'CommaDelimitedList' && !parameter.type.startsWith('List<')) return text;
  const parts = text.split(',').map((part) => part.trim());
  return parameter.type === 'List<Number>' ? parts.map((part) => numberOf(part) ?? part) : parts;
}

function scalar(value: unknown): Value {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : undefined;
}
