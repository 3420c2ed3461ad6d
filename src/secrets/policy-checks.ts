import { Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { KEY_BINDING_KEYS, KEY_SOURCE_KEYS } from './policy-baseline';
import { refuse } from '../core/configuration-error';
import { isBound } from '../iam/statement-binding';
import { checkStatementParts } from '../iam/statement-parts';

/**
 * Refuses statements that let in more than their author names.
 *
 * | effect | principal            | condition that binds it to somebody | statement |
 * |--------|----------------------|-------------------------------------|-----------|
 * | Deny   | any                  | any                                 | added     |
 * | Allow  | everybody            | no                                  | refused, `<owner>.PublicStatement` |
 * | Allow  | all but some         | any                                 | refused, `<owner>.PublicStatement` |
 * | Allow  | a service            | no source account, ARN or context   | refused, `<owner>.ServicePrincipal` |
 * | Allow  | any other            | any                                 | added     |
 */
export function checkStatement(place: IConstruct, owner: string, statement: PolicyStatement): void {
  checkStatementParts(place, owner, statement);
  const { Effect, Principal, NotPrincipal, Condition } = statement.toStatementJson();
  if (Effect !== 'Allow') return;
  const named = Principal as string | { readonly AWS?: unknown; readonly Service?: unknown } | undefined;
  const everybody = named === '*' || (typeof named === 'object' && [named.AWS].flat().includes('*'));
  if (NotPrincipal !== undefined || (everybody && !isBound(Condition, KEY_BINDING_KEYS))) {
    refuse(place, {
      code: `${owner}.PublicStatement`,
      prop: 'statement',
      must: "must not allow everybody without a condition that binds it to somebody, like 'aws:PrincipalOrgID'",
      fix: 'name the principals',
    });
  }
  if (typeof named === 'object' && named.Service !== undefined && !isBound(Condition, KEY_SOURCE_KEYS)) {
    refuse(place, {
      code: `${owner}.ServicePrincipal`,
      prop: 'statement',
      must: 'must bind a service to the account or resource that it acts for, or it acts for other accounts as well',
      got: Stack.of(place).resolve(named.Service),
      fix: "add conditions on 'aws:SourceAccount' and 'aws:SourceArn'; where CDK writes the statement, turn on its feature flag for that, "
        + "like '@aws-cdk/aws-sns-subscriptions:restrictSqsDescryption'",
    });
  }
}
