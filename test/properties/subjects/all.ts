import { DATABASE } from './database';
import { FUNCTIONS } from './functions';
import { GUARDS } from './guards';
import { IDENTITY } from './identity';
import { INTEGRATION } from './integration';
import { MESSAGING } from './messaging';
import { SECRETS } from './secrets';
import { STORAGE } from './storage';
import { WEB } from './web';
import { Subject } from '../support/subject';

/** Every public construct, with an arbitrary for each of its props and methods: coverage.test.ts fails for one that is missing here. */
export const SUBJECTS: readonly Subject[] = [...STORAGE, ...DATABASE, ...MESSAGING, ...SECRETS, ...FUNCTIONS, ...IDENTITY, ...INTEGRATION,
  ...WEB, ...GUARDS];
