// ends.mjs --player hls|shaka-hls|shaka-dash|dashjs --url URL
// Plays a title in a real browser from its start to its end, whatever it has of picture and sound, and prints { fatal, errors, ended, refused }.
import { parseArgs } from 'node:util';
import { runInPage } from './player-page.mjs';

const { values } = parseArgs({ options: { player: { type: 'string' }, url: { type: 'string' } } });

await runInPage('playToEnd', { player: values.player, url: values.url });
