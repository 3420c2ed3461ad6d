import { StackPosture } from '../../form/posture-form';

/** Construct paths without the part that every L2 has, and without the stack where there is only one. */
export function placesOf(stacks: readonly StackPosture[]): (constructPath: string) => string {
  const [only] = stacks.length === 1 ? stacks : [];
  return (path) => {
    const name = path.replace(/\/(Resource|Default)$/, '');
    return only !== undefined && name.startsWith(`${only.at}/`) ? name.slice(only.at.length + 1) : name;
  };
}
