import { Stack, Token } from 'aws-cdk-lib';
import { IPeer, Peer, PrefixList } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { RoutedPeer } from './network-access';

/**
 * The addresses of Amazon S3 and DynamoDB in a region, as AWS keeps them in managed prefix lists. Security groups name them by an id, which
 * CloudFormation cannot find out.
 */
export class GatewayPrefixLists {
  /**
   * The ids, from `aws ec2 describe-managed-prefix-lists`.
   * @param s3 the list `com.amazonaws.<region>.s3`
   * @param dynamodb the list `com.amazonaws.<region>.dynamodb`
   * @throws ConfigurationError [SecureNetwork.PrefixList] when one is not of the form `pl-…`, once the network is made
   */
  public static ids(s3: string, dynamodb: string): GatewayPrefixLists {
    return new GatewayPrefixLists([s3, dynamodb]);
  }

  private constructor(/** @internal */ public readonly _ids: readonly string[]) {}
}

/**
 * Where functions may send packets besides the endpoints with addresses of their own:
 *
 * | network leads to            | ids   | account and region | peers                                  |
 * |-----------------------------|-------|--------------------|----------------------------------------|
 * | the gateway endpoints alone | given | any                | these lists                            |
 * | the gateway endpoints alone | none  | known at synth     | the lists, looked up once by the CLI   |
 * | the gateway endpoints alone | none  | open               | all addresses: no route leads further  |
 * | domains as well             | any   | any                | all addresses: the firewalls decide    |
 */
export function routedPeers(scope: Construct, leadsOut: boolean, given: GatewayPrefixLists | undefined): RoutedPeer[] {
  if (leadsOut) return [{ peer: Peer.anyIpv4(), description: 'Where the firewalls of the network let it' }];
  const lists = given === undefined ? lookedUp(scope) : given._ids.map((id) => Peer.prefixList(id));
  if (lists === undefined) return [{ peer: Peer.anyIpv4(), description: 'Gateway endpoints: no route leads further' }];
  return [{ peer: lists[0], description: 'Amazon S3' }, { peer: lists[1], description: 'Amazon DynamoDB' }];
}

function lookedUp(scope: Construct): IPeer[] | undefined {
  const { region, account } = Stack.of(scope);
  if (Token.isUnresolved(region) || Token.isUnresolved(account)) return undefined;
  return ['s3', 'dynamodb'].map((service) => PrefixList.fromLookup(scope, `${service}Addresses`, { prefixListName: `com.amazonaws.${region}.${service}` }));
}
