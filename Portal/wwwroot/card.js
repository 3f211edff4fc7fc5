import { get, post, ProblemError, remove } from './api.js';
import { attempt, button, confirmed, copy, el, setText, show, toast } from './dom.js';
import * as format from './format.js';
import { play } from './player.js';
import { wantPoster } from './posters.js';
import { withGrant } from './grants.js';

const states = {
  inspecting: 'Inspecting',
  refused: 'Refused',
  encoding: 'Encoding',
  ready: 'Ready',
  failed: 'Failed',
  cancelled: 'Cancelled',
};

export const isMoving = asset =>
  asset.state === 'inspecting' || asset.state === 'encoding' || Boolean(asset.again) || asset.replacement?.state === 'inspecting';

const isPlayable = asset => asset.state === 'ready' || (asset.state === 'encoding' && asset.playable);

async function jobOf(asset) {
  if (asset.again) return asset.again.jobId;
  if (asset.jobId) return asset.jobId;
  const page = await get(`/api/jobs?asset=${encodeURIComponent(asset.id)}&limit=1`);
  if (!page.items.length) throw new ProblemError(404, { code: 'job_not_found', title: 'Its encoding has not been planned yet; try again in a moment.' });
  return page.items[0].id;
}

export function card(asset, changed) {
  const parts = {
    asset,
    poster: el('button', { type: 'button', className: 'poster', disabled: true, onclick: () => play(parts.asset) }),
    title: el('h3', { className: 'name' }),
    state: el('span', { className: 'chip' }),
    meta: el('p', { className: 'meta' }),
    bar: el('progress', { max: 1, hidden: true }),
    work: el('p', { className: 'meta', hidden: true }),
    rungs: el('ul', { className: 'rungs', 'aria-label': 'Renditions' }),
    problem: el('div', { className: 'note bad', hidden: true }),
    notices: el('ul', { className: 'note notices', 'aria-label': 'Notices', hidden: true }),
  };
  parts.play = button('Play', () => play(parts.asset), 'primary');
  parts.hls = button('Copy HLS', () => attempt(() => withGrant(asset.id, grant => copy(grant.hls, 'HLS address'))), 'quiet address');
  parts.dash = button('Copy DASH', () => attempt(() => withGrant(asset.id, grant => grant.dash ? copy(grant.dash, 'DASH address') : toast('This title is protected for HLS alone.'))), 'quiet address');
  parts.cancel = button('Cancel', () => attempt(async () => {
    await post(`/api/jobs/${encodeURIComponent(await jobOf(parts.asset))}/cancel`);
    changed();
  }), 'quiet');
  parts.retry = button('Retry', () => attempt(async () => {
    // What could not be planned has no job.
    if (parts.asset.problem?.code === 'planning_failed') await post('/api/jobs', { assetId: asset.id });
    else await post(`/api/jobs/${encodeURIComponent(await jobOf(parts.asset))}/retry`);
    changed();
  }));
  parts.again = button('Encode again', () => attempt(async () => {
    await post('/api/jobs', { assetId: asset.id });
    toast(`${parts.asset.title} is encoded again; what is there plays meanwhile.`);
    changed();
  }), 'quiet');
  parts.delete = button('Delete', () => attempt(async () => {
    if (!await confirmed(`Delete ${parts.asset.title}?`,
      'The master and everything made of it are removed, and nobody can play it any more. This cannot be undone.', 'Delete')) return;
    await remove(`/api/assets/${encodeURIComponent(asset.id)}`);
    parts.item.remove();
    changed();
  }), 'quiet');
  parts.item = el('li', { className: 'row title' },
    parts.poster,
    el('div', { className: 'row-body' },
      el('div', { className: 'row-top' }, parts.title, parts.state),
      parts.meta, parts.bar, parts.work, parts.problem, parts.notices, parts.rungs),
    el('div', { className: 'actions' }, parts.play, parts.hls, parts.dash, parts.retry, parts.cancel, parts.again, parts.delete));
  parts.item.dataset.asset = asset.id;
  return parts;
}

