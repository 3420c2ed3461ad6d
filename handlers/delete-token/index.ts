import { deleter } from './deleter';

/** See `deleter`. */
export const handler = deleter();
