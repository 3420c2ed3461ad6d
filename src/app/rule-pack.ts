import { IPolicyValidationPlugin } from 'aws-cdk-lib';
import { AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R4Checks, NIST80053R5Checks, PCIDSS321Checks, ServerlessChecks } from 'cdk-nag';
import { NagPackId } from '../core/exceptions/acknowledgement';
import { SecurityProfile } from '../core/profile/security-profile';

/** A pack of cdk-nag that judges the app beside the rules of this library. */
export class RulePack {
  /** Good practice for solutions on AWS. */
  public static readonly AWS_SOLUTIONS = new RulePack(NagPackId.AWS_SOLUTIONS, () => new AwsSolutionsChecks());

  /** The serverless lens of the Well-Architected Framework. */
  public static readonly SERVERLESS = new RulePack(NagPackId.SERVERLESS, () => new ServerlessChecks());

  /** Operational best practices for HIPAA Security. */
  public static readonly HIPAA_SECURITY = new RulePack(NagPackId.HIPAA, () => new HIPAASecurityChecks());

  /** NIST 800-53 revision 4. */
  public static readonly NIST_800_53_R4 = new RulePack(NagPackId.NIST_R4, () => new NIST80053R4Checks());

  /** NIST 800-53 revision 5. */
  public static readonly NIST_800_53_R5 = new RulePack(NagPackId.NIST_R5, () => new NIST80053R5Checks());

  /** PCI DSS 3.2.1. */
  public static readonly PCI_DSS_321 = new RulePack(NagPackId.PCI, () => new PCIDSS321Checks());

  /**
   * The packs that belong to a profile: AwsSolutions and Serverless, and all six for `regulated`.
   * @internal
   */
  public static _of(profile: SecurityProfile): RulePack[] {
    const everywhere = [RulePack.AWS_SOLUTIONS, RulePack.SERVERLESS];
    return profile.name === 'regulated'
      ? [...everywhere, RulePack.HIPAA_SECURITY, RulePack.NIST_800_53_R4, RulePack.NIST_800_53_R5, RulePack.PCI_DSS_321]
      : everywhere;
  }

  private constructor(
    /** The pack's name, which is also the prefix of its rule ids. */
    public readonly name: string,
    private readonly make: () => IPolicyValidationPlugin,
  ) {}

  /** @internal */
  public _create(): IPolicyValidationPlugin {
    return this.make();
  }
}
