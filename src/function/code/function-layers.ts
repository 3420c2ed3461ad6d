import { Stack, Token } from 'aws-cdk-lib';
import { ILayerVersion } from 'aws-cdk-lib/aws-lambda';
import { IConstruct } from 'constructs';
import { repeated } from '../../core/checks';
import { Place, refuse } from '../../core/configuration-error';
import { AccountUse, trustsOf } from '../../core/third-party/trusted-account';
import { accountInArn } from '../arn-account';
import { FUNCTION_TEXT } from '../function-baseline';

/**
 * Refuses layers of accounts that are not trusted: their code runs with all rights of the function.
 *
 * | ARN                                          | account of the stack | layer   |
 * |----------------------------------------------|----------------------|---------|
 * | names no account (made in this app)          | any                  | own     |
 * | names the account of the stack               | known                | own     |
 * | names an account in `trustedLayerAccounts`, or one that the app trusts with code | any | trusted |
 * | names any other account                      | any, also unknown    | refused |
 */
export function checkLayers(scope: IConstruct, place: Place, layers: readonly ILayerVersion[], trusted: readonly string[]): void {
  const own = Stack.of(scope).account;
  const accepted = [...trusted, ...trustsOf(scope).filter(({ uses }) => uses.includes(AccountUse.CODE)).map(({ account }) => account)];
  const unusable = trusted.find((account) => !Token.isUnresolved(account) && !/^\d{12}$/.test(account));
  if (unusable !== undefined) {
    refuse(place, {
      code: 'SecureFunction.TrustedLayerAccounts',
      prop: 'trustedLayerAccounts',
      must: 'must be account ids of 12 digits',
      got: unusable,
      fix: 'name each publisher by the account in the ARN of its layer',
    });
  }
  if (layers.length > FUNCTION_TEXT.layers) {
    refuse(place, {
      code: 'SecureFunction.LayerCount',
      prop: 'layers',
      must: `must be at most ${FUNCTION_TEXT.layers}`,
      got: layers.length,
      fix: 'put several into one layer, or bundle them with the code',
    });
  }
  const twice = repeated(layers.map(({ layerVersionArn }) => layerVersionArn));
  if (twice !== undefined) {
    refuse(place, { code: 'SecureFunction.LayerTwice', prop: 'layers', must: 'must name each layer once', got: twice, fix: 'leave out the second' });
  }
  for (const layer of layers) {
    const account = accountInArn(scope, layer.layerVersionArn);
    if (account === undefined || account === own || accepted.includes(account)) continue;
    refuse(place, {
      code: 'SecureFunction.ForeignLayer',
      prop: 'layers',
      must: 'must come from this account, since their code runs with all rights of the function',
      got: layer.layerVersionArn,
      fix: `publish the code as a layer of your own, or trust the publisher: TrustedAccounts.of(app).add('${account}', { name, reason, uses: [AccountUse.CODE] }), or trustedLayerAccounts for this function alone`,
    });
  }
}
