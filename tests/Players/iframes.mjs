// iframes.mjs --url URL --fps 24 MOMENT...
// Shows pictures of the I-frame playlists of an HLS title in a real browser and prints { errors, fatal, numbers, refused }.
import { parseArgs } from 'node:util';
import { runInPage } from './player-page.mjs';

const { values, positionals } = parseArgs({ options: { url: { type: 'string' }, fps: { type: 'string' } }, allowPositionals: true });

await runInPage('showIFrames', { url: values.url, fps: Number(values.fps), moments: positionals.map(Number) });
