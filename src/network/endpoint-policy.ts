import { ArnFormat, Stack } from 'aws-cdk-lib';
import { AnyPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { API_INVOKE_ACTIONS } from './network-baseline';
import { NetworkEndpoint } from './network-endpoint';

type Values = { readonly [key: string]: string | string[] };

/** Whose identities may use the endpoints of a network, and whose resources they may reach. */
export interface Perimeter {
  /** All accounts of this organization, instead of the network's own. */
  readonly organizationId?: string;
  /** Accounts whose resources may be reached as well. */
  readonly trustedAccounts: readonly string[];
}

/**
 * What an endpoint lets through. It gives no right to anybody: a caller still needs the right in its own policy.
 *
 * | endpoint            | whose identities               | whose resources                                     |
 * |---------------------|--------------------------------|-----------------------------------------------------|
 * | signed requests     | the account's, or organization's | the account's, or organization's; trusted accounts' |
 * | `EXECUTE_API`       | anybody's, signed or not       | APIs of the account, and of trusted accounts        |
 *
 * So stolen or foreign credentials do not work from inside the network, and the function's own cannot carry data to a bucket or queue of
 * somebody else. Requests that a service of AWS signed (answers of custom resources to CloudFormation) and objects in buckets of AWS are
 * not let through: Lambda fetches code, layers and images from its own network.
 *
 * @see https://github.com/aws-samples/data-perimeter-policy-examples
 */
export function endpointStatements(scope: Construct, perimeter: Perimeter, endpoint?: NetworkEndpoint): PolicyStatement[] {
  const { account } = Stack.of(scope);
  if (endpoint?._unsigned === true) return [apisOf(scope, [account, ...perimeter.trustedAccounts])];
  const { organizationId, trustedAccounts } = perimeter;
  const identity: Values = organizationId === undefined ? { 'aws:PrincipalAccount': account } : { 'aws:PrincipalOrgID': organizationId };
  const resource: Values = organizationId === undefined ? { 'aws:ResourceAccount': account } : { 'aws:ResourceOrgID': organizationId };
  return [
    statement('OwnResources', { ...identity, ...resource }),
    ...trustedAccounts.length > 0 ? [statement('TrustedAccounts', { ...identity, 'aws:ResourceAccount': [...trustedAccounts] })] : [],
  ];
}

function statement(sid: string, equals: Values): PolicyStatement {
  return new PolicyStatement({ sid, principals: [new AnyPrincipal()], actions: ['*'], resources: ['*'], conditions: { StringEquals: equals } });
}

/** Callers of APIs need not be identities of AWS: https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-vpc-endpoint-policies.html */
function apisOf(scope: Construct, accounts: readonly string[]): PolicyStatement {
  return new PolicyStatement({
    sid: 'OwnApis',
    principals: [new AnyPrincipal()],
    actions: API_INVOKE_ACTIONS,
    resources: accounts.map((account) => Stack.of(scope).formatArn({
      service: 'execute-api', account, resource: '*', arnFormat: ArnFormat.NO_RESOURCE_NAME,
    })),
  });
}
