// check-mpd.mjs FILE: prints what is wrong with an MPD by the schema, as a JSON list.
import { readFile } from 'node:fs/promises';
import { checkMpd } from './mpd-schema.mjs';

console.log(JSON.stringify(await checkMpd(await readFile(process.argv[2], 'utf8'))));
