const storage = 'flickstream.key';
let onRefused = () => {};

/** A refusal by the server, with its stable code and its sentence for people. */
export class ProblemError extends Error {
  constructor(status, body) {
    super(body?.title ?? `The server answered ${status}.`);
    this.status = status;
    this.code = body?.code ?? `http_${status}`;
    this.detail = body?.detail;
  }
}

export const key = () => sessionStorage.getItem(storage);
export const authorization = () => `Bearer ${key()}`;
export const whenRefused = handler => { onRefused = handler; };

export function setKey(value) {
  if (value) sessionStorage.setItem(storage, value);
  else sessionStorage.removeItem(storage);
}

/** Takes the key out of the address, so that it is not bookmarked or shown. */
export function keyFromAddress() {
  const found = /^#key=([\w-]+)$/.exec(location.hash)?.[1];
  if (!found) return;
  setKey(found);
  history.replaceState(null, '', location.pathname + location.search);
}

export async function call(method, path, body, options = {}) {
  // Without a key whoever is signed in asks: the browser sends the session along.
  const headers = key() ? { Authorization: authorization(), Accept: 'application/json' } : { Accept: 'application/json' };
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  const response = await fetch(path, {
    method, headers, body: body === undefined ? undefined : JSON.stringify(body), cache: 'no-store', ...options,
  });
  const text = await response.text();
  const json = text && /json/.test(response.headers.get('Content-Type') ?? '') ? JSON.parse(text) : undefined;
  if (response.ok) return json;
  if (response.status === 401) onRefused();
  throw new ProblemError(response.status, json);
}

export const get = path => call('GET', path);
export const post = (path, body, options) => call('POST', path, body, options);
export const remove = (path, options) => call('DELETE', path, undefined, options);
