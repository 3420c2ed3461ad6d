const MODULUS = 2 ** 31 - 1;

/** Numbers from 0 to 1 that are the same for the same seed (Lehmer's generator with the factor of Park and Miller). */
export function numbersFrom(seed: number): () => number {
  let state = seed % (MODULUS - 1) + 1;
  return () => {
    state = state * 48_271 % MODULUS;
    return (state - 1) / (MODULUS - 1);
  };
}

/**
 * Some of many, each as likely as any other, and from each stratum as many as its size asks for: everything is put in a row, stratum by stratum and
 * shuffled within, and every n-th is taken from a random start.
 */
export function stratified<T>(all: readonly T[], stratumOf: (one: T) => string, size: number, seed: number): T[] {
  if (size >= all.length) return [...all];
  const random = numbersFrom(seed);
  const row = [...all].map((one) => ({ one, stratum: stratumOf(one), place: random() }))
    .sort((a, b) => a.stratum === b.stratum ? a.place - b.place : a.stratum < b.stratum ? -1 : 1);
  const step = all.length / size;
  const start = random() * step;
  return Array.from({ length: size }, (_, index) => row[Math.floor(start + index * step)].one);
}

/** Between which shares the true one lies, in 95 of 100 samples (Wilson); a sample of everything has no doubt. */
export function interval(hits: number, tried: number, all: number): readonly [number, number] {
  if (tried === 0) return [0, 1];
  const share = hits / tried;
  if (tried >= all) return [share, share];
  const z = 1.96;
  const centre = (share + z ** 2 / (2 * tried)) / (1 + z ** 2 / tried);
  const half = z / (1 + z ** 2 / tried) * Math.sqrt(share * (1 - share) / tried + z ** 2 / (4 * tried ** 2));
  return [Math.max(0, centre - half), Math.min(1, centre + half)];
}
