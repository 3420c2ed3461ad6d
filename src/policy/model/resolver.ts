import { own, section, TemplateSource } from './template-source';
import { alternatives, choose, isList, isUnresolved, numberOf, Reference, Text, textOf, Unresolved, Value, ValueRecord } from './values';

/** Deeper or longer than this is no template that CloudFormation takes (1 MB), but may be an attempt to stall the check. */
const DEEPEST = 100;
const LONGEST_TEXT = 65_536;
const MOST_OPTIONS = 16;

/** Pseudo parameters that stand for a fixed fact of the deployment. They stay readable pieces of texts. */
const PSEUDO_PARAMETERS = new Set([
  'AWS::AccountId', 'AWS::NotificationARNs', 'AWS::Partition', 'AWS::Region', 'AWS::StackId', 'AWS::StackName', 'AWS::URLSuffix',
]);

/** What a resolver asks of the other stacks. */
export interface OtherStacks {
  /** The value behind an export name. */
  imported(exportName: string): Value;
  /** The value that the parent stack passes for a parameter of a nested one. */
  passedParameter(name: string): Value;
  /** An output of a nested stack. */
  nestedOutput(logicalId: string, output: string): Value;
}

/** Applies the intrinsic functions of one template, as far as the assembly tells their arguments. */
export class Resolver {
  private readonly parameters = new Map<string, Value>();
  private readonly conditions = new Map<string, boolean | undefined>();
  private openConditions = 0;
  private readonly resources: { readonly [key: string]: unknown };

  constructor(private readonly source: TemplateSource, private readonly others: OtherStacks) {
    this.resources = section(source.template, 'Resources');
  }

  /** The value of an expression of this template. */
  public resolve(expression: unknown, depth = 0): Value {
    if (depth > DEEPEST) return new Unresolved('the template is nested too deeply');
    if (Array.isArray(expression)) {
      return expression.map((element) => this.resolve(element, depth + 1)).filter((element) => element !== undefined);
    }
    if (typeof expression !== 'object' || expression === null) return expression as Value;
    const keys = Object.keys(expression);
    if (keys.length === 1 && (keys[0] === 'Ref' || keys[0] === 'Condition' || keys[0].startsWith('Fn::'))) {
      const argument = (expression as { [key: string]: unknown })[keys[0]];
      if (keys[0] !== 'Condition') return this.intrinsic(keys[0], argument, depth + 1);
    }
    const record = Object.create(null) as { [key: string]: Value };
    for (const key of keys) {
      const value = this.resolve((expression as { [key: string]: unknown })[key], depth + 1);
      if (value !== undefined) record[key] = value;
    }
    return record as ValueRecord;
  }

  /** Whether a condition of the template holds; undefined when only the deployment knows. */
  public condition(name: unknown): boolean | undefined {
    if (typeof name !== 'string') return undefined;
    if (!this.conditions.has(name) && this.openConditions < DEEPEST) {
      this.conditions.set(name, undefined); // a condition that depends on itself is not decided
      this.openConditions++;
      this.conditions.set(name, this.test(own(section(this.source.template, 'Conditions'), name), 0));
      this.openConditions--;
    }
    return this.conditions.get(name);
  }

  private intrinsic(fn: string, argument: unknown, depth: number): Value {
    switch (fn) {
      case 'Ref': return this.ref(argument);
      case 'Fn::GetAtt': return this.attribute(argument);
      case 'Fn::Join': return this.join(argument, depth);
      case 'Fn::Sub': return this.substitute(argument, depth);
      case 'Fn::If': return this.either(argument, depth);
      case 'Fn::ImportValue': return this.importValue(argument, depth);
      case 'Fn::Select': return this.select(argument, depth);
      case 'Fn::Split': return this.split(argument, depth);
      case 'Fn::FindInMap': return this.findInMap(argument, depth);
      default: return new Unresolved(`${fn} is computed at deployment`);
    }
  }

