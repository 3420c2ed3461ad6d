import { z } from 'zod';

/** The body of POST /notes. */
export const NoteRequest = z.strictObject({
  title: z.string().min(1).max(120),
  text: z.string().max(4000),
});

export type NoteRequest = z.infer<typeof NoteRequest>;

/** A note as it is stored. The tenant is the partition key: no query can reach another tenant's notes. */
export interface Note {
  readonly tenant: string;
  readonly noteId: string;
  readonly writtenAt: string;
  readonly title: string;
  readonly text: string;
}

export type NoteView = Omit<Note, 'tenant'>;

export const NOTE_ID = z.uuid();

export function viewOf({ tenant, ...view }: Note): NoteView {
  return view;
}