export function fill(parts, asset) {
  const before = parts.asset.state;
  parts.asset = asset;
  const moving = isMoving(asset);
  parts.item.dataset.state = asset.state;
  setText(parts.title, asset.title || asset.fileName);
  setText(parts.state, states[asset.state] ?? asset.state);
  setText(parts.meta, facts(asset));
  if (before !== asset.state && (asset.state === 'ready' || asset.problem)) {
    toast(`${asset.title}: ${(states[asset.state] ?? asset.state).toLowerCase()}.`);
  }

  show(parts.bar, moving);
  show(parts.work, moving);
  parts.bar.setAttribute('aria-label', `Encoding of ${asset.title}`);
  const progress = asset.again?.progress ?? (asset.state === 'encoding' ? asset.progress : undefined);
  if (Number.isFinite(progress)) parts.bar.value = progress;
  else parts.bar.removeAttribute('value');
  if (moving) setText(parts.work, work(asset));

  fillRungs(parts.rungs, asset);
  fillProblem(parts.problem, asset.problem ?? asset.replacement?.problem);
  fillNotices(parts.notices, asset.media?.notices ?? []);
  const playable = isPlayable(asset);
  for (const node of [parts.play, parts.hls, parts.dash]) show(node, playable);
  show(parts.cancel, asset.state === 'encoding' || Boolean(asset.again));
  show(parts.again, asset.state === 'ready' && !asset.again);
  show(parts.retry, asset.state === 'failed' || asset.state === 'cancelled');
  parts.poster.disabled = !playable;
  parts.poster.ariaLabel = playable ? `Play ${asset.title}` : `${asset.title}, not playable yet`;
  if (playable && asset.hasPoster) wantPoster(parts.poster, asset);
}

function facts(asset) {
  const video = asset.media?.video;
  const rate = video?.frameRate && rateOf(video.frameRate);
  return [
    video ? `${video.width} × ${video.height}` : null,
    rate ? `${Number(rate.toFixed(3))} fps` : null,
    format.clock(asset.media?.durationSeconds),
    format.bytes(asset.sizeBytes),
    format.ago(asset.createdAt),
  ].filter(Boolean).join(' · ');
}

/** "24000/1001" or "24". */
function rateOf(rate) {
  const [over, under = 1] = String(rate).split('/').map(Number);
  return over / under;
}

function work(asset) {
  if (asset.state === 'inspecting') return 'Looking at what is in the file';
  if (asset.replacement?.state === 'inspecting') return 'Looking at the master that shall replace this one';
  if (asset.again) return `Encoding again: ${Math.floor(asset.again.progress * 100)} %`;
  if (!asset.progress && asset.queuePlace > 1) return `Waiting: place ${asset.queuePlace} in the queue`;
  return [
    `${Math.floor((asset.progress ?? 0) * 100)} %`,
    format.remaining(asset.etaSeconds ?? NaN),
    asset.speed ? `${asset.speed.toFixed(1)}× real time` : null,
    asset.queuePlace > 1 ? `place ${asset.queuePlace} in the queue` : null,
  ].filter(Boolean).join(' · ');
}

function fillRungs(list, asset) {
  const names = (asset.renditions?.video ?? [])
    .map(({ width, height, quality }) => `${Math.min(width, height)}p${quality ? ` · SSIM ${quality.ssim.toFixed(3)}` : ''}`);
  if (list.dataset.names === names.join()) return;
  list.dataset.names = names.join();
  list.replaceChildren(...names.map(name => el('li', {}, name)));
  show(list, names.length > 0);
}

function fillProblem(node, problem) {
  show(node, Boolean(problem));
  if (!problem || node.dataset.shown === JSON.stringify(problem)) return;
  node.dataset.shown = JSON.stringify(problem);
  node.replaceChildren(
    el('p', {}, problem.sentence ?? problem.title, ' ', el('code', {}, problem.code)),
    ...(problem.detail ? [el('details', {}, el('summary', {}, 'Details'), el('pre', {}, problem.detail))] : []));
}

function fillNotices(list, notices) {
  show(list, notices.length > 0);
  if (list.dataset.shown === JSON.stringify(notices)) return;
  list.dataset.shown = JSON.stringify(notices);
  list.replaceChildren(...notices.map(notice =>
    el('li', { title: notice.code }, [notice.sentence, notice.detail].filter(Boolean).join(' '))));
}
