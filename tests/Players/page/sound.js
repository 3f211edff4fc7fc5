import { players } from './players.js';
import { ahead } from './probe.js';
import { until } from './scenario.js';

const video = document.getElementById('video');

/** Plays sound alone: from its start, after a seek, to its end. */
window.playSound = async ({ player: name, url, seconds }) => {
  const errors = [];
  const result = { player: name, errors, fatal: null, gaps: 0, ended: false };
  let player;
  try {
    player = await players[name](video, url, (text, isFatal) => errors.push(isFatal ? `FATAL ${text}` : text));
    await video.play();
    await until('playing', () => video.currentTime > 0.5, 60);
    await until('a buffer', () => ahead(video) > 5, 30);
    result.width = video.videoWidth;
    video.currentTime = seconds - 2;
    await until('the end', () => video.ended, 60);
    result.ended = true;
    result.duration = video.duration;
    for (let i = 1; i < video.buffered.length; i++) if (video.buffered.start(i) - video.buffered.end(i - 1) < 0.5) result.gaps++;
  } catch (error) {
    result.fatal = error.detail ? JSON.stringify(error.detail) : `${error.code ?? ''} ${error.message}`;
  }
  await player?.close();
  return result;
};

/** Plays whatever there is, from its start to its end. */
window.playToEnd = async ({ player: name, url }) => {
  const errors = [];
  const result = { errors, fatal: null, ended: false };
  let player;
  try {
    player = await players[name](video, url, text => errors.push(text));
    await video.play();
    await until('the end', () => video.ended, 60);
    result.ended = true;
  } catch (error) {
    result.fatal = error.detail ? JSON.stringify(error.detail) : `${error.code ?? ''} ${error.message}`;
  }
  await player?.close();
  return result;
};
