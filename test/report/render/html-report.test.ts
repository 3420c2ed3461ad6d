import { createHash } from 'crypto';
import { readFileSync } from 'fs';
import { join } from 'path';
import { clientModule } from '../../../scripts/report/client-module';
import { graphOf } from '../../../src/report/render/html/graph/graph-model';
import { htmlReport } from '../../../src/report/render/html/html-report';
import { entryPoint, exception, finding, fn, layers, posture, store } from '../support/postures';
import { syntheticPosture } from '../support/synthetic';

/** What a reader without a script reads of a part of the page. */
function words(html: string, section: string): string {
  const [, part = ''] = new RegExp(`<section id="${section}"[^>]*>([\\s\\S]*?)</section>`).exec(html) ?? [];
  return part.replace(/<(title|desc)[\s>][\s\S]*?<\/\1>/g, '').replace(/<[^>]*>/g, ' ').replace(/&#39;/g, '\'').replace(/&quot;/g, '"').replace(/&gt;/g, '>').replace(/&lt;/g, '<')
    .replace(/&amp;/g, '&').replace(/\s+/g, ' ').trim();
}

const SMALL = htmlReport(posture());

describe('The HTML report', () => {
  test('says the verdict in one sentence', () => {
    expect(SMALL).toContain('<p class="verdict fail"><b>Fail</b> 2 errors and 1 warning are open under the profile production, 1 accepted with a reason.</p>');
    expect(htmlReport(posture({ findings: [] }))).toContain('<p class="verdict pass"><b>Pass</b> Nothing is open under the profile production.</p>');
    const warned = posture({ findings: [finding('AlarmAction', 'Shop/Alarm', { level: 'warning' })] });
    expect(htmlReport(warned)).toContain('<b>Pass</b> No error is open under the profile production; 1 warning left.</p>');
  });

  test('has each part, and a link to it', () => {
    const ids = [...SMALL.matchAll(/<section id="([a-z]+)"/g)].map(([, id]) => id);
    expect(ids).toEqual(['overview', 'surface', 'entries', 'rights', 'stores', 'findings', 'exceptions', 'parties', 'alarms', 'cost', 'frameworks', 'hardening', 'overrides', 'unchecked']);
    expect([...SMALL.matchAll(/<nav[\s\S]*?<\/nav>/g)].flatMap(([nav]) => [...nav.matchAll(/href="#([a-z]+)"/g)].map(([, id]) => id))).toEqual(ids);
    for (const [, target] of SMALL.matchAll(/href="#([^"]+)"/g)) expect(ids).toContain(target);
  });

  test('shows each entry point with its layers', () => {
    expect(words(SMALL, 'entries')).toContain('GET /orders/{id} Shop/ Api yes yes user-pool yes yes yes 6 of 6 Shop/ Read');
    expect(words(SMALL, 'entries')).toContain('GET /health Shop/ Api missing yes missing yes yes yes 4 of 6');
  });

  test('marks layers that cannot be there, and those that only the deployment knows', () => {
    const html = htmlReport(posture({ entryPoints: [entryPoint('/a', { layers: layers({ authorization: 'unknown', webAcl: null }) })] }));
    expect(words(html, 'entries')).toContain('GET /a Shop/ Api – yes open yes yes yes 4 of 5');
  });

  test('crosses functions with what they may do to stores', () => {
    expect(SMALL).toContain('<span class="turned" title="Shop/Orders">Orders</span>');
    expect(SMALL).toContain('<td class="look" title="Shop/Orders: dynamodb:GetItem, dynamodb:Query">read</td><td class="change" title="Shop/Receipts: s3:PutObject">write?</td>');
  });

  test('marks rights to delete and wildcards', () => {
    const rights = [{ resource: '*', targets: ['Shop/Orders'], actions: ['dynamodb:*'], verbs: ['read', 'write', 'delete'] as const, condition: false, wildcard: true, unscoped: false }];
    expect(htmlReport(posture({ functions: [fn('Shop/Wide', { rights, mayDelete: ['Shop/Orders'] })] }))).toContain('<td class="harm" title="Shop/Orders: dynamodb:*">read write delete*</td>');
  });

  test('has a row for what acts besides functions, and keeps what has no resource to name out of the matrix', () => {
    const right = (targets: string[], unscoped: boolean) => ({ resource: unscoped ? '*' : 'x', targets, actions: ['a:B'], verbs: ['write'] as const, condition: false, wildcard: false, unscoped });
    const html = htmlReport(posture({
      actors: [{ at: 'Shop/Flow', type: 'AWS::StepFunctions::StateMachine', roles: ['Shop/FlowRole'], rights: [right(['Shop/Orders'], false), right([], true)], mayDelete: [], foreignPolicies: [] }],
    }));
    expect(words(html, 'rights')).toContain('Shop/ Flow write');
    expect(words(html, 'rights')).not.toContain('beyond the app');
    expect(words(html, 'rights')).toContain('Shop/ Flow 2 rights, state machine Role Shop/ FlowRole x a:B * no resource to name a:B');
  });

  test('explains findings with the way out, the line of the source and the place in the template', () => {
    const text = words(SMALL, 'findings');
    expect(text).toContain('error A stage of a REST API has no web ACL in front of it ApiWebAcl , no-front-line · FSBP APIGateway.4, PCI DSS 6.4.2 '
      + 'Whoever finds the API can try everything against it. Way out. Put a web ACL before it, or use SecureApi. 1 place Shop/ Api/ Stage lib/shop.ts:12:5 · Shop.template.json ApiStage0661E4AC · Properties');
  });

  test('keeps what was accepted apart, with its reason', () => {
    const [open, accepted] = words(SMALL, 'findings').split('Accepted');
    expect(open).not.toContain('BucketVersioning');
    expect(accepted).toContain('BucketVersioning');
    expect(accepted).toContain('holds files that are made again each night');
  });

  test('shows the exception that ends first at the top, with the days that are left', () => {
    const html = htmlReport(posture({
      exceptions: [exception({ control: 'C', expires: undefined, daysLeft: undefined, state: 'permanent' }), exception({ control: 'B' }), exception({ control: 'A', daysLeft: -3, expires: '2026-11-23', state: 'expired' })],
    }));
    expect(words(html, 'exceptions')).toMatch(/A Shop\/ Scratch .* expired ended 3 days ago 2026-11-23 .*B Shop\/ Scratch .* expiring 24 2026-12-20 .*C Shop\/ Scratch .* permanent no end/);
  });

  test('tells costs by control, beside those of the other profiles', () => {
    expect(words(SMALL, 'cost')).toMatch(/sandbox no customer keys, no web ACL 0\.10 USD production this app 7\.10 USD regulated isolated network, code signing 49\.30 USD web ACL 1 item 6\.00 USD Published at https:\/\/aws\.amazon\.com\/pricing\/ /);
    expect(words(SMALL, 'cost')).not.toContain('confirmed');
  });

  test('says which prices nobody confirmed, once each', () => {
    const item = { control: 'egress', at: 'Shop/Endpoint', quantity: 2, unit: 'endpoint and zone', price: 8.76, monthly: 17.52, region: 'eu-central-1', source: 'https://aws.amazon.com/privatelink/pricing/', confirmed: false };
    const html = htmlReport(posture({ cost: { ...posture().cost, items: [item, { ...item, at: 'Shop/Other' }] } }));
    expect(words(html, 'cost')).toContain('Not confirmed by a second source: the price of endpoint and zone in eu-central-1. Ask the price page before you rely on it.');
    expect(words(html, 'cost')).toContain('8.76 USD (not confirmed) eu-central-1 17.52 USD');
  });

  test('says so where there is nothing to show', () => {
    const lists = ['entryPoints', 'functions', 'stores', 'flows', 'thirdParties', 'alarms', 'findings', 'exceptions', 'overrides', 'unchecked', 'controls', 'frameworks', 'stacks'];
    const html = htmlReport(posture(Object.fromEntries(lists.map((list) => [list, []]))));
    expect(words(html, 'surface')).toBe('Attack surface There is no entry point, no function and no store.');
    expect(words(html, 'alarms')).toBe('Alarms Nothing is watched.');
    expect(words(html, 'exceptions')).toBe('Exceptions Nothing was accepted, and no control is switched off.');
  });
});

describe('The picture', () => {
  test('draws each entry point, function, store and party once, and an arrow for each pair', () => {
    expect([...SMALL.matchAll(/<g class="node (\w+)[^>]*>\n<title>([^<]*)<\/title>/g)].map(([, kind, name]) => [kind, name])).toEqual([
      ['entry', 'entry point GET /orders/{id} (Api)'], ['entry', 'entry point GET /health (Api)'], ['function', 'function Read (nodejs24.x)'],
      ['function', 'function Health (nodejs24.x)'], ['store', 'store Orders (DynamoDB::Table)'], ['store', 'store Receipts (S3::Bucket)'],
      ['party', 'third party payments.example.com (domain)'],
    ]);
    expect([...SMALL.matchAll(/<path class="edge (\w+)" data-a="n(\d)" data-b="n(\d)"/g)].map(([, ...edge]) => edge)).toEqual([
      ['calls', '0', '2'], ['calls', '1', '3'], ['reads', '2', '4'], ['writes', '2', '5'], ['calls', '2', '6'],
    ]);
  });

  test('puts what is called to the right of what calls, and boxes never on top of each other', () => {
    const places = new Map([...SMALL.matchAll(/data-n="(n\d)"[^>]*transform="translate\(([\d.]+) ([\d.]+)\)"[\s\S]*?<rect class="box" width="(\d+)" height="(\d+)"/g)]
      .map(([, id, x, y, width, height]) => [id, { x: Number(x), y: Number(y), width: Number(width), height: Number(height) }]));
    expect(places.size).toBe(7);
    for (const [, a, b] of SMALL.matchAll(/data-a="(n\d)" data-b="(n\d)"/g)) expect(places.get(b)!.x).toBeGreaterThan(places.get(a)!.x + places.get(a)!.width);
    for (const [one, p] of places) {
      for (const [other, q] of places) {
        if (one !== other) expect(p.x + p.width <= q.x || q.x + q.width <= p.x || p.y + p.height <= q.y || q.y + q.height <= p.y).toBe(true);
      }
    }
  });

  test('draws several flows between two boxes as one arrow, that looks like the most harmful', () => {
    const html = htmlReport(posture({ thirdParties: [], flows: [{ from: 'Shop/Read', to: 'Shop/Orders', kind: 'reads' }, { from: 'Shop/Read', to: 'Shop/Orders', kind: 'deletes' }] }));
    expect([...html.matchAll(/<path class="edge (\w+)" data-a="n\d" data-b="n\d" data-w="([^"]*)"/g)].map(([, ...edge]) => edge)).toEqual([['deletes', 'reads, deletes']]);
  });

  test('joins third parties with what has to do with them: those that act come first, those that are called last', () => {
    const party = (kind: 'account' | 'domain', name: string, at: string) => ({ id: `${kind} ${name}`, kind, name, relations: [{ at, how: 'x' }], trusted: false });
    const { nodes, edges } = graphOf(posture({ flows: [], thirdParties: [party('account', '444455556666', 'Shop/Orders'), party('domain', 'pay.example.com', 'Shop/Read'), party('domain', 'other.example.com', 'Shop/Elsewhere')] }));
    const name = (id: string) => nodes.find((node) => node.id === id)?.name;
    expect(edges.map(({ from, to }) => [name(from), name(to)])).toEqual([['444455556666', 'Orders'], ['Read', 'pay.example.com']]);
    expect(nodes.filter(({ kind }) => kind === 'party')).toHaveLength(3);
  });

  test('draws stores that nothing reaches, but no log groups', () => {
    const html = htmlReport(posture({ flows: [], stores: [store('Shop/Alone'), store('Shop/Logs', { type: 'AWS::Logs::LogGroup' })] }));
    expect(html).toContain('<title>store Alone (DynamoDB::Table)</title>');
    expect(html).not.toContain('<title>store Logs');
  });

  test('marks a box with the findings on it and on its parts', () => {
    const html = htmlReport(posture({ findings: [finding('A', 'Shop/Read/Role', { level: 'warning' }), finding('B', 'Shop/Read')] }));
    expect(html).toMatch(/<title>function Read [\s\S]{0,900}?<g class="badge error"[^>]*><circle r="9"\/><text y="3\.5">2<\/text>/);
  });

  test('survives flows that go in circles or lead to what nobody described', () => {
    const html = htmlReport(posture({ thirdParties: [], flows: [{ from: 'Shop/Read', to: 'Shop/Orders', kind: 'writes' }, { from: 'Shop/Orders', to: 'Shop/Read', kind: 'starts' }, { from: 'Shop/Read', to: 'Shop/Read', kind: 'calls' }, { from: 'Nowhere', to: 'Shop/Read', kind: 'starts' }] }));
    expect(html).toContain('<title>other Nowhere</title>');
    expect([...html.matchAll(/class="edge \w+" data-a/g)]).toHaveLength(3);
  });
});

describe('The page', () => {
  test('allows its own style and script by hash, and nothing else', () => {
    const hash = (tag: string) => createHash('sha256').update(new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`).exec(SMALL)![1], 'utf8').digest('base64');
    const [, policy] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(SMALL)!;
    expect(policy.replace(/&#39;/g, '\'')).toBe(`default-src 'none'; style-src 'sha256-${hash('style')}'; script-src 'sha256-${hash('script')}'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'`);
  });

  test('has no inline handler, no inline style, and no address of another host', () => {
    const body = SMALL.replace(/<(style|script)>[\s\S]*?<\/\1>/g, '');
    expect(body).not.toMatch(/<[^>]*\son\w+=/);
    expect(body).not.toMatch(/<[^>]*\sstyle=/);
    expect(body).not.toMatch(/(src|href)="(?!#)/);
    expect(SMALL).not.toMatch(/@import|url\(["']?(https?:|\/\/|data:)/);
  });

  test('holds the style and script as their sources are now', () => {
    expect(readFileSync(join(__dirname, '..', '..', '..', 'src', 'report', 'render', 'html', 'client.generated.ts'), 'utf8')).toBe(clientModule());
  });

  test('of an app with 200 functions takes less than 3 s and less than 3 MB', () => {
    const large = syntheticPosture(200);
    expect(large.functions).toHaveLength(200);
    const before = process.cpuUsage();
    const html = htmlReport(large);
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1000).toBeLessThan(3000); // of the processor: other work on the machine does not count
    expect(Buffer.byteLength(html)).toBeLessThan(3_000_000);
    expect([...html.matchAll(/<g class="node function/g)]).toHaveLength(200);
  });
});
