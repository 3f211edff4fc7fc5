const keyLine = /^#EXT-X-KEY:METHOD=SAMPLE-AES,.*KEYFORMAT="identity".*$/gm;

/**
 * Opens what Common Encryption has encrypted with the keys of a grant, by the ClearKey system that every browser has. hls.js would fetch the
 * keys of a playlist and decrypt by itself, which it can for MPEG-TS alone: its `loader` of playlists leaves them out, and has the browser
 * ready to decrypt before it sees any media, which hls.js else refuses.
 */
export function clearKey(Hls, video, manifest, fail) {
  const licences = new URL('clearkey', manifest);
  const answer = async (session, message) => {
    const licence = await fetch(licences, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: message });
    if (!licence.ok) throw new Error(`${licence.status}`);
    await session.update(await licence.arrayBuffer());
  };

  let keys;
  const ready = () => keys ??= mediaKeys(video);
  const sessions = new Set();
  const open = async ({ initDataType, initData }) => {
    const id = new Uint8Array(initData).join();
    if (sessions.has(id)) return;
    sessions.add(id);
    const session = (await ready()).createSession();
    session.addEventListener('message', ({ message }) => answer(session, message).catch(fail));
    await session.generateRequest(initDataType, initData);
  };
  const encrypted = event => open(event).catch(fail);
  video.addEventListener('encrypted', encrypted);

  class loader extends Hls.DefaultConfig.loader {
    load(context, config, callbacks) {
      super.load(context, config, {
        ...callbacks,
        onSuccess: (response, ...rest) => {
          const text = response.data;
          if (typeof text !== 'string' || text.search(keyLine) < 0) return void callbacks.onSuccess(response, ...rest);
          response.data = text.replace(keyLine, '');
          ready().then(() => callbacks.onSuccess(response, ...rest)).catch(fail);
        },
      });
    }
  }

  return { loader, close: () => video.removeEventListener('encrypted', encrypted) };
}

async function mediaKeys(video) {
  const capability = contentType => [{ contentType, encryptionScheme: 'cbcs' }, { contentType }];
  const access = await navigator.requestMediaKeySystemAccess('org.w3.clearkey', [{
    initDataTypes: ['cenc'],
    videoCapabilities: capability('video/mp4; codecs="avc1.640028"'),
    audioCapabilities: capability('audio/mp4; codecs="mp4a.40.2"'),
  }]);
  const keys = await access.createMediaKeys();
  await video.setMediaKeys(keys);
  return keys;
}
