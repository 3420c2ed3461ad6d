import { parse, ScalarTag, CollectionTag } from 'yaml';
import { Seed, Stacks, Template } from './seed';

const NAMES = ['Base64', 'Cidr', 'FindInMap', 'GetAZs', 'If', 'ImportValue', 'Join', 'Select', 'Split', 'Sub', 'Transform', 'And', 'Equals', 'Not', 'Or', 'GetAtt', 'Ref', 'Condition'];

const TAGS = NAMES.flatMap((name): (ScalarTag | CollectionTag)[] => {
  const key = name === 'Ref' || name === 'Condition' ? name : `Fn::${name}`;
  const collection = (kind: 'seq' | 'map'): CollectionTag => ({
    tag: `!${name}`, collection: kind, resolve: (node) => ({ [key]: (node as unknown as { toJSON(): unknown }).toJSON() }) as never,
  });
  return [
    { tag: `!${name}`, resolve: (text: string) => ({ [key]: name === 'GetAtt' && text.includes('.') ? text.split(/\.(.*)/s).slice(0, 2) : text }) },
    collection('seq'),
    collection('map'),
  ];
});

/** Fresh copies of the templates of a seed. */
export function stacksOf({ stacks }: Seed): Stacks {
  return Object.fromEntries(Object.entries(stacks).map(([name, template]) => (
    [name, (typeof template === 'string' ? parse(template, { customTags: TAGS }) : JSON.parse(JSON.stringify(template))) as Template])));
}
