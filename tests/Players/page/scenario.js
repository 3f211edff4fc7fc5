import { players } from './players.js';
import { probe } from './probe.js';

const video = document.getElementById('video');

/** Resolves when it holds; on time-out says what was waited for and how the element stood. */
export async function until(what, holds, seconds) {
  const end = performance.now() + seconds * 1000;
  while (!holds()) {
    if (video.error) throw new Error(`media error ${video.error.code}: ${video.error.message}`);
    if (performance.now() > end) {
      const ranges = Array.from(video.buffered, (_, i) => i);
      throw new Error(`waited ${seconds} s for ${what}; at ${video.currentTime} of ${video.duration}, paused ${video.paused}, ready ${video.readyState}, ranges ${ranges.length}`);
    }
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}

async function seek(to, watch, framesPerSecond) {
  watch.expectPlaying(false);
  video.pause();
  // The middle of a frame, so that rounding cannot decide which one is meant.
  const frame = Math.floor(to * framesPerSecond);
  const target = (frame + 0.5) / framesPerSecond;
  video.currentTime = target;
  await until(`the seek to ${target}`, () => !video.seeking && video.readyState >= 2, 30);
  const shown = watch.read();
  await video.play();
  watch.expectPlaying(true);
  return { target, frame, shown: shown.number };
}

async function switchRung(player, watch) {
  const before = video.videoHeight;
  const rungs = player.rungs().sort((a, b) => a - b);
  const wanted = rungs.at(-1) === before ? rungs[0] : rungs.at(-1);
  if (wanted === before) return { before, after: before };
  watch.expectPlaying(false);
  await player.choose(wanted);
  await until(`rung ${wanted} (now ${before}, offered ${rungs})`, () => video.videoHeight === wanted, 40);
  await until('playing after the switch', () => !video.paused && video.readyState >= 3, 20);
  watch.expectPlaying(true);
  return { before, after: video.videoHeight };
}

window.runScenario = async ({ player: name, url, fps, growing, limit, opaque }) => {
  const errors = [];
  const result = { player: name, errors, fatal: null };
  const watch = probe(video, fps, opaque);
  let player;
  try {
    player = await players[name](video, url, (text, isFatal) => errors.push(isFatal ? `FATAL ${text}` : text));
    result.rungs = player.rungs();
    result.codecs = [...new Set(player.codecs())];
    await video.play();
    await until('the first second', () => video.currentTime > 1, 60);
    result.codec = player.codec();
    result.thumbnail = await player.thumbnail?.(9.5);
    result.startedGrowing = player.isGrowing();
    result.startedAt = video.played.start(0);
    watch.expectPlaying(true);
    if (!growing) {
      result.switch = await switchRung(player, watch);
      await until('playing on', () => video.currentTime > 2, 30);
      result.seek = await seek(video.duration * 0.8, watch, fps);
    }
    await until('the end', () => video.ended, limit);
    watch.expectPlaying(false);
    result.endedGrowing = player.isGrowing();
    result.ended = true;
    result.lastFrame = watch.read().number;
  } catch (error) {
    result.fatal = error.detail ? JSON.stringify(error.detail) : `${error.code ?? ''} ${error.message}`;
  }
  watch.stop();
  result.duration = video.duration;
  result.endedAt = video.currentTime;
  Object.assign(result, watch.found);
  await player?.close();
  return result;
};
