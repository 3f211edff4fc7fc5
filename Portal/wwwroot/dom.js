export const $ = id => document.getElementById(id);

/** An element with properties and children; text is always text, so nothing a file is named can become markup. */
export function el(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name in node) node[name] = value;
    else node.setAttribute(name, value);
  }
  node.append(...children.filter(child => child !== null && child !== undefined));
  return node;
}

export const button = (label, onclick, className = '') => el('button', { type: 'button', className, onclick }, label);

/** Writes only what changed, so that focus and screen readers are left in peace. */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

export function show(node, visible) {
  if (node.hidden === visible) node.hidden = !visible;
}

let toastTimer;
export function toast(text) {
  const node = $('toast');
  node.textContent = text;
  node.classList.add('shown');
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => node.classList.remove('shown'), 4000);
}

/** Does what a person asked for, and says so when it could not be done. */
export async function attempt(action) {
  try {
    await action();
  } catch (error) {
    toast(error.code ? `${error.message} (${error.code})` : 'The server does not answer.');
  }
}

/** Asks before something that cannot be undone. */
export function confirmed(title, text, yes) {
  const dialog = $('confirm');
  $('confirm-title').textContent = title;
  $('confirm-text').textContent = text;
  $('confirm-yes').textContent = yes;
  dialog.returnValue = 'no';
  dialog.showModal();
  return new Promise(resolve =>
    dialog.addEventListener('close', () => resolve(dialog.returnValue === 'yes'), { once: true }));
}

export async function copy(text, what) {
  try {
    await navigator.clipboard.writeText(text);
    toast(`${what} copied.`);
  } catch {
    // No clipboard outside https and localhost: show it, so that it can be copied by hand.
    window.prompt(`${what}:`, text);
  }
}
