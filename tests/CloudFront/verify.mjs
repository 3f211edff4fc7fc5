// Verifies with Node's OpenSSL: reads [{ policy, signature, publicKey, algorithm }] (both texts encoded as CloudFront wants them) from
// standard input and prints a truth value for each.
import { createVerify } from 'node:crypto';
import { text } from 'node:stream/consumers';

const decode = (encoded) => Buffer.from(encoded.replaceAll('-', '+').replaceAll('_', '=').replaceAll('~', '/'), 'base64');

const answers = JSON.parse(await text(process.stdin)).map(({ policy, signature, publicKey, algorithm }) =>
  createVerify(algorithm).update(decode(policy)).verify(publicKey, decode(signature)));

console.log(JSON.stringify(answers));
