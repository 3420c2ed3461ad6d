import { LayerKind, replay, Scenario, Verdict } from './scenario';

const WORDS: { readonly [kind in LayerKind]: string } = {
  [LayerKind.RIGHTS]: 'rights',
  [LayerKind.SETTING]: 'setting',
  [LayerKind.RULE]: 'rule',
  [LayerKind.REFUSAL]: 'refusal',
  [LayerKind.NOTICE]: 'notice',
};

/** A scenario as a table in Markdown, of what was found when it was replayed. */
export function tableOf(scenario: Scenario): string {
  const verdicts = replay(scenario);
  const lines = scenario.steps.flatMap(({ does }, index) => {
    const ofStep = verdicts.filter((verdict) => verdict.does === does);
    return ofStep.map((verdict, position) => lineOf(verdict, position === 0 ? `${index + 1}. ${does}` : ''));
  });
  return ['| Step of the attacker | Layer | Kind | Careless | Secure |', '|---|---|---|---|---|', ...lines].join('\n');
}

function lineOf({ name, kind, inCareless, inSecure }: Verdict, step: string): string {
  return `| ${step} | ${name} | ${WORDS[kind]} | ${inCareless ? 'there' : 'missing'} | ${inSecure ? 'holds' : '**missing**'} |`;
}

/** Puts the table of each scenario between its marks: `<!-- mining -->` and `<!-- /mining -->`. */
export function withTables(page: string, scenarios: readonly Scenario[]): string {
  return scenarios.reduce((text, scenario) => {
    const marks = new RegExp(`(<!-- ${scenario.id} -->\n)[\\s\\S]*?(\n<!-- /${scenario.id} -->)`);
    if (!marks.test(text)) throw new Error(`the page has no place for the scenario ${scenario.id}`);
    return text.replace(marks, (_, before: string, after: string) => `${before}\n${tableOf(scenario)}\n${after}`);
  }, page);
}
