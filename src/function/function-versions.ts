import { CfnResource } from 'aws-cdk-lib';
import { CfnAlias, CfnFunction, CfnVersion } from 'aws-cdk-lib/aws-lambda';
import { HardeningSite } from '../core/hardening/hardening-site';

const NOTICE = 'The function has versions: those that exist stay as they are, and who calls one sees the change with the next version. '
  + 'currentVersion of CDK publishes one in the same deployment.';

/** What to look after when the configuration of a function changes, with a word on its versions if it has some. */
export function withVersions(fn: CfnFunction, site: HardeningSite, attention?: string): string | undefined {
  const versioned = site.once('functions with versions', () => new Set([
    ...site.resources('AWS::Lambda::Version'), ...site.resources('AWS::Lambda::Alias'),
  ].flatMap((one): CfnResource[] => site.targets(one, (one as CfnVersion | CfnAlias).functionName))));
  if (!versioned.has(fn)) return attention;
  return attention === undefined ? NOTICE : `${attention} ${NOTICE}`;
}
