// masters.mjs LIST.json: plays each title of a list ({ name, url, points: [[x, y], ...] }) to its end in one page with hls.js, the top rung
// alone, and prints a list of { name, error, width, height, colors }. Points are parts of width and height, read from the last picture.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { launch } from './browser.mjs';

const titles = JSON.parse(await readFile(process.argv[2], 'utf8'));
const script = await readFile(fileURLToPath(new URL('node_modules/hls.js/dist/hls.min.js', import.meta.url)));
const server = createServer((_, response) => {
  response.writeHead(200, { 'Content-Type': 'text/html' });
  response.end('<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><video id="video" muted></video>');
});
await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));

const browser = await launch();
try {
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  await page.addScriptTag({ content: script.toString() });
  const results = [];
  for (const title of titles) results.push({ name: title.name, ...await page.evaluate(play, title) });
  console.log(JSON.stringify(results));
} finally {
  await browser.close();
  server.close();
}

async function play({ url, points, seconds }) {
  const { Hls } = window;
  const video = document.getElementById('video');
  const hls = new Hls({ enableWorker: false, startPosition: 0 });
  let limit;
  const error = await new Promise(resolve => {
    limit = setTimeout(() => resolve(`not at its end after 20 s but at ${video.currentTime} of ${video.duration}`), 20_000);
    hls.on(Hls.Events.ERROR, (_, data) => { if (data.fatal) resolve(`${data.details} ${data.reason ?? data.error?.message ?? ''}`); });
    hls.on(Hls.Events.MANIFEST_PARSED, () => {
      hls.currentLevel = hls.levels.reduce((best, level, i, all) => (level.height > all[best].height ? i : best), 0);
      video.defaultPlaybackRate = video.playbackRate = seconds > 5 ? 16 : 4;
      video.play().catch(reason => resolve(reason.message));
    });
    video.onended = () => resolve(null);
    video.onerror = () => resolve(video.error.message);
    hls.loadSource(url);
    hls.attachMedia(video);
  });
  clearTimeout(limit);
  video.onended = video.onerror = null;
  const { videoWidth: width, videoHeight: height } = video;
  const colors = [];
  if (width > 0) {
    const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
    context.drawImage(video, 0, 0);
    for (const [x, y] of points) colors.push([...context.getImageData(Math.floor(x * width), Math.floor(y * height), 1, 1).data.slice(0, 3)]);
  }
  hls.destroy();
  return { error, width, height, colors };
}
