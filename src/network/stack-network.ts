import { IConstruct } from 'constructs';
import { FunctionNetwork } from './access/function-network';
import { refuse } from '../core/configuration-error';

const GIVEN = Symbol.for('cdk-secure-serverless.network');
const ASKED = Symbol.for('cdk-secure-serverless.network-asked');

type Holder = IConstruct & { [GIVEN]?: FunctionNetwork; [ASKED]?: string };

/**
 * The network that functions join when they name none: the nearest one on the way to the root. There is none unless you give one, since a
 * function in a network reaches only what the network leads to, and endpoints cost money while idle.
 *
 * ```ts
 * const network = new SecureNetwork(this, 'Network');
 * StackNetwork.use(this, network.forFunctions());
 * ```
 */
export class StackNetwork {
  /** The network that serves a construct, if one was given. */
  public static of(scope: IConstruct): FunctionNetwork | undefined {
    for (let node: Holder | undefined = scope; node !== undefined; node = node.node.scope) {
      if (node[GIVEN] !== undefined) return node[GIVEN];
      node[ASKED] ??= scope.node.path;
    }
    return undefined;
  }

  /**
   * Makes all functions at and below `scope` join a network, except those that name one.
   * @throws ConfigurationError [StackNetwork.AlreadyInUse] when `scope` was given a network before
   * @throws ConfigurationError [StackNetwork.TooLate] when a function below was already made without it
   */
  public static use(scope: IConstruct, network: FunctionNetwork): void {
    const holder = scope as Holder;
    if (holder[GIVEN] !== undefined) {
      refuse(scope, {
        code: 'StackNetwork.AlreadyInUse', prop: 'network', must: 'must be given once', fix: 'give another one to a stack or construct below, or to the function',
      });
    }
    if (holder[ASKED] !== undefined) {
      refuse(scope, {
        code: 'StackNetwork.TooLate',
        prop: 'network',
        must: `must be given before the first function that is to join it, and one was already made in '${holder[ASKED]}'`,
        fix: 'call StackNetwork.use() right after the network is made',
      });
    }
    holder[GIVEN] = network;
  }

  private constructor() {}
}