  private ref(argument: unknown): Value {
    if (typeof argument !== 'string') return new Unresolved('Ref without a name');
    if (argument === 'AWS::NoValue') return undefined;
    if (argument === 'AWS::Region' && this.source.region !== undefined) return this.source.region;
    if (argument === 'AWS::AccountId' && this.source.account !== undefined) return this.source.account;
    if (PSEUDO_PARAMETERS.has(argument)) return new Text([`<${argument}>`]);
    if (own(this.resources, argument) !== undefined) return new Reference(this.source.id, argument);
    return this.parameter(argument);
  }

  private parameter(name: string): Value {
    if (!this.parameters.has(name)) {
      this.parameters.set(name, new Unresolved(`the parameter ${name} depends on itself`));
      this.parameters.set(name, own(section(this.source.template, 'Parameters'), name) === undefined
        ? new Unresolved(`the template holds nothing called ${name}`)
        : this.others.passedParameter(name) ?? new Unresolved(`the parameter ${name} is set at deployment`));
    }
    return this.parameters.get(name);
  }

  private attribute(argument: unknown): Value {
    const [logicalId, ...attribute] = typeof argument === 'string' ? argument.split('.') : Array.isArray(argument) ? argument as unknown[] : [];
    if (typeof logicalId !== 'string' || attribute.length === 0 || !attribute.every((part) => typeof part === 'string')) {
      return new Unresolved('Fn::GetAtt without a fixed name');
    }
    const resource = own(this.resources, logicalId);
    if (resource === undefined) return new Unresolved(`the template holds nothing called ${logicalId}`);
    const name = attribute.join('.');
    if (own(resource, 'Type') === 'AWS::CloudFormation::Stack' && name.startsWith('Outputs.')) {
      return this.others.nestedOutput(logicalId, name.slice('Outputs.'.length));
    }
    return new Reference(this.source.id, logicalId, name);
  }

  private join(argument: unknown, depth: number): Value {
    const [delimiter, list] = Array.isArray(argument) ? argument as unknown[] : [];
    const pieces = this.resolve(list, depth);
    if (typeof delimiter !== 'string' || !isList(pieces)) return new Unresolved('Fn::Join of a list that is known at deployment');
    const glued: Value[] = [];
    for (const piece of pieces) glued.push(...(glued.length === 0 ? [] : [delimiter]), piece);
    return glue(glued);
  }

  private substitute(argument: unknown, depth: number): Value {
    const [template, variables] = Array.isArray(argument) ? argument as unknown[] : [argument];
    if (typeof template !== 'string') return new Unresolved('Fn::Sub without a text');
    const pieces: Value[] = [];
    let end = 0;
    for (const match of template.matchAll(/\$\{([^{}]*)\}/g)) {
      const name = match[1].trim();
      const given = own(variables, name);
      pieces.push(template.slice(end, match.index));
      if (name.startsWith('!')) pieces.push(`\${${name.slice(1)}}`);
      else if (given !== undefined) pieces.push(this.resolve(given, depth));
      else pieces.push(name.includes('.') ? this.attribute(name) : this.ref(name));
      end = match.index + match[0].length;
    }
    return glue([...pieces, template.slice(end)]);
  }

  private either(argument: unknown, depth: number): Value {
    const [name, yes, no] = Array.isArray(argument) ? argument as unknown[] : [];
    const holds = this.condition(name);
    if (holds !== undefined) return this.resolve(holds ? yes : no, depth);
    return choose([this.resolve(yes, depth), this.resolve(no, depth)]);
  }

  private importValue(argument: unknown, depth: number): Value {
    const name = textOf(this.resolve(argument, depth));
    return name === undefined ? new Unresolved('Fn::ImportValue without a name') : this.others.imported(name);
  }

  private select(argument: unknown, depth: number): Value {
    const [index, list] = Array.isArray(argument) ? argument as unknown[] : [];
    const from = this.resolve(list, depth);
    const position = numberOf(this.resolve(index, depth)) ?? -1;
    return isList(from) && position in from ? from[position] : new Unresolved('Fn::Select from a list that is known at deployment');
  }

  private split(argument: unknown, depth: number): Value {
    const [delimiter, text] = Array.isArray(argument) ? argument as unknown[] : [];
    const whole = this.resolve(text, depth);
    if (typeof delimiter !== 'string' || delimiter === '' || typeof whole !== 'string') {
      return new Unresolved('Fn::Split of a text that is known at deployment');
    }
    return whole.split(delimiter);
  }

