import { join } from 'path';
import { FileFinding } from './subject';
import { outputOf, pythonTools } from './tools';

/** What checkov says of the templates below a folder; no policies are fetched. */
export async function judgeByCheckov(templates: string, tools: string): Promise<readonly FileFinding[]> {
  const args = ['-d', templates, '--framework', 'cloudformation', '-o', 'json', '--compact', '--quiet', '--skip-download'];
  const { results } = await outputOf(join(await pythonTools(tools), 'checkov'), args, tools) as { results: { failed_checks: Check[] } };
  return results.failed_checks.map(({ check_id: rule, file_path: file, resource }) => ({ file, rule, resource: resource.split('.').pop()! }));
}

interface Check {
  readonly check_id: string;
  readonly file_path: string;
  /** `AWS::S3::Bucket.Orders` */
  readonly resource: string;
}
