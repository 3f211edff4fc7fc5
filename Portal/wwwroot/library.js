import { get } from './api.js';
import { card, fill, isMoving } from './card.js';
import { $, attempt, setText, show } from './dom.js';

const busy = 1200;
const calm = 10000;
const cards = new Map();
let timer;
let isStarted = false;
let olderCursor;

/** The newest page again and again; quickly while something moves, and not at all while nobody looks. */
async function refresh() {
  clearTimeout(timer);
  let wait = calm;
  try {
    const page = await get('/api/assets?limit=50');
    if (!isStarted) return;
    olderCursor ??= page.next ?? null;
    draw(page.items, page.next);
    show($('outage'), false);
    if (page.items.some(isMoving)) wait = busy;
  } catch (error) {
    if (!isStarted) return;
    setText($('outage'), error.status ? error.message : 'The server does not answer. This page goes on by itself when it is back.');
    show($('outage'), true);
    wait = 3000;
  }
  if (isStarted && !document.hidden) timer = setTimeout(refresh, wait);
}

function draw(assets, next) {
  const list = $('library');
  const isWholeList = !next;
  const seen = new Set(assets.map(asset => asset.id));
  for (const [id, parts] of cards) {
    if (seen.has(id) || (!isWholeList && parts.isOlder)) continue;
    parts.item.remove();
    cards.delete(id);
  }
  assets.forEach((asset, place) => {
    const parts = cardOf(asset);
    if (list.children[place] !== parts.item) list.insertBefore(parts.item, list.children[place] ?? null);
  });
  list.ariaBusy = 'false';
  show($('empty'), cards.size === 0);
  show($('more'), Boolean(olderCursor));
  const encoding = assets.filter(asset => asset.state === 'encoding').length;
  setText($('summary'), [`${cards.size} ${cards.size === 1 ? 'title' : 'titles'}`, encoding ? `${encoding} encoding` : null]
    .filter(Boolean).join(' · '));
}

function cardOf(asset) {
  if (!cards.has(asset.id)) cards.set(asset.id, card(asset, refreshSoon));
  const parts = cards.get(asset.id);
  fill(parts, asset);
  return parts;
}

async function older() {
  const page = await get(`/api/assets?limit=50&after=${encodeURIComponent(olderCursor)}`);
  for (const asset of page.items) {
    const parts = cardOf(asset);
    parts.isOlder = true;
    $('library').append(parts.item);
  }
  olderCursor = page.next ?? null;
  show($('more'), Boolean(olderCursor));
}

export function refreshSoon() {
  clearTimeout(timer);
  timer = setTimeout(refresh, 100);
}

export function startLibrary() {
  if (isStarted) return;
  isStarted = true;
  olderCursor = undefined;
  refresh();
}

export function stopLibrary() {
  isStarted = false;
  clearTimeout(timer);
  for (const parts of cards.values()) parts.item.remove();
  cards.clear();
}

document.addEventListener('visibilitychange', () => { if (isStarted && !document.hidden) refresh(); });
$('more').addEventListener('click', () => attempt(older));
