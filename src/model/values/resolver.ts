import { writeOutLoops } from './loops';
import { Parameter, parameterOf, typed } from './parameters';
import { Conditions } from './template-conditions';
import { forEach, glue, MOST_OPTIONS, split, toJson } from './texts';
import { alternatives, choose, isList, isUnresolved, numberOf, Reference, referencesIn, Text, textOf, Unresolved, Value, ValueRecord } from './values';
import { own, section, TemplateSource } from '../templates/template-source';

/** Deeper than this is no template that CloudFormation takes, but may be an attempt to stall the check. */
const DEEPEST = 100;

/** Pseudo parameters that stand for a fixed fact of the deployment. They stay readable pieces of texts. */
const PSEUDO_PARAMETERS = new Set([
  'AWS::AccountId', 'AWS::NotificationARNs', 'AWS::Partition', 'AWS::Region', 'AWS::StackId', 'AWS::StackName', 'AWS::URLSuffix',
]);

/** What a resolver asks of the other stacks. */
export interface OtherStacks {
  /** The value behind an export name. */
  imported(exportName: string): Value;
  /** An output of a stack that is named; the region is unknown where the template leaves it open. */
  stackOutput(stackName: string, output: string, region: string | undefined): Value;
  /** The value that the parent stack passes for a parameter of a nested one. */
  passedParameter(name: string): Value;
  /** The value of a parameter that nobody passes. */
  unpassedParameter(parameter: Parameter): Value;
  /** An output of a nested stack. */
  nestedOutput(logicalId: string, output: string): Value;
}

/** Applies the intrinsic functions of one template, as far as the assembly tells their arguments. */
export class Resolver {
  /** The resources, with loops written out. */
  public readonly resources: { readonly [logicalId: string]: unknown };
  /** The outputs, likewise. */
  public readonly outputs: { readonly [name: string]: unknown };
  private readonly parameters = new Map<string, Value>();
  private readonly conditions: Conditions;

  constructor(private readonly source: TemplateSource, private readonly others: OtherStacks) {
    this.conditions = new Conditions(source.template, this);
    this.resources = {};
    const collection = (expression: unknown): Value => alternatives(this.resolve(expression)).find(isList);
    this.resources = writeOutLoops(section(source.template, 'Resources'), collection);
    this.outputs = writeOutLoops(section(source.template, 'Outputs'), collection);
  }

  /** The value of an expression of this template. */
  public resolve(expression: unknown, depth = 0): Value {
    if (depth > DEEPEST) return new Unresolved('the template is nested too deeply');
    if (Array.isArray(expression)) {
      return expression.map((element) => this.resolve(element, depth + 1)).filter((element) => element !== undefined);
    }
    if (typeof expression !== 'object' || expression === null) return expression as Value;
    const [only, ...more] = Object.keys(expression);
    if (only !== undefined && more.length === 0 && (only === 'Ref' || (only.startsWith('Fn::') && !only.startsWith('Fn::ForEach::')))) {
      return this.intrinsic(only, (expression as { [key: string]: unknown })[only], depth + 1);
    }
    return this.object(expression as { [key: string]: unknown }, depth);
  }

  /** The value of an expression that stands where a condition holds: on a resource that is made only then. */
  public resolveWhere(condition: unknown, expression: unknown): Value {
    return condition === undefined ? this.resolve(expression) : this.conditions.assuming(condition, true, () => this.resolve(expression));
  }

  /** Whether a condition of the template holds; undefined when only the deployment knows. */
  public condition(name: unknown): boolean | undefined {
    return this.conditions.holds(name);
  }

  /** The conditions that only the deployment decides. */
  public get undecidedConditions(): readonly string[] {
    return this.conditions.undecided;
  }

  /** Looks at the template as if a condition were known to hold, or not. Before anything is resolved. */
  public fix(condition: string, holds: boolean): void {
    this.conditions.fix(condition, holds);
  }

  private object(expression: { readonly [key: string]: unknown }, depth: number): Value {
    const record = Object.create(null) as { [key: string]: Value };
    const written = writeOutLoops(expression, (over) => alternatives(this.resolve(over, depth + 1)).find(isList));
    for (const key of Object.keys(written)) {
      const value = key === 'Fn::Transform' ? this.intrinsic(key, undefined, depth) : this.resolve(written[key], depth + 1);
      if (value !== undefined) record[key] = value;
    }
    return record as ValueRecord;
  }

