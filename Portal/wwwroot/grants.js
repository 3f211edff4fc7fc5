import { post, remove } from './api.js';

export const grantFor = (assetId, wishes = {}) => post('/api/playback', { assetId, ...wishes });

/** A grant that is wanted for its addresses only; it is left to expire by itself, because others now hold them. */
export async function withGrant(assetId, use) {
  await use(await grantFor(assetId));
}

/** Survives the page being closed. */
export const endGrant = grant =>
  remove(`/api/playback/${encodeURIComponent(grant.grantId)}`, { keepalive: true }).catch(error => {
    // It has ended already, or ends by itself without heartbeats.
    console.info(`Grant not ended: ${error.message}`);
  });
