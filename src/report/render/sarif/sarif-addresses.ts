/** A file as an `artifactLocation`: relative to one of the bases of the run, or by itself where it is not below one. */
export function artifact(file: string, base: string): object {
  const path = file.replace(/\\/g, '/');
  const uri = path.split('/').map(encoded).join('/');
  if (/^[A-Za-z]:\//.test(path)) return { uri: `file:///${uri.replace('%3A', ':')}` };
  return path.startsWith('/') ? { uri: `file://${uri}` } : { uri, uriBaseId: base };
}

/** `encodeURIComponent` throws on half of a surrogate pair. */
export function encoded(part: string): string {
  return encodeURIComponent(part.replace(/\p{Surrogate}/gu, '\ufffd'));
}
