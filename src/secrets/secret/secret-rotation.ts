import { Duration } from 'aws-cdk-lib';
import { IFunction } from 'aws-cdk-lib/aws-lambda';
import { HostedRotation } from 'aws-cdk-lib/aws-secretsmanager';

/** How a secret gets a new value before the old one has been around for too long. Every secret must decide; there is no default. */
export class SecretRotation {
  /**
   * A function of yours makes the new value and puts it into place. It gets the rights for that on this secret only, and Secrets Manager gets
   * the right to call it for this secret only. It makes random values itself: `secretsmanager:GetRandomPassword` is not among the rights.
   * @param rotator The function (one of another stack gets its rights by a policy in the stack of the secret)
   * @param every Time between rotations: at least 4 hours, at most 90 days (left out: 30 days)
   * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_lambda.html
   */
  public static by(rotator: IFunction, every?: Duration): SecretRotation {
    return new SecretRotation(rotator, undefined, every, undefined);
  }

  /**
   * A function that AWS keeps makes the new value, for the password of a database. CloudFormation deploys it from the AWS Serverless
   * Application Repository when it runs the template: neither the function nor its role can be seen in the template, or judged.
   * @param hosted The kind of database, and the network from which it can be reached
   * @param every Time between rotations: at least 4 hours, at most 90 days (left out: 30 days)
   * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_turn-on-for-db.html
   */
  public static hosted(hosted: HostedRotation, every?: Duration): SecretRotation {
    return new SecretRotation(undefined, hosted, every, undefined);
  }

  /**
   * The value stays until somebody changes it: whoever has seen it once can use it until then. The reason stands in the report and in the
   * acknowledgement of the finding.
   * @throws ConfigurationError [SecureSecret.Reason] when the reason is too short to be judged, once the secret is made
   * @see https://docs.aws.amazon.com/securityhub/latest/userguide/secretsmanager-controls.html#secretsmanager-1
   */
  public static off(reason: string): SecretRotation {
    return new SecretRotation(undefined, undefined, undefined, reason);
  }

  private constructor(
    /** @internal */ public readonly _rotator: IFunction | undefined,
    /** @internal */ public readonly _hosted: HostedRotation | undefined,
    /** @internal */ public readonly _every: Duration | undefined,
    /** @internal */ public readonly _offReason: string | undefined,
  ) {}
}
