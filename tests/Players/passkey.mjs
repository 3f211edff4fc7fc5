// passkey.mjs --site URL --email ADDRESS --password PASSWORD
// Somebody at a browser whose authenticator is Chromium's own virtual one: signs in with the password, makes a passkey, signs out, signs in with
// the passkey, confirms with it. Prints one JSON document.
import { parseArgs } from 'node:util';
import { launch } from './browser.mjs';

const { values } = parseArgs({ options: { site: { type: 'string' }, email: { type: 'string' }, password: { type: 'string' } } });
const browser = await launch();
try {
  const page = await browser.newPage();
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true,
    },
  });
  await page.goto(values.site);
  const result = await page.evaluate(async ({ email, password }) => {
    const ask = async (method, path, body) => {
      const answer = await fetch(path, {
        method, headers: { 'Content-Type': 'application/json', 'X-FlickStream': '1' }, body: body && JSON.stringify(body),
      });
      const text = await answer.text();
      return { status: answer.status, body: text ? JSON.parse(text) : null };
    };
    const show = async () => {
      const { body } = await ask('POST', '/api/session/passkey/options', {});
      const credential = await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(body) });
      return credential.toJSON();
    };
    const signedIn = await ask('POST', '/api/session', { email, password });
    const { body: options } = await ask('POST', '/api/accounts/me/passkeys/options', {});
    const made = await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) });
    const added = await ask('POST', '/api/accounts/me/passkeys', { name: 'This browser', credential: made.toJSON() });
    const out = await ask('DELETE', '/api/session');
    const nobody = await ask('GET', '/api/session');
    const opened = await ask('POST', '/api/session/passkey', { credential: await show() });
    const confirmed = await ask('POST', '/api/session/confirm/passkey', { credential: await show() });
    const { body: again } = await ask('POST', '/api/accounts/me/passkeys/options', {});
    const twice = await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(again) }).then(() => 'made', error => error.name);
    return {
      signedIn: signedIn.status, added: added.status, out: out.status, nobody: nobody.status, opened: opened.status, email: opened.body.email,
      confirmed: confirmed.status, twice,
    };
  }, values);
  const { credentials } = await devtools.send('WebAuthn.getCredentials', { authenticatorId });
  console.log(JSON.stringify({ ...result, isResident: credentials[0].isResidentCredential, domain: credentials[0].rpId }));
} finally {
  await browser.close();
}
