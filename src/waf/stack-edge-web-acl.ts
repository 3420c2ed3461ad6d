import { IConstruct } from 'constructs';
import { SecureWebAcl } from './secure-web-acl';
import { WebAclScope } from './web-acl-scope';
import { SharedPart } from '../core/stacks/shared-part';

const part = new SharedPart<SecureWebAcl>('EdgeWebAcl', (scope, id) => new SecureWebAcl(scope, id, { webAclScope: WebAclScope.CLOUDFRONT }));

/**
 * The web ACL that the CloudFront distributions of a stack share, because each ACL costs about 10 USD a month.
 * It is made on first need, and can only be made in a stack in us-east-1.
 */
export class StackEdgeWebAcl {
  /**
   * The ACL that serves a construct.
   * @throws ConfigurationError [SecureWebAcl.Region] when it would have to be made in a stack of another region than us-east-1
   */
  public static of(scope: IConstruct): SecureWebAcl {
    return part.of(scope);
  }

  /**
   * Makes another ACL serve `scope` and everything below it: for example one of a stack in us-east-1 for a stack elsewhere.
   * Both stacks then need `crossRegionReferences: true`, for which CDK deploys a function into each of them, which the rule packs find fault
   * with; `EdgeWebAcl.fromArn(arn)` at each distribution does without.
   * @throws ConfigurationError [EdgeWebAcl.AlreadyInUse] when a construct below already uses another ACL
   * @throws ConfigurationError [EdgeWebAcl.Scope] when the ACL is a regional one, once it is used
   */
  public static use(scope: IConstruct, webAcl: SecureWebAcl): void {
    part.use(scope, webAcl);
  }

  /** @internal */
  public static _peek(scope: IConstruct): SecureWebAcl | undefined {
    return part.peek(scope);
  }

  /** @internal */
  public static _chosen(scope: IConstruct): SecureWebAcl | undefined {
    return part.chosen(scope);
  }

  private constructor() {}
}
