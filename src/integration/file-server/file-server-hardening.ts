import { CfnResource } from 'aws-cdk-lib';
import { HardeningArea } from '../../core/hardening/hardening-area';
import { settingOf } from '../../core/hardening/setting-of';
import { HardeningStep } from '../../core/hardening/steps/hardening-step';
import { proposalStep } from '../../core/hardening/steps/proposal-step';

const SERVER = { area: HardeningArea.NETWORKS, type: 'AWS::Transfer::Server' } as const;

/** What CloudFormation takes where no policy is named. */
const FIRST_POLICY = 'TransferSecurityPolicy-2018-11';

/** Clients that cannot do better would be locked out: whose they are, and how old, the author has to ask. */
const CIPHERS = proposalStep<CfnResource>({
  ...SERVER,
  rule: 'FileServerCiphers',
  property: 'SecurityPolicyName',
  read: (server, site) => settingOf(server, 'SecurityPolicyName', site),
  when: (server, site) => [undefined, '', FIRST_POLICY].includes(settingOf(server, 'SecurityPolicyName', site) as string | undefined),
  chosen: (server, site) => settingOf(server, 'SecurityPolicyName', site) === FIRST_POLICY,
  after: 'TransferSecurityPolicy-2024-01',
  advice: 'CloudFormation gives the algorithms of 2018 to a server that names none, SHA-1 among them; the console gives those of 2024. Set securityPolicyName once the clients of all partners '
    + 'can do what it asks.',
});

const LOG = proposalStep<CfnResource>({
  ...SERVER,
  rule: 'FileServerLog',
  property: 'StructuredLogDestinations',
  when: (server, site) => ['StructuredLogDestinations', 'LoggingRole'].every((name) => isEmpty(settingOf(server, name, site))),
  after: 'the ARN of a log group',
  advice: 'Make a log group with a key and a retention, and set structuredLogDestinations: [logGroup.logGroupArn], which needs no role.',
});

/** What hardening says of servers of Transfer Family: nothing is set. */
export const FILE_SERVER_HARDENING: readonly HardeningStep[] = [CIPHERS, LOG].map((step) => ({ ...step, readsByName: true }));

function isEmpty(setting: unknown): boolean {
  return setting === undefined || setting === '' || (Array.isArray(setting) && setting.length === 0);
}
