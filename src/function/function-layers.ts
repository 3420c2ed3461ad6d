import { Stack } from 'aws-cdk-lib';
import { ILayerVersion } from 'aws-cdk-lib/aws-lambda';
import { IConstruct } from 'constructs';
import { accountInArn } from './arn-account';
import { Place, refuse } from '../core/configuration-error';

/**
 * Refuses layers of accounts that are not trusted: their code runs with all rights of the function.
 *
 * | ARN                                          | account of the stack | layer   |
 * |----------------------------------------------|----------------------|---------|
 * | names no account (made in this app)          | any                  | own     |
 * | names the account of the stack               | known                | own     |
 * | names an account in `trustedLayerAccounts`   | any                  | trusted |
 * | names any other account                      | any, also unknown    | refused |
 */
export function checkLayers(scope: IConstruct, place: Place, layers: readonly ILayerVersion[], trusted: readonly string[]): void {
  const own = Stack.of(scope).account;
  for (const layer of layers) {
    const account = accountInArn(scope, layer.layerVersionArn);
    if (account === undefined || account === own || trusted.includes(account)) continue;
    refuse(place, {
      code: 'SecureFunction.ForeignLayer',
      prop: 'layers',
      must: 'must come from this account, since their code runs with all rights of the function',
      got: layer.layerVersionArn,
      fix: `publish the code as a layer of your own, or trust the publisher with { trustedLayerAccounts: ['${account}'] }`,
    });
  }
}