  private intrinsic(fn: string, argument: unknown, depth: number): Value {
    switch (fn) {
      case 'Ref': return this.ref(argument);
      case 'Fn::Base64': return this.resolve(argument, depth); // the text is what matters
      case 'Fn::FindInMap': return this.findInMap(argument, depth);
      case 'Fn::GetAtt': return this.attribute(argument);
      case 'Fn::GetStackOutput': return this.stackOutput(argument, depth);
      case 'Fn::If': return this.either(argument, depth);
      case 'Fn::ImportValue': return this.importValue(argument, depth);
      case 'Fn::Join': return this.join(argument, depth);
      case 'Fn::Length': return forEach(this.resolve(argument, depth),
        (list) => (isList(list) ? list.length : new Unresolved('Fn::Length of a list that is known at deployment')));
      case 'Fn::Select': return this.select(argument, depth);
      case 'Fn::Split': return this.split(argument, depth);
      case 'Fn::Sub': return this.substitute(argument, depth);
      case 'Fn::ToJsonString': return toJson(this.resolve(argument, depth));
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
    return this.conditions.narrowed(argument) ?? this.parameter(argument);
  }

  private parameter(name: string): Value {
    if (!this.parameters.has(name)) {
      this.parameters.set(name, new Unresolved(`the parameter ${name} depends on itself`));
      const declared = parameterOf(this.source.id, this.source.template, name);
      this.parameters.set(name, declared === undefined
        ? new Unresolved(`the template holds nothing called ${name}`)
        : forEach(this.others.passedParameter(name), (passed) => (
          passed === undefined ? this.others.unpassedParameter(declared) : typed(declared, passed))));
    }
    return this.parameters.get(name);
  }

  private attribute(argument: unknown): Value {
    const [logicalId, ...attribute] = typeof argument === 'string' ? argument.split('.') : Array.isArray(argument) ? argument as unknown[] : [];
    const names = attribute.map((part) => (typeof part === 'string' ? part : textOf(this.resolve(part))));
    if (typeof logicalId !== 'string' || names.length === 0 || names.includes(undefined)) return new Unresolved('Fn::GetAtt without a fixed name');
    const resource = own(this.resources, logicalId);
    if (resource === undefined) return new Unresolved(`the template holds nothing called ${logicalId}`);
    const name = names.join('.');
    if (own(resource, 'Type') === 'AWS::CloudFormation::Stack' && name.startsWith('Outputs.')) {
      return this.others.nestedOutput(logicalId, name.slice('Outputs.'.length));
    }
    return new Reference(this.source.id, logicalId, name);
  }

  private join(argument: unknown, depth: number): Value {
    const [delimiter, list] = Array.isArray(argument) ? argument as unknown[] : [];
    return forEach(this.resolve(list, depth), (pieces) => {
      if (typeof delimiter !== 'string' || !isList(pieces)) return new Unresolved('Fn::Join of a list that is known at deployment');
      const glued: Value[] = [];
      for (const piece of pieces) glued.push(...(glued.length === 0 ? [] : [delimiter]), piece);
      return glue(glued);
    });
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
    return choose([
      this.conditions.assuming(name, true, () => this.resolve(yes, depth)),
      this.conditions.assuming(name, false, () => this.resolve(no, depth)),
    ]);
  }

  private importValue(argument: unknown, depth: number): Value {
    return forEach(this.resolve(argument, depth), (option) => {
      const name = textOf(option);
      return name === undefined ? new Unresolved('Fn::ImportValue without a name') : this.others.imported(name);
    });
  }

  /** How stacks of a CDK app refer to each other under its recommended feature flags. */
  private stackOutput(argument: unknown, depth: number): Value {
    const region = this.resolve(own(argument, 'Region'), depth);
    return forEach(this.resolve(own(argument, 'StackName'), depth), (stack) => forEach(this.resolve(own(argument, 'OutputName'), depth), (output) => {
      if (typeof stack !== 'string' || typeof output !== 'string') return new Unresolved('Fn::GetStackOutput without a name');
      return this.others.stackOutput(stack, output, typeof region === 'string' ? region : this.source.region);
    }));
  }

  private select(argument: unknown, depth: number): Value {
    const [index, list] = Array.isArray(argument) ? argument as unknown[] : [];
    const position = numberOf(this.resolve(index, depth)) ?? -1;
    return forEach(this.resolve(list, depth), (from) => {
      if (isList(from) && position in from) return from[position];
      const pointers = referencesIn(from);
      return pointers.length > 0 ? new Text(pointers) : new Unresolved('Fn::Select from a list that is known at deployment', isUnresolved(from) ? from.parameter : undefined);
    });
  }

  /** A text that is one pointer, or a piece of one, stays as it is: `Fn::Select` then tells that its value is a piece of it. */
  private split(argument: unknown, depth: number): Value {
    const [delimiter, text] = Array.isArray(argument) ? argument as unknown[] : [];
    return forEach(this.resolve(text, depth), (whole) => {
      if (typeof delimiter !== 'string' || delimiter === '') return new Unresolved('Fn::Split without a delimiter');
      const isPointer = whole instanceof Reference || whole instanceof Text && whole.parts.length === 1 && whole.parts[0] instanceof Reference;
      if (isPointer) return whole;
      return split(whole, delimiter) ?? new Unresolved('Fn::Split of a text that is known at deployment');
    });
  }

  /**
   * The cells of a mapping that its keys may lead to. A key that is known at deployment leads to every row: a mapping holds all the values
   * that it may have.
   */
  private findInMap(argument: unknown, depth: number): Value {
    const [map, first, second, options] = Array.isArray(argument) ? argument.map((part) => this.resolve(part, depth)) : [];
    const otherwise = own(options, 'DefaultValue') as Value;
    if (typeof map !== 'string') return new Unresolved('Fn::FindInMap in a map that is chosen at deployment');
    const levels = section(section(this.source.template, 'Mappings'), map);
    const cells = below(levels, first).flatMap((row) => below(row, second)).filter((cell) => cell !== undefined);
    if (cells.length > MOST_OPTIONS * 4) return new Unresolved('Fn::FindInMap with keys that are known at deployment');
    const found = cells.map((cell) => this.resolve(cell, depth));
    if (otherwise !== undefined && (found.length === 0 || mayMiss(levels, first))) found.push(otherwise);
    return found.length === 0 ? new Unresolved('Fn::FindInMap with keys that are known at deployment') : choose(found);
  }
}

/** What lies below an object of a mapping, for each key that it may be asked for. */
function below(object: unknown, key: Value): readonly unknown[] {
  const keys = alternatives(key).map((option) => (isUnresolved(option) || option instanceof Text ? undefined : textOf(option)));
  return keys.includes(undefined) ? Object.values(Object(object) as object) : [...new Set(keys)].map((name) => own(object, name!));
}

/** Whether a key may lead nowhere. */
function mayMiss(object: unknown, key: Value): boolean {
  return alternatives(key).some((option) => typeof option !== 'string' || own(object, option) === undefined);
}
