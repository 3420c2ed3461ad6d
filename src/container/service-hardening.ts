import { CfnResource } from 'aws-cdk-lib';
import { CONTAINER_WEB_ACL } from './container-rules';
import { HardeningArea } from '../core/hardening/hardening-area';
import { HardeningSite } from '../core/hardening/hardening-site';
import { secretAdvice } from '../core/hardening/secret-advice';
import { settingOf } from '../core/hardening/setting-of';
import { HardeningPlan, HardeningStep, Standing } from '../core/hardening/steps/hardening-step';
import { proposalStep } from '../core/hardening/steps/proposal-step';
import { findSecret } from '../core/secrets/secret-findings';
import { flattenReference } from '../core/values/flatten-reference';

const AREA = HardeningArea.CONTAINERS;
const APP_RUNNER = 'AWS::AppRunner::Service';
const EXPRESS = 'AWS::ECS::ExpressGatewayService';
const ADVICE = 'What such services take, uploads above all, their authors know: let the rules that look at bodies count first.';

/** Which bodies a site takes decides what a web ACL would refuse, and one of a load balancer stands before all that share it. */
const WEB_ACLS = [
  webAclProposal(APP_RUNNER, 'the ARN of the service', `Associate a regional web ACL with attrServiceArn, or set isPubliclyAccessible: false if only a network calls the service. ${ADVICE}`),
  webAclProposal(EXPRESS, 'its load balancer', 'Associate a regional web ACL with attrEcsManagedResourceArnsIngressPathLoadBalancerArn: it then stands before all services of ECS Express '
    + `that share the load balancer. In private subnets only the network reaches the service, and it needs none. ${ADVICE}`),
];

const VARIABLES = ([
  [APP_RUNNER, 'SourceConfiguration.ImageRepository.ImageConfiguration.RuntimeEnvironmentVariables', 'runtimeEnvironmentSecrets'],
  [APP_RUNNER, 'SourceConfiguration.CodeRepository.CodeConfiguration.CodeConfigurationValues.RuntimeEnvironmentVariables', 'runtimeEnvironmentSecrets'],
  [EXPRESS, 'PrimaryContainer.Environment', 'secrets'],
] as const).map(([type, path, prop]): HardeningStep => ({
  area: AREA,
  type,
  rule: 'PassThroughSecret',
  readsByName: true,
  plan: (service, site) => variablesAt(service, path, site).flatMap(([name, value]): HardeningPlan[] => {
    const kind = findSecret(name, flattenReference(value));
    return kind === undefined ? [] : [{
      standing: Standing.AUTHORS,
      property: `${path}.${name}`,
      after: 'a secret in Secrets Manager',
      advice: secretAdvice(kind, `name its ARN among the ${prop} of the service`),
    }];
  }),
}));

/** What hardening says of containers to which AWS gives an address: nothing is set. */
export const SERVICE_HARDENING: readonly HardeningStep[] = [...WEB_ACLS, ...VARIABLES];

function webAclProposal(type: string, where: string, advice: string): HardeningStep {
  const step = proposalStep<CfnResource>({
    area: AREA,
    type,
    rule: CONTAINER_WEB_ACL.id,
    property: 'a web ACL',
    when: (service, site) => site.controls(service).webAcl && !isClosed(service, site) && !isGuarded(service, site),
    after: `a web ACL on ${where}`,
    advice,
  });
  return { ...step, readsByName: true };
}

function isClosed(service: CfnResource, site: HardeningSite): boolean {
  return settingOf(service, 'NetworkConfiguration.IngressConfiguration.IsPubliclyAccessible', site) === false;
}

function isGuarded(service: CfnResource, site: HardeningSite): boolean {
  return site.resources('AWS::WAFv2::WebACLAssociation').some((association) => site.targets(association, settingOf(association, 'ResourceArn', site)).includes(service));
}

/** Name and value of each that is known: a list, as the classes of CDK and plain resources write it. */
function variablesAt(service: CfnResource, path: string, site: HardeningSite): readonly (readonly [string, unknown])[] {
  const list = site.resolve(service, settingOf(service, path, site));
  return (Array.isArray(list) ? list as readonly { readonly [key: string]: unknown }[] : []).flatMap((variable) => {
    const name = variable.name ?? variable.Name;
    const value = variable.value ?? variable.Value;
    return typeof name === 'string' && value !== undefined ? [[name, value] as const] : [];
  });
}
