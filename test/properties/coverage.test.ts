import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { SUBJECTS } from './subjects/all';
import { declaredConstructs } from './support/declared';

const DECLARED = declaredConstructs();

/** Methods that samples do not call, and why. */
const EXEMPT: { readonly [method: string]: string } = {
  'SecureResourceServer.scopeName': 'gives the name that scope() has',
};

/** What is said of an app or a stack, and is no value of a construct's prop. */
const OF_THE_APP = /^(AlarmMuting|AlarmRecipient|MaskingFindings|RuleSetting|Security\w+|ServerlessSecurity|Stack\w+|TemplateAudit|WatchedMetrics)\./;

test('all public constructs are tried', () => {
  expect(SUBJECTS.map(({ name }) => name).sort()).toEqual(DECLARED.map(({ name }) => name));
});

test.each(DECLARED.map((one) => [one.name, one] as const))('all props and methods of %s are tried', (name, { props, methods }) => {
  const subject = SUBJECTS.find((one) => one.name === name)!;
  expect([...subject.propNames].sort()).toEqual([...props]);
  expect(methods.filter((method) => !(method in subject.steps) && EXEMPT[`${name}.${method}`] === undefined)).toStrictEqual([]);
});

test('all factories of choices are tried', () => {
  const src = join(__dirname, '../../src');
  const face = readFileSync(join(src, 'index.ts'), 'utf8');
  const isPublic = (file: string): boolean => face.includes(`'./${file.replace(/\.ts$/, '')}'`);
  const tried = (readdirSync(__dirname, { recursive: true }) as string[]).filter((file) => file.endsWith('.ts')).map((file) => readFileSync(join(__dirname, file), 'utf8')).join('\n');
  const factories = (readdirSync(src, { recursive: true }) as string[]).filter((file) => file.endsWith('.ts')).flatMap((file) => {
    const text = readFileSync(join(src, file), 'utf8');
    const name = /^export class (\w+) \{/m.exec(text)?.[1]; // a choice extends nothing
    if (name === undefined || !/private constructor/.test(text) || !isPublic(file)) return [];
    return [...text.matchAll(new RegExp(`^ {2}public static (?!_)(\\w+)\\(.*\\): ${name} \\{`, 'gm'))].map(([, factory]) => `${name}.${factory}`);
  });
  expect(factories.length).toBeGreaterThan(80);
  expect(factories.filter((factory) => !tried.includes(factory) && !OF_THE_APP.test(factory)).sort()).toStrictEqual([]);
});
