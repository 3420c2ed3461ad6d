import { IConstruct } from 'constructs';
import { FunctionNetwork } from './function-network';

const JOINED = Symbol.for('cdk-secure-serverless.joined-network');

type Holder = IConstruct & { [JOINED]?: FunctionNetwork };

/** Notes on a function which network it joined. */
export function recordNetwork(fn: IConstruct, network: FunctionNetwork | undefined): void {
  (fn as Holder)[JOINED] = network;
}

/** The network that a function of this library joined. */
export function joinedNetwork(fn: IConstruct): FunctionNetwork | undefined {
  return (fn as Holder)[JOINED];
}
