import { join } from 'path';
import { Stack } from 'aws-cdk-lib';
import { IVpc, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Code, CodeSigningConfig, Runtime, UntrustedArtifactOnDeployment } from 'aws-cdk-lib/aws-lambda';
import { Platform, SigningProfile } from 'aws-cdk-lib/aws-signer';
import { ALL_NAG_PACKS, Finding, findingsOf, PRODUCTION_PACKS, PROFILES, RECOMMENDED_FLAGS, templateOf, testStack, unexplained } from './apps';
import { RuleSetting } from '../../src/app/rule-setting';
import { ServerlessSecurityChecks } from '../../src/app/serverless-security-checks';
import { SecurityProfile } from '../../src/core/profile/security-profile';
import { SecureFunctionOptions } from '../../src/function/function-options';
import { SecureFunction } from '../../src/function/secure-function';
import { StackNetwork } from '../../src/network/stack-network';

/** A construct alone, as its author would first write it: a name, and how it is made. */
export type AuditCase = readonly [string, (stack: Stack) => void];

/** What the profile demands of each function, and the author must bring along. */
export function demanded(stack: Stack): SecureFunctionOptions {
  if (!SecurityProfile.of(stack).controls.networkRequired) return {};
  return { network: StackNetwork.of(stack) ?? { vpc: privateVpc(stack) }, codeSigningConfig: signing(stack), reservedConcurrentExecutions: 10 };
}

function privateVpc(stack: Stack): IVpc {
  return stack.node.tryFindChild('Vpc') as IVpc | undefined ?? Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-0123456789abcdef0',
    availabilityZones: ['a', 'b'],
    privateSubnetIds: ['subnet-0123456789abcdef1', 'subnet-0123456789abcdef2'],
    privateSubnetRouteTableIds: ['rtb-0123456789abcdef1', 'rtb-0123456789abcdef2'],
  });
}

function signing(stack: Stack): CodeSigningConfig {
  return stack.node.tryFindChild('Signing') as CodeSigningConfig | undefined ?? new CodeSigningConfig(stack, 'Signing', {
    signingProfiles: [new SigningProfile(stack, 'Publisher', { platform: Platform.AWS_LAMBDA_SHA384_ECDSA })],
    untrustedArtifactOnDeployment: UntrustedArtifactOnDeployment.ENFORCE,
  });
}

/** A function that does nothing, with what the profile demands. Inline code would be a finding. */
export function aFunction(stack: Stack, id = 'Orders', options: SecureFunctionOptions = {}): SecureFunction {
  return new SecureFunction(stack, id, {
    ...demanded(stack), ...options, code: Code.fromAsset(join(__dirname, 'handler')), handler: 'index.handler', runtime: Runtime.NODEJS_24_X,
  });
}

export const FLAGS: readonly [string, Record<string, unknown>][] = [['no flags', {}], ['the recommended flags', RECOMMENDED_FLAGS]];

/** A finding's id without its pack and the names of one app: what kind of thing was acknowledged. */
export function kindOf(rule: string): string {
  return rule.replace(/^(AwsSolutions|Serverless|HIPAA\.Security|NIST\.800\.53\.R[45]|PCI\.DSS\.321)-/, '').replace(/<[^>]+>/g, '<…>').replace(/(>)[^\]]*\*/g, '$1…*');
}

/** A construct alone has no code that uses what it may, and nothing calls it. */
const ALONE = [
  RuleSetting.off('FunctionUnused', 'the cases show constructs alone, without what would call them'),
  RuleSetting.off('GrantWithoutUse', 'the cases show verbs alone, without code that uses the rights'),
];

/** Nobody subscribes to the topic of a construct alone. The topic itself warns of that at synth, which its own tests show. */
const UNHEARD = 'AlarmAction[Subscriber]';

/** What the packs of the profile say: in `regulated` all six of cdk-nag, else two; and always ours. */
export function audit(stack: Stack): Finding[] {
  const all = SecurityProfile.of(stack).name === 'regulated';
  return findingsOf(stack, [...all ? ALL_NAG_PACKS() : PRODUCTION_PACKS(), new ServerlessSecurityChecks(undefined, { rules: ALONE })])
    .filter(({ rule }) => rule !== UNHEARD);
}

/**
 * Tests that each construct has no finding without a reason in any profile, that the feature flags change nothing, and that the kinds of
 * acknowledgements are those that the caller lists: a new one is a decision to be reviewed.
 */
export function selfAudit(cases: readonly AuditCase[], acknowledgements: readonly string[]): void {
  const acknowledged = new Map<string, string>();

  describe.each(PROFILES)('in the profile %s', (_, profile) => {
    test.each(cases)('%s has no finding without a reason', (__, make) => {
      const stack = testStack({ profile: profile() });
      make(stack);
      const findings = audit(stack);
      for (const { rule, reason } of findings) if (reason !== undefined) acknowledged.set(kindOf(rule), reason);
      expect(unexplained(findings)).toStrictEqual([]);
    });

    // and so has no finding under the flags that it has not without them
    test.each(cases)('%s is the same template under all flags', (__, make) => {
      const [plain, flagged] = FLAGS.map(([, flags]) => {
        const stack = testStack({ profile: profile(), flags });
        make(stack);
        return templateOf(stack).toJSON();
      });
      expect(flagged).toEqual(plain);
    });
  });

  test('the acknowledgements that the constructs write are few, and each says why', () => {
    expect([...acknowledged.keys()].sort()).toEqual([...acknowledgements].sort());
    expect([...acknowledged.values()].filter((reason) => reason.length < 20)).toStrictEqual([]);
  });
}
