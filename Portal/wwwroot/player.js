import { post } from './api.js';
import { clearKey } from './clearkey.js';
import { $, copy, setText, show } from './dom.js';
import { endGrant, grantFor } from './grants.js';
import * as format from './format.js';

const dialog = $('player');
const video = $('video');
const quality = $('quality');
const sound = $('sound');
const captions = $('captions');
const chapters = $('chapters');
let session;

/** Opens the player; it lives until the dialog is closed. */
export async function play(asset) {
  end();
  const own = session = { asset };
  setText($('player-title'), asset.title);
  offerChapters(asset.renditions?.chapters ?? []);
  if (!asset.media?.video) video.poster = '/sound.svg';
  setText($('player-status'), 'Asking for access');
  problem('');
  dialog.showModal();
  try {
    own.grant = await grantFor(asset.id);
    if (session !== own) return void endGrant(own.grant);
    show($('player-copy-dash'), Boolean(own.grant.dash));
    own.heart = setInterval(() => beat(own), own.grant.heartbeatSeconds * 1000);
    own.clock = setInterval(() => status(own), 500);
    await attach(own);
    if (!asset.media?.video && asset.hasPoster) void showCover(own);
    await video.play().catch(() => null); // A browser that forbids it shows its own play button.
  } catch (error) {
    if (session === own) problem(error.code ? `${error.message} (${error.code})` : 'The server does not answer.');
  }
}

/** Sound alone has nothing else to show. */
async function showCover(own) {
  const response = await fetch(new URL('poster.jpg', own.grant.hls)).catch(() => null);
  const cover = response?.ok ? await response.blob() : null;
  if (cover && session === own) video.poster = own.cover = URL.createObjectURL(cover);
}

async function attach(own) {
  const { default: Hls } = await import('/lib/hls.min.mjs');
  if (session !== own) return;
  if (!Hls.isSupported()) {
    if (!video.canPlayType('application/vnd.apple.mpegurl')) throw Object.assign(new Error('This browser cannot play HLS.'), { code: 'no_hls' });
    video.src = own.grant.hls;
    return;
  }

  const protection = clearKey(Hls, video, own.grant.hls, () => problem('This browser cannot open the protection of this title.'));
  const hls = own.hls = new Hls({ workerPath: '/lib/hls.worker.js', pLoader: protection.loader, startPosition: own.position ?? 0, capLevelToPlayerSize: true });
  hls.on(Hls.Events.MANIFEST_PARSED, (_, { levels, audioTracks }) => {
    // hls.js would take sound around as one more step of quality; a browser mixes it down to what the stereo variants have already.
    const isSurround = ({ audioGroups }) => audioTracks.some(track => audioGroups?.includes(track.groupId) && Number(track.channels) > 2);
    for (let i = levels.length - 1; i >= 0; i--) if (isSurround(levels[i])) hls.removeLevel(i);
    offer(hls.levels);
  });
  hls.on(Hls.Events.AUDIO_TRACKS_UPDATED, (_, { audioTracks }) => offerSound(audioTracks));
  hls.on(Hls.Events.AUDIO_TRACK_SWITCHED, () => { sound.value = soundOf(hls); });
  hls.on(Hls.Events.SUBTITLE_TRACKS_UPDATED, (_, { subtitleTracks }) => offerCaptions(subtitleTracks));
  hls.on(Hls.Events.SUBTITLE_TRACK_SWITCH, (_, { id }) => { captions.value = String(id); });
  hls.on(Hls.Events.ERROR, (_, data) => {
    if (!data.fatal) return;
    if (data.type === Hls.ErrorTypes.MEDIA_ERROR && !own.hasRecovered) {
      own.hasRecovered = true;
      hls.recoverMediaError();
      return;
    }
    const status = data.response?.code;
    problem(status === 403 || status === 404 || status === 410 ? 'Access to this title has ended.' : `Playback stopped: ${data.details}.`);
  });
  hls.once(Hls.Events.DESTROYING, protection.close);
  hls.loadSource(own.grant.hls);
  hls.attachMedia(video);
}

const codecOf = level => ({ avc1: 'H.264', hvc1: 'HEVC', av01: 'AV1' })[level.videoCodec?.slice(0, 4)] ?? level.videoCodec;

function offer(levels) {
  const chosen = quality.value;
  const several = new Set(levels.map(codecOf)).size > 1;
  // The same pictures with a smaller sound are for slow lines: 'Auto' takes them there.
  const best = levels.filter((level, i) => !levels.slice(i + 1).some(better => better.uri === level.uri));
  quality.replaceChildren(
    new Option('Auto', '-1'),
    ...best.map(level => new Option(level.height
      ? `${Math.min(level.width, level.height)}p · ${(level.bitrate / 1e6).toFixed(1)} Mb/s${several ? ` · ${codecOf(level)}` : ''}`
      : `${Math.round(level.bitrate / 1e3)} kb/s`, levels.indexOf(level))).reverse());
  quality.value = chosen;
  if (quality.selectedIndex < 0) quality.value = '-1';
  quality.disabled = false;
}

