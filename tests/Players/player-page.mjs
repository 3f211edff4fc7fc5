import { createReadStream } from 'node:fs';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { launch } from './browser.mjs';

const here = path => fileURLToPath(new URL(path, import.meta.url));
const files = {
  '/': ['page/index.html', 'text/html'],
  '/scenario.js': ['page/scenario.js', 'text/javascript'],
  '/captions.js': ['page/captions.js', 'text/javascript'],
  '/sound.js': ['page/sound.js', 'text/javascript'],
  '/iframes.js': ['page/iframes.js', 'text/javascript'],
  '/players.js': ['page/players.js', 'text/javascript'],
  '/probe.js': ['page/probe.js', 'text/javascript'],
  '/clearkey.js': ['../../Portal/wwwroot/clearkey.js', 'text/javascript'],
  '/lib/hls.js': ['node_modules/hls.js/dist/hls.min.js', 'text/javascript'],
  '/lib/hls.worker.js': ['node_modules/hls.js/dist/hls.worker.js', 'text/javascript'],
  '/lib/shaka.js': ['node_modules/shaka-player/dist/shaka-player.compiled.js', 'text/javascript'],
  '/lib/dash.js': ['node_modules/dashjs/dist/modern/umd/dash.all.min.js', 'text/javascript'],
};

/** Runs a function of the page in a real browser, and prints what it returns, what was refused and what the console said. */
export async function runInPage(name, options) {
  const server = createServer((request, response) => {
    const file = files[request.url];
    if (!file) return response.writeHead(404).end();
    response.writeHead(200, { 'Content-Type': file[1] });
    createReadStream(here(file[0])).pipe(response);
  });
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  const browser = await launch();
  try {
    const page = await browser.newPage();
    const refused = [];
    const log = [];
    page.on('response', response => { if (response.status() >= 400 && !response.url().endsWith('/favicon.ico')) refused.push(`${response.status()} ${response.url()}`); });
    page.on('console', message => { if (message.type() === 'error' || message.type() === 'warning') log.push(message.text()); });
    page.on('pageerror', error => log.push(error.message));
    await page.goto(`http://127.0.0.1:${server.address().port}/`);
    await page.waitForFunction(name => window[name], name);
    const result = await page.evaluate(([name, options]) => window[name](options), [name, options]);
    console.log(JSON.stringify({ ...result, refused, log: log.slice(0, 20) }));
  } finally {
    await browser.close();
    server.close();
  }
}
