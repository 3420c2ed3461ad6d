import { IConstruct } from 'constructs';

/** Where CloudWatch Logs writes down what it found and masked, as a data protection policy names it. */
export type FindingsDestination = (logGroup: IConstruct) => object;

const DESTINATION = Symbol.for('cdk-secure-serverless.findings-destination');

type Holder = IConstruct & { [DESTINATION]?: FindingsDestination };

/** Sends what is found in the log groups at or below a construct somewhere. The nearest choice on the way to the root wins. */
export function sendFindings(scope: IConstruct, destination: FindingsDestination): void {
  Object.defineProperty(scope, DESTINATION, { value: destination });
}

/** Whether findings below this very construct go somewhere already. */
export function sendsFindings(scope: IConstruct): boolean {
  return (scope as Holder)[DESTINATION] !== undefined;
}

/** Where findings of a log group go: nowhere unless somebody chose a place. They are counted in any case. */
export function findingsDestinationOf(logGroup: IConstruct): object {
  for (let node: Holder | undefined = logGroup; node !== undefined; node = node.node.scope) {
    if (node[DESTINATION] !== undefined) return node[DESTINATION](logGroup);
  }
  return {};
}
