import { Construct, IConstruct } from 'constructs';

/**
 * Stands for a construct that is about to be made, so that its props can be checked, and a refusal can name its path, before anything
 * is created. Only its path may be used.
 */
export function placeOf(scope: Construct, id: string): IConstruct {
  return { node: { path: [scope.node.path, id].filter((part) => part !== '').join('/') } } as IConstruct;
}
