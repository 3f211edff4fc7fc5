import { players } from './players.js';
import { until } from './scenario.js';

const video = document.getElementById('video');

const shown = () => [...video.textTracks].filter(track => track.mode !== 'disabled' && track.cues?.length);

const cuesOf = list => [...list].map(cue => ({ start: cue.startTime, end: cue.endTime, text: cue.text, line: cue.line === 'auto' ? null : cue.line }));

window.readCaptions = async ({ player: name, url, moments, names }) => {
  const errors = [];
  const result = { player: name, errors, fatal: null, tracks: [] };
  let player;
  try {
    player = await players[name](video, url, (text, isFatal) => errors.push(isFatal ? `FATAL ${text}` : text));
    await video.play();
    await until('playing', () => video.currentTime > 0.1, 60);
    result.startedGrowing = player.isGrowing();
    video.pause();
    const tracks = player.texts();
    result.names = tracks.map(track => track.name);
    for (const [i, track] of tracks.entries()) {
      if (names.length > 0 && !names.includes(track.name)) continue;
      await player.showText(i);
      const at = [];
      for (const moment of moments) {
        video.currentTime = moment;
        await until(`the seek to ${moment}`, () => !video.seeking && video.readyState >= 2, 30);
        await until(`cues of ${track.name} at ${moment}`, () => shown().some(t => [...t.cues].some(cue => cue.endTime >= moment - 0.5)), 30);
        // The browser takes up active cues when it next has the time.
        await new Promise(resolve => setTimeout(resolve, 300));
        at.push({ moment, texts: shown().flatMap(t => cuesOf(t.activeCues).map(cue => cue.text)) });
      }
      result.tracks.push({ ...track, at, cues: shown().flatMap(t => cuesOf(t.cues)) });
    }
  } catch (error) {
    result.fatal = error.detail ? JSON.stringify(error.detail) : `${error.code ?? ''} ${error.message}`;
  }
  await player?.close();
  return result;
};
