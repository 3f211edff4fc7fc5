// page.mjs --page URL_WITH_KEY --file MASTER [--shots FOLDER]
// A studio at the page, in a real browser: opens the printed address, adds a master, watches it, deletes it. Prints one JSON document.
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { launch } from './browser.mjs';

const { values } = parseArgs({ options: { page: { type: 'string' }, file: { type: 'string' }, shots: { type: 'string' } } });
const result = { complaints: [], fatal: null };
const browser = await launch();
const page = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage();
// A busy machine takes its time for a whole encoding.
page.setDefaultTimeout(600_000);
page.on('console', message => { if (['error', 'warning'].includes(message.type())) result.complaints.push(`${message.text()} ${message.location().url}`); });
page.on('pageerror', error => result.complaints.push(error.message));
const shot = async name => { if (values.shots) await page.screenshot({ path: join(values.shots, `${name}.png`), fullPage: true }); };

try {
  await page.goto(values.page);
  await page.locator('#library[aria-busy=false]').waitFor({ state: 'attached' });
  result.address = page.url();
  result.titlesBefore = await page.locator('.row.title').count();
  await page.setInputFiles('#files', values.file);
  const name = basename(values.file).replace(/\.\w+$/, '');
  const card = page.locator('.row.title').first();
  await page.waitForFunction(before => document.querySelectorAll('.row.title').length === before + 1, result.titlesBefore);
  result.title = await card.locator('.name').textContent();
  result.isNamedAsFile = result.title === name;
  await shot('encoding');
  await card.locator('button.primary').waitFor();
  result.playableAs = await card.getAttribute('data-state');
  await page.waitForFunction(() => document.querySelector('.row.title').dataset.state === 'ready');
  await card.locator('.poster img').waitFor();
  await shot('ready');

  await card.locator('button.primary').click();
  await page.waitForFunction(() => document.getElementById('video').currentTime > 2);
  result.qualities = await page.locator('#quality option').allTextContents();
  await page.locator('#quality').selectOption({ index: result.qualities.length - 1 });
  result.captions = await page.locator('#captions option').allTextContents();
  await page.locator('#captions').selectOption('0');
  result.chapters = await page.locator('#chapters option').allTextContents();
  await page.locator('#chapters').selectOption({ index: 1 });
  // Paused, because what is shown here is over in a second and a half; and of now, because what was shown before stays until the seek is done.
  result.afterChapter = await page.evaluate(() => {
    const video = document.getElementById('video');
    video.pause();
    return video.currentTime;
  });
  result.shown = await page.waitForFunction(now => [...document.getElementById('video').textTracks]
    .flatMap(track => [...track.activeCues ?? []]).find(cue => cue.startTime <= now && now < cue.endTime)?.text, result.afterChapter).then(handle => handle.jsonValue());
  await shot('playing');
  result.playerProblem = await page.locator('#player-problem').textContent();
  await page.keyboard.press('Escape');

  await card.getByRole('button', { name: 'Delete' }).click();
  await shot('deleting');
  await page.locator('#confirm-yes').click();
  await page.waitForFunction(before => document.querySelectorAll('.row.title').length === before, result.titlesBefore);
} catch (error) {
  result.fatal = error.message;
  await shot('fatal');
}
await browser.close();
console.log(JSON.stringify(result));
