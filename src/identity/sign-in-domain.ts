import { ICertificate } from 'aws-cdk-lib/aws-certificatemanager';

/** Where the sign-in pages and the token endpoint of a user pool are found. */
export class SignInDomain {
  /**
   * Under a domain of AWS: `https://<prefix>.auth.<region>.amazoncognito.com`. The prefix must be free in the region.
   * @throws ConfigurationError [SecureUserPool.Domain] when Cognito would not take the prefix, once the pool is made
   */
  public static prefix(prefix: string): SignInDomain {
    return new SignInDomain(prefix, undefined, undefined);
  }

  /**
   * Under a domain of yours, like `auth.example.com`. Its parent domain must have an A record, and yours must become an alias of the
   * CloudFront distribution that Cognito makes.
   * @param domainName The whole name: `auth.example.com`
   * @param certificate for the domain, in us-east-1
   * @throws ConfigurationError [SecureUserPool.Domain] when it is no domain name, [SecureUserPool.Certificate] when the certificate lies in
   * another region, once the pool is made
   */
  public static custom(domainName: string, certificate: ICertificate): SignInDomain {
    return new SignInDomain(undefined, domainName, certificate);
  }

  private constructor(
    /** @internal */ public readonly _prefix: string | undefined,
    /** @internal */ public readonly _domainName: string | undefined,
    /** @internal */ public readonly _certificate: ICertificate | undefined,
  ) {}
}
