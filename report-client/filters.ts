/** Text and choices above a table or list hide its rows. A list of values is asked for exactly, a text anywhere in the row. */
export function startFilters(): void {
  for (const controls of document.querySelectorAll<HTMLElement>('[data-filters]')) {
    const target = document.getElementById(controls.dataset.filters ?? '');
    if (target !== null) startFilter(controls, target);
  }
}

function startFilter(controls: HTMLElement, target: HTMLElement): void {
  const rows = [...target.querySelectorAll<HTMLElement>('[data-row]')];
  const search = controls.querySelector('input');
  const choices = [...controls.querySelectorAll('select')];
  const output = controls.querySelector('output');
  const texts = new Map<HTMLElement, string>();
  const textOf = (row: HTMLElement) => {
    const text = texts.get(row) ?? (row.textContent ?? '').toLowerCase();
    texts.set(row, text);
    return text;
  };
  const apply = () => {
    const words = (search?.value ?? '').toLowerCase().split(/\s+/).filter((word) => word !== '');
    let shown = 0;
    for (const row of rows) {
      const fits = choices.every(({ value, dataset }) => value === '' || row.dataset[dataset.key ?? ''] === value)
        && words.every((word) => textOf(row).includes(word));
      row.hidden = !fits;
      if (fits) shown += 1;
    }
    if (output !== null) output.textContent = shown === rows.length ? `${rows.length}` : `${shown} of ${rows.length}`;
  };
  search?.addEventListener('input', apply);
  for (const choice of choices) choice.addEventListener('change', apply);
  apply();
}
