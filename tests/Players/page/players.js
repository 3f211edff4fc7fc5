import { clearKey } from './clearkey.js';

/**
 * Each player behind the few verbs that a scenario needs. Adaptation is off, and so is Shaka's skip of 0.1 s when its clock has stood
 * for a second with a full buffer: the scenario alone chooses rungs and seeks, so that a busy machine does the same as an idle one.
 */
export const players = { hls: openHls, 'hls-clearkey': openHlsWithClearKey, 'shaka-hls': openShaka, 'shaka-dash': openShaka, dashjs: openDashjs };

/** As FlickStream's own page does it. */
function openHlsWithClearKey(video, url, report) {
  const protection = clearKey(window.Hls, video, url, error => report(`clearkey ${error.message}`, true));
  return openHls(video, url, report, { pLoader: protection.loader });
}

async function openHls(video, url, report, more = {}) {
  const { Hls } = window;
  const hls = new Hls({ workerPath: '/lib/hls.worker.js', startPosition: 0, startLevel: 0, ...more });
  hls.on(Hls.Events.ERROR, (_, data) => report(`${data.fatal ? 'fatal' : 'hls'} ${data.details} ${data.reason ?? data.error?.message ?? ''}`, data.fatal));
  const parsed = new Promise(resolve => hls.once(Hls.Events.MANIFEST_PARSED, resolve));
  hls.loadSource(url);
  hls.attachMedia(video);
  await parsed;
  hls.loadLevel = lowest(hls.levels);
  return {
    rungs: () => hls.levels.map(level => level.height),
    codecs: () => hls.levels.map(level => level.videoCodec),
    codec: () => hls.levels[hls.currentLevel]?.videoCodec,
    choose: height => {
      // While it plays, hls.js keeps what it reckons to need until the other rung has come: on a busy machine all of a title of two segments.
      video.pause();
      hls.nextLevel = hls.levels.findIndex(level => level.height === height);
      return video.play();
    },
    texts: () => hls.subtitleTracks.map(track => ({ name: track.name, language: track.lang, isForced: track.forced })),
    showText: i => { hls.subtitleTrack = i; hls.subtitleDisplay = true; },
    isGrowing: () => hls.latestLevelDetails?.live ?? false,
    close: () => hls.destroy(),
  };
}

const lowest = levels => levels.reduce((best, level, i) => (level.height < levels[best].height ? i : best), 0);

async function openShaka(video, url, report) {
  const { shaka } = window;
  shaka.polyfill.installAll();
  const player = new shaka.Player();
  await player.attach(video);
  player.addEventListener('error', event => report(`shaka ${event.detail.code} ${JSON.stringify(event.detail.data?.slice(0, 3))}`, event.detail.severity === 2));
  player.configure({ abr: { enabled: false }, streaming: { stallEnabled: false } });
  await player.load(url, 0);
  const tracks = () => player.getVariantTracks().sort((a, b) => a.height - b.height || a.bandwidth - b.bandwidth);
  player.selectVariantTrack(tracks()[0], true);
  return {
    rungs: () => [...new Set(tracks().map(track => track.height))],
    codecs: () => tracks().map(track => track.videoCodec),
    codec: () => tracks().find(track => track.active)?.videoCodec,
    thumbnail: at => player.getThumbnails(player.getImageTracks()[0]?.id, at),
    choose: height => player.selectVariantTrack(tracks().find(track => track.height === height), true, 2),
    texts: () => player.getTextTracks().map(track => ({ name: track.label, language: track.language, isForced: track.forced })),
    showText: i => player.selectTextTrack(player.getTextTracks()[i]),
    isGrowing: () => player.isLive() || player.isInProgress(),
    close: () => player.destroy(),
  };
}

async function openDashjs(video, url, report) {
  const { dashjs } = window;
  const player = dashjs.MediaPlayer().create();
  const { events } = dashjs.MediaPlayer;
  player.on(events.ERROR, event => report(`dashjs ${event.error?.code} ${event.error?.message}`, true));
  const ready = new Promise(resolve => player.on(events.STREAM_INITIALIZED, resolve));
  player.initialize();
  player.updateSettings({
    streaming: {
      abr: { autoSwitchBitrate: { video: false, audio: false }, initialBitrate: { video: 1 } },
      buffer: { fastSwitchEnabled: true },
      // Where its own timer finds the end before the element tells it, dash.js 5.2 seeks there, and takes that for a seek too far, which it brings back by half a
      // second and leaves paused.
      seekDurationBackoff: 0,
    },
  });
  player.attachView(video);
  player.attachSource(url, 0);
  await ready;
  return {
    rungs: () => player.getRepresentationsByType('video').map(representation => representation.height),
    codecs: () => player.getTracksFor('video').map(track => track.codec.match(/codecs="(.*)"/)[1]),
    codec: () => player.getCurrentTrackFor('video').codec.match(/codecs="(.*)"/)[1],
    choose: height => player.setRepresentationForTypeByIndex('video',
      player.getRepresentationsByType('video').findIndex(representation => representation.height === height), true),
    texts: () => player.getTracksFor('text').map(track => ({
      name: track.labels?.[0]?.text ?? track.id, language: track.lang, isForced: track.roles?.some(role => role.value === 'forced-subtitle') ?? false,
    })),
    showText: i => player.setTextTrack(i),
    isGrowing: () => player.isDynamic(),
    close: () => player.destroy(),
  };
}
