import { searcher } from './searcher';

/** See `searcher`. */
export const handler = searcher();