  private findInMap(argument: unknown, depth: number): Value {
    const [map, first, second] = Array.isArray(argument) ? argument.map((part) => this.resolve(part, depth)) : [];
    if (typeof map !== 'string') return new Unresolved('Fn::FindInMap in a map that is chosen at deployment');
    const levels = section(section(this.source.template, 'Mappings'), map);
    const rows = typeof first === 'string' ? [own(levels, first)] : Object.values(levels);
    const cells = rows.flatMap((row) => (typeof second === 'string' ? [own(row, second)] : Object.values(Object(row) as object)));
    if (cells.length === 0 || cells.length > MOST_OPTIONS * 4) return new Unresolved('Fn::FindInMap with keys that are known at deployment');
    return choose(cells.map((cell) => this.resolve(cell, depth)));
  }

  /** Conditions are three-valued: yes, no, and what only the deployment knows. */
  private test(condition: unknown, depth: number): boolean | undefined {
    if (depth > DEEPEST || typeof condition !== 'object' || condition === null) return undefined;
    const [fn, argument] = Object.entries(condition)[0] ?? [];
    const parts = Array.isArray(argument) ? argument as unknown[] : [];
    const results = fn === 'Fn::Equals' ? [] : parts.map((part) => this.test(part, depth + 1));
    switch (fn) {
      case 'Condition': return this.condition(argument);
      case 'Fn::Equals': return equal(this.resolve(parts[0], depth), this.resolve(parts[1], depth));
      case 'Fn::Not': return parts.length === 1 ? negate(results[0]) : undefined;
      case 'Fn::And': return results.includes(false) ? false : results.includes(undefined) ? undefined : true;
      case 'Fn::Or': return results.includes(true) ? true : results.includes(undefined) ? undefined : false;
      default: return undefined;
    }
  }
}

function equal(left: Value, right: Value): boolean | undefined {
  return typeof left === 'string' && typeof right === 'string' ? left === right : undefined;
}

function negate(value: boolean | undefined): boolean | undefined {
  return value === undefined ? undefined : !value;
}

/** Glues pieces to one text. A piece that may be one of several makes the whole one of several. */
function glue(pieces: readonly Value[]): Value {
  let texts: readonly (string | Reference | Unresolved)[][] = [[]];
  for (const piece of pieces) {
    const options = alternatives(piece).map(partsOf);
    texts = texts.length * options.length > MOST_OPTIONS
      ? texts.map((text) => [...text, new Unresolved('too many combinations of conditions')])
      : options.length === 1
        ? texts.map((text) => (text.push(...options[0]), text))
        : texts.flatMap((text) => options.map((option) => [...text, ...option]));
    if (texts[0].length > LONGEST_TEXT) return new Unresolved('the text has too many pieces');
  }
  return choose(texts.map(compact));
}

function partsOf(value: Value): readonly (string | Reference | Unresolved)[] {
  if (value instanceof Text) return value.parts;
  if (value instanceof Reference || isUnresolved(value)) return [value];
  return [textOf(value) ?? new Unresolved('a list or an object inside of a text')];
}

function compact(parts: readonly (string | Reference | Unresolved)[]): Value {
  const merged: (string | Reference | Unresolved)[] = [];
  let length = 0;
  for (const part of parts) {
    const last = merged.length - 1;
    if (typeof part === 'string') length += part.length;
    if (length > LONGEST_TEXT) return new Unresolved('the text is too long');
    if (part === '') continue;
    if (typeof part === 'string' && typeof merged[last] === 'string') merged[last] = `${merged[last]}${part}`;
    else if (!(part instanceof Unresolved && merged[last] instanceof Unresolved)) merged.push(part);
  }
  if (merged.length === 0) return '';
  if (merged.length === 1 && typeof merged[0] === 'string' && !merged[0].includes('<AWS::')) return merged[0];
  return merged.length === 1 && typeof merged[0] !== 'string' ? merged[0] : new Text(merged);
}
