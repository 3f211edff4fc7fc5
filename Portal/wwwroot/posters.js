import { grantFor } from './grants.js';
import { el } from './dom.js';

const pause = 10000;
const wanted = new WeakMap();

const seen = new IntersectionObserver(entries => {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    seen.unobserve(target);
    load(target, wanted.get(target));
  }
}, { rootMargin: '300px' });

/** Posters are media and so need a grant: one is taken a short one, and only for cards that come into view. */
export function wantPoster(button, asset) {
  if (wanted.has(button)) return;
  wanted.set(button, asset.id);
  seen.observe(button);
}

async function load(button, assetId) {
  try {
    const grant = await grantFor(assetId, { ttlSeconds: 60 });
    const response = await fetch(new URL('poster.jpg', grant.hls));
    if (response.ok) {
      const address = URL.createObjectURL(await response.blob());
      button.replaceChildren(el('img', { src: address, alt: '', onload: () => URL.revokeObjectURL(address) }));
    } else {
      askAgainLater(button);
    }
  } catch (error) {
    askAgainLater(button);
    console.info(`No poster: ${error.message}`);
  }
}

/** The connection may be back by then. */
const askAgainLater = button => setTimeout(() => wanted.delete(button), pause);
