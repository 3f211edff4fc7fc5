import { el } from './dom.js';

const width = 480, height = 220, left = 52, right = 12, top = 10, bottom = 26;
const namespace = 'http://www.w3.org/2000/svg';

function shape(tag, attributes, text) {
  const node = document.createElementNS(namespace, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  if (text !== undefined) node.textContent = text;
  return node;
}

/** Lines over time, each with its range of confidence where there is one; null where there is no point. */
export function chart(caption, lines, asText) {
  const points = lines.flatMap(line => line.points);
  if (points.length === 0) return null;
  const [first, last] = [Math.min(...points.map(point => point.at)), Math.max(...points.map(point => point.at))];
  const most = Math.max(...points.map(point => point.high ?? point.mean)) * 1.05 || 1;
  const x = at => first === last ? (left + width - right) / 2 : left + (at - first) / (last - first) * (width - left - right);
  const y = value => height - bottom - value / most * (height - top - bottom);
  const svg = shape('svg', { viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': caption });
  for (const share of [0, 0.5, 1]) {
    svg.append(shape('line', { class: 'grid', x1: left, x2: width - right, y1: y(most * share), y2: y(most * share) }),
      shape('text', { x: left - 6, y: y(most * share) + 4, 'text-anchor': 'end' }, asText(most * share)));
  }

  const date = at => new Date(at).toISOString().slice(0, 10);
  svg.append(shape('text', { x: left, y: height - 8 }, date(first)));
  if (first !== last) svg.append(shape('text', { x: width - right, y: height - 8, 'text-anchor': 'end' }, date(last)));
  lines.forEach((line, at) => {
    for (const point of line.points) {
      if (point.low !== undefined) svg.append(shape('line', { class: `range s${at % 8}`, x1: x(point.at), x2: x(point.at), y1: y(point.low), y2: y(point.high) }));
    }

    const places = line.points.map(point => `${x(point.at).toFixed(1)},${y(point.mean).toFixed(1)}`);
    if (places.length === 1) places.push(places[0].replace(/^[\d.]+/, start => (Number(start) + 4).toFixed(1)));
    svg.append(shape('polyline', { class: `line s${at % 8}`, points: places.join(' ') }));
  });

  const legend = lines.map((line, at) => {
    const sample = shape('svg', { viewBox: '0 0 18 8', 'aria-hidden': 'true' });
    sample.append(shape('line', { class: `line s${at % 8}`, x1: 0, x2: 18, y1: 4, y2: 4 }));
    return el('li', {}, sample, line.name);
  });
  return el('figure', {}, el('figcaption', {}, caption), svg, el('ul', {}, ...legend));
}
