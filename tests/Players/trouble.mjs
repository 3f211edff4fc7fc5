// trouble.mjs --page URL_WITH_KEY --file MASTER --unfit FILE
// A studio at the page, in a real browser: reads why a file is refused, cancels an encoding, takes it up again. Prints one JSON document.
import { parseArgs } from 'node:util';
import { launch } from './browser.mjs';

const { values } = parseArgs({ options: { page: { type: 'string' }, file: { type: 'string' }, unfit: { type: 'string' } } });
const result = { complaints: [], fatal: null };
const browser = await launch();
const page = await (await browser.newContext()).newPage();
// A busy machine takes its time for a whole encoding.
page.setDefaultTimeout(600_000);
page.on('console', message => { if (['error', 'warning'].includes(message.type())) result.complaints.push(`${message.text()} ${message.location().url}`); });
page.on('pageerror', error => result.complaints.push(error.message));

async function add(file) {
  const before = await page.locator('.row.title').count();
  await page.setInputFiles('#files', file);
  await page.waitForFunction(count => document.querySelectorAll('.row.title').length > count, before);
  const id = await page.locator('.row.title').first().getAttribute('data-asset');
  return page.locator(`.row.title[data-asset="${id}"]`);
}

const becomes = (card, state) => card.and(page.locator(`[data-state="${state}"]`)).waitFor();
const press = (card, name) => card.getByRole('button', { name, exact: true }).click();

try {
  await page.goto(values.page);
  await page.locator('#library[aria-busy=false]').waitFor({ state: 'attached' });
  const unfit = await add(values.unfit);
  await becomes(unfit, 'refused');
  result.reason = await unfit.locator('.note.bad').textContent();

  const master = await add(values.file);
  await becomes(master, 'encoding');
  await press(master, 'Cancel');
  await becomes(master, 'cancelled');
  result.playsWhileCancelled = await master.getByRole('button', { name: 'Play', exact: true }).isVisible();
  await press(master, 'Retry');
  await becomes(master, 'ready');

  for (const card of [unfit, master]) {
    await press(card, 'Delete');
    await page.locator('#confirm-yes').click();
    await card.waitFor({ state: 'detached' });
  }
} catch (error) {
  result.fatal = error.message;
}
await browser.close();
console.log(JSON.stringify(result));
