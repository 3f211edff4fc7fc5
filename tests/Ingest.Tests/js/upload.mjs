// Uploads a file the way a browser does: node upload.mjs ENDPOINT KEY FILE MODE. Prints what happened as one JSON document.
//   abort     gives up in the middle, then resumes from the URL alone
//   parallel  uploads four parts at once and concatenates them
//   override  sends PATCH as POST
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import * as tus from 'tus-js-client';

const [endpoint, key, file, mode] = process.argv.slice(2);
const bytes = readFileSync(file);
const seen = [];

const options = {
  endpoint,
  headers: { Authorization: `Bearer ${key}` },
  metadata: { filename: basename(file) },
  chunkSize: 256 * 1024,
  retryDelays: null,
  onAfterResponse: (request, response) =>
    seen.push({
      method: request.getMethod(),
      status: response.getStatus(),
      offset: Number(response.getHeader('Upload-Offset') ?? -1),
      asset: response.getHeader('FlickStream-Asset') ?? null,
    }),
};

const upload = (more) =>
  new Promise((resolve, reject) => {
    const started = new tus.Upload(bytes, { ...options, ...more(() => started, resolve), onError: reject });
    started.options.onSuccess = () => resolve(started);
    started.start();
  });

if (mode === 'abort') {
  const given = await upload((started, resolve) => ({
    onChunkComplete: (_, accepted) => {
      if (accepted >= bytes.length / 2) started().abort().then(() => resolve(started()));
    },
  }));
  seen.push({ method: 'abort', status: 0, offset: -1, asset: null });
  await upload(() => ({ uploadUrl: given.url, endpoint: undefined }));
} else if (mode === 'parallel') {
  await upload(() => ({ parallelUploads: 4 }));
} else {
  await upload(() => ({ overridePatchMethod: true }));
}

console.log(JSON.stringify(seen));
