/** Whether a resolved value is a function of CloudFormation: known only at deployment. */
export function isIntrinsic(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const names = Object.keys(value);
  return names.length === 1 && (names[0] === 'Ref' || names[0].startsWith('Fn::'));
}

/** The logical ids that a resolved value names. */
export function logicalIdsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(logicalIdsIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, argument]) => {
    if (name === 'Ref') return typeof argument === 'string' ? [argument] : [];
    if (name === 'Fn::GetAtt') return [String(Array.isArray(argument) ? argument[0] : argument).split('.')[0]];
    if (name === 'Fn::Sub') return idsOfSub(argument);
    return logicalIdsIn(argument);
  });
}

function idsOfSub(argument: unknown): string[] {
  const [text, values] = Array.isArray(argument) ? argument : [argument, {}];
  const named = [...String(text).matchAll(/\$\{([A-Za-z0-9]+)(?:\.[A-Za-z0-9.]+)?\}/g)].map(([, id]) => id);
  return [...named.filter((id) => !Object.hasOwn(values as object, id)), ...logicalIdsIn(values)];
}
