import { StorePosture } from '../../../form/app-form';
import { Posture } from '../../../form/posture-form';
import { chip, distinct, filters, place, places, Row, Section, table } from '../elements';
import { Markup, markup } from '../markup';

const LOG = 'AWS::Logs::LogGroup';

/** What keeps data: its key, its way back, who can get at it. Logs stand last. */
export function stores(posture: Posture): Section {
  const all = [...posture.stores].sort((a, b) => Number(a.type === LOG) - Number(b.type === LOG));
  return {
    id: 'stores',
    title: 'Data stores',
    amount: all.length,
    body: all.length === 0 ? markup`<p>The app keeps no data.</p>` : markup`${filters('store-table', 'stores', all.length, [
      { key: 'type', label: 'Type', values: distinct(all.map(({ type }) => type)) },
      { key: 'exposure', label: 'Exposure', values: distinct(all.map(({ exposure }) => exposure)) },
      { key: 'key', label: 'Key', values: distinct(all.map(({ encryption }) => encryption)) },
    ])}${table('store-table', 'Data stores', ['Store', 'Exposure', 'Key', 'Backup', 'When the stack goes', 'Read by', 'Written by', 'Deleted from by'].map((title) => ({ title })), all.map(row))}`,
  };
}

function row(store: StorePosture): Row {
  const { at, type, classification, exposure, encryption, key, backup, retained, deletionProtection, readers, writers, deleters } = store;
  return {
    keys: { type, exposure, key: encryption },
    cells: [
      markup`${place(at)}<br><span class="small quiet">${type}${classification === undefined ? '' : `, holds ${classification} data`}</span>`,
      exposureChip(exposure),
      encryption === 'customer' ? markup`${key === undefined ? 'a key of the account' : place(key)}` : keyChip(encryption),
      backup.length === 0 ? markup`<span class="quiet">none</span>` : markup`${backup.join(', ')}`,
      markup`${retained ? 'it stays' : 'it goes'}${deletionProtection === true ? ', protected' : ''}`,
      places(readers), places(writers), places(deleters),
    ],
  };
}

function exposureChip(exposure: StorePosture['exposure']): Markup {
  if (exposure === 'public') return chip(exposure, 'bad');
  return chip(exposure, exposure === 'private' ? 'good' : exposure === 'account' ? 'calm' : 'warn');
}

function keyChip(encryption: StorePosture['encryption']): Markup {
  if (encryption === 'none') return chip('none', 'bad');
  return encryption === 'aws' ? markup`a key of AWS` : chip('only the deployment tells', 'warn');
}
