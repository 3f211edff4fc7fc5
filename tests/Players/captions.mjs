// captions.mjs --player hls|shaka-hls|shaka-dash|dashjs --url URL --at SECONDS,... [--tracks NAME,...]
// Shows text tracks of a title (all without --tracks), one after the other, in a real browser, and prints the cues of each as the browser got
// them, and which of them were on the screen at the given moments.
import { parseArgs } from 'node:util';
import { runInPage } from './player-page.mjs';

const { values } = parseArgs({
  options: { player: { type: 'string' }, url: { type: 'string' }, at: { type: 'string' }, tracks: { type: 'string', default: '' } },
});
await runInPage('readCaptions', {
  player: values.player, url: values.url, moments: values.at.split(',').map(Number), names: values.tracks.split(',').filter(Boolean),
});
