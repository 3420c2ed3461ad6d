/** A setting that the construct gives the function through its environment: without it the function must not start. */
export function setting(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '') throw new Error(`the environment variable ${name} is missing: deploy the construct again`);
  return value;
}
