import { answer, route, tenantOf } from './http-v2';
import { viewOf } from './note';
import { NoteStore } from './note-store';
import { setting } from '../../common/settings';

const notes = new NoteStore(setting('NOTES_TABLE'));

/** GET /notes: the notes of the caller's organization. */
export const handler = route('GET /notes', async (event) => answer(200, { notes: (await notes.list(tenantOf(event))).map(viewOf) }));