/** Each quality of picture may come with another group of sounds; a sound has the same name in all of them. */
function offerSound(tracks) {
  const chosen = sound.value || soundOf(session?.hls);
  sound.replaceChildren(...[...new Set(tracks.map(track => track.name))].map(name => new Option(name)));
  sound.value = chosen;
  for (const node of [sound, sound.labels[0]]) show(node, sound.options.length > 1);
}

const soundOf = hls => hls?.audioTracks[hls.audioTrack]?.name ?? '';

/** The browser's own controls choose among the same tracks; hls.js tells of either choice. */
function offerCaptions(tracks) {
  const label = ({ name, forced, characteristics }) =>
    `${name}${forced ? ' (forced)' : characteristics && !name.includes('SDH') ? ' (SDH)' : ''}`;
  captions.replaceChildren(new Option('Off', '-1'), ...tracks.map((track, i) => new Option(label(track), i)));
  for (const node of [captions, captions.labels[0]]) show(node, tracks.length > 0);
}

function offerChapters(list) {
  chapters.replaceChildren(...list.map((chapter, i) =>
    new Option(`${format.clock(chapter.startSeconds)} ${chapter.title ?? `Chapter ${i + 1}`}`, chapter.startSeconds)));
  for (const node of [chapters, chapters.labels[0]]) show(node, list.length > 0);
}

async function beat(own) {
  if (video.paused) return;
  try {
    await post(`/api/playback/${encodeURIComponent(own.grant.grantId)}/heartbeat`);
  } catch (error) {
    if (session !== own || !error.status || error.status >= 500) return; // A short outage: the next beat tells.
    await renew(own, error);
  }
}

/** A long pause lets the grant lapse; take a new one and go on at the same place. */
async function renew(own, refusal) {
  if (own.isRenewing) return;
  own.isRenewing = true;
  try {
    own.grant = await grantFor(own.asset.id);
    own.position = video.currentTime;
    own.hls?.destroy();
    await attach(own);
    await video.play();
  } catch (error) {
    problem(`${(error.code ? error : refusal).message} (${error.code ?? refusal.code})`);
  } finally {
    own.isRenewing = false;
  }
}

function status(own) {
  const { buffered, currentTime } = video;
  let ahead = 0;
  for (let i = 0; i < buffered.length; i++) {
    if (buffered.start(i) <= currentTime + 0.1 && buffered.end(i) > currentTime) ahead = buffered.end(i) - currentTime;
  }
  const details = own.hls?.levels?.[own.hls.currentLevel]?.details;
  setText($('player-status'), [
    video.videoHeight ? `${Math.min(video.videoWidth, video.videoHeight)}p` : null,
    `${Math.floor(ahead)} s buffered`,
    details?.live ? `still encoding: ${format.clock(details.totalduration)} so far` : null,
  ].filter(Boolean).join(' · '));
}

function problem(text) {
  setText($('player-problem'), text);
  show($('player-problem'), text !== '');
}

function end() {
  if (!session) return;
  const own = session;
  session = undefined;
  clearInterval(own.heart);
  clearInterval(own.clock);
  own.hls?.destroy();
  video.removeAttribute('src');
  video.removeAttribute('poster');
  if (own.cover) URL.revokeObjectURL(own.cover);
  video.load();
  quality.replaceChildren(new Option('Auto', '-1'));
  quality.disabled = true;
  sound.replaceChildren();
  offerSound([]);
  offerCaptions([]);
  if (own.grant) endGrant(own.grant);
}

dialog.addEventListener('close', end);
$('player-close').addEventListener('click', () => dialog.close());
quality.addEventListener('change', () => {
  // From the next segment on; what plays goes on without a gap.
  if (session?.hls) session.hls.nextLevel = Number(quality.value);
});
sound.addEventListener('change', () => {
  const hls = session?.hls;
  if (hls) hls.audioTrack = hls.audioTracks.findIndex(track => track.name === sound.value);
});
chapters.addEventListener('change', () => { video.currentTime = Number(chapters.value); });
captions.addEventListener('change', () => {
  if (session?.hls) session.hls.subtitleTrack = Number(captions.value);
});
$('player-copy-hls').addEventListener('click', () => session?.grant && copy(session.grant.hls, 'HLS address'));
$('player-copy-dash').addEventListener('click', () => session?.grant && copy(session.grant.dash, 'DASH address'));
addEventListener('pagehide', end);
