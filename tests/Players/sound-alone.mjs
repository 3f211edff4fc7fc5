// sound-alone.mjs --player hls|shaka-hls|shaka-dash|dashjs --url URL --seconds LENGTH
// Plays a title without a picture in a real browser and prints one JSON document about how it went.
import { parseArgs } from 'node:util';
import { runInPage } from './player-page.mjs';

const { values } = parseArgs({ options: { player: { type: 'string' }, url: { type: 'string' }, seconds: { type: 'string' } } });

await runInPage('playSound', { player: values.player, url: values.url, seconds: Number(values.seconds) });
