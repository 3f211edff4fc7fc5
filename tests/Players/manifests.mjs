// manifests.mjs --hls URL --dash URL
// Reads one title's manifests with three independent parsers and prints what each understood and where they disagree.
import { parseArgs } from 'node:util';
import HlsParser from 'hls-parser';
import { Parser as M3u8Parser } from 'm3u8-parser';
import { parse as parseMpd } from 'mpd-parser';
import { checkMpd } from './mpd-schema.mjs';

const { values } = parseArgs({ options: { hls: { type: 'string' }, dash: { type: 'string' } } });
const problems = [];
const say = text => { if (problems.length < 50) problems.push(text); };

async function text(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${response.status} ${url}`);
  return response.text();
}

const sorted = renditions => renditions.sort((a, b) => (b.height ?? 0) - (a.height ?? 0) || b.bandwidth - a.bandwidth);
const total = segments => segments.reduce((sum, segment) => sum + segment.duration, 0);

function byM3u8(body) {
  const parser = new M3u8Parser();
  parser.push(body);
  parser.end();
  parser.manifest.warnings = [];
  return parser.manifest;
}

/** One media playlist by both HLS parsers. */
async function mediaPlaylist(url) {
  const body = await text(url);
  const first = HlsParser.parse(body);
  const second = byM3u8(body);
  if (first.segments.length !== second.segments.length) say(`${url}: hls-parser sees ${first.segments.length} segments, m3u8-parser ${second.segments.length}`);
  first.segments.forEach((segment, i) => {
    const other = second.segments[i];
    if (segment.uri !== other?.uri || Math.abs(segment.duration - other.duration) > 1e-6) say(`${url}: segment ${i} is read differently`);
    if (Math.round(segment.duration) > first.targetDuration) say(`${url}: segment ${i} of ${segment.duration} s is over the target duration ${first.targetDuration}`);
  });
  return {
    segments: first.segments.map(segment => ({ url: new URL(segment.uri, url).href, duration: segment.duration })),
    map: first.segments[0]?.map ? new URL(first.segments[0].map.uri, url).href : null,
    isComplete: first.endlist,
    type: first.playlistType ?? null,
    version: first.version,
  };
}

async function hls(url) {
  const body = await text(url);
  const first = HlsParser.parse(body);
  const second = byM3u8(body);
  if (first.variants.length === 0) throw new Error('no variants');
  const plain = first.variants.filter(variant => !variant.isIFrameOnly);
  if (plain.length !== second.playlists.length) say(`hls-parser sees ${plain.length} variants, m3u8-parser ${second.playlists.length}`);
  const video = [];
  const audio = new Map();
  for (const [i, variant] of plain.entries()) {
    const { attributes } = second.playlists[i];
    if (attributes.BANDWIDTH !== variant.bandwidth || attributes.CODECS !== variant.codecs
      || attributes.RESOLUTION.height !== variant.resolution.height) say(`variant ${variant.uri} is read differently`);
    const media = await mediaPlaylist(new URL(variant.uri, url).href);
    video.push({
      bandwidth: variant.bandwidth, averageBandwidth: variant.averageBandwidth ?? null, codecs: variant.codecs,
      width: variant.resolution.width, height: variant.resolution.height, frameRate: variant.frameRate ?? null,
      segments: media.segments.length, duration: total(media.segments), ...pick(media),
    });
    for (const rendition of variant.audio) {
      const address = new URL(rendition.uri, url).href;
      if (audio.has(address)) continue;
      const sound = await mediaPlaylist(address);
      audio.set(address, {
        name: rendition.name, language: rendition.language ?? null, segments: sound.segments.length, duration: total(sound.segments), ...pick(sound),
      });
    }
  }
  return {
    version: first.version ?? null,
    independentSegments: first.independentSegments ?? false,
    iFramePlaylists: first.variants.length - plain.length,
    video: sorted(video),
    audio: [...audio.values()],
  };
}

const pick = ({ map, isComplete, type, segments }) => ({ map, isComplete, type, addresses: segments.map(segment => segment.url), durations: segments.map(segment => segment.duration) });

async function dash(url) {
  const body = await text(url);
  const manifest = parseMpd(body, { manifestUri: url });
  const understood = playlist => ({
    bandwidth: playlist.attributes.BANDWIDTH,
    codecs: playlist.attributes.CODECS,
    width: playlist.attributes.RESOLUTION?.width,
    height: playlist.attributes.RESOLUTION?.height,
    segments: playlist.segments.length,
    duration: total(playlist.segments),
    map: playlist.segments[0]?.map?.resolvedUri ?? null,
    addresses: playlist.segments.map(segment => segment.resolvedUri),
    durations: playlist.segments.map(segment => segment.duration),
  });
  const audio = Object.values(manifest.mediaGroups.AUDIO.audio ?? {}).flatMap(group => group.playlists.map(understood));
  return { isComplete: manifest.endList, duration: manifest.duration, video: sorted(manifest.playlists.map(understood)), audio, schema: await checkMpd(body) };
}

/** What the two protocols must say alike, because they name the same segments. */
function compare(a, b) {
  if (a.video.length !== b.video.length) say(`HLS has ${a.video.length} rungs, DASH ${b.video.length}`);
  a.video.forEach((rung, i) => {
    const other = b.video[i];
    if (!other) return;
    const where = `${rung.height}p`;
    if (rung.width !== other.width || rung.height !== other.height) say(`${where}: DASH has ${other.width}x${other.height}`);
    if (!rung.codecs.split(',').includes(other.codecs)) say(`${where}: codecs ${rung.codecs} in HLS, ${other.codecs} in DASH`);
    sameSegments(where, rung, other);
  });
  if (a.audio.length !== b.audio.length) say(`HLS has ${a.audio.length} sound renditions, DASH ${b.audio.length}`);
  a.audio.forEach((sound, i) => { if (b.audio[i]) sameSegments(`sound ${sound.name}`, sound, b.audio[i]); });
}

function sameSegments(where, rendition, other) {
  if (rendition.map !== other.map) say(`${where}: init ${rendition.map} in HLS, ${other.map} in DASH`);
  if (rendition.segments !== other.segments) say(`${where}: ${rendition.segments} segments in HLS, ${other.segments} in DASH`);
  rendition.addresses.forEach((address, n) => {
    if (other.addresses[n] !== undefined && other.addresses[n] !== address) say(`${where}: segment ${n} is ${address} in HLS, ${other.addresses[n]} in DASH`);
    if (Math.abs(rendition.durations[n] - (other.durations[n] ?? 0)) > 0.001) say(`${where}: segment ${n} lasts ${rendition.durations[n]} in HLS, ${other.durations[n]} in DASH`);
  });
}

const result = { hls: values.hls ? await hls(values.hls) : null, dash: values.dash ? await dash(values.dash) : null };
if (result.hls && result.dash) compare(result.hls, result.dash);
for (const rendition of [result.hls, result.dash].flatMap(side => [...(side?.video ?? []), ...(side?.audio ?? [])])) {
  delete rendition.addresses;
  delete rendition.durations;
}
console.log(JSON.stringify({ ...result, problems }));
