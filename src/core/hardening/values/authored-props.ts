import { IConstruct } from 'constructs';

const AUTHORED = Symbol.for('cdk-secure-serverless.authored-props');

type Holder = IConstruct & { [AUTHORED]?: Map<string, unknown> };

/** Notes the props that an author gives to a construct which is about to be made: what CDK writes in their place later looks like the author's. */
export function rememberProps(scope: IConstruct, id: string, props: unknown): void {
  ((scope as Holder)[AUTHORED] ??= new Map()).set(id, props);
}

/** The props that an author gave; undefined where nobody was asked, since the construct was there before hardening. */
export function authoredProps({ node }: IConstruct): unknown {
  return (node.scope as Holder | undefined)?.[AUTHORED]?.get(node.id);
}
