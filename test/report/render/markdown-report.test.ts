import { markdownReport } from '../../../src/report/render/markdown/markdown-report';
import { entryPoint, exception, finding, fn, layers, posture } from '../support/postures';
import { syntheticPosture } from '../support/synthetic';

/** What is read before anything is opened. */
function unfolded(markdown: string): readonly string[] {
  return markdown.replace(/<details>[\s\S]*?<\/details>\n/g, '').split('\n');
}

describe('Markdown', () => {
  const text = markdownReport(posture());

  test('begins with the verdict and the numbers', () => {
    expect(text.split('\n').slice(0, 7)).toEqual([
      '## Security posture: fail, 2 errors, 1 warning',
      '',
      'Profile `production`, 2026-11-26, cdk-secure-serverless 0.4.0',
      '',
      '| Errors | Warnings | Accepted | Entry points | Functions | Stores | Third parties | Exceptions | Idle cost per month |',
      '| --- | --- | --- | --- | --- | --- | --- | --- | --- |',
      '| 2 | 1 | 1 | 2 (1 open to everybody) | 2 | 2 | 1 | 1 | about 7.10 USD |',
    ]);
  });

  test('shows open findings by rule, where they are, and nothing that was accepted', () => {
    const places = ['A', 'B', 'C', 'D', 'E'].map((name) => finding('ApiWebAcl', `Shop/${name}`));
    const table = unfolded(markdownReport(posture({ findings: [...places, ...posture().findings.slice(2)] })));
    expect(table).toContain('| error | `ApiWebAcl` | A stage of a REST API has no web ACL in front of it | `Shop/A`<br>`Shop/B`<br>`Shop/C`<br>and 2 more |');
    expect(table.join('\n')).not.toContain('BucketVersioning');
  });

  test('shows entry points that miss a layer, and only those', () => {
    expect(unfolded(text)).toContain('| `GET /health` | none | 4 of 6 | web ACL, authorization |');
    expect(unfolded(text).join('\n')).not.toContain('/orders/{id}');
  });

  test('says nothing more where nothing is open', () => {
    expect(unfolded(markdownReport(posture({ findings: [], entryPoints: [entryPoint('/orders')] }))).filter((line) => line.startsWith('#'))).toEqual(['## Security posture: pass, nothing is open']);
  });

  test('folds the ways out, exceptions and costs', () => {
    expect(text).toContain('<details><summary>1 exception</summary>\n\n* `ServerlessSecurity::BucketVersioning` at `Shop/Scratch` (expiring until 2026-12-20, orders team): holds files that are made again each night\n\n</details>');
    expect(text).toContain('* `ApiWebAcl`: Whoever finds the API can try everything against it. **Way out:** Put a web ACL before it, or use SecureApi.');
    expect(text).toContain('* web ACL: 6.00 USD\n* customer keys: 1.00 USD\n* alarms: 0.10 USD\n* under the profile `sandbox`: about 0.10 USD');
    expect(text).toContain('* an estimate by list prices, last compared in 2026-11-01, without requests, storage');
  });

  test('says which prices nobody confirmed', () => {
    const items = posture().cost.items.map((item) => ({ ...item, confirmed: item.control !== 'alarms' }));
    expect(markdownReport(posture({ cost: { ...posture().cost, items } }))).toContain('last compared in 2026-11-01 (not confirmed: alarm in eu-west-1), without');
  });

  test('of a large app fits into a comment, and shows less than 120 lines before anything is opened', () => {
    const large = markdownReport(syntheticPosture(200), syntheticPosture(150));
    expect(large.length).toBeLessThan(60_500);
    expect(unfolded(large).length).toBeLessThan(120);
  });

  test('leaves whole parts out where they would not fit, and says so', () => {
    const findings = Array.from({ length: 40 }, (_, index) => finding(`Rule${index}`, `Shop/${'x'.repeat(80)}${index}`, { why: 'w'.repeat(390), fix: 'f'.repeat(390), title: 't'.repeat(390) }));
    const exceptions = Array.from({ length: 60 }, () => exception({ reason: 'r'.repeat(390) }));
    const markdown = markdownReport(posture({ findings, exceptions }));
    expect(markdown.length).toBeLessThan(60_500);
    expect(markdown).toMatch(/_\d parts of the report would not fit into a comment; the whole stands in the other renderings\._\n$/);
    expect(markdown.split('<details>')).toHaveLength(markdown.split('</details>').length);
  });
});

describe('Markdown of a change', () => {
  const change = (before: Parameters<typeof posture>[0], after: Parameters<typeof posture>[0]) => {
    const all = markdownReport(posture(after), posture(before)).split('\n');
    const from = all.findIndex((line) => line.startsWith('### What changed'));
    return all.slice(from, all.findIndex((line, index) => index > from && line.startsWith('### ')));
  };

  test('says so where nothing moved', () => {
    expect(change({}, {})).toEqual(['### What changed since 2026-11-26', '', 'Nothing that the report looks at.', '']);
  });

  test('says what became weaker first, and what else moved after it', () => {
    const right = { resource: '<Shop/Orders.Arn>', targets: ['Shop/Orders'], actions: ['dynamodb:DeleteItem'], verbs: ['delete' as const], condition: false, wildcard: false, unscoped: false };
    const before = { entryPoints: [entryPoint('/a')], functions: [fn('Shop/Read')], findings: [], asOf: '2026-11-01' };
    const after = {
      entryPoints: [entryPoint('/a', { layers: layers({ authorization: 'none' }) }), entryPoint('/b', { id: 'b', layers: layers({ webAcl: false }) })],
      functions: [fn('Shop/Read', { rights: [right] })],
      findings: [finding('RouteAuthorization', 'Shop/Api', { title: 'A route answers everybody' })],
      cost: { ...posture().cost, total: 9.1 },
    };
    expect(change(before, after).slice(1)).toEqual([
      '',
      '* **The verdict was pass and is fail**',
      '* New way in: `GET /b`, 5 of 6 layers, without web ACL',
      '* Way in that lost a layer: `Shop/Api GET /a`: authorization (was user-pool, is none)',
      '* Wider right: `Shop/Read` on `Shop/Orders`: `dynamodb:DeleteItem` (**may delete now**; new: delete)',
      '* New finding: error `RouteAuthorization` at `Shop/Api`: A route answers everybody',
      '* Idle cost: 7.10 USD → 9.10 USD per month',
      '',
    ]);
  });
});
