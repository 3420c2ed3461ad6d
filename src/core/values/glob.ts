/** Whether two texts with `*` and `?` can stand for the same one. */
export function globsOverlap(left: string, right: string): boolean {
  const known = new Map<number, boolean>();
  const overlap = (l: number, r: number): boolean => {
    const key = l * (right.length + 1) + r;
    const found = known.get(key);
    if (found !== undefined) return found;
    const result = decide(l, r);
    known.set(key, result);
    return result;
  };
  const decide = (l: number, r: number): boolean => {
    if (l === left.length && r === right.length) return true;
    if (left[l] === '*') return overlap(l + 1, r) || (r < right.length && overlap(l, r + 1));
    if (right[r] === '*') return overlap(l, r + 1) || (l < left.length && overlap(l + 1, r));
    if (l === left.length || r === right.length) return false;
    return (left[l] === right[r] || left[l] === '?' || right[r] === '?') && overlap(l + 1, r + 1);
  };
  return overlap(0, 0);
}

/** Whether a pattern with `*` and `?` stands for a text, in which they mean themselves. */
export function globMatches(pattern: string, text: string): boolean {
  const expression = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&').replace(/\*+/g, '.*').replace(/\?/g, '.');
  return new RegExp(`^${expression}$`, 's').test(text);
}
