import { readFile, readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { validateXML } from 'xmllint-wasm';

const own = new URL('mpd.xsd', import.meta.url).pathname;

/** Later editions import W3C's schemas by their web addresses: the copies beside the schema are taken instead. */
const beside = schema => schema.replace(/(schemaLocation\s*=\s*["'])https?:[^"']*\//g, '$1');

/** What libxml2 finds wrong in an MPD by the schema; empty when it is valid. */
export async function checkMpd(mpd) {
  const path = process.env.FLICKSTREAM_TEST_MPD_XSD || own;
  const folder = dirname(path);
  const imports = path === own ? [] : (await readdir(folder)).filter(name => name.endsWith('.xsd') && name !== basename(path));
  const read = async name => ({ fileName: name, contents: beside(await readFile(join(folder, name), 'utf8')) });
  const { errors } = await validateXML({
    xml: [{ fileName: 'manifest.mpd', contents: mpd }],
    schema: [await read(basename(path))],
    preload: await Promise.all(imports.map(read)),
  });
  return errors.map(error => error.message);
}
