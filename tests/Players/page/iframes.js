import { probe } from './probe.js';
import { until } from './scenario.js';

const video = document.getElementById('video');

/** Shows the pictures of a title's I-frame playlists and reads their numbers. */
window.showIFrames = async ({ url, fps, moments }) => {
  const { Hls } = window;
  const errors = [];
  const result = { errors, fatal: null, numbers: [] };
  const hls = new Hls({ autoStartLoad: false });
  let trick;
  try {
    const loaded = new Promise(resolve => hls.once(Hls.Events.MANIFEST_PARSED, resolve));
    hls.loadSource(url);
    await loaded;
    trick = hls.createIFramePlayer();
    trick.on(Hls.Events.ERROR, (_, data) => errors.push(`${data.details} ${data.reason ?? data.error?.message ?? ''}`));
    // An I-frame player asked for a picture before it is attached waits for ever where the playlist comes first: nothing wakes it.
    const attached = new Promise(resolve => trick.once(Hls.Events.MEDIA_ATTACHED, resolve));
    trick.attachMedia(video);
    await attached;
    const watch = probe(video, fps, false);
    for (const moment of moments) {
      trick.loadMediaAt(moment);
      await until(`the picture at ${moment}`, () => !video.seeking && video.readyState >= 2 && Math.abs(video.currentTime - moment) < 2, 30);
      result.numbers.push(watch.read().number);
    }
    watch.stop();
  } catch (error) {
    result.fatal = error.message;
  }
  trick?.destroy();
  hls.destroy();
  return result;
};
