/**
 * Writes a resolved CloudFormation value as one line, the way cdk-nag spells references in its bracketed finding ids:
 * `<Logical.Attribute>` for Fn::GetAtt, `<Logical>` for Ref, pieces of Fn::Join glued together.
 */
export function flattenReference(value: unknown): string {
  if (value === undefined) return '';
  if (typeof value === 'string') return value.replace(/\$\{/g, '<').replace(/\}/g, '>');
  if (typeof value === 'object' && value !== null) {
    const [fn, argument] = Object.entries(value)[0] ?? [];
    if (fn === 'Fn::Join' && Array.isArray(argument) && Array.isArray(argument[1])) return argument[1].map(flattenReference).join(argument[0] as string);
    if (fn === 'Fn::Sub' || fn === 'Fn::ImportValue') return flattenReference(argument);
    if (fn === 'Fn::GetAtt' && Array.isArray(argument)) return `<${flattenReference(argument[0])}.${flattenReference(argument[1])}>`;
    if (fn === 'Ref') return `<${flattenReference(argument)}>`;
  }
  return JSON.stringify(value);
}
