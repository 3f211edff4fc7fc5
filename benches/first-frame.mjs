// Opens a page with hls.js, says "waiting", reads a playlist's URL from standard input and says "shown" once its first frame is on screen.
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { createRequire } from 'node:module';

const require = createRequire(new URL('../tests/Players/package.json', import.meta.url));
const { launch } = await import('../tests/Players/browser.mjs');
const hls = await readFile(require.resolve('hls.js/dist/hls.min.js'));
const server = createServer((request, response) => request.url === '/hls.js'
  ? response.setHeader('Content-Type', 'text/javascript').end(hls)
  : response.setHeader('Content-Type', 'text/html').end('<video muted></video><script src="/hls.js"></script>')).listen(0, '127.0.0.1');
await new Promise(resolve => server.once('listening', resolve));
const browser = await launch();
const page = await browser.newPage();
await page.goto(`http://127.0.0.1:${server.address().port}/`);
console.log('waiting');
const lines = createInterface({ input: process.stdin });
for await (const url of lines) {
  const shown = await page.evaluate(source => new Promise(resolve => {
    const video = document.querySelector('video');
    const player = new Hls();
    player.on(Hls.Events.ERROR, (_, error) => error.fatal && resolve(error.details));
    video.requestVideoFrameCallback(() => resolve('shown'));
    player.loadSource(source);
    player.attachMedia(video);
    video.play();
  }), url);
  console.log(shown);
}
await browser.close();
server.close();
