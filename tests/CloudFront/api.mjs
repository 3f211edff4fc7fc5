// CloudFront's API as far as CreateInvalidation goes: node api.mjs '[503, "TooManyInvalidationsInProgress"]'
// answers with the listed failures first. It recomputes each request's signature with AWS's own signer and refuses what differs. Prints
// its address; GET /log tells what it was asked and how it answered.
import { createHash, createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { SignatureV4 } from '@smithy/signature-v4';

const credentials = {
  accessKeyId: process.env.AWS_ACCESS_KEY_ID,
  secretAccessKey: process.env.AWS_SECRET_ACCESS_KEY,
  sessionToken: process.env.AWS_SESSION_TOKEN,
};
const failures = JSON.parse(process.argv[2] ?? '[]');
const log = [];
const invalidations = new Map();

class Sha256 {
  constructor(secret) {
    this.hash = secret ? createHmac('sha256', secret) : createHash('sha256');
  }

  update(data) {
    this.hash.update(data);
  }

  async digest() {
    return this.hash.digest();
  }
}

const signer = new SignatureV4({ credentials, region: 'us-east-1', service: 'cloudfront', sha256: Sha256, applyChecksum: false });

async function isSigned(request, body) {
  const { authorization, 'x-amz-date': date, ...headers } = request.headers;
  const names = /SignedHeaders=([^,]+)/.exec(authorization ?? '')?.[1].split(';') ?? [];
  if (!names.includes('host') || !date) return false;
  const hash = createHash('sha256').update(body).digest('hex');
  if ((headers['x-amz-content-sha256'] ?? hash) !== hash) return false;
  const signed = await signer.sign(
    {
      method: request.method,
      protocol: 'http:',
      hostname: headers.host,
      path: request.url,
      query: {},
      body,
      headers: Object.fromEntries(Object.entries(headers).filter(([name]) => names.includes(name) && name !== 'x-amz-security-token')),
    },
    { signingDate: new Date(date.replace(/(....)(..)(..)T(..)(..)(..)Z/, '$1-$2-$3T$4:$5:$6Z')), signableHeaders: new Set(names) },
  );
  return signed.headers.authorization === authorization;
}

const error = (code) => `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>because</Message></Error></ErrorResponse>`;
const tag = (body, name) => new RegExp(`<${name}>([^<]*)</${name}>`).exec(body)?.[1];

function invalidate(body) {
  const [path, reference] = [tag(body, 'Path'), tag(body, 'CallerReference')];
  const known = invalidations.get(reference);
  if (known && known.path !== path) return [400, error('InvalidationBatchAlreadyExists')];
  const { id } = known ?? invalidations.set(reference, { path, id: `I${invalidations.size + 1}` }).get(reference);
  return [201, `<Invalidation xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/"><Id>${id}</Id><Status>InProgress</Status></Invalidation>`];
}

async function answer(request, body) {
  if (!/^\/2020-05-31\/distribution\/[A-Z0-9]+\/invalidation$/.test(request.url) || request.method !== 'POST') return [404, error('NoSuchResource')];
  if (!(await isSigned(request, body))) return [403, error('SignatureDoesNotMatch')];
  const failure = failures.shift();
  if (failure === 503) return [503, 'Service Unavailable'];
  if (failure) return [400, error(failure)];
  return invalidate(body.toString());
}

const server = createServer(async (request, response) => {
  const body = await buffer(request);
  if (request.url === '/log') {
    response.end(JSON.stringify({ requests: log, invalidations: [...invalidations.values()].map(({ path }) => path) }));
    return;
  }

  const [status, xml] = await answer(request, body);
  log.push({ status, path: request.url, contentType: request.headers['content-type'], body: body.toString() });
  response.writeHead(status, { 'Content-Type': 'text/xml' }).end(xml);
});
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}/`));
