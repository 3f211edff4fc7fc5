// report.mjs --page URL_WITH_KEY --viewer EMAIL --administrator EMAIL --password OF_BOTH [--shots FOLDER]
// An administrator at the report of recommendations, in a real browser. Prints one JSON document.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { launch } from './browser.mjs';

const { values } = parseArgs({ options: {
  page: { type: 'string' }, viewer: { type: 'string' }, administrator: { type: 'string' }, password: { type: 'string' }, shots: { type: 'string' },
} });
const result = { complaints: [], fatal: null };
const browser = await launch();
const page = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage();
page.setDefaultTimeout(60_000);
page.on('console', message => { if (['error', 'warning'].includes(message.type())) result.complaints.push(`${message.text()} ${message.location().url}`); });
page.on('pageerror', error => result.complaints.push(error.message));
const rowsOf = selector => page.locator(`${selector} tbody tr`).evaluateAll(rows => rows.map(row => [...row.cells].map(cell => cell.textContent)));

try {
  await page.goto(values.page);
  await page.locator('#report').waitFor();
  result.address = page.url();
  result.summary = await page.locator('#summary').textContent();
  result.variants = await rowsOf('#variants');
  result.rows = await rowsOf('#rows');
  result.models = await rowsOf('#models');
  result.held = await page.locator('#held').isVisible() ? await page.locator('#held').textContent() : null;
  result.charts = await page.locator('figure figcaption').allTextContents();
  result.lines = await page.locator('figure > svg polyline').count();
  if (values.shots) await page.screenshot({ path: join(values.shots, 'report.png'), fullPage: true });
  page.removeAllListeners('console');
  await page.goto(new URL('#key=fs_wrong', values.page).href);
  await page.reload();
  await page.locator('#gate').waitFor();
  result.refusal = await page.locator('#gate-problem').textContent();

  const signed = await (await browser.newContext()).newPage();
  const visit = async () => {
    await signed.goto(values.page.split('#')[0]);
    await signed.locator('main:visible').waitFor();
    return await signed.locator('#gate').isVisible() ? await signed.locator('#gate-problem').textContent() : await signed.locator('#variants tbody tr').count();
  };
  const signIn = email => signed.evaluate(async body => (await fetch('/api/session', {
    method: 'POST', headers: { 'Content-Type': 'application/json', 'X-FlickStream': '1' }, body: JSON.stringify(body),
  })).status, { email, password: values.password });
  result.stranger = await visit();
  await signIn(values.viewer);
  result.viewer = await visit();
  await signIn(values.administrator);
  result.administrator = await visit();
} catch (error) {
  result.fatal = error.message;
}
await browser.close();
console.log(JSON.stringify(result));
