/** A sample of a README or a doc comment as jsii-rosetta keeps it: one text for each language that Construct Hub and the packages show. */
export interface TranslatedSample {
  readonly location: { readonly api: { readonly fqn?: string; readonly memberName?: string } };
  readonly fullSource: string;
  readonly translations: Readonly<Record<string, { readonly source: string }>>;
}

/** Translations that compile nowhere, or say something else than the sample. Each is mended in the sample. */
const FAULTS: readonly { readonly language: string; readonly fault: RegExp; readonly fix: string }[] = [
  { language: 'csharp', fault: /\bnew Struct\b/g, fix: 'give the map a type of its own: const name: Record<string, unknown> = { … }' },
  // jsii finds no type for it where anything may stand, and throws.
  { language: 'csharp', fault: /\bnew Dictionary<string, IDictionary\b/g, fix: 'give the outer map a type of its own: const name: Record<string, unknown> = { … }' },
  ...['csharp', 'go', 'java', 'python'].map((language) => ({ language, fault: /[!=]==/g, fix: 'no other language compares like this: say it without' })),
];

const SNAKE_KEY = /"([a-z0-9]+(?:_[a-z0-9]+)+)":/g;

/** What is wrong with the translations of samples: the place, what is wrong, and what to do. */
export function translationFaults(samples: readonly TranslatedSample[]): string[] {
  return samples.flatMap(({ location: { api }, fullSource, translations }) => {
    const place = [api.fqn ?? 'README', api.memberName].filter((part) => part !== undefined).join('.');
    const say = (language: string, text: string, fix: string) => `${place}, ${language}: ${text}; ${fix}`;
    const source = (language: string) => translations[language]?.source ?? '';
    return [
      ...FAULTS.flatMap(({ language, fault, fix }) => [...new Set(source(language).match(fault) ?? [])].map((text) => say(language, text, fix))),
      // Names of struct members become Python's names, and keys of maps do not, unless rosetta takes one for the other.
      ...[...source('python').matchAll(SNAKE_KEY)].filter(([, key]) => !fullSource.includes(key))
        .map(([text]) => say('python', text, 'put the key of the map in quotation marks, and give the map a type')),
    ];
  });
}
