import { addResource, Mutant, properties, removeResources, resourceOf, Stacks, Template, Variant } from '../../seed';
import { BlindSeed } from '../support';

export type { BlindSeed };

type Json = any;

/** A YAML text whose `@{…}` stands for `${…}`. */
export const yaml = (text: string): string => text.replace(/@\{/g, '${');

export const ref = (id: string): Json => ({ Ref: id });
export const att = (id: string, name = 'Arn'): Json => ({ 'Fn::GetAtt': [id, name] });
export const sub = (text: string, values?: Json): Json => ({ 'Fn::Sub': values === undefined ? yaml(text) : [yaml(text), values] });
export const join = (by: string, parts: Json): Json => ({ 'Fn::Join': [by, parts] });
export const iff = (condition: string, yes: Json, no: Json): Json => ({ 'Fn::If': [condition, yes, no] });
export const imp = (name: Json): Json => ({ 'Fn::ImportValue': name });
export const find = (map: string, top: Json, second: Json): Json => ({ 'Fn::FindInMap': [map, top, second] });
export const sel = (index: number | string, of: Json): Json => ({ 'Fn::Select': [index, of] });
export const split = (by: string, text: Json): Json => ({ 'Fn::Split': [by, text] });
export const none = ref('AWS::NoValue');
export const doc = (...Statement: Json[]): Json => ({ Version: '2012-10-17', Statement });
export const allow = (Action: Json, Resource: Json, more: Json = {}): Json => ({ Effect: 'Allow', Action, Resource, ...more });

/** The templates, with the resources of all of them at hand. */
export class Hand {
  public readonly t: Template;

  public constructor(public readonly s: Stacks) {
    this.t = Object.values(s)[0];
  }

  public of(id: string): Template {
    const found = Object.values(this.s).find(({ Resources }) => Resources[id] !== undefined);
    if (found === undefined) throw new Error(`no stack has ${id}`);
    return found;
  }

  public p(id: string): Json {
    return properties(this.of(id), id);
  }

  public r(id: string): Json {
    return resourceOf(this.of(id), id);
  }

  public add(id: string, type: string, props: Json, more: Json = {}, stack?: string): void {
    addResource(stack === undefined ? this.t : this.s[stack], id, type, props, more);
  }

  public drop(...ids: string[]): void {
    for (const id of ids) removeResources(this.of(id), id);
  }

  /** One more policy of its own for a role. */
  public grant(role: string, ...statements: Json[]): void {
    const template = this.of(role);
    addResource(template, `Extra${role}`, 'AWS::IAM::Policy', { PolicyName: 'extra', Roles: [ref(role)], PolicyDocument: doc(...statements) });
  }

  public env(id: string, more: Json): void {
    const props = this.p(id);
    props.Environment ??= {};
    props.Environment.Variables = { ...props.Environment.Variables, ...more };
  }
}

export const m = (gap: string, name: string, change: (h: Hand) => void): Mutant => ({
  name, rule: `pattern:${gap}`, change: (stacks) => change(new Hand(stacks)),
});

export const v = (name: string, change: (h: Hand) => void): Variant => ({ name, change: (stacks) => change(new Hand(stacks)) });
