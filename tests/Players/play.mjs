// play.mjs --player hls|hls-clearkey|shaka-hls|shaka-dash|dashjs --url URL [--fps 24] [--growing] [--opaque] [--limit SECONDS]
// Plays a title in a real browser and prints one JSON document about how it went. Exits 0 whenever it could tell.
import { parseArgs } from 'node:util';
import { runInPage } from './player-page.mjs';

const { values } = parseArgs({
  options: {
    player: { type: 'string' },
    url: { type: 'string' },
    fps: { type: 'string', default: '24' },
    growing: { type: 'boolean', default: false },
    opaque: { type: 'boolean', default: false },
    limit: { type: 'string', default: '120' },
  },
});

await runInPage('runScenario', {
  player: values.player, url: values.url, fps: Number(values.fps), growing: values.growing, limit: Number(values.limit), opaque: values.opaque,
});
