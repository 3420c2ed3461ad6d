import { BundledPackage } from '../../../../packages/package-list';
import { FunctionPosture } from '../../../form/app-form';
import { Posture } from '../../../form/posture-form';
import { compareTexts } from '../../findings';
import { chip, distinct, filters, fold, place, Row, Section, table } from '../elements';
import { Markup, markup, NOTHING } from '../markup';

/** Who takes part from outside: accounts, domains, layers, and the packages that functions carry. */
export function parties({ thirdParties, functions }: Posture): Section {
  const packages = packagesOf(functions);
  return {
    id: 'parties',
    title: 'Third parties',
    amount: thirdParties.length,
    body: markup`${thirdParties.length === 0 ? markup`<p>The templates name nobody outside of the app’s own account.</p>` : markup`${filters('party-table', 'third parties', thirdParties.length, [
      { key: 'kind', label: 'Kind', values: distinct(thirdParties.map(({ kind }) => kind)) },
    ])}${table('party-table', 'Third parties', [{ title: 'Who' }, { title: 'Kind' }, { title: 'What for' }, { title: 'Trusted' }], thirdParties.map(({ name, kind, relations, trusted, reason }): Row => ({
      keys: { kind },
      cells: [
        markup`<code class="strong">${name}</code>${reason === undefined ? NOTHING : markup`<div class="small">${reason}</div>`}`,
        markup`${kind}`,
        markup`<ul class="plain">${relations.map(({ how, at }) => markup`<li>${how}${how.includes(at) ? NOTHING : markup` <span class="small">${place(at)}</span>`}</li>`)}</ul>`,
        trusted ? chip('named', 'good') : chip('not named', 'calm'),
      ],
    })))}`}${packages.length === 0 ? NOTHING : fold(markup`Packages in the bundles of functions <span class="quiet">${packages.length}</span>`, markup`${filters('package-table', 'packages', packages.length)}${packageTable(packages)}`)}`,
  };
}

interface Carried {
  readonly one: BundledPackage;
  readonly by: readonly string[];
}

function packagesOf(functions: readonly FunctionPosture[]): readonly Carried[] {
  const carried = new Map<string, { readonly one: BundledPackage; readonly by: string[] }>();
  for (const { at, packages } of functions) {
    for (const one of packages ?? []) {
      const known = carried.get(one.purl);
      if (known === undefined) carried.set(one.purl, { one, by: [at] });
      else known.by.push(at);
    }
  }
  return [...carried.values()].sort((a, b) => compareTexts(a.one.purl, b.one.purl));
}

function packageTable(packages: readonly Carried[]): Markup {
  return table('package-table', 'Packages in the bundles of functions', [{ title: 'Package' }, { title: 'Version' }, { title: 'Licence' }, { title: 'Functions', numeric: true }], packages.map(({ one, by }): Row => ({
    cells: [markup`<code class="strong">${one.name}</code>`, markup`${one.version ?? 'not known'}`, markup`${one.licence ?? 'not known'}`, markup`${by.length}`],
  })));
}
