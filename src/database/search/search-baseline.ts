export const SEARCH_DOMAIN = 'AWS::OpenSearchService::Domain';
export const OLD_SEARCH_DOMAIN = 'AWS::Elasticsearch::Domain';

/** The log of errors and warnings. Elasticsearch has it from 5.1 on. */
export const ERROR_LOG = 'ES_APPLICATION_LOGS';

/** What asks and writes slowly: OpenSearch writes it only for indices that are given a threshold, with what was asked in it. */
export const SLOW_LOGS: readonly string[] = ['INDEX_SLOW_LOGS', 'SEARCH_SLOW_LOGS'];

/** Who asked for what. Only domains with fine-grained access control know. */
export const AUDIT_LOG = 'AUDIT_LOGS';

/** Versions of Elasticsearch that know neither the log of errors nor encryption: `1.5`, which `AWS::Elasticsearch::Domain` takes without a word, and `2.3`. */
export const OLD_VERSION = /^(?:Elasticsearch_)?[12]\./;
export const OLD_DEFAULT_VERSION = '1.5';

/** What the rest of the names of policies for TLS says is which ciphers there are. */
export const SEARCH_TLS = { least: /^Policy-Min-TLS-1-2-/, standard: 'Policy-Min-TLS-1-2-PFS-2023-10' };
