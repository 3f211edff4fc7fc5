// sound.mjs --page URL_WITH_KEY --asset ID
// A viewer at the page, in a real browser, chooses another sound track and hears it. Prints one JSON document.
import { parseArgs } from 'node:util';
import { launch } from './browser.mjs';

const { values } = parseArgs({ options: { page: { type: 'string' }, asset: { type: 'string' } } });
const result = { complaints: [], fatal: null };
const browser = await launch();
const page = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage();
page.setDefaultTimeout(60_000);
page.on('console', message => { if (['error', 'warning'].includes(message.type())) result.complaints.push(message.text()); });
page.on('pageerror', error => result.complaints.push(error.message));

/** The strongest tone that leaves the video element, Hz, once it is the same for half a second; it may lie between two bins. */
const heard = () => page.evaluate(async () => {
  const { context, analyser } = window.listener ??= (() => {
    const context = new AudioContext();
    const analyser = new AnalyserNode(context, { fftSize: 4096, smoothingTimeConstant: 0 });
    context.createMediaElementSource(document.getElementById('video')).connect(analyser);
    return { context, analyser };
  })();
  await context.resume();
  const bins = new Float32Array(analyser.frequencyBinCount);
  let [last, times] = [-1, 0];
  const end = performance.now() + 20_000;
  while (times < 5) {
    if (performance.now() > end) throw new Error(`no steady tone but bin ${last} at ${bins[last]} dB of a context that is ${context.state}`);
    await new Promise(resolve => setTimeout(resolve, 100));
    analyser.getFloatFrequencyData(bins);
    const loudest = bins.reduce((best, level, i) => (level > bins[best] ? i : best), 0);
    times = Math.abs(loudest - last) <= 1 && bins[loudest] > -60 ? times + 1 : 0;
    last = loudest;
  }
  return last * context.sampleRate / analyser.fftSize;
});

try {
  await page.goto(values.page);
  await page.locator(`.row.title[data-asset="${values.asset}"] button.primary`).click();
  await page.waitForFunction(() => document.getElementById('video').currentTime > 0.5);
  await page.locator('#sound').waitFor();
  result.offered = await page.locator('#sound option').allTextContents();
  result.qualities = await page.locator('#quality option').allTextContents();
  result.first = await page.locator('#sound').inputValue();
  result.firstTone = await heard();
  await page.locator('#sound').selectOption(result.offered.at(-1));
  result.startOfSwitch = await page.evaluate(() => document.getElementById('video').currentTime);
  await page.waitForTimeout(500);
  result.lastTone = await heard();
  for (let tries = 0; tries < 20 && Math.abs(result.lastTone - result.firstTone) < 50; tries++) result.lastTone = await heard();
  result.playerProblem = await page.locator('#player-problem').textContent();
} catch (error) {
  result.fatal = error.message;
}
await browser.close();
console.log(JSON.stringify(result));
