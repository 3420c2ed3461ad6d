import { Posture } from '../../../form/posture-form';
import { filters, place, Row, Section, table } from '../elements';
import { markup } from '../markup';

/** Settings that the author chose, without being weaker. */
export function overrides({ overrides: all }: Posture): Section {
  return {
    id: 'overrides',
    title: 'Overrides',
    amount: all.length,
    body: all.length === 0 ? markup`<p>No secure construct has a setting other than its default, as far as they tell.</p>` : markup`${filters('override-table', 'overrides', all.length)}${table('override-table', 'Overrides of defaults', ['Where', 'Construct', 'Setting', 'Value', 'Default'].map((title) => ({ title })), all.map((one): Row => ({
      cells: [place(one.at), markup`${one.construct}`, markup`<code>${one.prop}</code>`, markup`<code>${one.value}</code>`, markup`<code>${one.default}</code>`],
    })))}`,
  };
}

/** What nobody could check: said, not assumed. */
export function unchecked({ unchecked: all }: Posture): Section {
  return {
    id: 'unchecked',
    title: 'Not checked',
    amount: all.length,
    body: all.length === 0 ? markup`<p>The constructs of the app checked all that they should.</p>` : markup`${filters('unchecked-table', 'remarks', all.length)}${table('unchecked-table', 'What was not checked', ['Where', 'About', 'What is not known'].map((title) => ({ title })), all.map((one): Row => ({
      cells: [place(one.at), markup`${one.topic}`, markup`${one.message}`],
    })))}`,
  };
}
