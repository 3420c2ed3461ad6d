import { CfnProject } from 'aws-cdk-lib/aws-codebuild';
import { CfnRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { BUILD_PROJECT } from './build-baseline';
import { HardeningArea } from '../core/hardening/hardening-area';
import { HardeningSite } from '../core/hardening/hardening-site';
import { fieldOf, withFields } from '../core/hardening/nested-value';
import { HardeningStep, Standing } from '../core/hardening/steps/hardening-step';
import { isIntrinsic } from '../core/hardening/values/intrinsics';
import { flattenReference } from '../core/values/flatten-reference';
import { addRight, ownRole } from '../iam/hardening/holders/added-rights';
import { LOG_WRITE_ACTIONS } from '../iam/iam-baseline';
import { hardenedLogGroup } from '../logging/hardened-log-group';
import { logGroupReaders } from '../logging/log-group-readers';

/** The name that CodeBuild chooses for the group of a project. */
const BUILD_PREFIX = '/aws/codebuild/';

const NOTICE = `The logs of new builds go to this group; those up to now stay in ${BUILD_PREFIX}<name of the project>, which CloudFormation does not know. Look after readers `
  + 'outside of the template that name it.';

const BY_NAME = `Something in this app names ${BUILD_PREFIX}<name of a project>. Declare a LogGroup, pass it to the project (logging: { cloudWatch: { logGroup } }), and have the `
  + 'reader name it.';

const BY_ROLE = `The role of the project is made elsewhere. Declare a LogGroup, allow the role ${LOG_WRITE_ACTIONS.join(' and ')} on it, and pass it to the project `
  + '(logging: { cloudWatch: { logGroup } }).';

/**
 * A build writes to a group of its own: the one that CodeBuild makes has no key, and never ends.
 *
 * | group now | its role is | becomes |
 * |---|---|---|
 * | named by the author, switched off, or known only at deployment | any | left: `LOG_GROUP_HARDENING` sees to it |
 * | the one that CodeBuild makes, which nothing else names | of the app | a group of its own |
 * | the one that CodeBuild makes | made elsewhere | proposed |
 * | the one that CodeBuild makes, and something names such a group | any | proposed |
 */
export const BUILD_LOG_HARDENING: HardeningStep = {
  area: HardeningArea.BUILDS,
  type: BUILD_PROJECT,
  rule: 'LogRetention',
  plan: (resource, site) => {
    const project = resource as CfnProject;
    if (!isMadeByCodeBuild(project, site)) return [];
    const plan = { property: 'LogsConfig.CloudWatchLogs.GroupName', after: 'a log group of its own' };
    const role = ownRole(project, project.serviceRole, site);
    if (site.once('groups of builds that are named', () => isNamed(site))) return [{ ...plan, standing: Standing.AUTHORS, advice: BY_NAME }];
    if (role === undefined) return [{ ...plan, standing: Standing.AUTHORS, advice: BY_ROLE }];
    return [{ ...plan, standing: Standing.MISSING, attention: NOTICE, adds: 2, apply: () => giveLogGroup(project, role, site) }];
  },
};

function isMadeByCodeBuild(project: CfnProject, site: HardeningSite): boolean {
  if (site.overrideOf(project, 'LogsConfig') !== undefined) return false;
  const [group, status] = ['groupName', 'status'].map((field) => fieldOf(site, project, project.logsConfig, 'cloudWatchLogs', field));
  return group === undefined && !isIntrinsic(status) && status !== 'DISABLED';
}

/** Which project a name is of can often not be told: one is enough to leave all where they are. */
function isNamed(site: HardeningSite): boolean {
  const declared = (site.resources('AWS::Logs::LogGroup') as readonly CfnLogGroup[])
    .map((group) => flattenReference(site.resolve(group, group.logGroupName) ?? ''));
  return [...declared, ...logGroupReaders(site).map(({ text }) => text)].some((text) => text.includes(BUILD_PREFIX));
}

function giveLogGroup(project: CfnProject, role: CfnRole, site: HardeningSite): void {
  const { logGroupArn, logGroupName: groupName } = hardenedLogGroup(site, project, 'BuildLogs');
  project.logsConfig = withFields(project.logsConfig ?? {}, ({ cloudWatchLogs }) => ({
    cloudWatchLogs: withFields(cloudWatchLogs ?? {}, ({ status }) => ({ groupName, status: status ?? 'ENABLED' })),
  }));
  addRight(project, role, { statement: new PolicyStatement({ actions: LOG_WRITE_ACTIONS, resources: [logGroupArn] }) }, site);
}
