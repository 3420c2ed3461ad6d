import { CfnDomain as CfnOldDomain } from 'aws-cdk-lib/aws-elasticsearch';
import { CfnDomain } from 'aws-cdk-lib/aws-opensearchservice';
import { OLD_SEARCH_DOMAIN, SEARCH_DOMAIN, SEARCH_TLS } from './search-baseline';
import { SEARCH_LOG_HARDENING } from './search-log-hardening';
import { SEARCH_TLS_POLICY } from './search-rules';
import { NagPackId } from '../../core/exceptions/acknowledgement';
import { HardeningArea } from '../../core/hardening/hardening-area';
import { HardeningSite } from '../../core/hardening/hardening-site';
import { fieldOf, withFields } from '../../core/hardening/nested-value';
import { findingStep } from '../../core/hardening/steps/finding-step';
import { HardeningStep } from '../../core/hardening/steps/hardening-step';
import { proposalStep } from '../../core/hardening/steps/proposal-step';
import { valueStep } from '../../core/hardening/steps/value-step';
import { authoredProps } from '../../core/hardening/values/authored-props';
import { isIntrinsic } from '../../core/hardening/values/intrinsics';
import { STORE_ENCRYPTION } from '../store-rules';

type Domain = CfnDomain | CfnOldDomain;

const AREA = { area: HardeningArea.DATABASES } as const;

/** OpenSearch Service changes neither with new nodes: https://docs.aws.amazon.com/opensearch-service/latest/developerguide/managedomains-configuration-changes.html. */
const https = (type: string) => valueStep<Domain>({
  ...AREA,
  type,
  rule: STORE_ENCRYPTION.id,
  property: 'DomainEndpointOptions.EnforceHTTPS',
  read: readHttps,
  secure: () => true,
  write: (domain, secure) => { domain.domainEndpointOptions = withFields(domain.domainEndpointOptions, () => ({ enforceHttps: secure })); },
  unsafe: (enforced: boolean) => !enforced,
  attention: 'Clients that ask in plain HTTP are refused.',
});

/** CDK writes false where nobody said anything. */
function readHttps(domain: Domain, site: HardeningSite): unknown {
  const given = authoredProps(site.ownerOf(domain)) as { readonly enforceHttps?: boolean } | undefined;
  const enforced = fieldOf(site, domain, domain.domainEndpointOptions, 'enforceHttps');
  return enforced === false && given !== undefined && given.enforceHttps === undefined ? undefined : enforced;
}

const tls = (type: string) => valueStep<Domain>({
  ...AREA,
  type,
  rule: SEARCH_TLS_POLICY.id,
  property: 'DomainEndpointOptions.TLSSecurityPolicy',
  read: (domain, site) => fieldOf(site, domain, domain.domainEndpointOptions, 'tlsSecurityPolicy'),
  secure: () => SEARCH_TLS.standard,
  safe: (policy: unknown) => SEARCH_TLS.least.test(String(policy)),
  unsafe: () => true,
  write: (domain, secure) => { domain.domainEndpointOptions = withFields(domain.domainEndpointOptions, () => ({ tlsSecurityPolicy: secure })); },
  attention: 'Clients that know no TLS 1.2 with forward secrecy are refused.',
});

/** Both take new nodes, to which all data is copied, and cannot be taken back. */
const encryption = (type: string) => ([['EncryptionAtRestOptions', 'encryptionAtRest: { enabled: true }'], ['NodeToNodeEncryptionOptions', 'nodeToNodeEncryption: true']] as const)
  .map(([options, prop]) => proposalStep<Domain>({
    ...AREA,
    type,
    rule: STORE_ENCRYPTION.id,
    property: `${options}.Enabled`,
    when: (domain, site) => {
      const enabled = enabledBy(options, domain, site);
      return enabled !== true && enabled !== 'true' && !isIntrinsic(enabled);
    },
    after: 'true',
    advice: `Set ${prop}, when little is asked: OpenSearch Service copies all data to new nodes (a blue/green deployment, of hours), and it cannot be taken back. Elasticsearch `
      + 'before 6.7 must be upgraded first.',
  }));

function enabledBy(options: string, domain: Domain, site: HardeningSite): unknown {
  return site.overrideOf(domain, `${options}.Enabled`) ?? fieldOf(site, domain, Reflect.get(domain, `${options[0].toLowerCase()}${options.slice(1)}`), 'enabled');
}

/** Of a domain with an address on the Internet only its author knows who asks from where. */
const addresses = (type: string) => findingStep<Domain>({
  ...AREA,
  type,
  rule: STORE_ENCRYPTION.id,
  packs: [NagPackId.AWS_SOLUTIONS],
  finding: 'OS3',
  when: (domain, site) => {
    const subnets = fieldOf(site, domain, domain.vpcOptions, 'subnetIds');
    return subnets !== undefined && (!Array.isArray(subnets) || subnets.length > 0);
  },
  reason: 'The domain stands in a network: OpenSearch Service takes no policy with IP addresses there, since its security groups decide who reaches it.',
});

/** What hardening does to search domains: nothing for which OpenSearch Service would make new nodes. */
export const SEARCH_HARDENING: readonly HardeningStep[] = [
  ...[OLD_SEARCH_DOMAIN, SEARCH_DOMAIN].flatMap((type) => [https(type), tls(type), ...encryption(type), addresses(type)]),
  ...SEARCH_LOG_HARDENING,
];
