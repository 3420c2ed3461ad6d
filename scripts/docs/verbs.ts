import { CONTAINMENT_VERBS } from './verbs/containment-verbs';
import { DATA_VERBS } from './verbs/data-verbs';
import { ENTRY_VERBS } from './verbs/entry-verbs';
import { IDENTITY_VERBS } from './verbs/identity-verbs';
import { MESSAGING_VERBS } from './verbs/messaging-verbs';
import { THIRD_PARTY_VERBS } from './verbs/third-party-verbs';
import { VAULT_VERBS } from './verbs/vault-verbs';
import { ConstructWithVerbs } from './verbs/verb';
import { WORKFLOW_VERBS } from './verbs/workflow-verbs';

/** Every verb of every construct. A test compares this list with the methods whose names begin with `allow`. */
export const CONSTRUCTS_WITH_VERBS: readonly ConstructWithVerbs[] = [
  ...ENTRY_VERBS, ...DATA_VERBS, ...MESSAGING_VERBS, ...WORKFLOW_VERBS, ...IDENTITY_VERBS, ...CONTAINMENT_VERBS, ...THIRD_PARTY_VERBS,
  ...VAULT_VERBS,
];
