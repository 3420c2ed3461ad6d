import { CfnResource, Stack } from 'aws-cdk-lib';
import { CfnAlias, CfnFunction, CfnVersion } from 'aws-cdk-lib/aws-lambda';
import { HardeningSite } from '../../core/hardening/hardening-site';

const NOTICE = 'The function has versions: those that exist stay as they are, and who calls one sees the change with the next version. '
  + 'currentVersion of CDK publishes one in the same deployment.';

const NAMED_ELSEWHERE = 'Another stack names a version of it, and CloudFormation gives up no export that is in use: the deployment fails, as with each change of the '
  + 'function. Let that stack name an alias first, and have this one keep the export for that once (exportValue): https://github.com/aws/aws-cdk/issues/15788.';

/** What to look after when the configuration of a function changes, with a word on its versions if it has some. */
export function withVersions(fn: CfnFunction, site: HardeningSite, attention?: string): string | undefined {
  const versioned = site.once('functions with versions', () => new Set([
    ...site.resources('AWS::Lambda::Version'), ...site.resources('AWS::Lambda::Alias'),
  ].flatMap((one): CfnResource[] => site.targets(one, (one as CfnVersion | CfnAlias).functionName))));
  if (!versioned.has(fn)) return attention;
  const notice = site.once('functions whose versions other stacks name', () => namedElsewhere(site)).has(fn) ? `${NOTICE} ${NAMED_ELSEWHERE}` : NOTICE;
  return attention === undefined ? notice : `${attention} ${notice}`;
}

/** Each version that currentVersion publishes is another resource. Nested stacks are handed it, and import nothing. */
function namedElsewhere(site: HardeningSite): ReadonlySet<CfnResource> {
  const versions = site.resources('AWS::Lambda::Version').filter(({ node: { scope } }) => scope?.node.id === 'CurrentVersion');
  const homes = new Set(versions.map(({ stack }) => topOf(stack)));
  if (versions.length === 0) return new Set();
  const named = site.types().flatMap((type) => site.resources(type)).filter(({ stack }) => homes.size > 1 || !homes.has(topOf(stack)))
    .flatMap((resource) => site.targets(resource, Reflect.get(resource, 'cfnProperties')).filter((one) => versions.includes(one) && topOf(one.stack) !== topOf(resource.stack)));
  return new Set(named.flatMap((version) => site.targets(version, (version as CfnVersion).functionName)));
}

function topOf(stack: Stack): Stack {
  return stack.nestedStackParent === undefined ? stack : topOf(stack.nestedStackParent);
}
