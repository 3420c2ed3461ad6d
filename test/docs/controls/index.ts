import { API_BREACHES } from './api';
import { EDGE_BREACHES } from './edge';
import { IDENTITY_BREACHES } from './identities';
import { Breaches } from './kit';
import { LAMBDA_BREACHES } from './lambda';
import { MESSAGE_BREACHES } from './messages';
import { NETWORK_BREACHES } from './networks';
import { STORE_BREACHES } from './stores';

/** Templates that break the controls. */
export const BREACHES: Breaches = {
  ...API_BREACHES, ...EDGE_BREACHES, ...IDENTITY_BREACHES, ...LAMBDA_BREACHES, ...MESSAGE_BREACHES, ...NETWORK_BREACHES, ...STORE_BREACHES,
};
