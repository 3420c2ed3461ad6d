/** Reads a setting that the stack provides. A function without it fails at its first start and not at its first customer. */
export function setting(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '') throw new Error(`The environment variable ${name} is missing.`);
  return value;
}
