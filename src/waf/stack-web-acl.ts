import { IConstruct } from 'constructs';
import { SecureWebAcl } from './secure-web-acl';
import { SharedPart } from '../core/stacks/shared-part';

const part = new SharedPart<SecureWebAcl>('WebAcl', (scope, id) => new SecureWebAcl(scope, id));

/** The regional web ACL that the APIs of a stack share, because each ACL costs about 10 USD a month. */
export class StackWebAcl {
  /** The ACL that serves a construct. */
  public static of(scope: IConstruct): SecureWebAcl {
    return part.of(scope);
  }

  /**
   * Makes another ACL serve `scope` and everything below it.
   * @throws ConfigurationError [WebAcl.AlreadyInUse] when a construct below already uses another ACL
   */
  public static use(scope: IConstruct, webAcl: SecureWebAcl): void {
    part.use(scope, webAcl);
  }

  /** @internal */
  public static _chosen(scope: IConstruct): SecureWebAcl | undefined {
    return part.chosen(scope);
  }

  private constructor() {}
}
