import { OLD_SEARCH_DOMAIN, SEARCH_DOMAIN, SEARCH_TLS } from './search-baseline';
import { expectProperty, Rule, Severity } from '../../model/rule';
import { textOf } from '../../model/values/values';

export const SEARCH_TLS_POLICY: Rule = {
  id: 'SearchTlsPolicy',
  severity: Severity.LOW,
  appliesTo: [OLD_SEARCH_DOMAIN, SEARCH_DOMAIN],
  title: 'A search domain takes TLS 1.0 and 1.1',
  why: 'Their ciphers are broken: whoever is on the way can read what is searched and found. Without a word the domain takes them.',
  fix: `Set TLSSecurityPolicy in DomainEndpointOptions to ${SEARCH_TLS.standard} (tlsSecurityPolicy: TLSSecurityPolicy.TLS_1_2_PFS).`,
  risks: ['data-exposure'],
  frameworks: ['FSBP ES.8', 'FSBP Opensearch.8', 'CT.OPENSEARCH.PR.8', 'CT.OPENSEARCH.PR.16', 'CKV_AWS_228'],
  check: (domain) => expectProperty(domain, 'DomainEndpointOptions.TLSSecurityPolicy', (policy) => SEARCH_TLS.least.test(textOf(policy) ?? '')),
};

export const SEARCH_RULES: readonly Rule[] = [SEARCH_TLS_POLICY];
