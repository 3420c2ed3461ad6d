import { AnyPrincipal, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';

/**
 * Keeps everybody from passing the use of a key on, but AWS services: in somebody's name, or in their own. A direct call may come without
 * the condition keys, and is denied too.
 * @see https://docs.aws.amazon.com/controltower/latest/controlreference/kms-rules.html
 */
export function grantsOnlyForServices(sid: string): PolicyStatement {
  return new PolicyStatement({
    sid,
    effect: Effect.DENY,
    principals: [new AnyPrincipal()],
    actions: ['kms:CreateGrant'],
    resources: ['*'],
    conditions: { BoolIfExists: { 'kms:GrantIsForAWSResource': 'false', 'aws:PrincipalIsAWSService': 'false' } },
  });
}
