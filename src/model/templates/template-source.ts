/** One template of an assembly and where it belongs. */
export interface TemplateSource {
  /** Unique name of the stack: its construct path, or the file's name. */
  readonly id: string;
  /** The name that CloudFormation knows the stack by, where it is another one than the id with dashes. */
  readonly stackName?: string;
  /** The parsed template, as it was read. */
  readonly template: unknown;
  /** The file, for reports. */
  readonly templatePath?: string;
  /** Where the stack goes, when that is known. */
  readonly region?: string;
  /** The account that it goes to, when that is known. */
  readonly account?: string;
  /** For a nested stack: the id of the stack that holds it, and the resource that stands for it there. */
  readonly parent?: { readonly id: string; readonly logicalId: string };
  /** Construct paths by logical id; empty for templates that no CDK app made. */
  readonly constructPaths?: ReadonlyMap<string, string>;
}

/** A plain object of a template, read without following the prototype chain; empty for anything else. */
export function section(value: unknown, key: string): { readonly [key: string]: unknown } {
  const found = own(value, key);
  return typeof found === 'object' && found !== null && !Array.isArray(found) ? found as { [key: string]: unknown } : {};
}

/** An own property of an object, and nothing that it inherits. */
export function own(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.prototype.hasOwnProperty.call(value, key) ? (value as { [key: string]: unknown })[key] : undefined;
}

/** A text, number or boolean as text, and an empty text for anything else: objects may have no way to become one. */
export function wordOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}
