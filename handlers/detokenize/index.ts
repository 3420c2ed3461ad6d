import { detokenizer } from './detokenizer';

/** See `detokenizer`. */
export const handler = detokenizer();
