import { key, keyFromAddress, setKey, whenRefused, get } from './api.js';
import { $, show } from './dom.js';
import { startLibrary, stopLibrary, refreshSoon } from './library.js';
import { addFiles, showUnfinished } from './uploads.js';

function openGate(problem) {
  stopLibrary();
  show($('studio'), false);
  show($('gate'), true);
  show($('sign-out'), false);
  $('summary').textContent = '';
  show($('gate-problem'), Boolean(problem));
  $('gate-problem').textContent = problem ?? '';
  $('key').focus();
}

function openStudio() {
  show($('gate'), false);
  show($('studio'), true);
  show($('sign-out'), true);
  startLibrary();
  showUnfinished();
}

async function tryKey(event) {
  event.preventDefault();
  setKey($('key').value.trim());
  try {
    await get('/api/assets?limit=1');
    $('key').value = '';
    openStudio();
  } catch (error) {
    openGate(error.status === 401 ? 'This key is not known here. Check that it was copied whole.' : error.message);
  }
}

function acceptDrops() {
  let depth = 0;
  const isOurs = event => key() && event.dataTransfer?.types.includes('Files');
  const veil = on => document.body.classList.toggle('dropping', on);
  addEventListener('dragenter', event => { if (isOurs(event)) veil(++depth > 0); });
  addEventListener('dragleave', event => { if (isOurs(event)) veil((depth = Math.max(0, depth - 1)) > 0); });
  addEventListener('dragover', event => { if (isOurs(event)) event.preventDefault(); });
  addEventListener('drop', event => {
    if (!isOurs(event)) return;
    event.preventDefault();
    veil((depth = 0) > 0);
    addFiles([...event.dataTransfer.files], refreshSoon);
  });
}

keyFromAddress();
addEventListener('hashchange', () => { keyFromAddress(); if (key()) openStudio(); });
whenRefused(() => {
  setKey(null);
  openGate('This key is no longer accepted.');
});
$('gate-form').addEventListener('submit', tryKey);
$('sign-out').addEventListener('click', () => { setKey(null); openGate(); });
$('files').addEventListener('change', event => {
  addFiles([...event.target.files], refreshSoon);
  event.target.value = '';
});
acceptDrops();
if (key()) openStudio();
else openGate();
