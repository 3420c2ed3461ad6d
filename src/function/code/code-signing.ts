import { Stack } from 'aws-cdk-lib';
import { CodeSigningConfig, ICodeSigningConfig, UntrustedArtifactOnDeployment } from 'aws-cdk-lib/aws-lambda';
import { CfnSigningProfile, ISigningProfile } from 'aws-cdk-lib/aws-signer';
import { Construct, IConstruct } from 'constructs';
import { checkReason } from '../../core/checks';
import { Place, refuse } from '../../core/configuration-error';
import { markOwn } from '../../core/own-part';
import { outermostStack } from '../../core/stacks/shared-part';
import { MOST_SIGNING_PROFILES } from '../function-baseline';

const LONGEST_DESCRIPTION = 256;

/**
 * Whose signature the code of a function, and of its layers, must have: Lambda refuses any other when it is deployed.
 *
 * CDK signs nothing: what it uploads is unsigned, and does not deploy. Somebody signs the packages between the synthesis and the deployment, with a
 * profile that exists by then, in a stack that is deployed first. `docs/guides/third-parties.md` shows how.
 *
 * ```ts
 * const releases = new signer.SigningProfile(this, 'Releases', { platform: signer.Platform.AWS_LAMBDA_SHA384_ECDSA });
 * const signing = CodeSigning.byProfiles('the release pipeline signs each asset before it deploys', releases);
 * ```
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-codesigning.html
 */
export class CodeSigning {
  /**
   * Code must be signed by one of these profiles. Each stack gets one configuration that enforces it; it costs nothing.
   * @param signedBy who signs, and when, in a sentence: it stands as the description of the configuration, for whoever wonders why a deployment failed
   * @param profiles at most 20, of other stacks: a profile that is made together with the function cannot have signed its code yet
   * @throws ConfigurationError [CodeSigning.SignedBy] when nobody can tell who signs, once a function is made
   * @throws ConfigurationError [CodeSigning.Profiles] when there is none, or there are too many, or one is of the function's own stack
   */
  public static byProfiles(signedBy: string, ...profiles: ISigningProfile[]): CodeSigning {
    return new CodeSigning(signedBy, [...profiles], undefined);
  }

  /** Code must be signed as an existing configuration says. Whether it enforces signatures, or only warns, is up to its owner. */
  public static byConfig(config: ICodeSigningConfig): CodeSigning {
    return new CodeSigning(undefined, [], config);
  }

  private readonly made = new Map<Stack, ICodeSigningConfig>();

  private constructor(
    private readonly signedBy: string | undefined,
    private readonly profiles: readonly ISigningProfile[],
    private readonly config: ICodeSigningConfig | undefined,
  ) {}

  /** @internal */
  public _check(scope: IConstruct, place: Place): void {
    if (this.config !== undefined) return;
    checkReason(place, this.signedBy!, { code: 'CodeSigning.SignedBy', prop: 'codeSigning', fix: 'say who signs the packages between the synthesis and the deployment' });
    const together = this.profiles.find((profile) => isMadeIn(outermostStack(scope), profile));
    if (this.profiles.length > 0 && this.profiles.length <= MOST_SIGNING_PROFILES && together === undefined) return;
    refuse(place, {
      code: 'CodeSigning.Profiles',
      prop: 'codeSigning',
      must: together === undefined
        ? `must name 1 to ${MOST_SIGNING_PROFILES} profiles`
        : 'must name profiles of another stack: one that is made together with the function cannot have signed its code',
      got: together?.node.path ?? this.profiles.length,
      fix: 'make the profile in a stack of its own, which is deployed first',
    });
  }

  /** @internal The configuration for a function: one for each stack. */
  public _configFor(scope: Construct): ICodeSigningConfig {
    if (this.config !== undefined) return this.config;
    const stack = outermostStack(scope);
    const known = this.made.get(stack);
    if (known !== undefined) return known;
    const config = markOwn(new CodeSigningConfig(stack, freeId(stack), {
      description: this.signedBy!.slice(0, LONGEST_DESCRIPTION),
      signingProfiles: [...this.profiles],
      untrustedArtifactOnDeployment: UntrustedArtifactOnDeployment.ENFORCE,
    }));
    this.made.set(stack, config);
    return config;
  }
}

/** What is imported exists already. */
function isMadeIn(stack: Stack, profile: ISigningProfile): boolean {
  return outermostStack(profile) === stack && profile.node.children.some((child) => CfnSigningProfile.isCfnSigningProfile(child));
}

/** One stack can hold functions of several publishers. */
function freeId(stack: Stack): string {
  let count = 1;
  while (stack.node.tryFindChild(idOf(count)) !== undefined) count += 1;
  return idOf(count);
}

function idOf(count: number): string {
  return count === 1 ? 'CodeSigning' : `CodeSigning${count}`;
}
