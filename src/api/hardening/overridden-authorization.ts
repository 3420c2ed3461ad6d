import { CfnMethod } from 'aws-cdk-lib/aws-apigateway';
import { CfnRoute } from 'aws-cdk-lib/aws-apigatewayv2';
import { NagPackId } from '../../core/exceptions/acknowledgement';
import { HardeningArea } from '../../core/hardening/hardening-area';
import { HardeningSite } from '../../core/hardening/hardening-site';
import { findingStep } from '../../core/hardening/steps/finding-step';
import { HardeningStep } from '../../core/hardening/steps/hardening-step';
import { ROUTE_AUTHORIZATION } from '../rules/api-rules';

const METHOD = 'AWS::ApiGateway::Method';

/** What cdk-nag asks, and the kinds of authorization that answer it. */
const QUESTIONS: ReadonlyArray<readonly [type: string, finding: string, kinds: readonly string[]]> = [
  [METHOD, 'APIG4', ['AWS_IAM', 'COGNITO_USER_POOLS', 'CUSTOM']],
  [METHOD, 'COG4', ['COGNITO_USER_POOLS']],
  ['AWS::ApiGatewayV2::Route', 'APIG4', ['AWS_IAM', 'CUSTOM', 'JWT']],
];

/**
 * Before CDK had authorizers for user pools, the way was to override the two properties of a method, and many apps in Python still do.
 * @see https://github.com/aws/aws-cdk/issues/5618
 */
export const OVERRIDDEN_AUTHORIZATION: readonly HardeningStep[] = QUESTIONS.map(([type, finding, kinds]) => findingStep<CfnMethod | CfnRoute>({
  area: HardeningArea.APIS,
  type,
  rule: ROUTE_AUTHORIZATION.id,
  packs: [NagPackId.AWS_SOLUTIONS],
  finding,
  when: (route, site) => {
    const kind = site.overrideOf(route, 'AuthorizationType');
    return kinds.some((one) => one === kind) && [undefined, 'NONE'].includes(route.authorizationType) && (kind === 'AWS_IAM' || hasAuthorizer(route, site));
  },
  reason: 'cdk-nag reads no overrides. The template names the authorization of this route: AuthorizationType is set by an override.',
}));

function hasAuthorizer(route: CfnMethod | CfnRoute, site: HardeningSite): boolean {
  return site.resolve(route, site.overrideOf(route, 'AuthorizerId') ?? route.authorizerId) !== undefined;
}
