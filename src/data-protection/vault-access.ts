import { Grant } from 'aws-cdk-lib/aws-iam';

/** One caller's way into a vault. */
export class VaultAccess {
  /**
   * What the caller calls: the ARN of its alias, for `FunctionName` of `Invoke`. It is known by it: whoever else gets the right to call this alias
   * goes for the same caller.
   */
  public readonly functionArn: string;
  /** The right to call it: `lambda:InvokeFunction` on this alias and nothing else. */
  public readonly grant: Grant;

  constructor(functionArn: string, grant: Grant) {
    this.functionArn = functionArn;
    this.grant = grant;
  }
}
