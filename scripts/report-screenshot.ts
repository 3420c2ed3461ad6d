import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { dirname, join, resolve } from 'path';
import { pathToFileURL } from 'url';
import { chromium } from 'playwright-core';
import { Posture } from '../src/report/form/posture-form';
import { htmlReport } from '../src/report/render/html/html-report';

/**
 * Takes the README's pictures of the report, of the Orders API and of its careless twin: `npm run demo` and `npm run demo -- insecure`, then
 * `npx tsx --tsconfig examples/tsconfig.json scripts/report-screenshot.ts [BROWSER]`.
 */
const ROOT = resolve(__dirname, '..');
const PICTURES: readonly (readonly [example: string, picture: string])[] = [['orders-api', 'report.png'], ['orders-api-insecure', 'report-careless.png']];
const LARGEST = 250_000;

async function main([executablePath = '/usr/bin/chromium']: readonly string[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'report-'));
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'] });
  try {
    for (const [example, picture] of PICTURES) {
      const file = join(folder, `${example}.html`);
      writeFileSync(file, htmlReport(JSON.parse(readFileSync(join(ROOT, 'cdk.out', example, 'security', 'report.json'), 'utf8')) as Posture));
      const page = await browser.newPage({ viewport: { width: 1280, height: 1340 }, colorScheme: 'light' });
      await page.goto(pathToFileURL(file).href);
      const path = join(ROOT, 'docs', 'images', picture);
      mkdirSync(dirname(path), { recursive: true });
      await page.screenshot({ path });
      const { size } = statSync(path);
      if (size > LARGEST) throw new Error(`${path} has ${size} bytes, more than ${LARGEST}`);
    }
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true });
  }
}

void main(process.argv.slice(2));
