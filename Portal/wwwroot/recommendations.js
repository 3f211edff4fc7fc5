import { key, keyFromAddress, setKey, whenRefused, get } from './api.js';
import { $, el, show } from './dom.js';
import { chart } from './chart.js';

const number = (value, digits) => value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
const percent = value => `${number(value * 100, 1)} %`;
const signed = value => `${value < 0 ? '−' : '+'}${number(Math.abs(value) * 100, 1)}`;
const dayOf = text => Date.parse(text);
const minuteOf = text => new Date(text).toISOString().slice(0, 16).replace('T', ' ');

const numeric = (...children) => el('td', { className: 'number' }, ...children);

function interval(value, asText) {
  if (!value) return numeric('too few profiles');
  const isSure = value.low > 0 || value.high < 0;
  return numeric(el('span', { className: isSure && asText === signed ? 'sure' : '' }, asText(value.mean)), ' ',
    el('span', { className: 'range' }, `${asText(value.low)} … ${asText(value.high)}`));
}

const table = (caption, names, rows) => el('table', {}, el('caption', {}, caption),
  el('thead', {}, el('tr', {}, ...names.map((name, at) => el('th', { scope: 'col', className: at > 0 && name ? 'number' : '' }, name)))), el('tbody', {}, ...rows));

function showVariants(report) {
  show($('no-pages'), report.variants.length === 0);
  const experiments = [...new Set(report.variants.map(variant => variant.experiment))];
  const tables = experiments.map(name => table(
    name === null ? 'Without an experiment' : `Experiment ${name}${name === report.experiment?.name ? ', running' : ''}`,
    ['Variant', 'Pages', 'Click-through', 'against the first, points', 'Watched a page', 'against the first, points'],
    report.variants.filter(variant => variant.experiment === name).map(variant => el('tr', {},
      el('th', { scope: 'row' }, variant.variant), numeric(variant.total.pages.toLocaleString('en')),
      interval(variant.total.clickThrough, percent), variant.clickThroughGained ? interval(variant.clickThroughGained, signed) : numeric('–'),
      interval(variant.total.watchShare, percent), variant.watchShareGained ? interval(variant.watchShareGained, signed) : numeric('–')))));
  $('variants').replaceChildren(...tables);
  $('rows').replaceChildren(...experiments.map(name => report.variants.filter(variant => variant.experiment === name))
    .filter(variants => variants.some(variant => variant.rows.length > 0)).map(variants => table(
      `Rows${variants[0].experiment === null ? '' : ` of experiment ${variants[0].experiment}`}`, ['Variant', 'Row', 'Pages with it', 'Played of it'],
      variants.flatMap(variant => variant.rows.map(row => el('tr', {}, el('th', { scope: 'row' }, variant.variant), el('td', {}, row.row),
        numeric(row.pages.toLocaleString('en')), interval(row.clickThrough, percent)))))));
  const lines = figure => report.variants.map(variant => ({
    name: variant.experiment === null ? variant.variant : `${variant.experiment}: ${variant.variant}`,
    points: variant.days.filter(day => day.figures[figure]).map(day => ({ at: dayOf(day.day), ...day.figures[figure] })),
  }));
  $('variant-charts').replaceChildren(...[['Click-through, by day', 'clickThrough'], ['Watched a page, by day', 'watchShare']]
    .map(([caption, figure]) => chart(caption, lines(figure), percent)).filter(Boolean));
}

function showModels(report) {
  show($('no-models'), report.models.length === 0);
  const judged = report.models.filter(model => model.judged.viewers > 0).reverse();
  const line = (name, value) => ({ name, points: judged.map(model => ({ at: Date.parse(model.at), mean: value(model.judged) })) });
  const digits = value => number(value, 3);
  $('model-charts').replaceChildren(...[
    chart('NDCG@10', [line('ranked', j => j.ranked), line('blend', j => j.blended), line('popularity', j => j.popular)], digits),
    chart('Recall@10 and coverage', [line('Recall@10', j => j.recall), line('coverage', j => j.coverage)], digits),
  ].filter(Boolean));
  $('models').replaceChildren(...(report.models.length === 0 ? [] : [table('By when they were made',
    ['Made', 'Watched titles', 'Judges', 'Popularity', 'Blend', 'Ranked', 'Recall@10', 'Coverage', ''],
    report.models.map(model => el('tr', {},
      el('th', { scope: 'row' }, minuteOf(model.at)), numeric(model.watched.toLocaleString('en')),
      numeric(model.judged.viewers.toLocaleString('en')),
      ...['popular', 'blended', 'ranked', 'recall', 'coverage'].map(name => numeric(digits(model.judged[name]))),
      el('td', { className: 'why' }, model.refused === null ? 'published' : model.isFault ? model.refused : `refused: ${model.refused}`))))]));
}

async function load() {
  const [report, model] = await Promise.all([get(`/api/recommendation-report?lastDays=${$('days').value}`), get('/api/recommendation-model')]);
  show($('gate'), false);
  show($('report'), true);
  show($('problem'), false);
  const running = report.experiment;
  $('summary').textContent = running
    ? `Experiment ${running.name}: ${running.variants.map(variant => `${variant.name} ${variant.percent} %`).join(', ')}` : 'No experiment runs.';
  show($('held'), model.heldSince !== null);
  if (model.heldSince !== null) $('held').textContent = `The model of ${minuteOf(model.current.trainedAt)} is held since ${minuteOf(model.heldSince)}: no other is made until it is released.`;
  showVariants(report);
  showModels(report);
}

function openGate(problem) {
  show($('report'), false);
  show($('gate'), true);
  show($('gate-problem'), Boolean(problem));
  $('gate-problem').textContent = problem ?? '';
  $('key').focus();
}

async function tryLoad() {
  const byKey = Boolean(key());
  try {
    await load();
  } catch (error) {
    if (error.status === 401) openGate(byKey ? 'This key is not known here. Check that it was copied whole.' : null);
    else if (error.status === 403) openGate(byKey ? 'This key is not an administrator’s.' : 'Who is signed in here is no administrator.');
    else {
      show($('report'), true);
      show($('problem'), true);
      $('problem').textContent = error.code ? error.message : 'The server does not answer.';
    }
  }
}

keyFromAddress();
whenRefused(() => setKey(null));
$('gate-form').addEventListener('submit', event => {
  event.preventDefault();
  setKey($('key').value.trim());
  $('key').value = '';
  tryLoad();
});
$('days').addEventListener('change', tryLoad);
tryLoad();
