// Signs as AWS does: reads [{ url, resource, policy, expires, keyPairId, keyFile, algorithm }] from standard input and prints for each
// the signed URL, the cookies, and the signature of the policy that AWS's signer writes itself for the same resource and moment.
import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { getSignedCookies, getSignedUrl } from '@aws-sdk/cloudfront-signer';

const keys = new Map();
const keyOf = (file) => keys.get(file) ?? keys.set(file, readFileSync(file, 'utf8')).get(file);

const answers = JSON.parse(await text(process.stdin)).map(({ url, resource, policy, expires, keyPairId, keyFile, algorithm }) => {
  const signer = { keyPairId, privateKey: keyOf(keyFile), algorithm };
  // Without a policy this signer takes the asterisk for a part of the name and answers with a canned policy, whose text is the same.
  const canned = getSignedCookies({ ...signer, url: resource, dateLessThan: new Date(expires * 1000).toISOString() });
  return {
    url: getSignedUrl({ ...signer, url, policy }),
    cookies: getSignedCookies({ ...signer, policy }),
    ownPolicySignature: canned['CloudFront-Signature'],
    ownPolicyExpires: canned['CloudFront-Expires'],
  };
});

console.log(JSON.stringify(answers));
