import { randomUUID } from 'crypto';
import { answer, parseBody, route, tenantOf } from './http-v2';
import { NoteRequest, viewOf } from './note';
import { NoteStore } from './note-store';
import { setting } from '../../common/settings';

const notes = new NoteStore(setting('NOTES_TABLE'));

/** POST /notes: a new note of the caller's organization. */
export const handler = route('POST /notes', async (event) => {
  const note = { tenant: tenantOf(event), noteId: randomUUID(), writtenAt: new Date().toISOString(), ...parseBody(event, NoteRequest) };
  await notes.add(note);
  return answer(201, viewOf(note));
});
