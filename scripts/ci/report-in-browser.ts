import { mkdirSync, readFileSync, writeFileSync } from 'fs';
import { join, resolve } from 'path';
import { pathToFileURL } from 'url';
import { Browser, chromium } from 'playwright-core';
import { Posture } from '../../src/report/form/posture-form';
import { htmlReport } from '../../src/report/render/html/html-report';
import { syntheticPosture } from '../../test/report/support/synthetic';
import { examine, View, withoutScript } from '../report/examine';

/**
 * Opens the HTML reports of the examples, and of an app of 200 functions, in a real browser: light and dark, wide and narrow. Fails on a
 * message of the console, a request, a violation that axe finds, or a page wider than the window. Usage: BROWSER FOLDER-FOR-SCREENSHOTS
 */
const ASSEMBLIES = resolve(__dirname, '..', '..', 'cdk.out');
const EXAMPLES = ['orders-api', 'orders-api-insecure', 'order-pipeline', 'saas-frontend'];

const VIEWS: readonly View[] = [
  { name: 'light-1280', width: 1280, height: 900, colours: 'light' },
  { name: 'dark-1280', width: 1280, height: 900, colours: 'dark' },
  { name: 'light-390', width: 390, height: 844, colours: 'light' },
  { name: 'dark-390', width: 390, height: 844, colours: 'dark' },
];

async function main([executablePath, folder]: readonly string[]): Promise<number> {
  mkdirSync(folder, { recursive: true });
  const postures = new Map<string, Posture>([
    ...EXAMPLES.map((name) => [name, JSON.parse(readFileSync(join(ASSEMBLIES, name, 'security', 'report.json'), 'utf8')) as Posture] as const),
    ['200-functions', syntheticPosture(200)],
  ]);
  const browser = await chromium.launch({
    executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
  try {
    const problems: string[] = [];
    for (const [name, posture] of postures) problems.push(...await judged(browser, name, posture, folder));
    process.stdout.write(problems.length === 0 ? `report in browser: ok, ${postures.size} reports in ${VIEWS.length} views, screenshots in ${folder}\n` : `${problems.join('\n')}\n`);
    return problems.length === 0 ? 0 : 1;
  } finally {
    await browser.close();
  }
}

async function judged(browser: Browser, name: string, posture: Posture, folder: string): Promise<readonly string[]> {
  const file = join(folder, `${name}.html`);
  const started = process.hrtime.bigint();
  const html = htmlReport(posture);
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  process.stdout.write(`${name}: ${posture.functions.length} functions, rendered in ${seconds.toFixed(2)} s, ${(Buffer.byteLength(html) / 1e6).toFixed(2)} MB\n`);
  writeFileSync(file, html);
  const url = pathToFileURL(file).href;
  const problems = (await withoutScript(browser, url)).map((problem) => `${name}: ${problem}`);
  for (const view of VIEWS) {
    const found = await examine(browser, url, view, join(folder, `${name}-${view.name}`));
    problems.push(...found.map((problem) => `${name}, ${view.name}: ${problem}`));
  }
  return problems;
}

void main(process.argv.slice(2)).then((code) => { process.exitCode = code; });
