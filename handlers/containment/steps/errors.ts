/** Answers of AWS that say that something is not there, rather than that the question was wrong. */
export async function unless<T, R>(names: readonly string[], otherwise: R, ask: () => Promise<T>): Promise<T | R> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof Error && names.includes(error.name)) return otherwise;
    throw error;
  }
}
