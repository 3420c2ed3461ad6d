import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Place, refuse } from '../core/configuration-error';

/**
 * Refuses a statement of a resource policy that says less than whom it means, what they may do and with what: no service takes it. CDK finds that
 * at the end, without telling where it comes from, and not at all in the policies of buses and tables.
 * @param owner Begins the code: `SecureQueue`
 */
export function checkStatementParts(place: Place, owner: string, statement: PolicyStatement): void {
  const json = statement.toStatementJson() as Record<string, unknown>;
  const missing = ['Principal', 'Action', 'Resource'].find((part) => json[part] === undefined && json[`Not${part}`] === undefined);
  if (missing === undefined) return;
  const name = `${missing.toLowerCase()}s`;
  refuse(place, {
    code: `${owner}.Statement`, prop: 'statement', must: `must name ${name}, as each statement in the policy of a resource does`, fix: `give it ${name} before it is added`,
  });
}
