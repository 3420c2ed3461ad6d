import { alternatives, Choice, choose, isUnresolved, textOf, Value } from './values';
import { own, section } from '../templates/template-source';

/** CDK asks so whether the region is one in which Kinesis has no key of AWS: where nobody knows the region, it is none of these. */
const EXCEPTION_OF_CDK = 'AwsCdkKinesisEncryptedStreamsUnsupportedRegions';

/** Deeper is no condition that somebody wrote. */
const DEEPEST = 100;

/** What is taken for granted while one branch of an `Fn::If`, or a resource that has a condition, is looked at. */
interface Assumption {
  readonly conditions: ReadonlyMap<string, boolean>;
  /** Parameters of which the assumption leaves fewer values. */
  readonly parameters: ReadonlyMap<string, Value>;
}

/** What conditions need of the resolver that they belong to. */
interface Values {
  resolve(expression: unknown, depth?: number): Value;
}

/**
 * The conditions of one template, three-valued: yes, no, and what only the deployment knows.
 *
 * Inside of a branch its own condition holds, so that the same condition asked again gets the same answer and a parameter that the
 * condition compares has the value that it is compared with: `Fn::If: [HasKey, { Ref: KeyArn }, …]` never meets the empty default.
 */
export class Conditions {
  private readonly known = new Map<string, boolean | undefined>();
  private readonly declared: { readonly [name: string]: unknown };
  private readonly assumptions: Assumption[] = [];
  /** What holds in this model, as if the deployment had told. */
  private fixed?: Assumption;
  private open = 0;

  constructor(template: unknown, private readonly values: Values) {
    this.declared = section(template, 'Conditions');
  }

  /** Whether a condition holds; undefined when only the deployment knows. */
  public holds(name: unknown): boolean | undefined {
    if (typeof name !== 'string') return undefined;
    for (const { conditions } of this.assumptions) {
      const assumed = conditions.get(name);
      if (assumed !== undefined) return assumed;
    }
    if (!this.known.has(name) && this.open < DEEPEST) {
      this.known.set(name, undefined); // a condition that depends on itself is not decided
      this.open++;
      const tested = this.withoutAssumptions(() => this.test(own(this.declared, name), 0));
      this.known.set(name, tested ?? (name === EXCEPTION_OF_CDK ? false : undefined));
      this.open--;
    }
    return this.known.get(name);
  }

  /** The conditions that only the deployment decides, of those that the template declares. */
  public get undecided(): readonly string[] {
    return Object.keys(this.declared).filter((name) => this.holds(name) === undefined);
  }

  /** Looks at the template as if one of its conditions were known to hold, or not, with all that follows for others and for parameters. */
  public fix(name: string, holds: boolean): void {
    const conditions = new Map<string, boolean>();
    const parameters = new Map<string, Value>();
    this.conclude({ Condition: name }, holds, conditions, parameters, 0);
    this.fixed = { conditions, parameters };
    this.known.clear();
    for (const [one, value] of conditions) this.known.set(one, value);
  }

  /** What follows from a condition for the value of a parameter, while it is assumed. */
  public narrowed(parameter: string): Value {
    for (let last = this.assumptions.length - 1; last >= 0; last--) {
      const value = this.assumptions[last].parameters.get(parameter);
      if (value !== undefined) return value;
    }
    return this.fixed?.parameters.get(parameter);
  }

  /** Does something in a world in which a condition holds, or does not. */
  public assuming<T>(name: unknown, holds: boolean, act: () => T): T {
    if (typeof name !== 'string' || this.holds(name) !== undefined || this.assumptions.length > DEEPEST) return act();
    const conditions = new Map<string, boolean>();
    const parameters = new Map<string, Value>();
    this.conclude({ Condition: name }, holds, conditions, parameters, 0);
    this.assumptions.push({ conditions, parameters });
    try {
      return act();
    } finally {
      this.assumptions.pop();
    }
  }

  private withoutAssumptions<T>(act: () => T): T {
    const kept = this.assumptions.splice(0);
    try {
      return act();
    } finally {
      this.assumptions.push(...kept);
    }
  }

  private test(condition: unknown, depth: number): boolean | undefined {
    if (depth > DEEPEST) return undefined;
    const [fn, argument, parts] = dissect(condition);
    const results = fn === 'Fn::Equals' ? [] : parts.map((part) => this.test(part, depth + 1));
    switch (fn) {
      case 'Condition': return this.holds(argument);
      case 'Fn::Equals': return equal(this.values.resolve(parts[0], depth), this.values.resolve(parts[1], depth));
      case 'Fn::Not': return parts.length === 1 ? negate(results[0]) : undefined;
      case 'Fn::And': return results.includes(false) ? false : results.includes(undefined) ? undefined : true;
      case 'Fn::Or': return results.includes(true) ? true : results.includes(undefined) ? undefined : false;
      default: return undefined;
    }
  }

  /** What else must be so when a condition is (not) true. */
  private conclude(condition: unknown, holds: boolean, conditions: Map<string, boolean>, parameters: Map<string, Value>, depth: number): void {
    if (depth > DEEPEST) return;
    const [fn, argument, parts] = dissect(condition);
    const all = (value: boolean): void => parts.forEach((part) => this.conclude(part, value, conditions, parameters, depth + 1));
    if (fn === 'Condition' && typeof argument === 'string' && !conditions.has(argument)) {
      conditions.set(argument, holds);
      this.conclude(own(this.declared, argument), holds, conditions, parameters, depth + 1);
    } else if (fn === 'Fn::Not') {all(!holds);} else if ((fn === 'Fn::And' && holds) || (fn === 'Fn::Or' && !holds)) {all(holds);} else if (fn === 'Fn::Equals') {this.narrow(parts, holds, parameters);}
  }

  private narrow([left, right]: readonly unknown[], holds: boolean, parameters: Map<string, Value>): void {
    for (const [side, other] of [[left, right], [right, left]]) {
      const name = own(side, 'Ref');
      if (typeof name !== 'string' || own(other, 'Ref') !== undefined) continue;
      const value = this.values.resolve(other);
      if (typeof value !== 'string') continue;
      const possible = alternatives(parameters.get(name) ?? this.values.resolve(side)).filter((option) => equal(option, value) !== true);
      if (holds) parameters.set(name, value);
      else if (possible.length > 0) parameters.set(name, choose(possible));
    }
  }
}

function dissect(condition: unknown): [fn: string | undefined, argument: unknown, parts: readonly unknown[]] {
  if (typeof condition !== 'object' || condition === null) return [undefined, undefined, []];
  const fn: string | undefined = Object.keys(condition)[0];
  const argument = own(condition, fn);
  return [fn, argument, Array.isArray(argument) ? argument as unknown[] : []];
}

/** Texts and numbers are compared as texts, as CloudFormation does; one of several is equal only if all are. */
function equal(left: Value, right: Value): boolean | undefined {
  if (left === right && !isUnresolved(left)) return true;
  if (!(left instanceof Choice) && !(right instanceof Choice)) return equalTexts(left, right);
  const results = new Set(alternatives(left).flatMap((one) => alternatives(right).map((other) => equalTexts(one, other))));
  return results.size === 1 ? [...results][0] : undefined;
}

function equalTexts(left: Value, right: Value): boolean | undefined {
  const isKnown = (value: Value) => typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  return isKnown(left) && isKnown(right) ? textOf(left) === textOf(right) : undefined;
}

function negate(value: boolean | undefined): boolean | undefined {
  return value === undefined ? undefined : !value;
}
