import { IConstruct } from 'constructs';

/** The id of what connects a function with a source, below the function. It is API: it changes only when the source moves in the tree. */
export function triggerId(source: IConstruct): string {
  return `On${source.node.id.replace(/[^A-Za-z0-9]/g, '')}${source.node.addr.slice(-6)}`;
}

/** Where one source may start a function several times (other objects of a bucket, other events), they are counted. */
export function countedId(scope: IConstruct, id: string): string {
  let free = id;
  for (let count = 2; scope.node.tryFindChild(free) !== undefined; count++) free = `${id}N${count}`;
  return free;
}
