import { authorization } from './api.js';
import { $, button, confirmed, el, setText, show } from './dom.js';
import * as format from './format.js';

const endpoint = '/api/uploads';
const atOnce = 3;
const waiting = [];
let running = 0;

/** What tus's own error says for developers, in words for the person at the page. */
function sentence(error) {
  const body = error.originalResponse?.getBody();
  try {
    const problem = JSON.parse(body);
    if (problem.title) return `${problem.title}${problem.code ? ` (${problem.code})` : ''}`;
  } catch { /* Not a problem document: the status has to do. */ }
  const status = error.originalResponse?.getStatus();
  return status ? `The server answered ${status}.` : 'The connection was lost. What was sent is kept; go on when you are back.';
}

function row(name, size) {
  const parts = {
    name: el('span', { className: 'name' }, name),
    state: el('span', { className: 'meta' }, 'Waiting'),
    bar: el('progress', { max: 1, value: 0, 'aria-label': `Upload of ${name}` }),
    problem: el('p', { className: 'note bad', role: 'alert', hidden: true }),
    actions: el('div', { className: 'actions' }),
  };
  parts.item = el('li', { className: 'row upload' },
    el('div', { className: 'row-body' },
      el('div', { className: 'row-top' }, parts.name, el('span', { className: 'meta' }, format.bytes(size))),
      parts.bar, parts.state, parts.problem),
    parts.actions);
  $('uploads').prepend(parts.item);
  show($('uploads-section'), true);
  return parts;
}

function leave(parts) {
  parts.item.remove();
  show($('uploads-section'), $('uploads').childElementCount > 0);
}

/** Rate over the last seconds only: a long average hides that an upload has slowed down. */
function meter() {
  let points = [];
  return sent => {
    const now = performance.now();
    points = [...points.filter(point => now - point.now < 5000), { now, sent }];
    const [first] = points;
    return now - first.now > 500 ? ((sent - first.sent) * 1000) / (now - first.now) : NaN;
  };
}

function start(file, onDone) {
  const parts = row(file.name, file.size);
  let isRunning = false;
  let rate = meter();

  const settle = () => {
    if (isRunning) running--;
    isRunning = false;
    next();
  };
  const upload = new tus.Upload(file, {
    endpoint,
    retryDelays: [0, 1000, 3000, 5000, 10000, 20000],
    removeFingerprintOnSuccess: true,
    metadata: { filename: file.name, filetype: file.type },
    onBeforeRequest: request => request.setHeader('Authorization', authorization()),
    onProgress: (sent, total) => {
      parts.bar.value = total ? sent / total : 0;
      const speed = rate(sent);
      setText(parts.state, [
        `${format.bytes(sent)} sent`,
        Number.isFinite(speed) ? `${format.bytes(speed)}/s` : null,
        speed > 0 ? format.remaining((total - sent) / speed) : null,
      ].filter(Boolean).join(' · '));
    },
    onError: error => {
      setText(parts.problem, sentence(error));
      show(parts.problem, true);
      setText(parts.state, 'Stopped');
      actions('Try again', begin);
      settle();
    },
    onSuccess: () => {
      leave(parts);
      settle();
      onDone();
    },
  });

  async function begin() {
    show(parts.problem, false);
    setText(parts.state, 'Starting');
    isRunning = true;
    running++;
    rate = meter();
    actions('Pause', pause);
    const [previous] = await upload.findPreviousUploads();
    if (previous && !upload.url) {
      upload.resumeFromPreviousUpload(previous);
      forgetUnfinished(previous.urlStorageKey);
    }
    upload.start();
  }

  async function pause() {
    await upload.abort();
    setText(parts.state, `Paused at ${Math.floor(parts.bar.value * 100)} %`);
    actions('Go on', begin);
    settle();
  }

  async function discard() {
    if (!await confirmed('Discard this upload?', `What was sent of ${file.name} is deleted on the server.`, 'Discard')) return;
    const at = waiting.indexOf(begin);
    if (at >= 0) waiting.splice(at, 1);
    await upload.abort(true).catch(() => upload.abort());
    leave(parts);
    settle();
  }

  const actions = (label, action) => parts.actions.replaceChildren(button(label, action), button('Discard', discard, 'quiet'));
  parts.actions.replaceChildren(button('Discard', discard, 'quiet'));
  waiting.push(begin);
}

function next() {
  while (running < atOnce && waiting.length > 0) waiting.shift()();
}

export function addFiles(files, onDone) {
  for (const file of files) start(file, onDone);
  next();
}

const unfinished = new Map();
function forgetUnfinished(storageKey) {
  if (unfinished.has(storageKey)) leave(unfinished.get(storageKey));
  unfinished.delete(storageKey);
}

/** Uploads that a closed page left behind. The browser keeps their address, but only the person can hand over the file again. */
export async function showUnfinished() {
  const { urlStorage } = tus.defaultOptions;
  for (const previous of await urlStorage.findAllUploads()) {
    if (unfinished.has(previous.urlStorageKey)) continue;
    const parts = row(previous.metadata?.filename ?? 'A file', previous.size);
    setText(parts.state, 'Interrupted. Choose the same file again, and it goes on where it stopped.');
    parts.bar.remove();
    unfinished.set(previous.urlStorageKey, parts);
    parts.actions.replaceChildren(
      button('Choose file', () => $('files').click()),
      button('Discard', async () => {
        await tus.Upload.terminate(previous.uploadUrl, {
          onBeforeRequest: request => request.setHeader('Authorization', authorization()), retryDelays: null,
        }).catch(() => null);
        await urlStorage.removeUpload(previous.urlStorageKey);
        forgetUnfinished(previous.urlStorageKey);
      }, 'quiet'));
  }
}
