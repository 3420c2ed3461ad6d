/** What a pointer may become at deployment: most ARNs are shorter. */
const POINTER = 120;

/** What AWS counts of a policy that is rendered: all but white space. `lengthOf` measures one that is still being written. */
export function sizeOf(rendered: unknown): number {
  if (typeof rendered === 'string') return rendered.replace(/\s/g, '').length + 2;
  if (Array.isArray(rendered)) return rendered.reduce((sum: number, one) => sum + sizeOf(one) + 1, 2);
  if (typeof rendered !== 'object' || rendered === null) return String(rendered).length;
  const fields = Object.entries(rendered);
  const [[name, argument] = ['', undefined]] = fields;
  if (fields.length === 1 && isTextOfPieces(name, argument)) return joined(argument as [string, unknown[]]);
  if (fields.length === 1 && (name === 'Ref' || name.startsWith('Fn::'))) return /^AWS::/.test(String(argument)) ? 'us-gov-west-1'.length : POINTER;
  return fields.reduce((sum, [key, value]) => sum + key.length + 4 + sizeOf(value), 2);
}

/** The pieces of a list that only the deployment knows cannot be counted. */
function isTextOfPieces(name: string, argument: unknown): boolean {
  return name === 'Fn::Join' && Array.isArray(argument) && Array.isArray(argument[1]);
}

/** Pieces of one text: the quotes of each do not count. */
function joined([separator, pieces]: [string, unknown[]]): number {
  return pieces.reduce((sum: number, piece) => sum + sizeOf(piece) + separator.length - (typeof piece === 'string' ? 2 : 0), 2);
}
