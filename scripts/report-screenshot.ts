import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { dirname, join, resolve } from 'path';
import { pathToFileURL } from 'url';
import { chromium } from 'playwright-core';
import { Posture } from '../src/report/form/posture-form';
import { htmlReport } from '../src/report/render/html/html-report';

/**
 * Takes the README's picture of the report, from the example that was synthesized last: `npm run demo -- insecure`, then
 * `npx tsx --tsconfig examples/tsconfig.json scripts/report-screenshot.ts [BROWSER]`.
 */
const ROOT = resolve(__dirname, '..');
const REPORT = join(ROOT, 'cdk.out', 'orders-api-insecure', 'security', 'report.json');
const PICTURE = join(ROOT, 'docs', 'images', 'report.png');
const LARGEST = 250_000;

async function main([executablePath = '/usr/bin/chromium']: readonly string[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'report-'));
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'] });
  try {
    const file = join(folder, 'report.html');
    writeFileSync(file, htmlReport(JSON.parse(readFileSync(REPORT, 'utf8')) as Posture));
    const page = await browser.newPage({ viewport: { width: 1280, height: 1380 }, colorScheme: 'light' });
    await page.goto(pathToFileURL(file).href);
    mkdirSync(dirname(PICTURE), { recursive: true });
    await page.screenshot({ path: PICTURE });
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true });
  }
  const { size } = statSync(PICTURE);
  if (size > LARGEST) throw new Error(`${PICTURE} has ${size} bytes, more than ${LARGEST}`);
}

void main(process.argv.slice(2));
