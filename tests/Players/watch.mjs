// watch.mjs --site URL --email ADDRESS --password PASSWORD --title ID --at SECONDS
// Somebody who watches a title as an app would let them: plays, is some seconds into it, closes the page, opens another one and goes on. Prints one
// JSON document.
import { parseArgs } from 'node:util';
import { launch } from './browser.mjs';

const { values } = parseArgs({
  options: { site: { type: 'string' }, email: { type: 'string' }, password: { type: 'string' }, title: { type: 'string' }, at: { type: 'string' } },
});
const browser = await launch();
try {
  const context = await browser.newContext();
  const refused = [];
  context.on('response', response => { if (response.status() >= 400 && !response.url().endsWith('/favicon.ico')) refused.push(`${response.status()} ${response.url()}`); });

  const open = async () => {
    const page = await context.newPage();
    await page.goto(values.site);
    await page.evaluate(() => {
      window.ask = async (method, path, body) => {
        const answer = await fetch(path, { method, headers: { 'Content-Type': 'application/json', 'X-FlickStream': '1' }, body: body && JSON.stringify(body) });
        const text = await answer.text();
        return { status: answer.status, body: text ? JSON.parse(text) : null };
      };
      window.watch = async title => {
        const { default: Hls } = await import('/lib/hls.min.mjs');
        const { status, body: grant } = await ask('POST', `/api/titles/${title}/play`);
        if (status !== 200) throw new Error(`play: ${status}`);
        const video = document.body.appendChild(document.createElement('video'));
        video.muted = true;
        const hls = new Hls({ workerPath: '/lib/hls.worker.js', startPosition: grant.positionSeconds });
        hls.loadSource(grant.hls);
        hls.attachMedia(video);
        await video.play();
        await new Promise(done => video.requestVideoFrameCallback(done));
        const beat = state => JSON.stringify({ token: grant.token, positionSeconds: video.currentTime, state });
        addEventListener('pagehide', () => navigator.sendBeacon('/api/streams/heartbeat', new Blob([beat('closed')], { type: 'application/json' })));
        return { grant, video, beat };
      };
    });
    return page;
  };

  const first = await open();
  const begun = await first.evaluate(async ({ email, password, title, at }) => {
    const signedIn = await ask('POST', '/api/session', { email, password });
    const { body: profiles } = await ask('GET', '/api/profiles');
    await ask('PUT', '/api/session/profile', { profileId: profiles.items[0].id });
    const { grant, video, beat } = await watch(title);
    window.video = video;
    const heart = await ask('POST', '/api/streams/heartbeat', JSON.parse(beat('playing')));
    video.currentTime = Number(at);
    await new Promise(done => video.addEventListener('seeked', done, { once: true }));
    await new Promise(done => { const look = () => video.currentTime > Number(at) + 1 ? done() : video.requestVideoFrameCallback(look); look(); });
    video.pause();
    return { signedIn: signedIn.status, position: grant.positionSeconds, heart: heart.status, leftAt: video.currentTime };
  }, values);
  await first.goto('about:blank');

  const second = await open();
  const resumed = await second.evaluate(async ({ title }) => {
    // The last word of a page may be heard after the first of the next.
    for (let looks = 0; looks < 500 && (await ask('GET', '/api/streams')).body.items.length > 0; looks++) await new Promise(done => setTimeout(done, 20));
    const { grant, video } = await watch(title);
    return { position: grant.positionSeconds, playsAt: video.currentTime };
  }, values);
  console.log(JSON.stringify({ ...begun, resumedAt: resumed.position, playsAt: resumed.playsAt, refused }));
} finally {
  await browser.close();
}
