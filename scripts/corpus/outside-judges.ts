import { caseOfFile, Collected, Verdicts } from './cases';
import { FileFinding } from '../judges/subject';

/** What a judge from outside says, by case. */
export function verdictsOf(findings: readonly FileFinding[]): Verdicts {
  const collected = new Collected();
  for (const { file, rule, resource } of findings) {
    const { id, stack } = caseOfFile(file);
    collected.add(id, rule, `${stack}/${resource}`);
  }
  return collected.verdicts;
}
