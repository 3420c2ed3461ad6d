import { readFileSync } from 'fs';
import { AxeResults } from 'axe-core';
import { Browser, Page } from 'playwright-core';

/** A window in which a report is looked at. */
export interface View {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly colours: 'light' | 'dark';
}

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/** What is wrong with a page, as sentences; writes screenshots of its top, of the picture with a box chosen, and of the whole page. */
export async function examine(browser: Browser, url: string, { width, height, colours }: View, screenshots: string): Promise<readonly string[]> {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: colours });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('console', (message) => problems.push(`the console says: ${message.text()}`));
  page.on('pageerror', (error) => problems.push(`the script failed: ${error.message}`));
  page.on('request', (request) => {
    if (request.url() !== url) problems.push(`the page asks for ${request.url()}`);
  });
  await page.goto(url);
  await page.screenshot({ path: `${screenshots}-top.png` });
  problems.push(...await tooWide(page), ...await keyboard(page));
  await page.evaluate('document.getElementById("surface").scrollIntoView({ behavior: "instant" })');
  await page.screenshot({ path: `${screenshots}-picture.png` });
  await page.evaluate('document.querySelectorAll("details").forEach((one) => { one.open = true; })');
  problems.push(...await tooWide(page), ...await accessibility(page));
  await context.close();
  return problems;
}

async function tooWide(page: Page): Promise<readonly string[]> {
  const [content, window] = await page.evaluate('[document.documentElement.scrollWidth, document.documentElement.clientWidth]') as [number, number];
  return content > window ? [`the page is ${content} pixels wide in a window of ${window}`] : [];
}

/** The picture is reached, walked and asked with the keyboard alone. */
async function keyboard(page: Page): Promise<readonly string[]> {
  const first = page.locator('.node[tabindex="0"]');
  if (await first.count() !== 1) return ['the picture has not exactly one stop for the tab key'];
  await first.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  const chosen = await page.locator('.node.chosen').count();
  const said = await page.locator('#focus h3').count();
  return chosen === 1 && said === 1 ? [] : [`the keyboard chose ${chosen} boxes, and the panel says ${said} names`];
}

/** The content security policy forbids scripts from elsewhere, so axe comes in through the debugger's own door. */
async function accessibility(page: Page): Promise<readonly string[]> {
  const session = await page.context().newCDPSession(page);
  await session.send('Runtime.evaluate', { expression: AXE });
  const { result } = await session.send('Runtime.evaluate', {
    expression: 'axe.run(document, { resultTypes: ["violations"] }).then((found) => JSON.stringify({ violations: found.violations }))', awaitPromise: true, returnByValue: true,
  });
  const { violations } = JSON.parse(String(result.value)) as Pick<AxeResults, 'violations'>;
  return violations.map(({ id, help, nodes }) => `axe: ${id}, ${help}, ${nodes.length} times, first ${nodes[0].target.join(' ')} ${nodes[0].failureSummary ?? ''}`);
}

/** Reading needs no script: the picture and the tables are there, and controls that would do nothing are not. */
export async function withoutScript(browser: Browser, url: string): Promise<readonly string[]> {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(url);
  const problems = [
    ...await page.locator('#picture .node').first().isVisible() ? [] : ['without a script the picture is not there'],
    ...await page.locator('.scripted').filter({ visible: true }).count() === 0 ? [] : ['without a script controls are shown that do nothing'],
  ];
  await context.close();
  return problems;
}
