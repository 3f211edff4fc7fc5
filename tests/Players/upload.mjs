// upload.mjs --page URL_WITH_KEY --file MASTER [--shots FOLDER]
// A studio with a slow line at the page, in a real browser: adds a master, pauses, goes on, closes the tab midway, comes back and hands the
// file over again. Prints one JSON document: what the page said and every request that carried bytes.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { launch } from './browser.mjs';

const { values } = parseArgs({ options: { page: { type: 'string' }, file: { type: 'string' }, shots: { type: 'string' } } });
const bytesPerSecond = 4_000_000;
const result = { complaints: [], created: 0, offsets: [], fatal: null };
const browser = await launch();
const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });

async function open() {
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  page.on('console', message => { if (['error', 'warning'].includes(message.type())) result.complaints.push(message.text()); });
  page.on('pageerror', error => result.complaints.push(error.message));
  page.on('request', request => {
    if (!new URL(request.url()).pathname.startsWith('/api/uploads')) return;
    if (request.method() === 'POST') result.created++;
    if (request.method() === 'PATCH') result.offsets.push(Number(request.headers()['upload-offset']));
  });
  const line = await context.newCDPSession(page);
  await line.send('Network.enable');
  const slow = upload => line.send('Network.emulateNetworkConditions', {
    offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: upload,
  });
  await page.goto(values.page);
  await page.locator('#library[aria-busy=false]').waitFor({ state: 'attached' });
  return { page, slow };
}

const shot = async (page, name) => { if (values.shots) await page.screenshot({ path: join(values.shots, `upload-${name}.png`) }); };
const sent = (page, part) => page.waitForFunction(
  least => document.querySelector('.row.upload progress')?.value > least, part);

let page;
try {
  let slow;
  ({ page, slow } = await open());
  result.titlesBefore = await page.locator('.row.title').count();
  await slow(bytesPerSecond);
  await page.setInputFiles('#files', values.file);
  // So much of it: more than sockets on the way can hold, so that some has come to the server for certain.
  await sent(page, 0.4);
  await page.getByRole('button', { name: 'Pause' }).click();
  result.paused = await page.locator('.row.upload .row-body > .meta').textContent();
  await shot(page, 'paused');
  // The rest would take a minute then: so long may a busy machine take to close the tab.
  await slow(bytesPerSecond / 16);
  await page.getByRole('button', { name: 'Go on' }).click();
  await sent(page, 0.5);
  await page.close();
  ({ page } = await open());
  result.interrupted = await page.locator('.row.upload .row-body > .meta').textContent();
  await shot(page, 'interrupted');
  await page.setInputFiles('#files', values.file);
  await page.waitForFunction(before => document.querySelectorAll('.row.title').length === before + 1, result.titlesBefore);
  await page.waitForFunction(() => document.querySelectorAll('.row.upload').length === 0);
} catch (error) {
  result.fatal = error.message;
  if (page) await shot(page, 'fatal');
}
await browser.close();
console.log(JSON.stringify(result));
