import { DATABASE } from './database';
import { MESSAGING } from './messaging';
import { SECRETS } from './secrets';
import { STORAGE } from './storage';
import { Subject } from '../support/subject';

export const SUBJECTS: readonly Subject[] = [...STORAGE, ...DATABASE, ...MESSAGING, ...SECRETS];
