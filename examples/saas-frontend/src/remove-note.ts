import { answer, Refusal, route, tenantOf } from './http-v2';
import { NOTE_ID } from './note';
import { NoteStore } from './note-store';
import { setting } from '../../common/settings';

const notes = new NoteStore(setting('NOTES_TABLE'));

/** DELETE /notes/{id}. A note of another organization looks like one that does not exist. */
export const handler = route('DELETE /notes/{id}', async (event) => {
  const id = NOTE_ID.safeParse(event.pathParameters?.id);
  if (!id.success || !await notes.remove(tenantOf(event), id.data)) throw new Refusal(404, 'There is no such note.');
  return answer(204);
});
