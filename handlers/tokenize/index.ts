import { tokenizer } from './tokenizer';

/** See `tokenizer`. */
export const handler = tokenizer();
